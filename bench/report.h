// SPDX-License-Identifier: LGPL-2.1-or-later
// The rows as text, as the tables of docs/performance.md, or as JSON.
#pragma once

#include <string>
#include <vector>

#include "bench/rows.h"

namespace kevent::bench {

struct Table {
  std::string name;   // for --only, and in JSON
  std::string title;  // above the table
  Rows rows;
  std::string problem;  // why it could not be measured; empty: it was
};

enum class Form { kText, kMarkdown, kJson };

std::string report(const std::vector<Table>& tables, Form form);

}  // namespace kevent::bench
