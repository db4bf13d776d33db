// SPDX-License-Identifier: LGPL-2.1-or-later
// Says when there is a tray to put an icon into: a StatusNotifierWatcher with a host on the session
// bus, or the owner of the screen's XEmbed tray.
//
// Qt 6.4 looks for the former once in a program, when the first QSystemTrayIcon is made or asked
// for, and never again (qtbase, src/gui/platform/unix/qgenericunixthemes.cpp). So no icon is made
// before there is a tray: at login the panel is often the later one.
#pragma once

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QObject>
#include <QTimer>

namespace kevent::gui {

class TrayHost : public QObject {
  Q_OBJECT

 public:
  explicit TrayHost(QDBusConnection session, QObject* parent = nullptr);

  // Begins to look, and goes on until there is one.
  void start();

 Q_SIGNALS:
  // Once.
  void found();

 private Q_SLOTS:
  void look();

 private:
  void on_answer(bool registered);

  QDBusConnection session_;
  QDBusServiceWatcher watcher_;
  QTimer timer_;
  bool found_ = false;
};

}  // namespace kevent::gui
