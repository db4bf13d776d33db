// SPDX-License-Identifier: LGPL-2.1-or-later
#include "cli/output.h"

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "cli/event_text.h"
#include "lib/event/text.h"
#include "lib/terminal/json_line.h"

namespace kevent::cli {
namespace {

bool wants_colour(ColourMode mode) {
  if (mode != ColourMode::kAuto) return mode == ColourMode::kAlways;
  const char* no_colour = std::getenv("NO_COLOR");
  return (no_colour == nullptr || *no_colour == '\0') && ::isatty(STDOUT_FILENO) == 1;
}

}  // namespace

Output::Output(const Options& options)
    : json_(options.json), colour_(wants_colour(options.colour)) {}

void Output::line(std::string_view text) {
  std::cout << text << std::endl;
  if (!std::cout) throw std::runtime_error("standard output cannot be written");
}

void Output::document(const nlohmann::json& document) {
  line(terminal::json_line(document));
}

void Output::item(const client::Item& item) {
  if (json_) return document(item_json(item));
  line(item_line(item, colour_));
}

void note(std::string_view text) {
  std::cerr << "keventctl: " << event::display_text(text) << std::endl;
}

}  // namespace kevent::cli
