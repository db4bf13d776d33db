// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/app/applet.h"

#include <QApplication>
#include <QByteArray>
#include <QDesktopServices>
#include <QFile>
#include <QUrl>

#include "gui/model/text.h"

namespace kevent::gui {
namespace {

std::unique_ptr<QSettings> open_store(const QString& file) {
  if (file.isEmpty()) {
    return std::make_unique<QSettings>(QStringLiteral("kevent"), QStringLiteral("tray"));
  }
  return std::make_unique<QSettings>(file, QSettings::IniFormat);
}

}  // namespace

Applet::Applet(const Options& options, const QDBusConnection& session, QObject* parent)
    : QObject(parent),
      store_(open_store(options.settings)),
      settings_(Settings::load(*store_)),
      knowledge_(options.bus),
      teller_(session, [this](const std::string& object) { return knowledge_.name_of(object); }),
      disks_(options.bus),
      host_(session),
      menu_(knowledge_.events()) {
  connect_knowledge();
  connect_menu();
  connect_disks();
  connect(&host_, &TrayHost::found, this, &Applet::make_icon);
  apply_settings();
}

Applet::~Applet() = default;

void Applet::start() {
  host_.start();
  knowledge_.start();
}

void Applet::show_window() {
  window().present();
}

void Applet::connect_knowledge() {
  connect(&knowledge_, &Knowledge::arrived, &teller_, &Teller::take);
  connect(&knowledge_, &Knowledge::history_ended, &teller_, &Teller::end_history);
  connect(&knowledge_, &Knowledge::status_changed, this, &Applet::update_status);
  connect(&knowledge_, &Knowledge::presence_changed, this, [this] {
    if (window_) window_->set_problem(knowledge_.problem());
  });
  connect(&teller_, &Teller::told, this, [this] {
    knowledge_.status().told();
    update_status();
  });
  connect(&teller_, &Teller::action_invoked, this, &Applet::act);
  connect(&teller_, &Teller::undelivered, this, [this](const Notice& notice) {
    if (icon_) icon_->show_notice(notice);
  });
}

void Applet::connect_menu() {
  connect(&menu_, &QMenu::aboutToShow, this, &Applet::see);
  connect(&menu_, &TrayMenu::window_requested, this, &Applet::show_window);
  connect(&menu_, &TrayMenu::event_requested, this, [this](quint64 sequence) {
    window().present();
    window().show_event(sequence);
  });
  connect(&menu_, &TrayMenu::settings_changed, this, &Applet::change_settings);
  connect(&menu_, &TrayMenu::settings_requested, this, &Applet::show_settings);
  connect(&menu_, &TrayMenu::quit_requested, qApp, &QApplication::quit);
}

void Applet::connect_disks() {
  connect(&disks_, &Disks::mounted, this,
          [this](const std::string& object, const std::string& mount_point) {
            say(tr("%1 is mounted on %2.").arg(last_element(object), text_of(mount_point)));
          });
  connect(&disks_, &Disks::ejected, this, [this](const std::string& object, bool may_be_removed) {
    if (may_be_removed) {
      teller_.ejected(object);
    } else {
      say(tr("%1 is unmounted.").arg(last_element(object)));
    }
  });
  connect(&disks_, &Disks::mount_failed, &teller_, &Teller::mount_failed);
  connect(&disks_, &Disks::eject_failed, &teller_, &Teller::eject_failed);
}

void Applet::make_icon() {
  icon_ = std::make_unique<TrayIcon>(menu_);
  connect(icon_.get(), &TrayIcon::window_requested, this, &Applet::show_window);
  update_status();
  icon_->show();
}

Window& Applet::window() {
  if (!window_) {
    window_ =
        std::make_unique<Window>(Window::Models{.events = knowledge_.events(),
                                                .objects = knowledge_.objects(),
                                                .object_properties = knowledge_.object_properties(),
                                                .temperatures = knowledge_.temperatures()},
                                 *store_);
    window_->set_settings(settings_);
    window_->set_problem(knowledge_.problem());
    connect_window();
  }
  return *window_;
}

void Applet::connect_window() {
  Window* window = window_.get();
  connect(window, &Window::objects_requested, &knowledge_, &Knowledge::read_objects);
  connect(window, &Window::object_selected, &knowledge_, &Knowledge::select_object);
  connect(window, &Window::temperatures_watched, &knowledge_, &Knowledge::set_temperatures_watched);
  connect(window, &Window::mount_requested, &disks_, &Disks::mount);
  connect(window, &Window::eject_requested, &disks_, &Disks::eject);
  connect(window, &Window::seen, this, &Applet::see);
  connect(window, &Window::settings_requested, this, &Applet::show_settings);
  connect(window, &Window::quit_requested, qApp, &QApplication::quit);
}

void Applet::show_settings() {
  if (!dialog_) {
    dialog_ = std::make_unique<SettingsDialog>(settings_);
    connect(dialog_.get(), &SettingsDialog::settings_changed, this, &Applet::change_settings);
  }
  dialog_->show();
  dialog_->raise();
  dialog_->activateWindow();
}

void Applet::change_settings(const Settings& settings) {
  if (settings == settings_) return;
  settings_ = settings;
  settings_.save(*store_);
  apply_settings();
}

void Applet::apply_settings() {
  knowledge_.set_fahrenheit(settings_.fahrenheit);
  teller_.set_settings(settings_);
  menu_.set_settings(settings_);
  if (window_) window_->set_settings(settings_);
  if (dialog_) dialog_->set_settings(settings_);
}

void Applet::update_status() {
  const QString tooltip = knowledge_.status().tooltip();
  menu_.set_state_line(tooltip.section(QLatin1Char('\n'), 0, 0));
  if (icon_) icon_->show_state(knowledge_.status().state(), tooltip);
}

void Applet::see() {
  knowledge_.status().seen();
  update_status();
}

void Applet::act(const Notice& notice, Action action) {
  switch (action) {
    case Action::kOpen:
      return open(notice.mount_point);
    case Action::kMount:
      return disks_.mount(notice.object);
    case Action::kEject:
      return disks_.eject(notice.object);
    case Action::kShow:
      window().present();
      return window().show_object(notice.object);
  }
}

void Applet::open(const std::string& mount_point) {
  const QString path = QFile::decodeName(QByteArray::fromStdString(mount_point));
  QDesktopServices::openUrl(QUrl::fromLocalFile(path));
}

void Applet::say(const QString& text) {
  if (window_) window_->show_message(text);
}

}  // namespace kevent::gui
