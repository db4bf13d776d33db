// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/bus/instance.h"

#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusReply>

namespace kevent::gui {
namespace {

constexpr char kName[] = "org.kernel.KeventTray";
constexpr char kPath[] = "/org/kernel/KeventTray";
constexpr char kInterface[] = "org.freedesktop.Application";
constexpr int kPatienceMs = 5000;

}  // namespace

Instance::Instance(QDBusConnection session, QObject* parent)
    : QObject(parent), session_(std::move(session)) {}

// The object is there before the name is, so that nobody calls into nothing.
Instance::Role Instance::claim() {
  if (!session_.isConnected()) return Role::kNoSession;
  session_.registerObject(QLatin1String(kPath), this, QDBusConnection::ExportAllSlots);
  using Interface = QDBusConnectionInterface;
  const auto answer = session_.interface()->registerService(QLatin1String(kName));
  if (!answer.isValid()) return Role::kNoSession;
  return answer.value() == Interface::ServiceNotRegistered ? Role::kLater : Role::kFirst;
}

bool Instance::activate_first() {
  QDBusMessage message =
      QDBusMessage::createMethodCall(QLatin1String(kName), QLatin1String(kPath),
                                     QLatin1String(kInterface), QStringLiteral("Activate"));
  message << QVariantMap();
  return session_.call(message, QDBus::Block, kPatienceMs).type() == QDBusMessage::ReplyMessage;
}

void Instance::Activate(const QVariantMap& /*platform_data*/) {
  Q_EMIT activated();
}

void Instance::Open(const QStringList& /*uris*/, const QVariantMap& /*platform_data*/) {
  Q_EMIT activated();
}

void Instance::ActivateAction(const QString& /*name*/, const QVariantList& /*parameters*/,
                              const QVariantMap& /*platform_data*/) {
  Q_EMIT activated();
}

}  // namespace kevent::gui
