// SPDX-License-Identifier: LGPL-2.1-or-later
// A disk that can't be read at one place (scsi_debug: sectors 0x1234 and the nine after it). Only
// the patched kernel tells it; a stock one writes a line into its log.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include "lib/base/file_descriptor.h"
#include "tests/kernel/scene.h"
#include "tests/support/eventually.h"

namespace kevent::kernel {
namespace {

constexpr const char* kOptions = "/sys/bus/pseudo/drivers/scsi_debug/opts";
constexpr const char* kMediumErrors = "2";
constexpr std::size_t kSector = 512;
constexpr off_t kBadSector = 0x1234;
// Told at most once a second, by the kernel's clock tick.
constexpr std::uint64_t kInterval_us = 990'000;

class IoError : public KernelTest {
 protected:
  void SetUp() override {
    KernelTest::SetUp();
    scene_.emplace();
    write_to_kernel(kOptions, kMediumErrors);
    object_ = support::find_device(scene_->caller, "/dev/sda").arguments[0];
    disk_ = base::FileDescriptor(::open("/dev/sda", O_RDONLY | O_DIRECT | O_CLOEXEC));
    ASSERT_TRUE(disk_.valid());
  }

  // One request to the disk.
  bool read_sector(off_t sector) const {
    const std::unique_ptr<void, decltype(&std::free)> buffer(::aligned_alloc(4096, 4096),
                                                             &std::free);
    return ::pread(disk_.get(), buffer.get(), kSector, sector * static_cast<off_t>(kSector)) ==
           static_cast<ssize_t>(kSector);
  }

  std::vector<support::Heard> heard() const {
    return scene_->tape.all({.path = object_, .member = "io_error"});
  }
  // How many failures they stand for.
  std::uint64_t failures() const {
    std::uint64_t count = 0;
    for (const support::Heard& event : heard()) {
      count += 1 + event.detail("Suppressed")["data"].get<std::uint64_t>();
    }
    return count;
  }

  std::optional<Scene> scene_;
  std::string object_;
  base::FileDescriptor disk_;
};

TEST_F(IoError, IsToldWithOperationSectorAndStatus) {
  ASSERT_TRUE(read_sector(0));
  ASSERT_FALSE(read_sector(kBadSector + 2));
  if (is_patched()) {
    scene_->hear({.path = object_, .member = "io_error"});
  }
  scene_->settle();
  EXPECT_EQ(scene_->told({.path = object_, .interface = "Storage"},
                         {"Operation", "Sector", "Status", "Suppressed", "DeviceNode", "Source"}),
            only_patched({"io_error/3 Operation=READ Sector=4662 Status=ENODATA Suppressed=0 "
                          "DeviceNode=/dev/sda Source=kernel"}));
}

TEST_F(IoError, IsToldOnceASecondAndCountsTheOthers) {
  constexpr std::uint64_t kFailures = 300;
  for (std::uint64_t i = 0; i < kFailures; ++i) {
    ASSERT_FALSE(read_sector(kBadSector));
  }
  if (!is_patched()) {
    scene_->settle();
    EXPECT_EQ(heard().size(), 0U);
    return;
  }
  scene_->hear(
      {.path = object_, .also = [&](const support::Heard&) { return failures() >= kFailures; }});
  EXPECT_EQ(failures(), kFailures);
  const auto events = heard();
  EXPECT_LT(events.size(), kFailures / 10);
  for (std::size_t i = 1; i < events.size(); ++i) {
    EXPECT_GE(events[i].time_us() - events[i - 1].time_us(), kInterval_us);
  }
}

}  // namespace
}  // namespace kevent::kernel
