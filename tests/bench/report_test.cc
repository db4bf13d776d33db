// SPDX-License-Identifier: LGPL-2.1-or-later
#include "bench/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "bench/picture.h"

namespace kevent::bench {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<Table> example() {
  return {{"uevent",
           "A uevent to a client",
           {{.what = "latency",
             .unit = "µs",
             .goal = "≤ 1.3 × floor",
             .floor = Figure{100, 250},
             .keventd = Figure{120.5, {}},
             .ratio = 1.205}},
           ""}};
}

TEST(Report, HasALineForEachRow) {
  EXPECT_THAT(report(example(), Form::kText),
              HasSubstr("latency  ≤ 1.3 × floor  100 µs (250)  120 µs   1.21"));
}

TEST(Report, LeavesOutColumnsWithoutContent) {
  EXPECT_THAT(report(example(), Form::kText), Not(HasSubstr("udisks2")));
}

TEST(Report, IsATableInMarkdown) {
  EXPECT_THAT(report(example(), Form::kMarkdown),
              HasSubstr("| what | goal | floor | keventd | ratio |\n"
                        "| --- | --- | --- | --- | --- |\n"
                        "| latency | ≤ 1.3 × floor | 100 µs (250) | 120 µs | 1.21 |\n"));
}

TEST(Report, HasWholeNumbersInJson) {
  const auto row = nlohmann::json::parse(report(example(), Form::kJson))["tables"][0]["rows"][0];
  EXPECT_EQ(row, (nlohmann::json{{"what", "latency"},
                                 {"unit", "µs"},
                                 {"goal", "≤ 1.3 × floor"},
                                 {"floor", {{"median", 100}, {"p99", 250}}},
                                 {"keventd", {{"median", 120.5}}},
                                 {"ratio", 1.205}}));
}

TEST(Report, SaysWhatCouldNotBeMeasured) {
  EXPECT_THAT(report({{"mount", "A mount", {}, "no udisks2"}}, Form::kText),
              HasSubstr("Not measured: no udisks2"));
}

TEST(Picture, HasACurveForEachService) {
  const std::vector<Table> tables = {{"mount",
                                      "A mount",
                                      {{.what = "20 mounts",
                                        .keventd = Figure{100, {}},
                                        .udisks2 = Figure{10'000, {}},
                                        .mounts = 20},
                                       {.what = "20,000 mounts",
                                        .keventd = Figure{100, {}},
                                        .udisks2 = Figure{1'000'000, {}},
                                        .mounts = 20'000}},
                                      ""}};
  const std::string picture = mount_picture(tables);
  EXPECT_THAT(picture, HasSubstr("<path class=\"udisks2\" d=\"M129 168 L620 60\"/>"));
  EXPECT_THAT(picture, HasSubstr("<path class=\"keventd\" d=\"M129 276 L620 276\"/>"));
}

}  // namespace
}  // namespace kevent::bench
