// SPDX-License-Identifier: LGPL-2.1-or-later
// A call of QtDBus whose answer comes later, always: also without a connection, where QtDBus itself
// never answers (6.4, QDBusConnection::asyncCall() then returns a call that does not finish).
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <functional>

class QObject;

namespace kevent::gui {

// `answered` gets the reply or the error from the main loop, unless `context` is gone by then.
void async_call(const QDBusConnection& connection, const QDBusMessage& message, int timeout_ms,
                QObject* context, std::function<void(const QDBusMessage&)> answered);

}  // namespace kevent::gui
