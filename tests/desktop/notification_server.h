// SPDX-License-Identifier: LGPL-2.1-or-later
// A real notification server, dunst, with a configuration of its own. It prints whatever it is
// given, and that is what tests read: what got through to a person.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/bus_connection.h"
#include "tests/support/process.h"

namespace kevent::desktop {

// One call of Notify, as dunst understood it.
struct Shown {
  unsigned id = 0;  // of what it replaced, if it did
  std::string summary;
  std::string body;  // with its markup
  std::string urgency;
  std::vector<std::string> actions;  // their labels

  // The text of both.
  bool says(const std::string& text) const;
};

// What `dunst -print` has printed. (A text that looks like dunst's own lines is misread.)
std::vector<Shown> read_dunst(const std::string& printed);

class NotificationServer {
 public:
  // Owns org.freedesktop.Notifications on the session bus when it returns. `environment` says which
  // bus and which display; `folder` gets its configuration.
  NotificationServer(const std::vector<std::string>& environment, const std::string& session_bus,
                     const std::filesystem::path& folder);

  // Everything it was told so far.
  std::vector<Shown> told() const { return read_dunst(process_.output()); }
  // The first, from number `from` on, that `wanted` holds for. Fails when it does not come.
  Shown wait_for(const std::function<bool(const Shown&)>& wanted, std::size_t from = 0) const;
  Shown wait_for_text(const std::string& text, std::size_t from = 0) const;

  // How many there are on the screen now.
  unsigned displayed();
  // Closes them all, as the user would.
  void close_all();

 private:
  support::Process process_;
  support::BusConnection bus_;
};

}  // namespace kevent::desktop
