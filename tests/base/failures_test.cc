// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/base/failures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

namespace kevent::base {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class FailuresTest : public ::testing::Test {
 protected:
  void fail(const std::string& subject, int code) {
    failures_.failed(subject, {code, "open " + subject});
  }

  Failures failures_{"sysfs", "details may be missing"};
};

TEST_F(FailuresTest, NameWhatFailedAndWhatItCosts) {
  EXPECT_THAT(failures_.problem(), IsEmpty());
  fail("/a", EIO);
  EXPECT_EQ(failures_.problem(), "open /a: Input/output error; details may be missing");
  fail("/b", EIO);
  EXPECT_THAT(failures_.problem(), HasSubstr("and 1 more"));
}

TEST_F(FailuresTest, AreOverWhenTheSameThingWorksAgain) {
  fail("/a", EIO);
  fail("/b", EIO);
  failures_.succeeded("/c");
  failures_.succeeded("/a");
  EXPECT_THAT(failures_.problem(), HasSubstr("/b"));
  EXPECT_THAT(failures_.problem(), Not(HasSubstr("more")));
  failures_.succeeded("/b");
  EXPECT_THAT(failures_.problem(), IsEmpty());
}

TEST_F(FailuresTest, AreLoggedOnceForEachSubject) {
  testing::internal::CaptureStderr();
  for (int i = 0; i < 3; ++i) fail("/a", EIO);
  fail("/b", EIO);
  failures_.succeeded("/a");
  failures_.succeeded("/b");
  fail("/a", EIO);
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 4) << log;
  EXPECT_THAT(log, HasSubstr("works again"));
}

TEST_F(FailuresTest, AreAllOverWhenCleared) {
  fail("/a", EIO);
  failures_.clear();
  EXPECT_THAT(failures_.problem(), IsEmpty());
}

TEST_F(FailuresTest, AreCountedAndAnnounced) {
  int announced = 0;
  failures_.on_failure([&] { ++announced; });
  fail("/a", EIO);
  fail("/a", EMFILE);
  EXPECT_EQ(failures_.count(), 2U);
  EXPECT_EQ(failures_.last().code, EMFILE);
  EXPECT_EQ(announced, 2);
}

TEST_F(FailuresTest, StayBounded) {
  for (int i = 0; i < 1000; ++i) fail("/" + std::to_string(i), EIO);
  EXPECT_THAT(failures_.problem(), HasSubstr("and 63 more"));
  EXPECT_EQ(failures_.count(), 1000U);
}

TEST(Errors, AreOrdinaryOnlyWhereNothingIsThere) {
  for (const int code : {ENOENT, ENODEV, ENOTDIR, ENXIO}) EXPECT_TRUE(is_absence({code, ""}));
  for (const int code :
       {EPERM, EACCES, ENOSYS, EMFILE, ENFILE, ENOMEM, EIO, EINVAL, ELOOP, EXDEV}) {
    EXPECT_FALSE(is_absence({code, ""})) << code;
  }
}

TEST(Errors, MayPassWhereSomethingIsShort) {
  for (const int code : {EMFILE, ENFILE, ENOMEM, EAGAIN}) EXPECT_TRUE(is_transient({code, ""}));
  for (const int code : {EPERM, EACCES, ENOSYS, EIO, ENOENT})
    EXPECT_FALSE(is_transient({code, ""}));
}

}  // namespace
}  // namespace kevent::base
