// SPDX-License-Identifier: LGPL-2.1-or-later
// ThermalSource on the kernel's real `thermal` family. Without a thermal zone the kernel says
// nothing there, so its group is filled by us: the messages are refused, but they take room.
#include "service/source/thermal_source.h"

#include <gtest/gtest.h>
#include <linux/netlink.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include "tests/source/injection.h"
#include "tests/source/recording_sink.h"
#include "tests/support/eventually.h"
#include "tests/sysfs/fake_sysfs.h"

namespace kevent::source {
namespace {

const std::string kZone = "/devices/virtual/thermal/thermal_zone3";
constexpr int kFlood = 20000;

// Which of the first 32 groups the socket hears, as the mask of sockaddr_nl.
std::uint32_t groups_of(int socket) {
  std::array<std::uint32_t, 32> groups{};
  socklen_t length = sizeof groups;
  ::getsockopt(socket, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, groups.data(), &length);
  return groups[0];
}

class ThermalSourceOverrun : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root: to send to the kernel's group";
    auto opened = ThermalSource::open(sink_, sink_.state, fake_.get());
    if (!opened) GTEST_SKIP() << opened.error().message();
    source_ = std::move(opened).value();
    source_->start();
    const std::uint32_t groups = groups_of(source_->descriptor());
    ASSERT_TRUE(std::has_single_bit(groups));
    const base::FileDescriptor from(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC));
    for (int i = 0; i < kFlood; ++i) {
      ASSERT_TRUE(send_to(from.get(), 0, groups, as_request("no notice")));
    }
  }

  // As the service does it: when there is input, or something unfinished.
  void dispatch_all() {
    EXPECT_TRUE(support::eventually(support::within(support::kPatience), [this] {
      pollfd watched{source_->descriptor(), source_->poll_events(), 0};
      const bool is_ready = ::poll(&watched, 1, 0) > 0 || source_->unfinished();
      if (is_ready) source_->dispatch();
      return !is_ready;
    }));
  }

  std::uint64_t lost() const {
    std::uint64_t count = 0;
    for (const event::Event& event : sink_.events) {
      if (event::is_events_lost(event)) {
        count += *event.details.get<std::uint64_t>(event::key::kCount);
      }
    }
    return count;
  }

  sysfs::FakeSysfs fake_{{{kZone + "/temp", "40000"},
                          {kZone + "/trip_point_0_type", "hot"},
                          {kZone + "/trip_point_0_temp", "95000"}},
                         {{"/class/thermal/thermal_zone3", kZone}}};
  RecordingSink sink_;
  std::unique_ptr<ThermalSource> source_;
};

TEST_F(ThermalSourceOverrun, OfMessagesThatAreRefusedIsCounted) {
  dispatch_all();
  EXPECT_GT(lost(), 0u);
  EXPECT_EQ(lost() + source_->status().rejected, kFlood);
  EXPECT_EQ(source_->status().lost, lost());
}

// H2
TEST_F(ThermalSourceOverrun, IsMendedFromFakeZones) {
  fake_.set(kZone + "/temp", "96000");
  dispatch_all();
  const auto hot = std::find_if(sink_.events.begin(), sink_.events.end(), [](const auto& event) {
    return event.signal == event::signal::kOverheating;
  });
  ASSERT_NE(hot, sink_.events.end());
  EXPECT_EQ(hot->object, kZone);
  EXPECT_NE(hot->details.find(event::key::kSynthesized), nullptr);
}

}  // namespace
}  // namespace kevent::source
