// SPDX-License-Identifier: LGPL-2.1-or-later
// SIGTERM, SIGINT and SIGHUP as a signal of Qt, so that the program ends by its main loop. The
// handlers only wake the loop. One in a program.
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include "lib/base/file_descriptor.h"

namespace kevent::gui {

class Termination : public QObject {
  Q_OBJECT

 public:
  explicit Termination(QObject* parent = nullptr);
  ~Termination() override;

 Q_SIGNALS:
  void asked();

 private:
  base::FileDescriptor wake_;
  QSocketNotifier notifier_;
};

}  // namespace kevent::gui
