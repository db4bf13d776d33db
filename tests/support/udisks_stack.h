// SPDX-License-Identifier: LGPL-2.1-or-later
// What a desktop's storage stands on, for real: udevd, polkitd and udisksd on a private bus, in
// this test's own mount namespace with a /run and a /media of their own. udisks2 mounts by itself
// nothing; but it calls automatic (HintAuto) the loop devices whose images lie in images(), and
// only those, so no other test's device is touched.
//
// The whole process goes to a network namespace of its own, for good: there nobody else's udevd
// speaks to this udisksd. The kernel's own uevents are heard in every one.
#pragma once

#include <deque>
#include <filesystem>
#include <memory>
#include <string>

#include "tests/support/loop_device.h"
#include "tests/support/mounted.h"
#include "tests/support/private_bus.h"
#include "tests/support/process.h"
#include "tests/support/temporary_directory.h"

namespace kevent::support {

// For polkitd: everybody may do everything with udisks2. Without it only root may.
inline constexpr const char* kPolkitAllows =
    "polkit.addRule(function(action, subject) {\n"
    "  return polkit.Result.YES;\n"
    "});\n";

class UdisksStack {
 public:
  // Why it can't be here: no root, or a program that is not installed; empty: it can.
  static std::string missing();

  // All of it runs and answers. `polkit_rules`: JavaScript, besides which polkitd has no rules.
  explicit UdisksStack(const std::string& polkit_rules = kPolkitAllows);
  ~UdisksStack();
  UdisksStack(const UdisksStack&) = delete;
  UdisksStack& operator=(const UdisksStack&) = delete;

  const std::string& bus_address() const { return bus_.address(); }
  const std::filesystem::path& images() const { return images_.path(); }

  void kill_udisks() { udisksd_.reset(); }
  // Returns when it owns its name.
  void start_udisks();

  // A device as udisks2 names it.
  static std::string object_of(const LoopDevice& device);

 private:
  std::unique_ptr<Process> start(const std::string& program, const std::string& name) const;

  PrivateBus bus_;
  TemporaryDirectory images_;
  TemporaryDirectory rules_;
  std::deque<Mounted> mounts_;
  std::unique_ptr<Process> udevd_;
  std::unique_ptr<Process> polkitd_;
  std::unique_ptr<Process> udisksd_;
};

}  // namespace kevent::support
