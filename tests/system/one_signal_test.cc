// SPDX-License-Identifier: LGPL-2.1-or-later
// What an independent program, `busctl monitor`, sees on the bus: one signal for each event, all of
// the same signature.
#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/failure.h"
#include "tests/support/mounted.h"
#include "tests/support/process.h"
#include "tests/support/uevents.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

using support::Json;

constexpr int kUevents = 20;

class Monitor {
 public:
  explicit Monitor(Service& service)
      : service_(service),
        process_({"busctl", "--address=" + service.bus.address(), "--json=short", "monitor"}) {
    // It listens from when it has shown a call of ours.
    const bool listens = support::eventually(support::within(support::kPatience), [this] {
      support::manager_property(service_.caller, "LastSequence");
      return !process_.output().empty();
    });
    if (!listens) {
      support::fail("busctl shows nothing: " + process_.error_output());
    }
  }

  // The service's signals up to the one with this sequence.
  std::vector<Json> signals_until(std::uint64_t sequence) {
    std::vector<Json> result;
    support::eventually(support::within(support::kPatience), [&] {
      result = signals();
      return !result.empty() && is_event(result.back()) && sequence_of(result.back()) >= sequence;
    });
    return result;
  }

  static bool is_event(const Json& signal) {
    static const std::set<std::string> kInterfaces = {
        "org.kernel.Events1.General", "org.kernel.Events1.Storage", "org.kernel.Events1.Power",
        "org.kernel.Events1.Fs", "org.kernel.Events1.Hotplug"};
    return kInterfaces.contains(signal["interface"]);
  }

  static std::uint64_t sequence_of(const Json& signal) { return signal["payload"]["data"][0]; }

 private:
  std::vector<Json> signals() const {
    std::vector<Json> result;
    std::istringstream lines(process_.output());
    for (std::string line; std::getline(lines, line);) {
      const Json message = Json::parse(line, nullptr, false);
      if (!message.is_discarded() && message.value("type", "") == "signal" &&
          message.value("path", "").starts_with(support::kManagerPath)) {
        result.push_back(message);
      }
    }
    return result;
  }

  Service& service_;
  support::Process process_;
};

// The signals of some uevents, a mount and an umount.
std::vector<Json> some_signals() {
  Service service;
  Monitor monitor(service);
  support::trigger_uevents(support::kQuietDevice, kUevents);
  { const support::Mounted mounted("none", service.directory / "place", "tmpfs"); }
  service.settle();
  return monitor.signals_until(service.tape.recorded().back().sequence());
}

class OnTheBus : public SystemTest {};

TEST_F(OnTheBus, EveryEventSignalHasTheSameSignature) {
  for (const Json& signal : some_signals()) {
    if (Monitor::is_event(signal)) {
      EXPECT_EQ(signal["payload"]["type"], "ttya{sv}") << signal;
    }
  }
}

TEST_F(OnTheBus, EverySequenceIsTheNextOne) {
  std::uint64_t last = 0;
  for (const Json& signal : some_signals()) {
    if (Monitor::is_event(signal)) {
      if (last != 0) {
        EXPECT_EQ(Monitor::sequence_of(signal), last + 1) << signal;
      }
      last = Monitor::sequence_of(signal);
    }
  }
  EXPECT_GE(last, std::uint64_t{kUevents});
}

TEST_F(OnTheBus, EveryUeventIsOneSignal) {
  std::multiset<std::uint64_t> seqnums;
  int of_device = 0;
  for (const Json& signal : some_signals()) {
    if (Monitor::is_event(signal)) {
      const std::uint64_t seqnum = kernel_seqnum(signal["payload"]["data"][3]);
      of_device += signal["path"] == "/org/kernel/devices/virtual/mem/null" ? 1 : 0;
      if (seqnum != 0) {
        seqnums.insert(seqnum);
        EXPECT_EQ(seqnums.count(seqnum), 1U) << signal;
      }
    }
  }
  EXPECT_EQ(of_device, kUevents + 1);  // and the one of settle()
}

TEST_F(OnTheBus, NothingElseIsSaidThanEventsAndStandardSignals) {
  for (const Json& signal : some_signals()) {
    EXPECT_TRUE(Monitor::is_event(signal) ||
                signal["interface"] == "org.freedesktop.DBus.Properties" ||
                signal["interface"] == "org.freedesktop.DBus.ObjectManager")
        << signal;
  }
}

}  // namespace
}  // namespace kevent::system
