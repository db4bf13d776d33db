// SPDX-License-Identifier: LGPL-2.1-or-later
// One applet for a session: the first owns the bus name org.kernel.KeventTray, and is an
// org.freedesktop.Application there; those that start later ask it to show its window.
#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QStringList>
#include <QVariantMap>

namespace kevent::gui {

class Instance : public QObject {
  Q_OBJECT
  Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Application")

 public:
  enum class Role {
    kFirst,
    kLater,
    kNoSession,  // no session bus: nobody knows, and nobody can ask
  };

  explicit Instance(QDBusConnection session, QObject* parent = nullptr);

  // Takes the name where it is free. Waits for the bus.
  Role claim();

  // As kLater: asks the first to show its window. False when it does not answer within 5 s.
  bool activate_first();

 Q_SIGNALS:
  // Somebody wants to see the window.
  void activated();

 public Q_SLOTS:
  // The methods of the interface, by their names on the bus.
  void Activate(const QVariantMap& platform_data);                          // NOLINT
  void Open(const QStringList& uris, const QVariantMap& platform_data);     // NOLINT
  void ActivateAction(const QString& name, const QVariantList& parameters,  // NOLINT
                      const QVariantMap& platform_data);

 private:
  QDBusConnection session_;
};

}  // namespace kevent::gui
