// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/events_page.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <array>
#include <chrono>
#include <optional>

#include "gui/model/text.h"
#include "gui/model/words.h"
#include "gui/tray/colours.h"
#include "gui/tray/properties_view.h"
#include "lib/event/object_path.h"

namespace kevent::gui {
namespace {

// While somebody types, the rows are not searched at every letter.
constexpr std::chrono::milliseconds kTypingTime{150};

// How bad a row is, by its colour; the worst are bold as well. A sentence loses its end where there
// is no room, a path its middle.
class PriorityDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
    QStyledItemDelegate::initStyleOption(option, index);
    const int priority = index.data(EventsModel::kPriorityRole).toInt();
    option->palette.setColor(QPalette::Text, priority_colour(priority, option->palette));
    option->font.setBold(priority <= event::priority::kError);
    if (index.column() == EventsModel::kWhat) option->textElideMode = Qt::ElideRight;
  }
};

// A label before its field, which Alt and the letter of the label reach.
void add_field(QHBoxLayout& row, const QString& name, QWidget* field, int stretch = 0) {
  auto* label = new QLabel(name);
  label->setBuddy(field);
  row.addWidget(label);
  row.addWidget(field, stretch);
}

QComboBox* make_group_box() {
  auto* box = new QComboBox;
  box->addItem(EventsPage::tr("All"));
  for (const event::Group group : event::kAllGroups) {
    box->addItem(group_text(group), static_cast<int>(group));
  }
  return box;
}

QComboBox* make_priority_box() {
  constexpr std::array kOffered = {event::priority::kInfo, event::priority::kNotice,
                                   event::priority::kWarning, event::priority::kError};
  auto* box = new QComboBox;
  box->addItem(EventsPage::tr("All"));
  for (const std::uint8_t priority : kOffered) {
    box->addItem(EventsPage::tr("%1 and worse").arg(priority_text(priority)), priority);
  }
  return box;
}

}  // namespace

EventsPage::EventsPage(EventsModel& events, QWidget* parent)
    : QWidget(parent),
      events_(events),
      filtered_(events),
      search_(new QLineEdit),
      group_(make_group_box()),
      priority_(make_priority_box()),
      object_edit_(new QLineEdit),
      count_(new QLabel),
      table_(new TableView(filtered_)),
      empty_(new EmptyNote(*table_)),
      splitter_(new QSplitter(Qt::Vertical)) {
  auto* details = new PropertiesView(details_, tr("Choose an event to see all that it says."));
  details->setAccessibleName(tr("Details of the event"));
  make_table();
  splitter_->addWidget(table_);
  splitter_->addWidget(details);
  splitter_->setStretchFactor(0, 3);
  splitter_->setStretchFactor(1, 1);
  splitter_->setChildrenCollapsible(false);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(make_filters());
  layout->addWidget(splitter_, 1);
  for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved}) {
    connect(&filtered_, signal, this, &EventsPage::show_count);
  }
  show_count();
}

QLayout* EventsPage::make_filters() {
  constexpr int kLeastDigits = 14;
  const int least_width = fontMetrics().horizontalAdvance(QString(kLeastDigits, QLatin1Char('0')));
  for (QLineEdit* field : {search_, object_edit_}) {
    field->setClearButtonEnabled(true);
    field->setMinimumWidth(least_width);
  }
  search_->setPlaceholderText(tr("Object, signal, text"));
  object_edit_->setPlaceholderText(QStringLiteral("/devices/…"));
  object_edit_->setToolTip(tr("Only this kernel object and those below it"));
  typing_.setSingleShot(true);
  typing_.setInterval(kTypingTime);
  connect(&typing_, &QTimer::timeout, this, &EventsPage::apply_filter);
  connect(search_, &QLineEdit::textChanged, &typing_, qOverload<>(&QTimer::start));
  connect(object_edit_, &QLineEdit::textEdited, this, [this] {
    object_ = typed_object();
    typing_.start();
  });
  for (const QComboBox* box : {group_, priority_}) {
    connect(box, &QComboBox::currentIndexChanged, this, &EventsPage::apply_filter);
  }
  auto* row = new QHBoxLayout;
  add_field(*row, tr("Se&arch:"), search_, 2);
  add_field(*row, tr("&Group:"), group_);
  add_field(*row, tr("&Priority:"), priority_);
  add_field(*row, tr("&Object:"), object_edit_, 2);
  return row;
}

