// SPDX-License-Identifier: LGPL-2.1-or-later
#include "bench/udisks.h"

#include <signal.h>

#include "tests/support/failure.h"

namespace kevent::bench {
namespace {

constexpr char kUdevd[] = "/lib/systemd/systemd-udevd";
constexpr char kPolkitd[] = "/usr/lib/polkit-1/polkitd";
constexpr char kUdisksd[] = "/usr/libexec/udisks2/udisksd";
constexpr char kUdisks[] = "org.freedesktop.UDisks2";
constexpr char kFilesystem[] = "org.freedesktop.UDisks2.Filesystem";

std::vector<std::string> installed(const std::string& program) {
  if (!std::filesystem::exists(program)) support::fail(program + " is not installed");
  return {program};
}

// In a chroot udevadm would do nothing, and say that it has done it.
bool udevadm(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "udevadm");
  return support::run(arguments, {"SYSTEMD_IGNORE_CHROOT=1"}).status == 0;
}

void wait_until(const std::string& what, const std::function<bool()>& predicate) {
  if (!support::eventually(support::within(support::kPatience), predicate)) {
    support::fail(what + " in vain");
  }
}

}  // namespace

UdisksSurroundings::UdisksSurroundings(const std::string& bus_address,
                                       const support::LoopDevice& device)
    : bus_address_(bus_address),
      environment_({"DBUS_SYSTEM_BUS_ADDRESS=" + bus_address}),
      object_("/org/freedesktop/UDisks2/block_devices/" + device.name()),
      run_("tmpfs", "/run", "tmpfs", 0, "mode=755"),
      udevd_(installed(kUdevd)) {
  wait_until("waited for udevd", [] { return udevadm({"control", "--ping"}); });
  if (!udevadm({"trigger", "--action=change", "--settle", device.node()})) {
    support::fail("udevd does not look at " + device.node());
  }
  auto polkitd = installed(kPolkitd);
  polkitd.emplace_back("--no-debug");
  polkitd_ = std::make_unique<Contestant>(bus_address, "org.freedesktop.PolicyKit1", polkitd,
                                          environment_);
}

// Its workers end with it when it may say goodbye.
UdisksSurroundings::~UdisksSurroundings() {
  udevd_.signal(SIGTERM);
  udevd_.wait();
}

std::unique_ptr<Contestant> UdisksSurroundings::start_udisks() const {
  auto service =
      std::make_unique<Contestant>(bus_address_, kUdisks, installed(kUdisksd), environment_);
  support::BusConnection bus(bus_address_);
  wait_until("waited for udisks2 to find the filesystem", [&] {
    return bus
        .call({object_, "org.freedesktop.DBus.Properties", "Get", kUdisks}, "ss", kFilesystem,
              "MountPoints")
        .ok();
  });
  return service;
}

}  // namespace kevent::bench
