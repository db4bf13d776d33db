// SPDX-License-Identifier: LGPL-2.1-or-later
// The form of a line is chosen once in a process, so each test speaks in a child of its own.
#include "lib/base/logging.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>

namespace kevent::base {
namespace {

// What a child writes on standard error when it runs `speak`.
template <typename Speak>
std::string said(bool under_systemd, Speak speak) {
  std::array<int, 2> pipe{};
  if (::pipe(pipe.data()) != 0) return "no pipe";
  const pid_t child = ::fork();
  if (child == 0) {
    if (under_systemd) {
      ::setenv("JOURNAL_STREAM", "8:1", 1);
    } else {
      ::unsetenv("JOURNAL_STREAM");
    }
    ::dup2(pipe[1], STDERR_FILENO);
    speak();
    ::_exit(0);
  }
  ::close(pipe[1]);
  std::string text;
  std::array<char, 256> buffer{};
  for (ssize_t count = 0; (count = ::read(pipe[0], buffer.data(), buffer.size())) > 0;) {
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
  ::close(pipe[0]);
  ::waitpid(child, nullptr, 0);
  return text;
}

TEST(Logging, StartsWithTheProgramOutsideOfSystemd) {
  EXPECT_EQ(said(false, [] { log_info("ready"); }), "base_test: ready\n");
}

TEST(Logging, StartsWithThePriorityUnderSystemd) {
  EXPECT_EQ(said(true,
                 [] {
                   log_info("a");
                   log_warning("b");
                   log_error("c");
                 }),
            "<6>a\n<4>b\n<3>c\n");
}

TEST(Logging, LetsNoControlCharacterPass) {
  EXPECT_EQ(said(true, [] { log_error("x\n<0>forged\x1b[2J\x7f\t"); }), "<3>x?<0>forged?[2J??\n");
}

}  // namespace
}  // namespace kevent::base
