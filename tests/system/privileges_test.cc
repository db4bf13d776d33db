// SPDX-License-Identifier: LGPL-2.1-or-later
// What keventd may do once it is on the bus: nothing that any other program may not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/base/files.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

class Privileges : public SystemTest {};

TEST_F(Privileges, AreGivenUpBeforeTheBusIsReached) {
  const Service service;
  const auto status = base::read_file("/proc/" + std::to_string(service.keventd.pid()) + "/status");
  ASSERT_TRUE(status.ok());
  EXPECT_THAT(*status, testing::HasSubstr("CapEff:\t0000000000000000"));
  EXPECT_THAT(*status, testing::HasSubstr("CapPrm:\t0000000000000000"));
}

}  // namespace
}  // namespace kevent::system
