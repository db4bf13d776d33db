// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/app/tray_host.h"

#include <xcb/xcb.h>

#include <QDBusMessage>
#include <QDBusVariant>
#include <QGuiApplication>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "gui/bus/async_call.h"

namespace kevent::gui {
namespace {

constexpr char kWatcherName[] = "org.kde.StatusNotifierWatcher";
constexpr char kWatcherPath[] = "/StatusNotifierWatcher";

// Nothing tells of an XEmbed tray without a window of our own.
constexpr std::chrono::seconds kLookAgainAfter{3};
constexpr int kTimeoutMs = 2000;

template <typename Reply>
using Owned = std::unique_ptr<Reply, decltype(&std::free)>;

// The owner of the selection by which a tray is known (System Tray Protocol Specification 0.3).
bool has_xembed_tray() {
  const auto* x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
  if (x11 == nullptr) return false;
  xcb_connection_t* screen = x11->connection();
  const std::string name = "_NET_SYSTEM_TRAY_S0";
  const auto length = static_cast<std::uint16_t>(name.size());
  const Owned<xcb_intern_atom_reply_t> atom(
      xcb_intern_atom_reply(screen, xcb_intern_atom(screen, 0, length, name.c_str()), nullptr),
      &std::free);
  if (!atom) return false;
  const Owned<xcb_get_selection_owner_reply_t> owner(
      xcb_get_selection_owner_reply(screen, xcb_get_selection_owner(screen, atom->atom), nullptr),
      &std::free);
  return owner && owner->owner != XCB_NONE;
}

}  // namespace

TrayHost::TrayHost(QDBusConnection session, QObject* parent)
    : QObject(parent), session_(std::move(session)) {
  connect(&timer_, &QTimer::timeout, this, &TrayHost::look);
  timer_.setInterval(kLookAgainAfter);
  if (!session_.isConnected()) return;
  watcher_.setConnection(session_);
  watcher_.setWatchMode(QDBusServiceWatcher::WatchForRegistration);
  watcher_.addWatchedService(QLatin1String(kWatcherName));
  connect(&watcher_, &QDBusServiceWatcher::serviceRegistered, this, &TrayHost::look);
  session_.connect({}, QLatin1String(kWatcherPath), QLatin1String(kWatcherName),
                   QStringLiteral("StatusNotifierHostRegistered"), this, SLOT(look()));
}

void TrayHost::start() {
  timer_.start();
  look();
}

void TrayHost::look() {
  if (found_) return;
  QDBusMessage message = QDBusMessage::createMethodCall(
      QLatin1String(kWatcherName), QLatin1String(kWatcherPath),
      QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
  message << QLatin1String(kWatcherName) << QStringLiteral("IsStatusNotifierHostRegistered");
  message.setAutoStartService(false);
  async_call(session_, message, kTimeoutMs, this, [this](const QDBusMessage& answer) {
    const auto value = qvariant_cast<QDBusVariant>(answer.arguments().value(0));
    on_answer(answer.type() == QDBusMessage::ReplyMessage && value.variant().toBool());
  });
}

void TrayHost::on_answer(bool registered) {
  if (found_ || (!registered && !has_xembed_tray())) return;
  found_ = true;
  timer_.stop();
  Q_EMIT found();
}

}  // namespace kevent::gui
