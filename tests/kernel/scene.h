// SPDX-License-Identifier: LGPL-2.1-or-later
// What a scene starts from: a kernel that was booted for it alone (kernel-patch/boot), and the real
// dbus-daemon and keventd on it. The same scene runs on the patched kernel and on the plain one;
// what only one of them can tell stands in it as such.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/keventd.h"
#include "tests/support/tape.h"
#include "tests/system/service.h"

namespace kevent::kernel {

// Whether the kernel that runs has the events layer.
bool is_patched();

// An event in one line, "signal/priority Key=value ...", and a list of them: what a test compares.
using Lines = std::vector<std::string>;
using Keys = std::vector<std::string>;
std::string line(const support::Heard& event, const Keys& keys);
Lines lines(const std::vector<support::Heard>& events, const Keys& keys);

// What the patched kernel alone can tell: on the plain one, nothing.
Lines only_patched(Lines lines);

// Writes into a file of the kernel's, in one piece. Fails where that does.
void write_to_kernel(const std::string& path, const std::string& text);
std::string read_from_kernel(const std::string& path);

// Has the patched kernel send so many events of signal `test`, as fast as it can.
inline constexpr const char* kSentObject = "/org/kernel/kevent_2dtest/send";
void send_events(std::uint64_t count);

// A test that has a kernel to itself. Fails at once on another kernel than the one that the test is
// meant for (the variable KEVENT_TEST_KERNEL: patched or plain).
class KernelTest : public ::testing::Test {
 protected:
  void SetUp() override;
};

struct Scene : system::Service {
  explicit Scene(const support::KeventdOptions& options = {});

  // After it, everything that happened before is on the tape, whichever source tells it. Needs the
  // sources uevent and mount.
  void settle();
  // The same for the source kernel alone, if it is there.
  void settle_kernel();

  // What is on the tape, in its order.
  Lines told(const support::Wanted& wanted, const Keys& keys = {}) const;

  // What the service's log holds, by GetEvents: also what was told before the tape ran.
  std::vector<support::Heard> logged(const support::Wanted& wanted);

 private:
  bool kernel_speaks_;
};

}  // namespace kevent::kernel
