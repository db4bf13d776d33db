// SPDX-License-Identifier: LGPL-2.1-or-later
// The rows of the tables: what is measured, and what came out. Each group of rows is one function
// and one file, sets up all that it needs, and leaves nothing behind.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bench/statistics.h"

namespace kevent::bench {

struct Row {
  std::string what;
  std::string unit;
  std::string goal;  // empty: there is none
  std::optional<Figure> floor;
  std::optional<Figure> keventd;
  std::optional<Figure> udisks2;
  std::optional<double> ratio;  // keventd's figure to that of the other one beside it
  int mounts = 0;               // for the picture of what grows with them; 0: not in it
};
using Rows = std::vector<Row>;

struct Settings {
  bool quick = false;  // a look, not a measurement: everything is set up, little is repeated
  // What comes next. Throws when the user wants an end, so that all that was set up is taken down.
  std::function<void(const std::string&)> progress;

  int rounds(int full) const { return quick ? 2 : full; }
  int scaled(int full, int quick_count) const { return quick ? quick_count : full; }
};

Rows uevent_rows(const Settings& settings);
Rows throughput_rows(const Settings& settings);
Rows mount_rows(const Settings& settings);
Rows idle_rows(const Settings& settings);
Rows start_rows(const Settings& settings);
Rows subscriber_rows(const Settings& settings);

}  // namespace kevent::bench
