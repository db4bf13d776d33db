// SPDX-License-Identifier: LGPL-2.1-or-later
// NetlinkSocket against real senders: the kernel, root itself, and the root of somebody's user
// namespace, for whom the kernel sends uevents on with its own port number.
#include "service/source/netlink_socket.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/netlink.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "lib/base/files.h"
#include "tests/source/injection.h"
#include "tests/support/eventually.h"
#include "tests/support/uevents.h"

namespace kevent::source {
namespace {

using Outcome = NetlinkSocket::Outcome;
constexpr unsigned kKernelGroup = 1;

NetlinkSocket open_socket() {
  auto socket = NetlinkSocket::open(NETLINK_KOBJECT_UEVENT, {kKernelGroup}, 1 << 20);
  EXPECT_TRUE(socket.ok());
  return std::move(socket).value();
}

// The first outcome that is not kEmpty; kEmpty when there is none in time.
Outcome wait_for_outcome(NetlinkSocket& socket) {
  Outcome outcome = Outcome::kEmpty;
  support::eventually(
      support::within(support::kPatience),
      [&] {
        outcome = socket.receive().outcome;
        return outcome != Outcome::kEmpty;
      },
      socket.descriptor());
  return outcome;
}

using namespace std::string_literals;
const std::string kForged = "add@/devices/forged\0ACTION=add\0DEVPATH=/devices/forged\0SEQNUM=1\0"s;

class NetlinkSocketOfRoot : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root: to send uevents";
  }
};

TEST_F(NetlinkSocketOfRoot, HearsTheKernel) {
  auto socket = open_socket();
  support::trigger_uevents(support::kQuietDevice, 1);
  EXPECT_EQ(wait_for_outcome(socket), Outcome::kMessage);
}

TEST_F(NetlinkSocketOfRoot, HearsEachGroupThatItHasJoined) {
  constexpr unsigned kGroupOfUdevd = 2;
  auto socket = NetlinkSocket::open(NETLINK_KOBJECT_UEVENT, {kGroupOfUdevd, kKernelGroup}, 1 << 20);
  ASSERT_TRUE(socket.ok());
  const auto from = sender();
  ASSERT_TRUE(send_to(from.get(), 0, 1u << (kGroupOfUdevd - 1), kForged));
  EXPECT_EQ(wait_for_outcome(*socket), Outcome::kForeign);
  support::trigger_uevents(support::kQuietDevice, 1);
  Outcome outcome = Outcome::kForeign;
  while (outcome == Outcome::kForeign) outcome = wait_for_outcome(*socket);  // udevd speaks, too
  EXPECT_EQ(outcome, Outcome::kMessage);
}

TEST_F(NetlinkSocketOfRoot, RefusesAMessageOfRootToTheGroup) {
  auto socket = open_socket();
  const auto from = sender();
  ASSERT_TRUE(send_to(from.get(), 0, 1u << (kKernelGroup - 1), kForged));
  EXPECT_EQ(wait_for_outcome(socket), Outcome::kForeign);
}

TEST_F(NetlinkSocketOfRoot, RefusesAMessageToItsPort) {
  auto socket = open_socket();
  sockaddr_nl own{};
  socklen_t length = sizeof own;
  ASSERT_EQ(::getsockname(socket.descriptor(), reinterpret_cast<sockaddr*>(&own), &length), 0);
  const auto from = sender();
  ASSERT_TRUE(send_to(from.get(), own.nl_pid, 0, kForged));
  EXPECT_EQ(wait_for_outcome(socket), Outcome::kForeign);
}

// Enters a user and a network namespace of its own as uid 1234, says so, waits for a byte, and has
// the kernel send a uevent on.
[[noreturn]] void run_namespace_root(int ready, int go) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::setresuid(1234, 1234, 1234) != 0 || ::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) {
    ::_exit(1);
  }
  ::prctl(PR_SET_DUMPABLE, 1);
  std::ofstream("/proc/self/uid_map") << "0 1234 1\n";
  char byte = 1;
  if (::write(ready, &byte, 1) != 1 || ::read(go, &byte, 1) != 1) ::_exit(2);
  const auto socket = sender();
  ::_exit(send_to(socket.get(), 0, 0, as_request(kForged)) ? 0 : 3);
}

