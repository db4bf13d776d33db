// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/base/result.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <memory>
#include <string>
#include <utility>

namespace kevent::base {
namespace {

TEST(Error, SaysWhatWasDoneAndWhyItFailed) {
  EXPECT_EQ((Error{ENOENT, "open /nowhere"}.message()), "open /nowhere: No such file or directory");
}

TEST(Error, IsItsContextAloneWithoutErrno) {
  EXPECT_EQ((Error{0, "not a number"}.message()), "not a number");
}

TEST(Error, TakesErrnoFromTheCallThatFailed) {
  errno = EBUSY;
  const Error error = last_error("mount");
  EXPECT_EQ(error.code, EBUSY);
  EXPECT_EQ(error.context, "mount");
}

TEST(Result, HoldsAValue) {
  const Result<int> result(7);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(*result, 7);
}

TEST(Result, HoldsAnError) {
  const Result<int> result(Error{EIO, "read"});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, EIO);
}

TEST(Result, GivesAwayWhatCanOnlyBeMoved) {
  Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
  const std::unique_ptr<int> value = *std::move(result);
  EXPECT_EQ(*value, 7);
}

TEST(Status, IsOkWhenDone) {
  EXPECT_TRUE(Status(Done{}).ok());
}

}  // namespace
}  // namespace kevent::base
