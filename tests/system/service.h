// SPDX-License-Identifier: LGPL-2.1-or-later
// What a system test starts from: a private bus, a real keventd on it, a tape that runs, and the
// kernel of this machine.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <string>

#include "tests/support/bus_connection.h"
#include "tests/support/keventd.h"
#include "tests/support/private_bus.h"
#include "tests/support/tape.h"
#include "tests/support/temporary_directory.h"

namespace kevent::system {

// A test that makes real kernel events. Skipped, and says so, without root.
class SystemTest : public ::testing::Test {
 protected:
  void SetUp() override;
};

struct Service {
  explicit Service(const support::KeventdOptions& options = {});

  // After it, everything that happened before is on the tape. Needs the sources uevent and mount.
  void settle();

  // The first signal that matches. Fails when it does not come.
  const support::Heard& hear(const support::Wanted& wanted);

  std::string runtime_directory() const { return directory / "run"; }

  support::PrivateBus bus;
  support::TemporaryDirectory directory;  // for images and mount points, too
  support::Keventd keventd;
  support::Tape tape;
  support::BusConnection caller;
};

// A UUID that no other call gives.
std::string new_uuid();

// True for an event that was found by a re-read.
bool is_synthesized(const support::Heard& heard);

// The kernel's number of a uevent's event, 0 for all others.
std::uint64_t kernel_seqnum(const support::Json& details);

// True for the uevent of trigger_marked_uevent().
bool is_marked(const support::Json& details, const std::string& uuid);

}  // namespace kevent::system
