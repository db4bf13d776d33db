// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/bus/notification_server.h"

#include <QDBusMessage>
#include <QStringList>
#include <QVariantMap>
#include <algorithm>
#include <array>
#include <limits>
#include <utility>
#include <vector>

#include "gui/bus/async_call.h"
#include "gui/model/text.h"

namespace kevent::gui {
namespace {

constexpr char kName[] = "org.freedesktop.Notifications";
constexpr char kPath[] = "/org/freedesktop/Notifications";

// A server may take its time; that it has ended is an answer too.
constexpr int kNoTimeout = std::numeric_limits<int>::max();

constexpr int kPatienceAtEndMs = 1000;

// Desktop Notifications Specification 1.2.
constexpr std::uint32_t kClosedByUser = 2;
constexpr int kNeverExpires = 0;
constexpr int kExpiresAsTheServerLikes = -1;

struct ActionKey {
  Action action;
  const char* key;
  const char* label;
};
// "default" is what a click on the notification itself does.
constexpr std::array kActionKeys = {
    ActionKey{Action::kOpen, "open", QT_TRANSLATE_NOOP("kevent::gui::NotificationServer", "Open")},
    ActionKey{Action::kMount, "mount",
              QT_TRANSLATE_NOOP("kevent::gui::NotificationServer", "Mount")},
    ActionKey{Action::kEject, "eject",
              QT_TRANSLATE_NOOP("kevent::gui::NotificationServer", "Eject")},
    ActionKey{Action::kShow, "default",
              QT_TRANSLATE_NOOP("kevent::gui::NotificationServer", "Show")},
};

QDBusMessage server_call(const char* method) {
  return QDBusMessage::createMethodCall(QLatin1String(kName), QLatin1String(kPath),
                                        QLatin1String(kName), QLatin1String(method));
}

QDBusMessage bus_id_call() {
  constexpr QLatin1String kBus("org.freedesktop.DBus");
  return QDBusMessage::createMethodCall(kBus, QStringLiteral("/org/freedesktop/DBus"), kBus,
                                        QStringLiteral("GetId"));
}

QDBusMessage close_message(std::uint32_t id) {
  QDBusMessage message = server_call("CloseNotification");
  message << id;
  return message;
}

QStringList actions_of(const Notice& notice) {
  QStringList actions;
  for (const Action action : notice.actions) {
    const auto known = std::ranges::find(kActionKeys, action, &ActionKey::action);
    actions << QLatin1String(known->key) << NotificationServer::tr(known->label);
  }
  return actions;
}

QVariant urgency_hint(Urgency urgency) {
  return QVariant::fromValue(static_cast<uchar>(urgency));
}

QVariantMap hints_of(const Notice& notice) {
  QVariantMap hints;
  hints[QStringLiteral("urgency")] = urgency_hint(notice.urgency);
  hints[QStringLiteral("desktop-entry")] = QStringLiteral("kevent-tray");
  hints[QStringLiteral("category")] = notice.urgency == Urgency::kCritical
                                          ? QStringLiteral("device.error")
                                          : QStringLiteral("device");
  if (notice.stays) hints[QStringLiteral("resident")] = true;
  if (notice.urgency == Urgency::kLow) hints[QStringLiteral("transient")] = true;
  return hints;
}

// V4
bool lasts(const Notice& notice) {
  return notice.stays || notice.urgency == Urgency::kCritical;
}

// V3
bool same_matter(const Notice& one, const Notice& other) {
  return one.stays && other.stays && one.title == other.title && one.urgency == other.urgency;
}

}  // namespace

NotificationServer::NotificationServer(QDBusConnection session, QObject* parent)
    : QObject(parent), session_(std::move(session)) {
  if (!session_.isConnected()) return;
  watcher_.setConnection(session_);
  watcher_.setWatchMode(QDBusServiceWatcher::WatchForOwnerChange);
  watcher_.addWatchedService(QLatin1String(kName));
  connect(
      &watcher_, &QDBusServiceWatcher::serviceOwnerChanged, this,
      [this](const QString&, const QString&, const QString& owner) { on_owner_changed(owner); });
  const auto hear = [this](const char* signal, const char* slot) {
    session_.connect({}, QLatin1String(kPath), QLatin1String(kName), QLatin1String(signal), this,
                     slot);
  };
  hear("NotificationClosed", SLOT(on_notification_closed(QDBusMessage)));
  hear("ActionInvoked", SLOT(on_action_invoked(QDBusMessage)));
}

// V8. QtDBus drops what it has not written when the process ends: an answer of the bus to a call
// behind them says that the bus has them.
NotificationServer::~NotificationServer() {
  bool closed_one = false;
  for (const auto& [key, entry] : entries_) {
    if (entry.id == 0 || !lasts(entry.notice)) continue;
    session_.send(close_message(entry.id));
    closed_one = true;
  }
  if (closed_one) session_.call(bus_id_call(), QDBus::Block, kPatienceAtEndMs);
}

void NotificationServer::show(const Notice& notice) {
  if (!make_room_for(notice.key)) {
    Q_EMIT undelivered(notice);
    return;
  }
  const auto item = entries_.try_emplace(notice.key).first;
  Entry& entry = item->second;
  if (entry.dismissed && same_matter(entry.notice, notice)) {
    entry.notice = notice;
    return;
  }
  entry.notice = notice;
  entry.dismissed = false;
  entry.closing = false;
  entry.due = true;
  entry.used = ++uses_;
  if (server_ == Server::kAbsent) server_ = Server::kUnknown;  // the bus may start one
  settle(item);
}

void NotificationServer::close(const QString& key) {
  const auto item = entries_.find(key);
  if (item == entries_.end()) return;
  item->second.due = false;
  item->second.closing = true;
  settle(item);
}

// V4. Where a question is under way, its answer decides. An answer may be here before the news of
// who owns the name.
void NotificationServer::on_owner_changed(const QString& owner) {
  if (owner == owner_ && !owner.isEmpty()) return;
  owner_ = owner;
  if (server_ != Server::kAsked) server_ = owner.isEmpty() ? Server::kAbsent : Server::kUnknown;
  for (auto& [key, entry] : entries_) {
    entry.id = 0;
    const bool wanted = lasts(entry.notice) && !entry.dismissed && !entry.closing;
    if (wanted && !owner.isEmpty()) entry.due = true;
  }
  settle_all();
}

// Also starts a server where the bus can do that.
void NotificationServer::ask_capabilities() {
  server_ = Server::kAsked;
  call(server_call("GetCapabilities"), [this, asked_of = owner_](const QDBusMessage& answer) {
    const bool is_outdated = owner_ != asked_of && answer.service() != owner_;
    if (is_outdated && !owner_.isEmpty()) {
      ask_capabilities();
    } else {
      on_capabilities(answer);
    }
  });
}

// A server that refuses to answer is one without capabilities.
void NotificationServer::on_capabilities(const QDBusMessage& answer) {
  const bool answered = answer.type() == QDBusMessage::ReplyMessage;
  if (!answered && (owner_.isEmpty() || answer.service() != owner_)) return no_server();
  const QStringList names = answer.arguments().value(0).toStringList();
  capabilities_ = {.actions = answered && names.contains(QLatin1String("actions")),
                   .body = names.contains(QLatin1String("body")) || !answered,
                   .markup = names.contains(QLatin1String("body-markup"))};
  owner_ = answer.service();
  server_ = Server::kPresent;
  settle_all();
}

// V5
void NotificationServer::no_server() {
  server_ = Server::kAbsent;
  std::vector<Notice> notices;
  for (auto& [key, entry] : entries_) {
    if (std::exchange(entry.due, false)) notices.push_back(entry.notice);
  }
  settle_all();
  for (const Notice& notice : notices) Q_EMIT undelivered(notice);
}

// In the order in which they were to be shown.
void NotificationServer::settle_all() {
  std::vector<Entries::iterator> items;
  for (auto item = entries_.begin(); item != entries_.end(); ++item) items.push_back(item);
  std::ranges::sort(items, {}, [](const auto& item) { return item->second.used; });
  for (const auto& item : items) settle(item);
}

// Does what is to be done with an entry next, and forgets one that has nothing left.
void NotificationServer::settle(Entries::iterator item) {
  Entry& entry = item->second;
  if (entry.pending) return;
  if (entry.closing) {
    if (entry.id != 0) call(close_message(entry.id), [](const QDBusMessage&) {});
    entries_.erase(item);
  } else if (entry.due) {
    if (server_ == Server::kPresent) send(item);
    if (server_ == Server::kUnknown) ask_capabilities();
  } else if (entry.id == 0 && !entry.dismissed && !lasts(entry.notice)) {
    entries_.erase(item);
  }
}

// V1
void NotificationServer::send(Entries::iterator item) {
  item->second.due = false;
  item->second.pending = true;
  call(notify_message(item->second), [this, key = item->first](const QDBusMessage& answer) {
    on_notified(entries_.find(key), answer);
  });
}

// An entry that is pending is never forgotten, so it is there.
void NotificationServer::on_notified(Entries::iterator item, const QDBusMessage& answer) {
  Entry& entry = item->second;
  const bool shown = answer.type() == QDBusMessage::ReplyMessage && answer.service() == owner_;
  const bool refused = answer.type() == QDBusMessage::ErrorMessage && !entry.due;
  const Notice notice = entry.notice;
  entry.pending = false;
  entry.id = shown ? answer.arguments().value(0).toUInt() : 0;
  settle(item);
  if (refused) Q_EMIT undelivered(notice);
}

QDBusMessage NotificationServer::notify_message(const Entry& entry) const {
  const Notice& notice = entry.notice;
  QString body;
  if (capabilities_.body) body = capabilities_.markup ? escaped_markup(notice.body) : notice.body;
  QDBusMessage message = server_call("Notify");
  message << tr("Kernel events") << entry.id << notice.icon << notice.title << body
          << (capabilities_.actions ? actions_of(notice) : QStringList()) << hints_of(notice)
          << (notice.stays ? kNeverExpires : kExpiresAsTheServerLikes);
  return message;
}

void NotificationServer::on_notification_closed(const QDBusMessage& message) {
  const auto item = find_shown(message);
  if (item == entries_.end()) return;
  Entry& entry = item->second;
  const QString key = item->first;
  entry.id = 0;
  if (entry.pending || entry.due) return;  // another is under way in its place
  if (message.arguments().value(1).toUInt() == kClosedByUser && entry.notice.stays) {
    entry.dismissed = true;
  } else {
    entries_.erase(item);
  }
  Q_EMIT closed(key);
}

void NotificationServer::on_action_invoked(const QDBusMessage& message) {
  const auto item = find_shown(message);
  if (item == entries_.end()) return;
  const QString key = message.arguments().value(1).toString();
  const auto known = std::ranges::find_if(
      kActionKeys, [&](const ActionKey& action) { return key == QLatin1String(action.key); });
  const Notice notice = item->second.notice;
  if (known == kActionKeys.end() || !std::ranges::count(notice.actions, known->action)) return;
  Q_EMIT action_invoked(notice, known->action);
}

// V6. The entry that a signal is about.
NotificationServer::Entries::iterator NotificationServer::find_shown(const QDBusMessage& signal) {
  if (owner_.isEmpty() || signal.service() != owner_) return entries_.end();
  const std::uint32_t id = signal.arguments().value(0).toUInt();
  return id == 0 ? entries_.end() : std::ranges::find_if(entries_, [&](const auto& item) {
    return item.second.id == id;
  });
}

// V7. False: there is none.
bool NotificationServer::make_room_for(const QString& key) {
  if (entries_.size() < kMostKeys || entries_.contains(key)) return true;
  const auto age = [](const auto& item) {
    return item.second.pending ? std::numeric_limits<std::uint64_t>::max() : item.second.used;
  };
  const auto oldest = std::ranges::min_element(entries_, {}, age);
  if (oldest->second.pending) return false;
  entries_.erase(oldest);
  return true;
}

void NotificationServer::call(const QDBusMessage& message, Answered answered) {
  async_call(session_, message, kNoTimeout, this, std::move(answered));
}

}  // namespace kevent::gui
