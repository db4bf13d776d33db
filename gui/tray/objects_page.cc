// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/objects_page.h"

#include <QFont>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

#include "gui/model/text.h"
#include "gui/tray/empty_note.h"
#include "gui/tray/properties_view.h"

namespace kevent::gui {

ObjectsPage::ObjectsPage(ObjectsModel& objects, PropertiesModel& properties, QWidget* parent)
    : QWidget(parent),
      objects_(objects),
      search_(new QLineEdit),
      tree_(new QTreeView),
      path_(new QLabel),
      splitter_(new QSplitter) {
  filtered_.setSourceModel(&objects);
  filtered_.setRecursiveFilteringEnabled(true);
  filtered_.setAutoAcceptChildRows(true);
  filtered_.setFilterKeyColumn(-1);
  filtered_.setFilterCaseSensitivity(Qt::CaseInsensitive);
  splitter_->addWidget(make_tree());
  splitter_->addWidget(make_object(properties));
  splitter_->setStretchFactor(0, 1);
  splitter_->setStretchFactor(1, 1);
  splitter_->setChildrenCollapsible(false);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(splitter_);
  connect(&objects, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
    unfolded_.clear();
    keep_what_is_unfolded({});
  });
  connect(&filtered_, &QAbstractItemModel::modelReset, this, &ObjectsPage::take_up_again);
  show_selected();
}

QLayout* ObjectsPage::make_search() {
  auto* label = new QLabel(tr("Se&arch:"));
  label->setBuddy(search_);
  search_->setClearButtonEnabled(true);
  search_->setPlaceholderText(tr("Name, subsystem, device node"));
  connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
    filtered_.setFilterFixedString(text);
    if (!text.isEmpty()) tree_->expandAll();
  });
  auto* row = new QHBoxLayout;
  row->addWidget(label);
  row->addWidget(search_);
  return row;
}

QWidget* ObjectsPage::make_tree() {
  constexpr int kNameDigits = 34;
  constexpr int kSubsystemDigits = 12;
  tree_->setModel(&filtered_);
  tree_->setUniformRowHeights(true);
  tree_->setAccessibleName(tr("Kernel objects"));
  const int digit = tree_->fontMetrics().horizontalAdvance(QLatin1Char('0'));
  tree_->setColumnWidth(ObjectsModel::kName, kNameDigits * digit);
  tree_->setColumnWidth(ObjectsModel::kSubsystem, kSubsystemDigits * digit);
  (new EmptyNote(*tree_))->setText(tr("No objects. The service shows them when it is there."));
  connect(tree_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& current) {
            if (current.isValid()) select(objects_.path(source_of(current)));
          });
  auto* left = new QWidget;
  auto* layout = new QVBoxLayout(left);
  layout->setContentsMargins({});
  layout->addLayout(make_search());
  layout->addWidget(tree_);
  return left;
}

QWidget* ObjectsPage::make_object(PropertiesModel& properties) {
  path_->setTextFormat(Qt::PlainText);
  path_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  path_->setAccessibleName(tr("The selected object"));
  // A long path is cut: it does not make the window wider.
  path_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  QFont bold = path_->font();
  bold.setBold(true);
  path_->setFont(bold);

  auto* view = new PropertiesView(properties, tr("Choose an object to see what is known of it."));
  view->setAccessibleName(tr("Properties of the object"));
  auto* buttons = new QHBoxLayout;
  events_ = add_button(*buttons, tr("Its &events"), &ObjectsPage::events_requested);
  mount_ = add_button(*buttons, tr("&Mount"), &ObjectsPage::mount_requested);
  eject_ = add_button(*buttons, tr("E&ject"), &ObjectsPage::eject_requested);
  buttons->addStretch();
  auto* right = new QWidget;
  auto* layout = new QVBoxLayout(right);
  layout->setContentsMargins({});
  layout->addWidget(path_);
  layout->addWidget(view);
  layout->addLayout(buttons);
  return right;
}

QPushButton* ObjectsPage::add_button(QLayout& row, const QString& text,
                                     void (ObjectsPage::*signal)(const std::string&)) {
  auto* button = new QPushButton(text);
  connect(button, &QPushButton::clicked, this, [this, signal] {
    Q_EMIT(this->*signal)(selected_);
  });
  row.addWidget(button);
  return button;
}

void ObjectsPage::focus_search() {
  search_->setFocus(Qt::ShortcutFocusReason);
  search_->selectAll();
}

void ObjectsPage::show_object(const std::string& object) {
  selected_ = object;
  const QModelIndex source = objects_.nearest(object);
  if (!source.isValid()) {
    tree_->setCurrentIndex({});
    return select(object);
  }
  if (!filtered_.mapFromSource(source).isValid()) search_->clear();
  const QModelIndex shown = filtered_.mapFromSource(source);
  tree_->setCurrentIndex(shown);
  // One that was the current row already is not told of again.
  if (const std::string path = objects_.path(source); path != selected_) select(path);
  tree_->scrollTo(shown);
  tree_->setFocus();
}

void ObjectsPage::refresh() {
  asked_ = true;
  Q_EMIT objects_requested();
}

void ObjectsPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (!asked_) refresh();
}

void ObjectsPage::keep_what_is_unfolded(const QModelIndex& parent) {
  for (int row = 0; row < filtered_.rowCount(parent); ++row) {
    const QModelIndex index = filtered_.index(row, 0, parent);
    if (!tree_->isExpanded(index)) continue;
    unfolded_.insert(objects_.path(source_of(index)));
    keep_what_is_unfolded(index);
  }
}

void ObjectsPage::take_up_again() {
  if (unfolded_.empty()) tree_->expandToDepth(1);
  // Each right before those below it.
  for (const std::string& path : unfolded_) {
    const QModelIndex source = objects_.nearest(path);
    if (objects_.path(source) == path) tree_->expand(filtered_.mapFromSource(source));
  }
  if (selected_.empty()) return;
  const QModelIndex shown = filtered_.mapFromSource(objects_.nearest(selected_));
  tree_->setCurrentIndex(shown);
  tree_->scrollTo(shown);
}

void ObjectsPage::select(const std::string& object) {
  selected_ = object;
  show_selected();
  Q_EMIT object_selected(selected_);
}

void ObjectsPage::show_selected() {
  const QModelIndex source = objects_.nearest(selected_.empty() ? "/" : selected_);
  const QString subsystem = source.siblingAtColumn(ObjectsModel::kSubsystem).data().toString();
  const bool is_block = subsystem == QLatin1String("block");
  path_->setText(text_of(selected_));
  events_->setEnabled(!selected_.empty());
  mount_->setEnabled(is_block);
  eject_->setEnabled(is_block);
}

void ObjectsPage::restore(const QSettings& store) {
  splitter_->restoreState(store.value(QStringLiteral("window/objects")).toByteArray());
}

void ObjectsPage::save(QSettings& store) const {
  store.setValue(QStringLiteral("window/objects"), splitter_->saveState());
}

}  // namespace kevent::gui
