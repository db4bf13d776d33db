// SPDX-License-Identifier: LGPL-2.1-or-later
// Runs `keventctl on` against a stand-in for the service whose log the test fills.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/cli/keventctl_fixture.h"
#include "tests/support/temporary_directory.h"

namespace kevent::cli {

using Words = std::vector<std::string>;

class KeventctlOn : public KeventctlAgainstAStandInService {
 protected:
  static Words on(const Words& options, const Words& user_command) {
    Words words = {"on"};
    words.insert(words.end(), options.begin(), options.end());
    words.push_back("--");
    words.insert(words.end(), user_command.begin(), user_command.end());
    return words;
  }

  static Words shell(const std::string& script) { return {"sh", "-c", script}; }

  // For all that the log holds, and no more.
  support::Outcome run_for_log(const Words& user_command) {
    return run(on({"--since", "0", "--count", std::to_string(logged_)}, user_command));
  }

  void log(event::Event event) {
    service_.happen_unheard(std::move(event));
    ++logged_;
  }

  void log_events(int count) {
    for (int i = 0; i < count; ++i) log(test::loop_event("add"));
  }

  std::string script(const std::string& text) {
    const std::string path = directory_ / "script";
    std::ofstream(path) << text;
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path;
  }

  support::TemporaryDirectory directory_;
  int logged_ = 0;
};

}  // namespace kevent::cli
