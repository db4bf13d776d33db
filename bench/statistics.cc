// SPDX-License-Identifier: LGPL-2.1-or-later
#include "bench/statistics.h"

#include <algorithm>
#include <cmath>

namespace kevent::bench {
namespace {

constexpr std::size_t kEnoughForP99 = 100;

}  // namespace

double quantile(Samples samples, double part) {
  const auto rank = std::ceil(part * static_cast<double>(samples.size())) - 1;
  const auto nth = samples.begin() + static_cast<std::ptrdiff_t>(std::max(rank, 0.0));
  std::nth_element(samples.begin(), nth, samples.end());
  return *nth;
}

double median(const Samples& samples) {
  return quantile(samples, 0.5);
}

Figure figure(const Samples& samples) {
  Figure result{median(samples), std::nullopt};
  if (samples.size() >= kEnoughForP99) result.p99 = quantile(samples, 0.99);
  return result;
}

void Rounds::add(const Samples& ours, const Samples& theirs) {
  ours_.insert(ours_.end(), ours.begin(), ours.end());
  theirs_.insert(theirs_.end(), theirs.begin(), theirs.end());
  ratios_.push_back(median(ours) / median(theirs));
}

}  // namespace kevent::bench
