// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/support/tape.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace kevent::support {
namespace {

constexpr std::array<std::string_view, 5> kEventInterfaces = {
    "org.kernel.Events1.General", "org.kernel.Events1.Storage", "org.kernel.Events1.Power",
    "org.kernel.Events1.Fs", "org.kernel.Events1.Hotplug"};

Heard heard(sd_bus_message* message) {
  return {.path = sd_bus_message_get_path(message),
          .interface = sd_bus_message_get_interface(message),
          .member = sd_bus_message_get_member(message),
          .signature = sd_bus_message_get_signature(message, 1),
          .arguments = read_arguments(message)};
}

bool is_interface(const std::string& interface, const std::string& wanted) {
  return interface == wanted || interface.ends_with("." + wanted);
}

}  // namespace

bool Heard::is_event() const {
  return std::ranges::find(kEventInterfaces, interface) != kEventInterfaces.end();
}

Json Heard::detail(const std::string& key) const {
  const auto found = details().find(key);
  return found == details().end() ? Json() : *found;
}

bool Wanted::matches(const Heard& heard) const {
  return (path.empty() || heard.path == path) &&
         (interface.empty() || is_interface(heard.interface, interface)) &&
         (member.empty() || heard.member == member) && (!also || also(heard));
}

std::function<bool(const Heard&)> with_text(const std::string& key, const std::string& value) {
  return [key, wanted = variant("s", value)](const Heard& heard) {
    return heard.is_event() && heard.detail(key) == wanted;
  };
}

Tape::Tape(const std::string& address) : bus_(address) {
  bus_.subscribe("type='signal',sender='org.kernel.Events1',path_namespace='/org/kernel'",
                 [this](sd_bus_message* message) { recorded_.push_back(heard(message)); });
}

const Heard* Tape::wait_for(const Wanted& wanted, Deadline deadline) {
  const Heard* found = nullptr;
  std::size_t looked_at = 0;
  bus_.process_until(deadline, [&] {
    for (; found == nullptr && looked_at < recorded_.size(); ++looked_at) {
      found = wanted.matches(recorded_[looked_at]) ? &recorded_[looked_at] : nullptr;
    }
    return found != nullptr;
  });
  return found;
}

std::vector<Heard> Tape::all(const Wanted& wanted) const {
  std::vector<Heard> result;
  std::ranges::copy_if(recorded_, std::back_inserter(result),
                       [&](const Heard& heard) { return wanted.matches(heard); });
  return result;
}

std::size_t Tape::index_of(const Wanted& wanted) const {
  const auto found =
      std::ranges::find_if(recorded_, [&](const Heard& heard) { return wanted.matches(heard); });
  return static_cast<std::size_t>(found - recorded_.begin());
}

}  // namespace kevent::support