void EventsPage::make_table() {
  constexpr std::array<std::pair<EventsModel::Column, int>, 6> kDigits = {
      {{EventsModel::kTime, 19},
       {EventsModel::kWhat, 42},
       {EventsModel::kSignal, 14},
       {EventsModel::kGroup, 11},
       {EventsModel::kPriority, 11},
       {EventsModel::kSequence, 9}}};
  for (const auto& [column, digits] : kDigits) table_->set_column_width(column, digits);
  table_->horizontalHeader()->setSectionResizeMode(EventsModel::kObject, QHeaderView::Stretch);
  table_->horizontalHeader()->setMinimumSectionSize(table_->columnWidth(EventsModel::kSequence));
  table_->setItemDelegate(new PriorityDelegate(table_));
  table_->setAccessibleName(tr("Events"));
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          &EventsPage::show_details);
  add_table_actions();
}

void EventsPage::add_table_actions() {
  auto* copy = new QAction(tr("&Copy"), table_);
  connect(copy, &QAction::triggered, table_, &TableView::copy_rows);
  auto* only = new QAction(tr("&Only this object"), table_);
  connect(only, &QAction::triggered, this, [this] {
    if (const event::Event* event = current_event()) show_only(event->object);
  });
  auto* tree = new QAction(tr("&Show the object"), table_);
  connect(tree, &QAction::triggered, this, [this] {
    if (const event::Event* event = current_event()) Q_EMIT object_requested(event->object);
  });
  table_->addActions({copy, only, tree});
  table_->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void EventsPage::set_fahrenheit(bool fahrenheit) {
  fahrenheit_ = fahrenheit;
  show_details();
}

void EventsPage::focus_search() {
  search_->setFocus(Qt::ShortcutFocusReason);
  search_->selectAll();
}

void EventsPage::show_event(std::uint64_t sequence) {
  events_.flush();
  const auto row = events_.row_of(sequence);
  if (!row) return;
  const QModelIndex source = events_.index(*row, 0);
  if (!filtered_.mapFromSource(source).isValid()) clear_filter();
  const QModelIndex shown = filtered_.mapFromSource(source);
  table_->setCurrentIndex(shown);
  table_->scrollTo(shown, QAbstractItemView::PositionAtCenter);
  table_->setFocus();
}

void EventsPage::show_only(const std::string& object) {
  object_ = object == "/" ? std::string() : object;
  object_edit_->setText(object_.empty() ? QString() : text_of(object_));
  apply_filter();
}

void EventsPage::clear_filter() {
  const QSignalBlocker quiet_group(group_);
  const QSignalBlocker quiet_priority(priority_);
  search_->clear();
  group_->setCurrentIndex(0);
  priority_->setCurrentIndex(0);
  object_.clear();
  object_edit_->clear();
  apply_filter();
}

void EventsPage::apply_filter() {
  typing_.stop();
  event::Filter filter;
  if (group_->currentIndex() > 0) {
    filter.group = static_cast<event::Group>(group_->currentData().toInt());
  }
  if (priority_->currentIndex() > 0) {
    filter.priority = static_cast<std::uint8_t>(priority_->currentData().toInt());
  }
  if (!object_.empty()) filter.object = object_;
  filtered_.set_filter(filter, search_->text());
  if (table_->currentIndex().isValid()) {
    table_->scrollTo(table_->currentIndex());
  } else {
    table_->scrollToTop();
  }
  show_count();
}

// What is typed is a kernel path, or one with the mount point of sysfs in front.
std::string EventsPage::typed_object() const {
  std::string path = object_edit_->text().trimmed().toStdString();
  if (path == "/sys" || path.starts_with("/sys/")) path.erase(0, std::string_view("/sys").size());
  while (path.ends_with('/')) path.pop_back();
  return path;
}

const event::Event* EventsPage::current_event() const {
  const QModelIndex current = filtered_.mapToSource(table_->currentIndex());
  return current.isValid() ? events_.event_at(current.row()) : nullptr;
}

void EventsPage::show_details() {
  const event::Event* event = current_event();
  details_.set_properties(event == nullptr ? std::vector<Property>()
                                           : properties_of(*event, fahrenheit_));
}

void EventsPage::show_count() {
  const int all = events_.rowCount();
  const int shown = filtered_.rowCount();
  count_->setText(shown == all
                      ? tr("%n events", nullptr, all)
                      : tr("%1 of %n events", nullptr, all).arg(QLocale().toString(shown)));
  empty_->setText(all == 0 ? tr("No events yet. What the kernel tells from now on appears here.")
                           : tr("No event passes the filter."));
}

void EventsPage::restore(const QSettings& store) {
  splitter_->restoreState(store.value(QStringLiteral("window/events")).toByteArray());
}

void EventsPage::save(QSettings& store) const {
  store.setValue(QStringLiteral("window/events"), splitter_->saveState());
}

}  // namespace kevent::gui
