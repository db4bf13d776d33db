// SPDX-License-Identifier: LGPL-2.1-or-later
// The automounter alone, with words of udisks2 and events of the kernel made by hand.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "automount/automounter.h"
#include "tests/automount/sample.h"

namespace kevent::automount {

// About stick().
inline event::Event block_event(std::string_view signal) {
  event::Event event{.signal = std::string(signal)};
  event.details.set(event::key::kSubsystem, std::string("block"));
  event.details.set(event::key::kDeviceNumber, event::DeviceNumber{8, 17});
  return event;
}

// Without a medium.
inline BlockDevice blank(BlockDevice device) {
  device.usage = device.type = device.label = device.uuid = "";
  return device;
}

// In the same drive.
inline BlockDevice second_stick() {
  BlockDevice device = stick();
  device.object += "x";
  device.number = 0x812;  // 8:18
  device.node = "/dev/sdb2";
  device.label = "second";
  device.uuid = "2222-2222";
  return device;
}

inline auto is_told(Notice::Kind kind, const std::string& reason = "") {
  return ::testing::AllOf(::testing::Field(&Notice::kind, kind),
                          ::testing::Field(&Notice::reason, ::testing::HasSubstr(reason)));
}

class AutomounterTest : public ::testing::Test {
 protected:
  static Rules rules(const std::string& text) {
    base::Result<Rules> parsed = Rules::parse(text, "test.conf");
    EXPECT_TRUE(parsed.ok());
    return *std::move(parsed);
  }

  // udisks2 has been there for a while, and knows these; nothing has come out.
  void begin_with(std::vector<BlockDevice> devices) {
    say(Present{std::move(devices)});
    now_ += Automounter::kWantedFor;
    requests();
    notices();
  }
  // The same with a stick that was mounted and that a person has unmounted.
  void begin_with_unmounted_stick() {
    begin_with({mounted(stick())});
    say(Changed{stick(), false});
    notices();
  }
  void say(const Word& word) { automounter_.said(word, now_); }
  void happen(std::string_view signal) { automounter_.happened(block_event(signal), now_); }
  // Without a size: it is not known yet.
  void change_medium(std::optional<std::uint64_t> size = {}) {
    event::Event event = block_event("media_change");
    if (size) event.details.set(event::key::kSize, *size);
    automounter_.happened(event, now_);
  }
  void find_medium(std::uint64_t size) {
    event::Event event = block_event("media_change");
    event.details.set(event::key::kSize, size);
    event.details.set(event::key::kSynthesized, true);
    automounter_.happened(event, now_);
  }
  void remove_while_mounted(bool read_only = false) {
    event::Event event = block_event("removed_while_mounted");
    event.details.set(event::key::kMountPoints, event::Texts{"/media/user/stick"});
    if (read_only) event.details.set(event::key::kReadOnly, true);
    automounter_.happened(event, now_);
  }
  void answer(Request::Kind kind, const std::string& object, const std::string& error = "") {
    say(Answer{{kind, object}, error, "what udisks2 says"});
  }
  std::vector<Request> requests() { return automounter_.take_requests(); }
  std::vector<Notice> notices() { return automounter_.take_notices(); }

  const Request mount_it_{Request::Kind::kMount, stick().object};
  Automounter automounter_{Rules()};
  Automounter::Time now_{};
};

}  // namespace kevent::automount
