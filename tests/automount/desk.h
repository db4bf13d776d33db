// SPDX-License-Identifier: LGPL-2.1-or-later
// A desk with a real kevent-automount at work: on a real udisks2, udevd and polkitd, and keventd.
// An image that is attached here is what a stick is elsewhere.
#pragma once

#include <gtest/gtest.h>
#include <sys/types.h>

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/eventually.h"
#include "tests/support/keventd.h"
#include "tests/support/loop_device.h"
#include "tests/support/process.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/udisks_stack.h"

namespace kevent::automount {

inline constexpr uid_t kNobody = 65534;

class Desk {
 public:
  // Everything but kevent-automount and keventd.
  explicit Desk(const std::string& polkit_rules = support::kPolkitAllows) : stack(polkit_rules) {}

  void start_keventd();
  // Returns when kevent-automount says that it is ready. `rules`: what stands in its file.
  void start(const std::string& rules = {}, std::optional<uid_t> user = {});
  // The same, without waiting, and for people instead of programs where `json` is false.
  void start_unready(const std::string& rules, std::optional<uid_t> user, bool json = true);

  // An image of a filesystem with this label in it; its path.
  std::string image(const std::string& name, const std::string& label);

  // The first notice of the kind (about the device), waiting for it; null when it does not come.
  nlohmann::json notice(const std::string& kind, const std::string& device = {});
  // All that have been told.
  std::vector<nlohmann::json> notices() const;
  // How many of the kind (about the device) have been told.
  std::ptrdiff_t count(const std::string& kind, const std::string& device = {}) const;
  // False when the condition does not come true.
  static bool comes_true(const std::function<bool()>& condition);
  // Attaches another image, and returns when that one is mounted: then all that happened before has
  // been seen.
  void settle();

  support::UdisksStack stack;
  support::TemporaryDirectory directory;
  std::unique_ptr<support::Keventd> keventd;
  std::unique_ptr<support::Process> automount;
  std::vector<std::unique_ptr<support::LoopDevice>> fences;
};

// Skipped, and says so, where the real parts can't run.
class DeskTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string missing = support::UdisksStack::missing();
    if (!missing.empty()) GTEST_SKIP() << missing;
  }
};

}  // namespace kevent::automount
