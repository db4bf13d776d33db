// SPDX-License-Identifier: LGPL-2.1-or-later
// Each system call on an event's way fails, some times over, while a device comes, a filesystem is
// mounted, uevents are made and methods called. strace makes them fail in the running keventd. The
// service lives on, says what it missed, and is right again by itself.
//
// strace of Debian 12 does not know the newest calls (statmount, listmount) by name.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/contract_client.h"
#include "tests/support/failure.h"
#include "tests/support/loop_device.h"
#include "tests/support/mounted.h"
#include "tests/support/uevents.h"
#include "tests/system/accounts.h"
#include "tests/system/failing_calls.h"
#include "tests/system/fresh_start.h"
#include "tests/system/service.h"
#include "tests/system/uevent_socket.h"

namespace kevent::system {
namespace {

using support::within;

constexpr int kUevents = 50;
// More than the service sends ahead of the bus.
constexpr int kTooManyForTheBus = 1000;

// Of which descriptors calls fail.
enum class On { kAnything, kUeventSocket, kBus, kLog, kMountTable, kDeviceNodes };

struct Fault {
  std::string name;
  std::string call;
  std::string error;
  On on;
  int times = 3;
};

void PrintTo(const Fault& fault, std::ostream* stream) {
  *stream << fault.name;
}

// "socket:[INODE]" of the process's sockets, as /proc has them, for which `is_wanted(INODE)`.
template <typename IsWanted>
std::string socket_of(pid_t pid, IsWanted is_wanted) {
  const std::string folder = "/proc/" + std::to_string(pid) + "/fd";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string target = std::filesystem::read_symlink(entry.path());
    if (target.starts_with("socket:[") && is_wanted(target.substr(8, target.size() - 9))) {
      return target;
    }
  }
  support::fail("keventd has no such socket");
}

bool hears_kernel_uevents(const std::string& inode) {
  std::ifstream table("/proc/net/netlink");
  for (std::string line; std::getline(table, line);) {
    std::istringstream columns(line);
    std::string socket, protocol, port, groups, field, last;
    columns >> socket >> protocol >> port >> groups;
    while (columns >> field) last = field;
    if (protocol == "15" && groups == "00000001" && last == inode) return true;
  }
  return false;
}

bool is_unix_socket(const std::string& inode) {
  std::ifstream table("/proc/net/unix");
  for (std::string line; std::getline(table, line);) {
    if ((line + ' ').find(' ' + inode + ' ') != line.npos) return true;
  }
  return false;
}

std::vector<std::string> paths(On on, const Service& service) {
  const pid_t pid = service.keventd.pid();
  switch (on) {
    case On::kAnything:
      return {};
    case On::kUeventSocket:
      return {socket_of(pid, hears_kernel_uevents)};
    case On::kBus:
      return {socket_of(pid, is_unix_socket)};
    case On::kLog:
      return {service.runtime_directory() + "/log"};
    case On::kMountTable:
      return {"/proc/" + std::to_string(pid) + "/mountinfo", "anon_inode:[fanotify]"};
    case On::kDeviceNodes:
      return {"/dev"};
  }
  return {};
}

FailingCalls failing_calls(const Fault& fault, const Service& service) {
  return FailingCalls(service.keventd.pid(), fault.call, fault.error, std::to_string(fault.times),
                      paths(fault.on, service));
}

class Faults : public SystemTest, public ::testing::WithParamInterface<Fault> {
 protected:
  void SetUp() override {
    SystemTest::SetUp();
    if (IsSkipped()) return;
    if (!support::have_program("strace")) GTEST_SKIP() << "calls are made to fail by strace";
    service_ = std::make_unique<Service>();
    service_->settle();
    seqnum_before_ = support::uevent_seqnum();
  }

  // What of the fault is over afterwards: all of it.
  void let_things_happen_with(const Fault& fault) {
    FailingCalls failing = failing_calls(fault, *service_);
    loop_ = std::make_unique<support::AddedLoopDevice>();
    place_ = std::make_unique<support::Mounted>(make_folder("from"), make_folder("place"), "none",
                                                MS_BIND);
    support::trigger_uevents(support::kQuietDevice, kUevents);
    if (fault.call == "pread64") let_events_wait_in_the_log();
    support::BusConnection caller(service_->bus.address());
    failed_ = support::eventually(within(support::kPatience), [&] {
      support::find_device(caller, "/dev/null");
      return failing.failed();
    });
    failing.end();
  }

  // What the bus does not take is read back from the log when it does.
  void let_events_wait_in_the_log() {
    ASSERT_EQ(::kill(service_->bus.pid(), SIGSTOP), 0);
    support::trigger_uevents(support::kQuietDevice, kTooManyForTheBus);
    const bool logged = support::eventually(within(support::kPatience), [this] {
      return uevent_socket(service_->keventd.pid()).waiting == 0;
    });
    ASSERT_EQ(::kill(service_->bus.pid(), SIGCONT), 0);
    ASSERT_TRUE(logged);
  }