// CVE-2009-1185's descendant: port 0 and the right group, but the credentials are not root's.
TEST_F(NetlinkSocketOfRoot, RefusesWhatTheKernelSendsOnForAnotherNamespacesRoot) {
  int ready[2];
  int go[2];
  ASSERT_EQ(::pipe2(ready, O_CLOEXEC), 0);
  ASSERT_EQ(::pipe2(go, O_CLOEXEC), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) run_namespace_root(ready[1], go[0]);
  ::close(ready[1]);
  char byte = 0;
  const bool entered = ::read(ready[0], &byte, 1) == 1;

  auto own = base::open_file("/proc/self/ns/net", O_RDONLY);
  auto foreign = base::open_file("/proc/" + std::to_string(child) + "/ns/net", O_RDONLY);
  Outcome outcome = Outcome::kEmpty;
  if (entered && own && foreign && ::setns(foreign->get(), CLONE_NEWNET) == 0) {
    auto socket = open_socket();
    EXPECT_EQ(::setns(own->get(), CLONE_NEWNET), 0);
    EXPECT_EQ(::write(go[1], &byte, 1), 1);
    outcome = wait_for_outcome(socket);
  }
  ::close(go[1]);
  int status = 0;
  ::waitpid(child, &status, 0);
  for (const int end : {ready[0], go[0]}) ::close(end);
  if (!entered) GTEST_SKIP() << "this kernel gives no user namespaces";
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(outcome, Outcome::kForeign);
}

TEST_F(NetlinkSocketOfRoot, KnowsAMessageThatIsLongerThanAny) {
  auto socket = NetlinkSocket::open(NETLINK_KOBJECT_UEVENT, {kKernelGroup}, 1 << 20, 32);
  ASSERT_TRUE(socket.ok());
  support::trigger_uevents(support::kQuietDevice, 1);
  EXPECT_EQ(wait_for_outcome(*socket), Outcome::kTruncated);
}

TEST_F(NetlinkSocketOfRoot, CountsWhatItsBufferCouldNotHold) {
  auto opened = NetlinkSocket::open(NETLINK_KOBJECT_UEVENT, {kKernelGroup}, 16 << 10);
  ASSERT_TRUE(opened.ok());
  auto& socket = *opened;
  constexpr int kSent = 1000;
  const std::uint64_t before = support::uevent_seqnum();
  support::trigger_uevents(support::kQuietDevice, kSent);
  const std::uint64_t sent = support::uevent_seqnum() - before;
  std::uint64_t received = 0;
  bool overrun = false;
  for (Outcome outcome = socket.receive().outcome; outcome != Outcome::kEmpty;
       outcome = socket.receive().outcome) {
    if (outcome == Outcome::kMessage) ++received;
    if (outcome == Outcome::kOverrun) overrun = true;
  }
  EXPECT_TRUE(overrun);
  EXPECT_EQ(received + socket.new_drops().value_or(0), sent);
  EXPECT_EQ(socket.new_drops(), 0u);
}

TEST(NetlinkSocket, SaysWhatBufferItGotWithoutPrivilege) {
  if (::geteuid() == 0 && ::seteuid(65534) != 0) GTEST_SKIP() << "can't give up root";
  const auto socket = NetlinkSocket::open(NETLINK_KOBJECT_UEVENT, {kKernelGroup}, 1 << 30);
  if (::getuid() == 0) {
    ASSERT_EQ(::seteuid(0), 0);
  }
  ASSERT_TRUE(socket.ok());
  EXPECT_NE(socket->problem().find("CAP_NET_ADMIN"), std::string::npos);
}

TEST(NetlinkSocket, FailsOnAGroupThatIsNone) {
  EXPECT_FALSE(NetlinkSocket::open(NETLINK_KOBJECT_UEVENT, {kKernelGroup, 1000}, 1 << 20).ok());
}

}  // namespace
}  // namespace kevent::source
