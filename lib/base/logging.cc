// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/base/logging.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include <string>

namespace kevent::base {
namespace {

void write_line(int priority, std::string_view message) {
  static const bool kJournal = ::getenv("JOURNAL_STREAM") != nullptr;
  std::string line;
  if (kJournal) {
    line.append("<").append(std::to_string(priority)).append(">");
  } else {
    line.append(program_invocation_short_name).append(": ");
  }
  for (const char c : message) {
    line += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  }
  line += '\n';
  // Nobody is left to tell when standard error can't be written.
  [[maybe_unused]] const ssize_t ignored = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace

void log_info(std::string_view message) {
  write_line(6, message);
}
void log_warning(std::string_view message) {
  write_line(4, message);
}
void log_error(std::string_view message) {
  write_line(3, message);
}

}  // namespace kevent::base
