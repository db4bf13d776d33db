// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/bus/errors.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace kevent::bus {
namespace {

class GuardedCallback : public ::testing::Test {
 protected:
  ~GuardedCallback() override { sd_bus_error_free(&error_); }

  sd_bus_error error_{};
};

TEST_F(GuardedCallback, ReturnsWhatItsBodyReturns) {
  EXPECT_EQ(guarded_callback(&error_, [] { return 1; }), 1);
  EXPECT_FALSE(sd_bus_error_is_set(&error_));
}

TEST_F(GuardedCallback, MakesAnExceptionAnErrorByName) {
  EXPECT_LT(guarded_callback(&error_, []() -> int { throw std::runtime_error("broken"); }), 0);
  EXPECT_EQ(std::string(error_.name), kErrorFailed);
  EXPECT_EQ(std::string(error_.message), "broken");
}

TEST_F(GuardedCallback, KeepsTheNameThatAnErrorHas) {
  const auto refuse = []() -> int { throw sdbus::Error(kErrorNoSuchObject, "gone"); };
  EXPECT_LT(guarded_callback(&error_, refuse), 0);
  EXPECT_EQ(std::string(error_.name), kErrorNoSuchObject);
  EXPECT_EQ(std::string(error_.message), "gone");
}

}  // namespace
}  // namespace kevent::bus
