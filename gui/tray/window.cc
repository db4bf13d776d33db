// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/window.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QStatusBar>
#include <QStyle>
#include <QVBoxLayout>
#include <chrono>

#include "gui/model/text.h"
#include "gui/tray/events_page.h"
#include "gui/tray/icons.h"
#include "gui/tray/objects_page.h"
#include "gui/tray/temperature_page.h"

namespace kevent::gui {
namespace {

constexpr char kGeometryKey[] = "window/geometry";
constexpr QSize kFirstSize{1200, 760};

}  // namespace

Window::Window(const Models& models, QSettings& store, QWidget* parent)
    : QMainWindow(parent),
      models_(models),
      store_(store),
      tabs_(new QTabWidget),
      events_(new EventsPage(models.events)),
      objects_(new ObjectsPage(models.objects, models.object_properties)),
      temperatures_(new TemperaturePage(models.temperatures)) {
  setWindowTitle(tr("Kernel Events"));
  setWindowIcon(program_icon());
  tabs_->setDocumentMode(true);
  tabs_->addTab(events_, tr("Events"));
  tabs_->addTab(objects_, tr("Objects"));
  tabs_->addTab(temperatures_, tr("Temperatures"));
  tabs_->setAccessibleName(tr("Pages"));
  auto* middle = new QWidget;
  auto* layout = new QVBoxLayout(middle);
  layout->setContentsMargins({});
  layout->setSpacing(0);
  layout->addWidget(make_problem());
  layout->addWidget(tabs_);
  setCentralWidget(middle);
  statusBar()->addPermanentWidget(events_->count());
  make_menus();
  connect_pages();
  restore();
  events_->focus_search();
}

Window::~Window() {
  save();
  // It is hidden while it is destroyed: too late for this to tell anybody.
  temperatures_->disconnect(this);
}

QWidget* Window::make_problem() {
  constexpr int kMargin = 8;
  problem_ = new QFrame;
  problem_->setAutoFillBackground(true);
  problem_->setBackgroundRole(QPalette::ToolTipBase);
  auto* symbol = new QLabel;
  const int size = style()->pixelMetric(QStyle::PM_LargeIconSize);
  symbol->setPixmap(style()->standardIcon(QStyle::SP_MessageBoxWarning).pixmap(size));
  problem_text_ = new QLabel;
  problem_text_->setTextFormat(Qt::PlainText);
  problem_text_->setAccessibleName(tr("Why the service is away"));
  problem_text_->setWordWrap(true);
  problem_text_->setForegroundRole(QPalette::ToolTipText);
  problem_text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* layout = new QHBoxLayout(problem_);
  layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
  layout->addWidget(symbol);
  layout->addWidget(problem_text_, 1);
  problem_->hide();
  return problem_;
}

void Window::make_menus() {
  QMenu* file = menuBar()->addMenu(tr("&File"));
  add_action(*file, tr("&Refresh"), Qt::Key_F5, [this] { objects_->refresh(); });
  add_action(*file, tr("&Settings…"), {}, [this] { Q_EMIT settings_requested(); });
  file->addSeparator();
  add_action(*file, tr("&Close"), Qt::Key_Escape, [this] { close(); });
  add_action(*file, tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q),
             [this] { Q_EMIT quit_requested(); });
  QMenu* view = menuBar()->addMenu(tr("&View"));
  add_action(*view, tr("&Events"), QKeySequence(Qt::CTRL | Qt::Key_1),
             [this] { show_page(kEvents); });
  add_action(*view, tr("&Objects"), QKeySequence(Qt::CTRL | Qt::Key_2),
             [this] { show_page(kObjects); });
  add_action(*view, tr("&Temperatures"), QKeySequence(Qt::CTRL | Qt::Key_3),
             [this] { show_page(kTemperatures); });
  view->addSeparator();
  add_action(*view, tr("&Find"), QKeySequence(Qt::CTRL | Qt::Key_F), [this] { focus_search(); });
}

void Window::add_action(QMenu& menu, const QString& text, const QKeySequence& keys,
                        const std::function<void()>& triggered) {
  QAction* action = menu.addAction(text);
  action->setShortcut(keys);
  connect(action, &QAction::triggered, this, triggered);
}

void Window::connect_pages() {
  connect(events_, &EventsPage::object_requested, this, &Window::show_object);
  connect(objects_, &ObjectsPage::events_requested, this, [this](const std::string& object) {
    events_->show_only(object);
    show_page(kEvents);
  });
  connect(objects_, &ObjectsPage::objects_requested, this, &Window::objects_requested);
  connect(objects_, &ObjectsPage::object_selected, this, &Window::object_selected);
  connect(objects_, &ObjectsPage::mount_requested, this, &Window::mount_requested);
  connect(objects_, &ObjectsPage::eject_requested, this, &Window::eject_requested);
  connect(temperatures_, &TemperaturePage::watched, this, &Window::temperatures_watched);
}

void Window::set_settings(const Settings& settings) {
  models_.events.set_fahrenheit(settings.fahrenheit);
  events_->set_fahrenheit(settings.fahrenheit);
  temperatures_->set_fahrenheit(settings.fahrenheit);
}

void Window::set_problem(const QString& problem) {
  constexpr qsizetype kLongest = 400;
  problem_->setVisible(!problem.isEmpty());
  problem_text_->setText(
      tr("The service of kernel events is away: %1\n"
         "\"systemctl start keventd\" starts it. What happened meanwhile appears "
         "here when it is back.")
          .arg(text_of(problem, kLongest)));
}

void Window::show_message(const QString& text) {
  constexpr std::chrono::milliseconds kShown = std::chrono::seconds(15);
  statusBar()->showMessage(text, static_cast<int>(kShown.count()));
}

void Window::present() {
  show();
  setWindowState(windowState() & ~Qt::WindowMinimized);
  raise();
  activateWindow();
}

void Window::show_page(Page page) {
  tabs_->setCurrentIndex(page);
}

void Window::show_event(quint64 sequence) {
  show_page(kEvents);
  events_->show_event(sequence);
}

void Window::show_object(const std::string& object) {
  if (object.empty()) return show_page(kEvents);
  show_page(kObjects);
  objects_->show_object(object);
}

void Window::focus_search() {
  switch (tabs_->currentIndex()) {
    case kEvents:
      return events_->focus_search();
    case kObjects:
      return objects_->focus_search();
    default:
      return temperatures_->focus_zones();
  }
}

void Window::changeEvent(QEvent* event) {
  QMainWindow::changeEvent(event);
  if (event->type() == QEvent::ActivationChange && isActiveWindow()) Q_EMIT seen();
}

void Window::closeEvent(QCloseEvent* event) {
  save();
  QMainWindow::closeEvent(event);
}

void Window::restore() {
  if (!restoreGeometry(store_.value(kGeometryKey).toByteArray())) resize(kFirstSize);
  events_->restore(store_);
  objects_->restore(store_);
}

void Window::save() {
  store_.setValue(kGeometryKey, saveGeometry());
  events_->save(store_);
  objects_->save(store_);
}

}  // namespace kevent::gui
