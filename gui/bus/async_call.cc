// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/bus/async_call.h"

#include <QDBusError>
#include <QDBusPendingCallWatcher>
#include <QMetaObject>
#include <utility>

namespace kevent::gui {

void async_call(const QDBusConnection& connection, const QDBusMessage& message, int timeout_ms,
                QObject* context, std::function<void(const QDBusMessage&)> answered) {
  if (!connection.isConnected()) {
    const auto answer = [answered = std::move(answered)] {
      answered(QDBusMessage::createError(QDBusError::Disconnected, QStringLiteral("no bus")));
    };
    QMetaObject::invokeMethod(context, answer, Qt::QueuedConnection);
    return;
  }
  auto* watcher = new QDBusPendingCallWatcher(connection.asyncCall(message, timeout_ms), context);
  QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
                   [answered = std::move(answered)](QDBusPendingCallWatcher* finished) {
                     finished->deleteLater();
                     answered(finished->reply());
                   });
}

}  // namespace kevent::gui
