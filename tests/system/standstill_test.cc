// SPDX-License-Identifier: LGPL-2.1-or-later
// A bus that stands still: its process is stopped, so whoever connects is neither refused nor
// answered. The service must go on with everything else.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "lib/base/clock.h"
#include "tests/support/contract_client.h"
#include "tests/support/failure.h"
#include "tests/support/uevents.h"
#include "tests/system/accounts.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

using support::kPatience;
using support::within;

constexpr int kNoBus = 3;
constexpr int kUevents = 100;
// The service feeds at half of the watchdog's time: so often in two seconds, of the twenty that
// this test waits for it.
constexpr char kWatchdog[] = "WATCHDOG_USEC=200000";
constexpr int kFeeds = 20;

// The service manager's end of sd_notify(3). It holds some ten messages, and then the service
// waits: it has to be read all the time.
class NotifySocket {
 public:
  explicit NotifySocket(const std::filesystem::path& path)
      : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.string().copy(address.sun_path, sizeof address.sun_path - 1);
    if (::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      support::fail_with_errno("bind " + path.string());
    }
  }

  // Whether the watchdog is fed so many times from now on.
  bool fed(int times) {
    count_feeds();
    int count = 0;
    return support::eventually(
        within(kPatience), [&] { return (count += count_feeds()) >= times; }, socket_.get());
  }

  // How often it was fed since the last look.
  int count_feeds() {
    int count = 0;
    std::array<char, 256> text{};
    ssize_t length = 0;
    while ((length = ::recv(socket_.get(), text.data(), text.size(), 0)) > 0) {
      count +=
          std::string_view(text.data(), static_cast<std::size_t>(length)) == "WATCHDOG=1" ? 1 : 0;
    }
    return count;
  }

 private:
  base::FileDescriptor socket_;
};

class BusStandstill : public SystemTest {
 protected:
  // The service has lost one connection to a bus that stands still, and wants another.
  void SetUp() override {
    SystemTest::SetUp();
    if (IsSkipped()) {
      return;
    }
    notify_ = std::make_unique<NotifySocket>(directory_ / "notify");
    keventd_ = std::make_unique<support::Keventd>(
        bus_.address(), directory_ / "run",
        support::KeventdOptions{
            .environment = {kWatchdog, "NOTIFY_SOCKET=" + (directory_ / "notify").string()}});
    ASSERT_EQ(::kill(bus_.pid(), SIGSTOP), 0);
    seqnum_before_ = support::uevent_seqnum();
    support::trigger_uevents(support::kQuietDevice, kUevents);
    ASSERT_TRUE(said("starting over"));
  }

  bool said(const std::string& text) {
    return support::eventually(within(kPatience), [&] {
      notify_->count_feeds();
      return keventd_->error_output().find(text) != std::string::npos;
    });
  }

  support::PrivateBus bus_;
  support::TemporaryDirectory directory_;
  std::unique_ptr<NotifySocket> notify_;
  std::unique_ptr<support::Keventd> keventd_;
  std::uint64_t seqnum_before_ = 0;
};

TEST_F(BusStandstill, DoesNotStopTheWatchdog) {
  EXPECT_TRUE(notify_->fed(kFeeds));
}

TEST_F(BusStandstill, IsSaid) {
  EXPECT_TRUE(said("timed out")) << keventd_->error_output();
}

TEST_F(BusStandstill, LosesAndDelaysNothingInTheLog) {
  const std::string uuid = new_uuid();
  support::trigger_marked_uevent(support::kQuietDevice, uuid);
  ASSERT_TRUE(notify_->fed(kFeeds));  // so the loop has been round
  const std::uint64_t standing_us = base::realtime_us();
  ASSERT_EQ(::kill(bus_.pid(), SIGCONT), 0);
  Accounts accounts;
  accounts.expect_mark(uuid);
  std::uint64_t numbered_us = 0;
  support::ContractClient client(bus_.address(), [&](const support::Told& event) {
    accounts.take(event);
    numbered_us = event.time_us;
  });
  ASSERT_TRUE(client.follow_until(within(kPatience), [&] { return accounts.marked(); }))
      << keventd_->error_output();
  EXPECT_LT(numbered_us, standing_us);
  EXPECT_EQ(accounts.missing_since(seqnum_before_), 0U);
  EXPECT_EQ(accounts.sequence_errors(), 0U);
}

TEST(BusStandstillAtTheStart, EndsIt) {
  const support::PrivateBus bus;
  const support::TemporaryDirectory directory;
  ASSERT_EQ(::kill(bus.pid(), SIGSTOP), 0);
  const support::Outcome outcome =
      support::run(support::keventd_command(bus.address(), directory / "run"));
  EXPECT_EQ(outcome.status, kNoBus);
  EXPECT_NE(outcome.error_output.find("timed out"), std::string::npos) << outcome.error_output;
}

}  // namespace
}  // namespace kevent::system
