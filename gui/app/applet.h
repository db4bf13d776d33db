// SPDX-License-Identifier: LGPL-2.1-or-later
// The applet put together: what Knowledge knows goes to the tray, the window and the Teller; what
// the user does with these goes to Disks and to the settings. The icon is made when there is a
// tray, the window when somebody wants to see it.
#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QSettings>
#include <memory>
#include <string>

#include "gui/app/knowledge.h"
#include "gui/app/options.h"
#include "gui/app/teller.h"
#include "gui/app/tray_host.h"
#include "gui/bus/disks.h"
#include "gui/model/settings.h"
#include "gui/tray/settings_dialog.h"
#include "gui/tray/tray_icon.h"
#include "gui/tray/tray_menu.h"
#include "gui/tray/window.h"

namespace kevent::gui {

class Applet : public QObject {
  Q_OBJECT

 public:
  Applet(const Options& options, const QDBusConnection& session, QObject* parent = nullptr);
  ~Applet() override;

  void start();
  void show_window();

 private:
  void connect_knowledge();
  void connect_menu();
  void connect_disks();
  void connect_window();
  void make_icon();
  Window& window();
  void show_settings();

  void change_settings(const Settings& settings);
  void apply_settings();
  void update_status();
  void see();

  void act(const Notice& notice, Action action);
  void open(const std::string& mount_point);
  void say(const QString& text);

  std::unique_ptr<QSettings> store_;
  Settings settings_;
  Knowledge knowledge_;
  Teller teller_;
  Disks disks_;
  TrayHost host_;
  TrayMenu menu_;
  std::unique_ptr<TrayIcon> icon_;
  std::unique_ptr<Window> window_;
  std::unique_ptr<SettingsDialog> dialog_;
};

}  // namespace kevent::gui
