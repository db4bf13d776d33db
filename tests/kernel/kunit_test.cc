// SPDX-License-Identifier: LGPL-2.1-or-later
// The tests that the kernel runs of itself when it boots (KUnit): those of the series among them.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <sstream>
#include <string>

#include "tests/kernel/scene.h"

namespace kevent::kernel {
namespace {

constexpr const char* kKunit = "/sys/kernel/debug/kunit";

class PatchedKUnit : public KernelTest {};

struct Results {
  int passed = 0;
  std::string others;  // what did not pass, line by line: failed or left out
};

Results results_of(const std::string& suite) {
  Results results;
  std::istringstream text(read_from_kernel(std::string(kKunit) + "/" + suite + "/results"));
  for (std::string line; std::getline(text, line);) {
    const std::size_t start = line.find_first_not_of(' ');
    const std::string word = start == line.npos ? "" : line.substr(start);
    if (word.starts_with("not ok") || word.find("# SKIP") != word.npos) {
      results.others += line + "\n";
    } else if (word.starts_with("ok ")) {
      ++results.passed;
    }
  }
  return results;
}

TEST_F(PatchedKUnit, PassesEveryTest) {
  std::set<std::string> suites;
  for (const auto& entry : std::filesystem::directory_iterator(kKunit)) {
    const std::string suite = entry.path().filename();
    const Results results = results_of(suite);
    EXPECT_EQ(results.others, "") << suite;
    EXPECT_GT(results.passed, 0) << suite;
    suites.insert(suite);
  }
  EXPECT_TRUE(suites.contains("kevent"));
  EXPECT_TRUE(suites.contains("kevent_log"));
}

}  // namespace
}  // namespace kevent::kernel
