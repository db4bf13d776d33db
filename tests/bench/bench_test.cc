// SPDX-License-Identifier: LGPL-2.1-or-later
// The benchmark as a program: it measures everything on this machine's kernel. How long something
// takes is not judged here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/process.h"

namespace kevent::bench {
namespace {

using nlohmann::json;

constexpr std::chrono::minutes kPatience{4};

class Bench : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root: it makes uevents, mounts and block devices";
    support::Process bench({support::built_program("bench"), "--quick", "--json"});
    ASSERT_EQ(bench.wait(support::within(kPatience)), 0) << bench.error_output();
    tables_ = json::parse(bench.output()).at("tables");
  }

  json tables_;
};

TEST_F(Bench, MeasuresEveryRow) {
  std::vector<std::string> names;
  for (const json& table : tables_) {
    names.push_back(table["name"]);
    EXPECT_FALSE(table["rows"].empty()) << table["name"];
    for (const json& row : table["rows"]) {
      EXPECT_TRUE(row.at("keventd").at("median").is_number()) << row;
    }
  }
  EXPECT_THAT(names, ::testing::ElementsAre("uevent", "mount", "throughput", "subscribers", "start",
                                            "idle"));
}

}  // namespace
}  // namespace kevent::bench
