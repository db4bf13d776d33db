// SPDX-License-Identifier: LGPL-2.1-or-later
// What anybody on the bus, or with a mount of their own, may do: nobody else is harmed by it.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/mounted.h"
#include "tests/support/uevents.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

using support::BusConnection;
using support::within;

class Hostile : public SystemTest {};

// Any connection may send a signal to another, and sd-bus takes it for the bus driver's.
TEST_F(Hostile, NameLostOfAStrangerIsNotBelieved) {
  Service service;
  BusConnection stranger(service.bus.address());
  sd_bus_message* signal = nullptr;
  ASSERT_GE(sd_bus_message_new_signal(stranger.raw(), &signal, "/org/freedesktop/DBus",
                                      "org.freedesktop.DBus", "NameLost"),
            0);
  ASSERT_GE(sd_bus_message_append(signal, "s", support::kService), 0);
  ASSERT_GE(sd_bus_message_set_destination(signal, support::kService), 0);
  ASSERT_GE(sd_bus_send(stranger.raw(), signal, nullptr), 0);
  sd_bus_message_unref(signal);
  // The first answer may come of a loop that is about to end.
  for (int call = 0; call < 3; ++call) {
    EXPECT_TRUE(support::find_device(stranger, "/dev/null").ok());
  }
  EXPECT_TRUE(service.keventd.running());
}

// Asks for the whole log again and again, and reads no answer.
void ask_and_never_read(BusConnection& hog, int times) {
  for (int i = 0; i < times; ++i) {
    sd_bus_message* call = nullptr;
    ASSERT_GE(
        sd_bus_message_new_method_call(hog.raw(), &call, support::kService, support::kManagerPath,
                                       support::kManagerInterface, "GetEvents"),
        0);
    ASSERT_GE(sd_bus_message_append(call, "ta{sv}u", std::uint64_t{0}, 0, std::uint32_t{0}), 0);
    std::uint64_t cookie = 0;  // who takes none asks for no answer
    ASSERT_GE(sd_bus_send(hog.raw(), call, &cookie), 0);
    sd_bus_message_unref(call);
  }
  ASSERT_GE(sd_bus_flush(hog.raw()), 0);
}

constexpr int kEventsOfAnAnswer = 1000;
// Their answers are more than the bus keeps of one sender (127 MiB), and what it then leaves
// unread.
constexpr int kHogs = 6;
constexpr int kCallsOfAHog = 110;
// With sanitizers an answer takes its time.
constexpr std::chrono::seconds kLongPatience{120};

class Hogs : public Hostile {
 protected:
  void SetUp() override {
    Hostile::SetUp();
    if (IsSkipped()) return;
    service_ = std::make_unique<Service>();
    support::trigger_uevents(support::kQuietDevice, kEventsOfAnAnswer);
    service_->settle();
    for (int i = 0; i < kHogs; ++i) {
      hogs_.push_back(std::make_unique<BusConnection>(service_->bus.address()));
      ask_and_never_read(*hogs_.back(), kCallsOfAHog);
    }
  }

  std::size_t times_said(const std::string& words) const {
    const std::string said = service_->keventd.error_output();
    std::size_t count = 0;
    for (std::size_t at = said.find(words); at != said.npos; at = said.find(words, at + 1)) ++count;
    return count;
  }

  bool wait_for_new_connection() {
    return support::eventually(within(kLongPatience),
                               [&] { return times_said("back on the bus") > 0; });
  }

  std::unique_ptr<Service> service_;
  std::vector<std::unique_ptr<BusConnection>> hogs_;
};

TEST_F(Hogs, ThatReadNoAnswerAreLeftBehindByANewConnection) {
  ASSERT_TRUE(wait_for_new_connection()) << service_->keventd.error_output();
  BusConnection other(service_->bus.address());
  EXPECT_TRUE(support::find_device(other, "/dev/null").ok());
  EXPECT_EQ(times_said("starting over with a new connection"), 1u);
  EXPECT_EQ(times_said("back on the bus"), 1u);
}

TEST_F(Hogs, ThatReadNoAnswerDoNotKeepKeventdFromEnding) {
  EXPECT_EQ(service_->keventd.stop(), 0);
}

TEST_F(Hogs, ThatReadNoAnswerDoNotHideAnEvent) {
  const std::string uuid = new_uuid();
  support::trigger_marked_uevent(support::kQuietDevice, uuid);
  const auto* heard = service_->tape.wait_for({.also = [&](const auto& told) {
    return told.is_event() && is_marked(told.details(), uuid);
  }});
  EXPECT_NE(heard, nullptr);
}

// The source of a mount is what the one who mounts says it is.
TEST_F(Hostile, MountSpeaksForNoDiskThatItOnlyNames) {
  Service service;
  const support::Mounted mounted("/dev/loop0", service.directory / "place", "tmpfs");
  const auto& heard = service.hear(
      {.member = "mount", .also = support::with_text("MountPoint", service.directory / "place")});
  EXPECT_EQ(heard.path, "/org/kernel/fs/tmpfs");
}

}  // namespace
}  // namespace kevent::system
