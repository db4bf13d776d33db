// SPDX-License-Identifier: LGPL-2.1-or-later
// main() of the tests with a bus or a kernel: as root in a mount namespace of their own, so that no
// mount is left behind, not even by a crash.
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cstdio>

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  if (::geteuid() == 0 && (::unshare(CLONE_NEWNS) != 0 ||
                           ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)) {
    std::perror("a mount namespace of the test's own");
    return 1;
  }
  return RUN_ALL_TESTS();
}
