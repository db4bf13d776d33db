// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/support/tape.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/private_bus.h"

namespace kevent::support {
namespace {

// Plays the service: owns a name and sends signals of events.
class Speaker {
 public:
  Speaker(const std::string& address, const std::string& name) : bus_(address) {
    bus_.call(
        {"/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName", "org.freedesktop.DBus"},
        "su", name.c_str(), 4U);
  }

  void say(const char* path, const char* member, std::uint64_t sequence) {
    sd_bus_emit_signal(bus_.raw(), path, "org.kernel.Events1.Fs", member, "ttya{sv}", sequence,
                       std::uint64_t{1}, 5, 2, "Mounts", "u", 1U, "DeviceNumber", "(uu)", 7U, 0U);
    sd_bus_flush(bus_.raw());
  }

 private:
  BusConnection bus_;
};

TEST(Tape, RecordsTheTypesAndValuesOfAnEvent) {
  const PrivateBus bus;
  Tape tape(bus.address());
  Speaker(bus.address(), kService).say("/org/kernel/a", "mount", 9);
  const Heard* heard = tape.wait_for({.member = "mount"});
  ASSERT_NE(heard, nullptr);
  EXPECT_EQ(heard->signature, "ttya{sv}");
  EXPECT_EQ(heard->sequence(), 9U);
  EXPECT_EQ(heard->priority(), 5U);
  EXPECT_EQ(heard->detail("Mounts"), variant("u", 1));
  EXPECT_EQ(heard->detail("DeviceNumber"), variant("(uu)", {7, 0}));
  EXPECT_EQ(heard->detail("Size"), Json());
}

TEST(Tape, KeepsTheOrderOfArrival) {
  const PrivateBus bus;
  Tape tape(bus.address());
  Speaker speaker(bus.address(), kService);
  speaker.say("/org/kernel/b", "mount", 1);
  speaker.say("/org/kernel/a", "mount", 2);
  ASSERT_NE(tape.wait_for({.path = "/org/kernel/a"}), nullptr);
  EXPECT_LT(tape.index_of({.path = "/org/kernel/b"}), tape.index_of({.path = "/org/kernel/a"}));
}

TEST(Tape, IsDeafToOthers) {
  const PrivateBus bus;
  Tape tape(bus.address());
  Speaker speaker(bus.address(), kService);
  Speaker(bus.address(), "org.example.Imitator").say("/org/kernel/a", "forged", 1);
  speaker.say("/org/kernel/a", "mount", 2);
  ASSERT_NE(tape.wait_for({.member = "mount"}), nullptr);
  EXPECT_EQ(tape.recorded().size(), 1U);
}

}  // namespace
}  // namespace kevent::support
