// SPDX-License-Identifier: LGPL-2.1-or-later
// fanotify's messages of a mount namespace.
#include "service/decode/mount_notice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/decode/mount_notice_message.h"

namespace kevent::decode {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = MountNotice::Kind;

constexpr std::uint64_t kId = 2'147'558'509;

TEST(MountNotice, SaysWhichMountDidWhat) {
  EXPECT_THAT(parse_mount_notices(mount_message(fanotify::kAttach, kId)).notices,
              ElementsAre(MountNotice{Kind::kAttached, kId}));
  EXPECT_THAT(parse_mount_notices(mount_message(fanotify::kDetach, kId)).notices,
              ElementsAre(MountNotice{Kind::kDetached, kId}));
  EXPECT_THAT(
      parse_mount_notices(mount_message(fanotify::kAttach | fanotify::kDetach, kId)).notices,
      ElementsAre(MountNotice{Kind::kMoved, kId}));
}

TEST(MountNotice, SaysThatTheQueueWasFull) {
  EXPECT_THAT(parse_mount_notices(notice_message(FAN_Q_OVERFLOW, "")).notices,
              ElementsAre(MountNotice{Kind::kOverflow, 0}));
}

TEST(MountNotices, KeepTheKernelsOrder) {
  const auto parsed =
      parse_mount_notices(mount_message(fanotify::kAttach, 2) +
                          mount_message(fanotify::kDetach, 1) + notice_message(FAN_Q_OVERFLOW, ""));
  EXPECT_THAT(parsed.notices,
              ElementsAre(MountNotice{Kind::kAttached, 2}, MountNotice{Kind::kDetached, 1},
                          MountNotice{Kind::kOverflow, 0}));
  EXPECT_EQ(parsed.rejected, 0U);
}

TEST(MountNotices, FindTheMountAmongOtherRecords) {
  const std::string records = record_bytes({.type = 1, .id = 99}) + record_bytes({.id = kId});
  EXPECT_THAT(parse_mount_notices(notice_message(fanotify::kAttach, records)).notices,
              ElementsAre(MountNotice{Kind::kAttached, kId}));
}

TEST(MountNotices, CountAMessageThatIsNotOfAMountAndGoOn) {
  const auto parsed =
      parse_mount_notices(notice_message(FAN_OPEN, "") + notice_message(fanotify::kAttach, "") +
                          mount_message(FAN_OPEN, kId) + mount_message(fanotify::kDetach, kId));
  EXPECT_THAT(parsed.notices, ElementsAre(MountNotice{Kind::kDetached, kId}));
  EXPECT_EQ(parsed.rejected, 3U);
}

TEST(MountNotices, CountABrokenRecord) {
  for (const unsigned length : {0U, 3U, 15U, 17U, 65535U}) {
    const auto parsed = parse_mount_notices(
        notice_message(fanotify::kAttach,
                       record_bytes({.length = static_cast<std::uint16_t>(length), .id = kId})));
    EXPECT_THAT(parsed.notices, IsEmpty()) << length;
    EXPECT_EQ(parsed.rejected, 1U) << length;
  }
}

TEST(MountNotices, StopAtABrokenEndAndCountIt) {
  const std::string whole = mount_message(fanotify::kAttach, kId);
  for (std::size_t length = 1; length < whole.size(); ++length) {
    const auto parsed = parse_mount_notices(whole + whole.substr(0, length));
    EXPECT_EQ(parsed.notices.size(), 1U) << length;
    EXPECT_EQ(parsed.rejected, 1U) << length;
  }
}

TEST(MountNotices, AreNoneWithoutBytes) {
  EXPECT_THAT(parse_mount_notices("").notices, IsEmpty());
  EXPECT_EQ(parse_mount_notices("").rejected, 0U);
}

}  // namespace
}  // namespace kevent::decode
