// SPDX-License-Identifier: LGPL-2.1-or-later
// Any answer of statmount(2): what is read is a mount that can be told and told again.
#include "service/decode/mount_differences.h"
#include "service/decode/statmount.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using kevent::fuzz::holds;
  namespace decode = kevent::decode;
  const auto mount = decode::parse_statmount(kevent::fuzz::text_of(data, size));
  if (!mount) return 0;
  holds(!mount->unseen(), "a mount that was looked up is seen");
  holds(mount->options.starts_with("rw") || mount->options.starts_with("ro"),
        "options say whether it may be written to");
  const auto nobody = [](const kevent::event::Mount&) { return std::vector<std::string>(); };
  kevent::event::KernelState state;
  for (const auto& event : decode::mount_found(state, *mount, nobody, 1)) state.apply(event);
  holds(decode::mount_found(state, *mount, nobody, 1).empty(), "nothing is left to tell");
  for (const auto& event : decode::mount_gone(state, mount->id, 1)) state.apply(event);
  holds(state.mounts().empty(), "nothing is left");
  return 0;
}
