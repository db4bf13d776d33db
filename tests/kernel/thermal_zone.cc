// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/kernel/thermal_zone.h"

#include <filesystem>
#include <functional>
#include <set>

#include "lib/event/object_path.h"
#include "tests/kernel/scene.h"
#include "tests/support/eventually.h"
#include "tests/support/failure.h"

namespace kevent::kernel {
namespace {

const std::string kFacility = "/sys/kernel/debug/thermal-testing/";
constexpr const char* kClass = "/sys/class/thermal";
constexpr int kCool = 20000;

// The facility does part of its work later.
void wait_for(const std::string& what, const std::function<bool()>& predicate) {
  if (!support::eventually(support::within(support::kPatience), predicate)) {
    support::fail("the thermal testing facility does not make " + what);
  }
}

void command(const std::string& text) {
  write_to_kernel(kFacility + "command", text);
}

std::set<std::string> names_in(const std::string& folder) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.insert(entry.path().filename());
  }
  return names;
}

// The one that `make` adds to the folder.
std::string added_to(const std::string& folder, const std::function<void()>& make) {
  const std::set<std::string> before = names_in(folder);
  make();
  std::string added;
  wait_for("a new entry of " + folder, [&] {
    for (const std::string& name : names_in(folder)) {
      if (!before.contains(name)) {
        added = name;
      }
    }
    return !added.empty();
  });
  return added;
}

}  // namespace

ThermalZone::ThermalZone(const std::vector<TestTrip>& trips) {
  const std::string name = added_to(kFacility, [] { command("addtz"); });
  number_ = name.substr(2);
  folder_ = kFacility + name + "/";
  wait_for("init_temp", [&] { return std::filesystem::exists(folder_ + "init_temp"); });
  write_to_kernel(folder_ + "init_temp", std::to_string(kCool));
  for (std::size_t i = 0; i < trips.size(); ++i) {
    const std::string trip = folder_ + "trip_" + std::to_string(i);
    command("tzaddtrip:" + number_);
    wait_for(trip, [&] { return std::filesystem::exists(trip + "_type"); });
    write_to_kernel(trip + "_temp", std::to_string(trips[i].temperature));
    write_to_kernel(trip + "_hyst", std::to_string(trips[i].hysteresis));
    write_to_kernel(trip + "_type", trips[i].type);
  }
  name_ = added_to(kClass, [this] { command("tzreg:" + number_); });
}

void ThermalZone::heat(int temperature) const {
  write_to_kernel(folder_ + "temp", std::to_string(temperature));
}

void ThermalZone::remove() const {
  command("deltz:" + number_);
}

void ThermalZone::switch_off() const {
  write_to_kernel(kClass + ("/" + name_ + "/mode"), "disabled");
}

void ThermalZone::switch_on() const {
  write_to_kernel(kClass + ("/" + name_ + "/mode"), "enabled");
}

std::string ThermalZone::object() const {
  return event::object_path("/devices/virtual/thermal/" + name_);
}

}  // namespace kevent::kernel
