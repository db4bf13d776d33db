// SPDX-License-Identifier: LGPL-2.1-or-later
#include "automount/notice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/automount/sample.h"

namespace kevent::automount {
namespace {

using Kind = Notice::Kind;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(NoticeLine, SaysWhatIsMountedWhere) {
  EXPECT_EQ(notice_line({Kind::kMounted, mounted(stick()), {}}),
            "/dev/sdb1 \"stick\": mounted on /media/user/stick");
}

TEST(NoticeLine, SaysWhereFromItIsUnmountedAndWhy) {
  EXPECT_EQ(notice_line({Kind::kUnmounted, mounted(stick()), "the device was removed"}),
            "/dev/sdb1 \"stick\": unmounted from /media/user/stick: the device was removed");
}

TEST(NoticeLine, SaysWhereItWasMountedWhenItWasRemoved) {
  EXPECT_EQ(notice_line({Kind::kRemovedWhileMounted, mounted(stick()), "data is lost"}),
            "/dev/sdb1 \"stick\": removed while mounted on /media/user/stick: data is lost");
}

TEST(NoticeLine, NeedsNoDevice) {
  EXPECT_EQ(notice_line({Kind::kWaiting, {}, "no bus"}), "waiting: no bus");
}

TEST(NoticeLine, IsSafeForATerminal) {
  BlockDevice device = stick();
  device.label = "\x1b[2J\n\xe2\x80\xae\xff";
  const std::string line = notice_line({Kind::kLocked, device, {}});
  for (const char* raw : {"\x1b", "\n", "\xe2\x80\xae", "\xff"}) {
    EXPECT_THAT(line, Not(HasSubstr(raw)));
  }
}

TEST(NoticeJson, HoldsWhatIsKnown) {
  EXPECT_EQ(notice_json({Kind::kMounted, mounted(stick()), "read-only"}),
            (nlohmann::json{{"event", "mounted"},
                            {"device", "/dev/sdb1"},
                            {"object", "/org/freedesktop/UDisks2/block_devices/sdb1"},
                            {"label", "stick"},
                            {"uuid", "1234-ABCD"},
                            {"drive", "SanDisk-Cruzer-1"},
                            {"mount_point", "/media/user/stick"},
                            {"reason", "read-only"}}));
}

TEST(NoticeJson, NamesARemovalWhileMounted) {
  EXPECT_EQ(notice_json({Kind::kRemovedWhileMounted, stick(), {}})["event"],
            "removed_while_mounted");
}

TEST(NoticeJson, LeavesOutWhatIsNot) {
  EXPECT_EQ(notice_json({Kind::kReady, {}, {}}), (nlohmann::json{{"event", "ready"}}));
}

TEST(NoticeJson, EscapesWhatIsNoText) {
  BlockDevice device = mounted(stick());
  device.mount_points = {"/media/\xff\x01"};
  EXPECT_EQ(notice_json({Kind::kMounted, device, {}})["mount_point"], "/media/\\xff\\x01");
}

}  // namespace
}  // namespace kevent::automount
