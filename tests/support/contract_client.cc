// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/support/contract_client.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace kevent::support {
namespace {

constexpr std::string_view kPrefix = "org.kernel.Events1.";
constexpr std::array<const char*, 5> kGroups = {"General", "Storage", "Power", "Fs", "Hotplug"};

std::uint64_t sequence_of(sd_bus_message* message) {
  std::uint64_t sequence = 0;
  sd_bus_message_read_basic(message, SD_BUS_TYPE_UINT64, &sequence);
  return sequence;
}

Told told_by_signal(sd_bus_message* message) {
  const Json arguments = read_arguments(message);
  const Json& details = arguments.at(3);
  const auto spelled = details.find("Signal");
  return {.sequence = arguments.at(0),
          .time_us = arguments.at(1),
          .group = std::string(sd_bus_message_get_interface(message)).substr(kPrefix.size()),
          .object = sd_bus_message_get_path(message),
          .signal = spelled == details.end() ? std::string(sd_bus_message_get_member(message))
                                             : (*spelled)["data"].get<std::string>(),
          .priority = arguments.at(2),
          .details = details};
}

Told told_by_log(const Json& entry) {
  return {.sequence = entry.at(0),
          .time_us = entry.at(1),
          .group = entry.at(2),
          .object = entry.at(3),
          .signal = entry.at(4),
          .priority = entry.at(5),
          .details = entry.at(6)};
}

}  // namespace

ContractClient::ContractClient(const std::string& address, Contract::HandOut hand_out)
    : bus_(address),
      contract_([this](std::uint64_t after) { return fetch(after); }, std::move(hand_out)) {
  bus_.subscribe(
      "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',"
      "member='NameOwnerChanged',arg0='org.kernel.Events1'",
      [this](sd_bus_message* message) {
        contract_.owner_changed();
        service_answers_ = read_arguments(message).at(2) != "";
      });
  const auto hear = [this](sd_bus_message* message) {
    if (sequence_of(message) > contract_.position()) {
      contract_.live(told_by_signal(message));
    }
  };
  for (const char* group : kGroups) {
    bus_.subscribe("type='signal',sender='org.kernel.Events1',interface='org.kernel.Events1." +
                       std::string(group) + "'",
                   hear);
  }
}

bool ContractClient::follow_until(Deadline deadline, const std::function<bool()>& predicate) {
  return bus_.process_until(deadline, [&] {
    if (service_answers_) {
      contract_.settle();
    }
    return predicate();
  });
}

std::optional<Page> ContractClient::fetch(std::uint64_t after) {
  const Reply reply = get_events(bus_, after);
  if (!reply.ok()) {
    service_answers_ = reply.error == "org.freedesktop.DBus.Error.Timeout";
    return std::nullopt;
  }
  Page page{
      .oldest = reply.arguments.at(1), .next = reply.arguments.at(2), .log = reply.arguments.at(3)};
  for (const Json& entry : reply.arguments.at(0)) {
    page.events.push_back(told_by_log(entry));
  }
  return page;
}

}  // namespace kevent::support
