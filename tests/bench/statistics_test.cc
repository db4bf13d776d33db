// SPDX-License-Identifier: LGPL-2.1-or-later
#include "bench/statistics.h"

#include <gtest/gtest.h>

#include <numeric>

namespace kevent::bench {
namespace {

Samples one_to(int last) {
  Samples samples(static_cast<std::size_t>(last));
  std::iota(samples.rbegin(), samples.rend(), 1.0);
  return samples;
}

TEST(Figure, HasTheMiddleSample) {
  EXPECT_EQ(figure({9, 1, 5}).median, 5);
}

TEST(Figure, HasTheSampleThatOneInAHundredExceeds) {
  EXPECT_EQ(figure(one_to(200)).p99, 198);
}

TEST(Figure, HasNoPercentileOfAFewSamples) {
  EXPECT_EQ(figure(one_to(99)).p99, std::nullopt);
}

TEST(Rounds, RatioIsTheMedianOfTheRounds) {
  Rounds rounds;
  rounds.add({20}, {10});
  rounds.add({1000}, {10});  // somebody else's load
  rounds.add({30}, {20});
  EXPECT_EQ(rounds.ratio(), 2);
}

}  // namespace
}  // namespace kevent::bench