  // Everything that the service tells, up to a uevent and a mount that come after all. A mount
  // table that could not be read is read again with the next mount.
  void hear_all() {
    support::Mounted("none", make_folder("later"), "tmpfs").unmount();
    const std::string uuid = new_uuid();
    accounts_.expect_mark(uuid);
    support::trigger_marked_uevent(support::kQuietDevice, uuid);
    support::ContractClient client(service_->bus.address(), [this](const support::Told& event) {
      accounts_.take(event);
      mount_is_told_ =
          mount_is_told_ || (event.signal == "mount" && event.details.at("MountPoint").at("data") ==
                                                            place_->mount_point().string());
    });
    const bool heard = client.follow_until(within(support::kPatience),
                                           [&] { return accounts_.marked() && mount_is_told_; });
    ASSERT_TRUE(heard) << service_->keventd.error_output();
  }

  std::filesystem::path make_folder(const std::string& name) const {
    const auto folder = service_->directory / name;
    std::filesystem::create_directory(folder);
    return folder;
  }

  std::unique_ptr<Service> service_;
  std::unique_ptr<support::AddedLoopDevice> loop_;
  std::unique_ptr<support::Mounted> place_;
  Accounts accounts_;
  std::uint64_t seqnum_before_ = 0;
  bool failed_ = false;
  bool mount_is_told_ = false;
};

// Lives, tells or counts each uevent, tells the mount, and tells in the end what there is.
TEST_P(Faults, AreSurvivedToldAndMended) {
  let_things_happen_with(GetParam());
  ASSERT_TRUE(service_->keventd.running()) << service_->keventd.error_output();
  ASSERT_TRUE(failed_) << "keventd has not called " << GetParam().call;
  hear_all();
  if (accounts_.says_how_many()) {
    EXPECT_LE(accounts_.missing_since(seqnum_before_), accounts_.lost() + accounts_.lost_by_log());
  }
  EXPECT_LE(accounts_.lost(), accounts_.missing_since(seqnum_before_));
  EXPECT_EQ(accounts_.uevents_twice(), 0U);
  EXPECT_TRUE(tells_what_a_fresh_start_tells(*service_));
}

const Fault kFaults[] = {
    {"UeventSocketInterrupted", "recvmmsg", "EINTR", On::kUeventSocket},
    {"UeventSocketEmptyAfterAll", "recvmmsg", "EAGAIN", On::kUeventSocket},
    {"UeventSocketOverrun", "recvmmsg", "ENOBUFS", On::kUeventSocket},
    {"UeventSocketWithoutMemory", "recvmmsg", "ENOMEM", On::kUeventSocket},
    {"LogNotWrittenForAnInputOutputError", "pwrite64", "EIO", On::kLog},
    {"LogNotWrittenOnAFullDisk", "pwrite64", "ENOSPC", On::kLog},
    {"LogNotWrittenForManyEvents", "pwrite64", "EIO", On::kLog, 40},
    {"LogWriteInterrupted", "pwrite64", "EINTR", On::kLog},
    {"LogNotReadForAnInputOutputError", "pread64", "EIO", On::kLog},
    {"LogNotReadWithoutMemory", "pread64", "ENOMEM", On::kLog},
    {"BusSocketInterrupted", "recvmsg", "EINTR", On::kBus},
    {"BusSocketEmptyAfterAll", "recvmsg", "EAGAIN", On::kBus},
    {"BusNotReadWithoutMemory", "recvmsg", "ENOMEM", On::kBus, 1},
    {"BusNotWrittenWhenInterrupted", "sendmsg", "EINTR", On::kBus},
    {"BusFullForAMoment", "sendmsg", "EAGAIN", On::kBus},
    {"BusNotWrittenWithoutBuffers", "sendmsg", "ENOBUFS", On::kBus, 1},
    {"BusNotWrittenWithoutMemory", "sendmsg", "ENOMEM", On::kBus, 1},
    {"PollInterrupted", "poll", "EINTR", On::kAnything},
    {"PollWithoutMemory", "poll", "ENOMEM", On::kAnything},
    {"WakeupNotRead", "read", "EINTR", On::kAnything},
    {"MountsNotReadForAnInputOutputError", "read", "EIO", On::kMountTable},
    {"MountsNotReadWithoutMemory", "read", "ENOMEM", On::kMountTable},
    {"MountsNotReadWhenInterrupted", "read", "EINTR", On::kMountTable},
    {"NoDescriptorLeft", "openat", "EMFILE", On::kAnything},
    {"NoFileLeftInTheSystem", "openat", "ENFILE", On::kAnything},
    {"NoDescriptorLeftForAMethod", "openat", "EMFILE", On::kDeviceNodes},
};

INSTANTIATE_TEST_SUITE_P(Real, Faults, ::testing::ValuesIn(kFaults),
                         [](const auto& fault) { return fault.param.name; });

}  // namespace
}  // namespace kevent::system
