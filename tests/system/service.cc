// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/system/service.h"

#include <sys/mount.h>
#include <unistd.h>

#include <fstream>

#include "tests/support/failure.h"
#include "tests/support/mounted.h"
#include "tests/support/uevents.h"

namespace kevent::system {
namespace {

std::filesystem::path made_for(const std::filesystem::path& directory,
                               const support::KeventdOptions& options) {
  std::filesystem::create_directory(directory);
  if (options.user && ::chown(directory.c_str(), *options.user, *options.user) != 0) {
    support::fail_with_errno("chown " + directory.string());
  }
  return directory;
}

support::Json environment(const support::Json& details) {
  const auto found = details.find("Uevent");
  return found == details.end() ? support::Json::object() : (*found)["data"];
}

}  // namespace

void SystemTest::SetUp() {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "real kernel events need root";
  }
}

Service::Service(const support::KeventdOptions& options)
    : keventd(bus.address(), made_for(directory / "run", options), options),
      tape(bus.address()),
      caller(bus.address()) {}

void Service::settle() {
  const std::string uuid = new_uuid();
  support::trigger_marked_uevent(support::kQuietDevice, uuid);
  hear({.interface = "Hotplug",
        .also = [&](const support::Heard& heard) { return is_marked(heard.details(), uuid); }});
  // Whichever way mounts are heard, one step may be told ahead of what happened before it: a look
  // at the whole table has no order, and a mount hides a remount that happens at the same time. Not
  // all three.
  support::Mounted fence("none", directory / uuid, "tmpfs");
  const auto of_fence = support::with_text("MountPoint", fence.mount_point());
  hear({.member = "mount", .also = of_fence});
  fence.remount(MS_RDONLY);
  hear({.member = "remount", .also = of_fence});
  fence.unmount();
  hear({.member = "umount", .also = of_fence});
}

const support::Heard& Service::hear(const support::Wanted& wanted) {
  const support::Heard* heard = tape.wait_for(wanted);
  if (heard == nullptr) {
    support::fail("not heard: " + wanted.member + " on " + wanted.path + " " + wanted.interface +
                  "; keventd says: " + keventd.error_output());
  }
  return *heard;
}

std::string new_uuid() {
  std::string uuid;
  std::ifstream("/proc/sys/kernel/random/uuid") >> uuid;
  return uuid;
}

bool is_synthesized(const support::Heard& heard) {
  return heard.detail("Synthesized") == support::variant("b", true);
}

std::uint64_t kernel_seqnum(const support::Json& details) {
  const std::string number = environment(details).value("SEQNUM", "0");
  return std::stoull(number);
}

bool is_marked(const support::Json& details, const std::string& uuid) {
  return environment(details).value("SYNTH_UUID", "") == uuid;
}

}  // namespace kevent::system
