// SPDX-License-Identifier: LGPL-2.1-or-later
#include "cli/object_tree.h"

#include <cstddef>
#include <string_view>

#include "lib/event/object_path.h"
#include "lib/event/text.h"

namespace kevent::cli {

std::vector<std::string> tree_lines(const std::vector<std::string>& paths) {
  // From the last to the first, so that an object knows whether its parent has a later child.
  struct Node {
    std::size_t depth = 0;
    std::string_view name;
  };
  std::vector<Node> nodes;
  std::vector<std::string_view> above;
  for (const std::string& path : paths) {
    while (!above.empty() && !event::is_at_or_below(path, above.back())) above.pop_back();
    const std::size_t known = above.empty() || above.back() == "/" ? 0 : above.back().size() + 1;
    nodes.push_back({above.size(), std::string_view(path).substr(known)});
    above.push_back(path);
  }

  std::vector<std::string> lines(nodes.size());
  std::vector<bool> goes_on;  // by depth: a later line hangs on this branch
  for (std::size_t i = nodes.size(); i-- > 0;) {
    const std::size_t depth = nodes[i].depth;
    goes_on.resize(depth + 1);
    std::string& line = lines[i];
    for (std::size_t level = 1; level < depth; ++level) line += goes_on[level] ? "│ " : "  ";
    if (depth > 0) line += goes_on[depth] ? "├─" : "└─";
    line += event::display_text(nodes[i].name);
    goes_on[depth] = true;
  }
  return lines;
}

}  // namespace kevent::cli
