// SPDX-License-Identifier: LGPL-2.1-or-later
// The system calls by which keventd looks at sysfs and /dev fail, all of them, while a filesystem
// is mounted and a name is looked up. What can't be seen is never taken for what is not there, the
// failure is in `Problem`, and everything is right when the calls work again.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/mounted.h"
#include "tests/system/failing_calls.h"
#include "tests/system/fresh_start.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

using support::within;

constexpr char kFailed[] = "org.kernel.Events1.Error.Failed";

struct Failing {
  std::string call;
  std::string error;
};

class Lookups : public SystemTest, public ::testing::WithParamInterface<Failing> {
 protected:
  void SetUp() override {
    SystemTest::SetUp();
    if (IsSkipped()) return;
    if (!support::have_program("strace")) GTEST_SKIP() << "calls are made to fail by strace";
    service_ = std::make_unique<Service>();
    service_->settle();
  }

  // Mounts a folder of the root's filesystem on another one.
  std::unique_ptr<support::Mounted> mount(const std::string& name) {
    for (const char* side : {"from-", "on-"}) {
      std::filesystem::create_directory(service_->directory / (side + name));
    }
    return std::make_unique<support::Mounted>(service_->directory / ("from-" + name),
                                              service_->directory / ("on-" + name), "none",
                                              MS_BIND);
  }

  const support::Heard* mount_event(const support::Mounted& mounted, support::Deadline deadline) {
    return service_->tape.wait_for(
        {.member = "mount",
         .also = support::with_text("MountPoint", mounted.mount_point().string())},
        deadline);
  }

  std::string problem() {
    const auto sources = support::manager_property(service_->caller, "Sources");
    return sources.at("sysfs").at("Problem").at("data");
  }

  std::unique_ptr<Service> service_;
};

TEST_P(Lookups, ThatFailAreReportedAndMadeGood) {
  const auto control = mount("control");
  const auto* expected = mount_event(*control, within(support::kPatience));
  ASSERT_NE(expected, nullptr);

  FailingCalls failing(service_->keventd.pid(), GetParam().call, GetParam().error, "+");
  const auto place = mount("place");
  const auto reply = support::find_device(service_->caller, "/dev/null");
  if (!reply.ok()) {
    EXPECT_EQ(reply.error, kFailed) << reply.error_text;
  }
  const support::Heard* event = nullptr;
  const bool seen = support::eventually(within(support::kPatience), [&] {
    event = mount_event(*place, within({}));
    return event != nullptr || !problem().empty();
  });
  EXPECT_TRUE(seen) << "no event and no Problem";
  if (event != nullptr && event->path != expected->path) {
    EXPECT_NE(problem(), "") << "emitted by " << event->path;
  }
  failing.end();

  EXPECT_TRUE(support::eventually(within(support::kPatience), [&] { return problem().empty(); }))
      << problem();
  EXPECT_TRUE(support::eventually(within(support::kPatience), [&] {
    const auto* last = mount_event(*place, within({}));
    for (const auto& heard :
         service_->tape.all({.member = "mount",
         .also = support::with_text("MountPoint", place->mount_point().string())})) {
      last = &heard;
      if (heard.path == expected->path) return true;
    }
    return last != nullptr && last->path == expected->path;
  })) << "never emitted by its device";
  EXPECT_TRUE(tells_what_a_fresh_start_tells(*service_));
}

std::vector<Failing> all_failures() {
  std::vector<Failing> failures;
  // glibc's names of what keventd calls: lstat(2) is newfstatat, readlink(2) both of the next two.
  for (const char* call : {"openat", "statx", "newfstatat", "readlink,readlinkat", "getdents64"}) {
    for (const char* error : {"EPERM", "ENOSYS", "EMFILE", "EIO", "EACCES"}) {
      failures.push_back({call, error});
    }
  }
  return failures;
}

INSTANTIATE_TEST_SUITE_P(Real, Lookups, ::testing::ValuesIn(all_failures()), [](const auto& test) {
  std::string name = test.param.call.substr(0, test.param.call.find(',')) + test.param.error;
  return name;
});

}  // namespace
}  // namespace kevent::system
