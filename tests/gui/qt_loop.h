// SPDX-License-Identifier: LGPL-2.1-or-later
// Qt's main loop in tests: QObjects get their signals while a test waits for a condition.
#pragma once

#include <QString>
#include <functional>

#include "tests/support/eventually.h"

namespace kevent::test {

// There is a QCoreApplication from now on. For the first thread.
void need_qt();

// Runs the loop until `predicate` holds; false at the deadline.
bool spin_until(const std::function<bool()>& predicate,
                support::Deadline deadline = support::within(support::kPatience));

// A name that no QDBusConnection of this process has had.
QString new_connection_name();

}  // namespace kevent::test
