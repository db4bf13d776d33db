// SPDX-License-Identifier: LGPL-2.1-or-later
// Kernel paths drawn as a tree.
#pragma once

#include <string>
#include <vector>

namespace kevent::cli {

// One line for each path: its branch, and what it adds to the nearest path above it. `paths`: each
// right before those below it. Safe for a terminal.
std::vector<std::string> tree_lines(const std::vector<std::string>& paths);

}  // namespace kevent::cli
