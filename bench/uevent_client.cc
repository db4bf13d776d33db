// SPDX-License-Identifier: LGPL-2.1-or-later
#include "bench/uevent_client.h"

#include <fcntl.h>
#include <unistd.h>

#include <string_view>

#include "tests/support/failure.h"

namespace kevent::bench {

UeventTrigger::UeventTrigger()
    : uevent_(
          ::open((std::string("/sys") + kBenchDevice + "/uevent").c_str(), O_WRONLY | O_CLOEXEC)) {
  if (!uevent_.valid()) support::fail_with_errno("the uevent file of the benchmark's device");
}

Clock::time_point UeventTrigger::pull() {
  constexpr std::string_view kAction = "change";
  const auto start = Clock::now();
  if (::pwrite(uevent_.get(), kAction.data(), kAction.size(), 0) < 0) {
    support::fail_with_errno("make a uevent");
  }
  return start;
}

UeventClient::UeventClient(const std::string& bus_address, const std::string& service,
                           const std::string& restriction)
    : bus_(bus_address) {
  bus_.subscribe("type='signal',sender='" + service + "'" + restriction,
                 [this](sd_bus_message* message) { take(message); });
}

void UeventClient::take(sd_bus_message* message) {
  const auto now = Clock::now();
  const std::string_view interface = sd_bus_message_get_interface(message);
  if (interface == "org.kernel.Events1.General") {
    const auto details = support::read_arguments(message).at(3);
    if (details.contains("Count")) told_lost_ += details["Count"]["data"].get<std::uint64_t>();
    return;
  }
  if (interface != "org.kernel.Events1.Hotplug" && interface != "org.kernel.Events1.Storage") {
    return;
  }
  last_ = now;
  ++count_;
  std::uint64_t sequence = 0;
  sd_bus_message_read_basic(message, SD_BUS_TYPE_UINT64, &sequence);
  if (sequence <= sequence_) ++out_of_order_;
  sequence_ = sequence;
}

Clock::time_point UeventClient::next() {
  const std::uint64_t before = count_;
  if (!process_until(support::within(support::kPatience), [&] { return count_ > before; })) {
    support::fail("a uevent is not heard: lost in somebody else's storm, perhaps");
  }
  return last_;
}

}  // namespace kevent::bench
