// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/support/udisks_stack.h"

#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <unistd.h>

#include <fstream>

#include "tests/support/bus_connection.h"
#include "tests/support/failure.h"

namespace kevent::support {
namespace {

constexpr const char* kMedia = "/media";  // where udisks2 mounts for people
constexpr const char* kUdevd = "/lib/systemd/systemd-udevd";
constexpr const char* kPolkitd = "/usr/lib/polkit-1/polkitd";
constexpr const char* kUdisksd = "/usr/libexec/udisks2/udisksd";

// In a chroot udevadm would do nothing, and say that it has done it.
bool udevadm(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "udevadm");
  return run(arguments, {"SYSTEMD_IGNORE_CHROOT=1"}).status == 0;
}

void enter_network_namespace() {
  static const bool entered = ::unshare(CLONE_NEWNET) == 0;
  if (!entered) fail_with_errno("a network namespace of the test's own");
}

bool has_owner(BusConnection& bus, const std::string& name) {
  const Reply reply = bus.call(
      {"/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner", "org.freedesktop.DBus"},
      "s", name.c_str());
  return reply.ok() && reply.arguments.at(0) == true;
}

}  // namespace

std::string UdisksStack::missing() {
  if (::geteuid() != 0) return "udisks2 and loop devices need root";
  for (const char* program : {kUdevd, kPolkitd, kUdisksd}) {
    if (!std::filesystem::exists(program)) return std::string(program) + " is not installed";
  }
  return {};
}

UdisksStack::UdisksStack(const std::string& polkit_rules) {
  enter_network_namespace();
  for (const char* folder : {"/run", kMedia, "/var/lib/udisks2", "/etc/polkit-1"}) {
    mounts_.emplace_back("tmpfs", folder, "tmpfs", 0, "mode=755");
  }
  std::filesystem::create_directories("/etc/polkit-1/rules.d");
  std::ofstream(rules_ / "50-test.rules") << polkit_rules;
  mounts_.emplace_back(rules_.path(), "/usr/share/polkit-1/rules.d", "none", MS_BIND);
  std::filesystem::create_directories("/run/udev/rules.d");
  std::ofstream("/run/udev/rules.d/99-test.rules")
      << "ATTRS{loop/backing_file}==\"" << images_.path().string()
      << "/*\", ENV{UDISKS_AUTO}=\"1\"\n";
  udevd_ = std::make_unique<Process>(std::vector<std::string>{kUdevd});
  if (!eventually(within(kPatience), [] { return udevadm({"control", "--ping"}); })) {
    fail("udevd does not answer: " + udevd_->error_output());
  }
  polkitd_ = start(kPolkitd, "org.freedesktop.PolicyKit1");
  start_udisks();
}

// udevd takes its links in /dev away with the devices; its workers end with it when it may say
// goodbye.
UdisksStack::~UdisksStack() {
  udisksd_.reset();
  ::umount2(kMedia, MNT_DETACH);
  udevadm({"settle", "--timeout=5"});
  udevd_->signal(SIGTERM);
  udevd_->wait();
  while (!mounts_.empty()) mounts_.pop_back();
}

void UdisksStack::start_udisks() {
  udisksd_.reset();
  udisksd_ = start(kUdisksd, "org.freedesktop.UDisks2");
}

std::string UdisksStack::object_of(const LoopDevice& device) {
  return "/org/freedesktop/UDisks2/block_devices/" + device.name();
}

std::unique_ptr<Process> UdisksStack::start(const std::string& program,
                                            const std::string& name) const {
  auto process = std::make_unique<Process>(
      std::vector<std::string>{program},
      std::vector<std::string>{"DBUS_SYSTEM_BUS_ADDRESS=" + bus_address()});
  BusConnection bus(bus_address());
  const bool owned = eventually(within(kPatience), [&] { return has_owner(bus, name); });
  if (!owned) fail(program + " does not take its name: " + process->error_output());
  return process;
}

}  // namespace kevent::support
