// SPDX-License-Identifier: LGPL-2.1-or-later
// A runtime directory that is not what it should be: where keventd can't have a log it ends and
// says why, and everything else it lives with.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/mounted.h"
#include "tests/support/uevents.h"
#include "tests/system/accounts.h"
#include "tests/system/fresh_start.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

constexpr int kFailure = 1;  // keventd(8)
constexpr const char* kSmallLog = "262144";

class LogFault : public SystemTest {
 protected:
  // What keventd says of the runtime directory, with which it does not start.
  std::string refusal(const std::filesystem::path& runtime_directory) const {
    const support::Outcome outcome =
        support::run(support::keventd_command(bus_.address(), runtime_directory));
    EXPECT_EQ(outcome.status, kFailure) << outcome.error_output;
    return outcome.error_output;
  }

  support::PrivateBus bus_;
  support::TemporaryDirectory directory_;
};

TEST_F(LogFault, DiskFullAtStartEndsKeventdWithAReason) {
  const support::Mounted disk("none", directory_ / "disk", "tmpfs", 0, "size=1m");
  const std::string said = refusal(disk.mount_point());
  EXPECT_NE(said.find("reserve"), said.npos) << said;
  EXPECT_NE(said.find("No space left on device"), said.npos) << said;
}

TEST_F(LogFault, ReadOnlyDiskEndsKeventdWithAReason) {
  const support::Mounted disk("none", directory_ / "disk", "tmpfs", MS_RDONLY);
  const std::string said = refusal(disk.mount_point());
  EXPECT_NE(said.find("Read-only file system"), said.npos) << said;
}

TEST_F(LogFault, DirectoryInPlaceOfTheLogEndsKeventdWithAReason) {
  std::filesystem::create_directories(directory_ / "run" / "log");
  const std::string said = refusal(directory_ / "run");
  EXPECT_NE(said.find("Is a directory"), said.npos) << said;
}

// Room for the log, and none for the snapshot of the state.
TEST_F(LogFault, DiskFullWhileRunningIsSaidOnceAndHidesNoEvent) {
  const support::Mounted disk("none", directory_ / "disk", "tmpfs", 0, "size=272k");
  support::Keventd keventd(bus_.address(), disk.mount_point(), {.log_size = kSmallLog});
  support::Tape tape(bus_.address());
  // Some rounds of the log, with a snapshot due in each quarter.
  support::trigger_uevents(support::kQuietDevice, 2000);
  const std::string uuid = new_uuid();
  support::trigger_marked_uevent(support::kQuietDevice, uuid);
  EXPECT_NE(
      tape.wait_for({.interface = "Hotplug",
                     .also = [&](const auto& heard) { return is_marked(heard.details(), uuid); }}),
      nullptr);
  const std::string said = keventd.error_output();
  const std::size_t first = said.find("No space left on device");
  EXPECT_NE(first, said.npos) << said;
  EXPECT_EQ(said.find("No space left on device", first + 1), said.npos) << said;
}

class GarbageInTheLog : public SystemTest {
 protected:
  // Starts a keventd again whose log has become garbage meanwhile.
  void SetUp() override {
    SystemTest::SetUp();
    if (IsSkipped()) return;
    service_ = std::make_unique<Service>();
    service_->settle();
    log_before_ = support::manager_property(service_->caller, "LogId");
    service_->keventd.stop();
    std::ofstream(service_->runtime_directory() + "/log") << "garbage";
    service_->keventd.start();
  }

  std::unique_ptr<Service> service_;
  support::Json log_before_;
};

// Another log: whoever follows forgets its position.
TEST_F(GarbageInTheLog, IsToldByAnotherLogId) {
  EXPECT_NE(support::manager_property(service_->caller, "LogId"), log_before_);
  const std::string said = service_->keventd.error_output();
  EXPECT_NE(said.find("begins anew"), said.npos) << said;
}

TEST_F(GarbageInTheLog, IsNoHindranceToEvents) {
  const std::string uuid = new_uuid();
  support::trigger_marked_uevent(support::kQuietDevice, uuid);
  service_->hear({.interface = "Hotplug",
                  .also = [&](const auto& heard) { return is_marked(heard.details(), uuid); }});
}

TEST_F(GarbageInTheLog, LeavesTheStateOfAFreshStart) {
  EXPECT_TRUE(tells_what_a_fresh_start_tells(*service_));
}

}  // namespace
}  // namespace kevent::system
