// SPDX-License-Identifier: LGPL-2.1-or-later
// The measure of "mended": what a service tells of its objects is what one tells that starts now.
#pragma once

#include <gtest/gtest.h>

#include "tests/system/service.h"

namespace kevent::system {

// Compares the objects of `service`, their interfaces and properties (MountPoints are among them),
// with those of a second keventd, on a bus and in a runtime directory of its own. The machine goes
// on meanwhile, so they have some time to become equal. What is compared last stands in the
// failure.
::testing::AssertionResult tells_what_a_fresh_start_tells(Service& service);

}  // namespace kevent::system
