// SPDX-License-Identifier: LGPL-2.1-or-later
// Any two mount tables, divided by a line "--": no line is lost without being counted, and the
// differences lead from the first to the second.
#include <algorithm>
#include <set>
#include <string>

#include "lib/event/object_path.h"
#include "service/decode/mount_differences.h"
#include "service/decode/mount_table.h"
#include "tests/fuzz/property.h"

namespace {

using kevent::event::Event;
using kevent::event::KernelState;
using kevent::event::Mount;
using kevent::fuzz::holds;
namespace decode = kevent::decode;
namespace key = kevent::event::key;

constexpr std::string_view kDivider = "\n--\n";

std::vector<std::string> objects_of(const Mount& mount) {
  if (mount.device.major == 0) return {};
  return {"/devices/a", "/devices/b"};
}

decode::MountTable parse(std::string_view text) {
  auto table = decode::parse_mount_table(text);
  const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
  holds(table.mounts.size() + table.rejected <= static_cast<std::uint64_t>(lines),
        "a line is taken or counted, once");
  return table;
}

void lead(KernelState& state, const decode::MountTable& found) {
  for (const Event& event : decode::mount_differences(state, found.mounts, objects_of, true, 1)) {
    holds(kevent::event::is_kernel_path(event.object), "the object is a kernel path");
    state.apply(event);
    const auto device = *event.details.get<kevent::event::DeviceNumber>(key::kDeviceNumber);
    holds(*event.details.get<std::uint32_t>(key::kMounts) == state.mount_count(device),
          "Mounts counts what is left");
  }
  std::set<std::uint64_t> ids;
  for (const Mount& mount : found.mounts) ids.insert(mount.id);
  holds(ids.size() == state.mounts().size(), "each mount is told");
  holds(decode::mount_differences(state, found.mounts, objects_of, true, 1).empty(),
        "nothing is left to tell");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = kevent::fuzz::text_of(data, size);
  const std::size_t divider = text.find(kDivider);
  KernelState state;
  lead(state, parse(text.substr(0, divider)));
  if (divider != text.npos) lead(state, parse(text.substr(divider + kDivider.size())));
  lead(state, {});
  return 0;
}
