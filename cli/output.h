// SPDX-License-Identifier: LGPL-2.1-or-later
// Standard output: lines of text or JSON documents, in colour where that is wanted.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "cli/options.h"
#include "lib/client/follower.h"

namespace kevent::cli {

class Output {
 public:
  explicit Output(const Options& options);

  bool json() const { return json_; }
  bool colour() const { return colour_; }

  // Each is on its way when the call returns. Throws std::runtime_error when it can't be written.
  void line(std::string_view text);
  void document(const nlohmann::json& document);
  void item(const client::Item& item);

 private:
  bool json_;
  bool colour_;
};

// A line on standard error.
void note(std::string_view text);

}  // namespace kevent::cli
