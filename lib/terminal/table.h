// SPDX-License-Identifier: LGPL-2.1-or-later
// Rows of cells as lines in which columns stand below each other. Cells are safe for a terminal
// when they come in; the last column is not padded.
#pragma once

#include <string>
#include <vector>

namespace kevent::terminal {

using Row = std::vector<std::string>;

std::vector<std::string> table_lines(const std::vector<Row>& rows);

}  // namespace kevent::terminal
