// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/gui/qt_loop.h"

#include <QCoreApplication>
#include <QTimer>
#include <chrono>
#include <memory>

namespace kevent::test {
namespace {

// What no event of Qt announces is looked for so often.
constexpr std::chrono::milliseconds kTick{5};

}  // namespace

void need_qt() {
  static int argument_count = 1;
  static char name[] = "gui_test";
  static char* arguments[] = {name, nullptr};
  static const auto application = std::make_unique<QCoreApplication>(argument_count, arguments);
}

bool spin_until(const std::function<bool()>& predicate, support::Deadline deadline) {
  need_qt();
  QTimer tick;
  tick.start(kTick);
  while (!predicate()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
  }
  return true;
}

QString new_connection_name() {
  static int number = 0;
  return QStringLiteral("test-%1").arg(++number);
}

}  // namespace kevent::test
