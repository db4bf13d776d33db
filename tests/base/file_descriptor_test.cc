// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/base/file_descriptor.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <utility>

namespace kevent::base {
namespace {

bool is_open(int number) {
  return ::fcntl(number, F_GETFD) >= 0;
}
int open_something() {
  return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

TEST(FileDescriptor, HoldsNoneByDefault) {
  const FileDescriptor file;
  EXPECT_FALSE(file.valid());
  EXPECT_EQ(file.get(), -1);
}

TEST(FileDescriptor, ClosesAtItsEnd) {
  const int number = open_something();
  {
    const FileDescriptor file(number);
    ASSERT_TRUE(is_open(number));
  }
  EXPECT_FALSE(is_open(number));
}

TEST(FileDescriptor, LeavesTheMovedFromEmpty) {
  const int number = open_something();
  FileDescriptor from(number);
  const FileDescriptor to(std::move(from));
  EXPECT_EQ(to.get(), number);
  EXPECT_FALSE(from.valid());  // NOLINT(bugprone-use-after-move): this is what is asked
}

TEST(FileDescriptor, ClosesWhatAnAssignmentReplaces) {
  const int old_number = open_something();
  const int new_number = open_something();
  FileDescriptor file(old_number);
  file = FileDescriptor(new_number);
  EXPECT_EQ(file.get(), new_number);
  EXPECT_FALSE(is_open(old_number));
  EXPECT_TRUE(is_open(new_number));
}

}  // namespace
}  // namespace kevent::base
