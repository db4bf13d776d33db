// SPDX-License-Identifier: LGPL-2.1-or-later
// Tells people: gives Notices what happens and the time, and takes what it says to the notification
// server. What Notices are, it decides; how they look, the server.
#pragma once

#include <QObject>
#include <QTimer>
#include <string>
#include <vector>

#include "gui/bus/notification_server.h"
#include "gui/model/notices.h"
#include "gui/model/settings.h"
#include "lib/client/follower.h"

namespace kevent::gui {

class Teller : public QObject {
  Q_OBJECT

 public:
  Teller(QDBusConnection session, Notices::NameOf name_of, QObject* parent = nullptr);

  void set_settings(const Settings& settings);
  void take(const std::vector<client::Item>& items, bool history);
  void end_history();

  // How it went what the user asked of a disk.
  void ejected(const std::string& object);
  void eject_failed(const std::string& object, const QString& problem);
  void mount_failed(const std::string& object, const QString& problem);

 Q_SIGNALS:
  // Something was told just now.
  void told();
  void action_invoked(const kevent::gui::Notice& notice, kevent::gui::Action action);
  // There is no notification server.
  void undelivered(const kevent::gui::Notice& notice);

 private:
  void take_one(const client::Item& item, bool history, const Moment& moment);
  void deliver();

  Notices notices_;
  NotificationServer server_;
  QTimer timer_;  // for Notices::next_tick()
};

}  // namespace kevent::gui
