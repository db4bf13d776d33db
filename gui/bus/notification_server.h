// SPDX-License-Identifier: LGPL-2.1-or-later
// Shows notices by the session's notification server (org.freedesktop.Notifications), and says what
// people click. Asks without waiting for an answer, so a slow server holds up nothing here.
//
// Rules:
//   V1  One key has at most one notification: a later notice replaces it. While the server has not
//       answered to one, no other of its key is sent; the latest wins.
//   V2  The server is asked what it can do once for each owner of its name, at the first notice. A
//       body is escaped for a server with markup, and plain for one without; a title is plain
//       always. Actions are sent to a server that has them.
//   V3  A notice that stays and that the user closed is not shown again before its title or its
//       urgency is another one.
//   V4  A server that ends takes its notifications with it. The next one is shown those that last:
//       what stays, and what is critical. The rest is past.
//   V5  Without a server a notice goes to undelivered(); those that last are kept for V4 besides.
//   V6  Signals are believed from the server's own connection alone.
//   V7  At most kMostKeys keys are known; the one that was used longest ago is forgotten first, but
//       none that the server has not answered to. Where all are such, a further one is undelivered.
//   V8  At the end those that last are closed: nobody would replace them, or hear what people click.
#pragma once

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QObject>
#include <QString>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>

#include "gui/model/notice.h"

class QDBusMessage;

namespace kevent::gui {

class NotificationServer : public QObject {
  Q_OBJECT

 public:
  // Fewer than the calls that dbus-daemon lets wait for their answers (128).
  static constexpr std::size_t kMostKeys = 100;

  // `session`: the session bus; one that is not connected has no server.
  explicit NotificationServer(QDBusConnection session, QObject* parent = nullptr);
  ~NotificationServer() override;

  void show(const Notice& notice);
  void close(const QString& key);

 Q_SIGNALS:
  void action_invoked(const kevent::gui::Notice& notice, kevent::gui::Action action);
  // The user or the server has taken it from the screen.
  void closed(const QString& key);
  void undelivered(const kevent::gui::Notice& notice);

 private Q_SLOTS:
  void on_notification_closed(const QDBusMessage& message);
  void on_action_invoked(const QDBusMessage& message);

 private:
  enum class Server { kUnknown, kAsked, kPresent, kAbsent };

  // What the server can do.
  struct Capabilities {
    bool actions = false;
    bool body = false;
    bool markup = false;
  };

  struct Entry {
    Notice notice;           // the latest
    std::uint32_t id = 0;    // the server's; 0: not on the screen
    bool pending = false;    // a Notify is under way
    bool due = false;        // is to be sent
    bool closing = false;    // is to be closed
    bool dismissed = false;  // V3
    std::uint64_t used = 0;  // V7
  };
  using Entries = std::map<QString, Entry>;
  using Answered = std::function<void(const QDBusMessage&)>;

  void on_owner_changed(const QString& owner);
  void ask_capabilities();
  void on_capabilities(const QDBusMessage& answer);
  void no_server();
  void settle_all();
  void settle(Entries::iterator item);
  void send(Entries::iterator item);
  void on_notified(Entries::iterator item, const QDBusMessage& answer);
  QDBusMessage notify_message(const Entry& entry) const;
  Entries::iterator find_shown(const QDBusMessage& signal);
  bool make_room_for(const QString& key);
  void call(const QDBusMessage& message, Answered answered);

  QDBusConnection session_;
  QDBusServiceWatcher watcher_;
  Server server_ = Server::kUnknown;
  QString owner_;  // unique name; empty: nobody, or not known yet
  Capabilities capabilities_;
  Entries entries_;
  std::uint64_t uses_ = 0;
};

}  // namespace kevent::gui
