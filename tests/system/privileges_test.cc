// SPDX-License-Identifier: LGPL-2.1-or-later
// What keventd may do once it is on the bus: nothing that any other program may not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "lib/base/files.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

class Privileges : public SystemTest {};

TEST_F(Privileges, AreGivenUpBeforeTheBusIsReached) {
  const Service service;
  const std::string tasks = "/proc/" + std::to_string(service.keventd.pid()) + "/task";
  for (const auto& task : std::filesystem::directory_iterator(tasks)) {
    const auto status = base::read_file(task.path() / "status");
    ASSERT_TRUE(status.ok());
    EXPECT_THAT(*status, testing::HasSubstr("CapEff:\t0000000000000000"));
    EXPECT_THAT(*status, testing::HasSubstr("CapPrm:\t0000000000000000"));
  }
}

}  // namespace
}  // namespace kevent::system
