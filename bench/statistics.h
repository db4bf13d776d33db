// SPDX-License-Identifier: LGPL-2.1-or-later
// What many measurements say together. Medians throughout: machines are noisy, and a mean is the
// story of its worst sample.
#pragma once

#include <optional>
#include <vector>

namespace kevent::bench {

using Samples = std::vector<double>;

// One cell of a table.
struct Figure {
  double median = 0;
  std::optional<double> p99;  // nothing where there are too few samples for it to mean anything
};

// The value that this part of the samples does not exceed. The samples must not be empty.
double quantile(Samples samples, double part);
double median(const Samples& samples);

Figure figure(const Samples& samples);

// One contestant against the other, in interleaved rounds.
class Rounds {
 public:
  // What the two measured in one round.
  void add(const Samples& ours, const Samples& theirs);

  Figure ours() const { return figure(ours_); }
  Figure theirs() const { return figure(theirs_); }
  // The median of the rounds' ratios, ours to theirs.
  double ratio() const { return median(ratios_); }

 private:
  Samples ours_;
  Samples theirs_;
  Samples ratios_;
};

}  // namespace kevent::bench
