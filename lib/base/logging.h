// SPDX-License-Identifier: LGPL-2.1-or-later
// What the service says of itself: one line each on standard error. Under systemd (JOURNAL_STREAM
// is set) a line starts with its syslog priority, as sd-daemon(3) has it; elsewhere with the
// program's name. Control characters never pass raw: a device can put any byte into a message.
#pragma once

#include <string_view>

namespace kevent::base {

void log_info(std::string_view message);
void log_warning(std::string_view message);
void log_error(std::string_view message);

}  // namespace kevent::base
