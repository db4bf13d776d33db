// SPDX-License-Identifier: LGPL-2.1-or-later
// Runs the program keventctl against a stand-in for the service, on a private bus.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "lib/client/names.h"
#include "tests/client/stand_in_service.h"
#include "tests/support/eventually.h"
#include "tests/support/private_bus.h"
#include "tests/support/process.h"

namespace kevent::cli {

inline constexpr char kDisk[] = "/devices/virtual/block/loop0";
inline constexpr char kPartition[] = "/devices/virtual/block/loop0/loop0p1";
inline constexpr char kZone[] = "/devices/virtual/thermal/thermal_zone0";

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// The sequences of the events in JSON lines.
inline std::vector<int> sequences_in(const std::string& output) {
  std::vector<int> sequences;
  for (const std::string& line : lines_of(output)) {
    sequences.push_back(nlohmann::json::parse(line).value("sequence", 0));
  }
  return sequences;
}

class KeventctlAgainstAStandInService : public ::testing::Test {
 protected:
  std::vector<std::string> command(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(),
                     {support::built_program("keventctl"), "--bus", bus_.address()});
    return arguments;
  }

  support::Outcome run(const std::vector<std::string>& arguments) const {
    return support::run(command(arguments), {"TZ=UTC"});
  }

  // `keventctl`, which has asked for what it needs and follows.
  std::unique_ptr<support::Process> follow(const std::vector<std::string>& arguments,
                                           const std::vector<std::string>& environment = {}) {
    const int before = service_.questions();
    auto process = std::make_unique<support::Process>(command(arguments), environment);
    EXPECT_TRUE(support::eventually(support::within(support::kPatience),
                                    [&] { return service_.questions() > before; }));
    return process;
  }

  std::unique_ptr<support::Process> monitor(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "monitor");
    return follow(arguments, {"TZ=UTC"});
  }

  static bool says(const std::string& text, const std::function<std::string()>& source) {
    return support::eventually(support::within(support::kPatience),
                               [&] { return source().find(text) != std::string::npos; });
  }

  void add_objects() {
    service_.add_object(
        kDisk,
        {{client::kDeviceInterface,
          {{"Subsystem", std::string("block")},
           {"DeviceNode", std::string("/dev/loop0")},
           {"Driver", std::string()}}},
         {client::kBlockInterface,
          {{"Size", std::uint64_t{1} << 30}, {"MountPoints", std::vector<std::string>{}}}}},
        "/dev/loop0");
    service_.add_object(kPartition,
                        {{client::kDeviceInterface,
                          {{"Subsystem", std::string("block")},
                           {"DeviceNode", std::string("/dev/loop0p1")},
                           {"Driver", std::string()}}},
                         {client::kBlockInterface,
                          {{"Size", std::uint64_t{1} << 20},
                           {"MountPoints", std::vector<std::string>{"/mnt", "/srv"}}}}});
    service_.add_object(kZone,
                        {{client::kDeviceInterface,
                          {{"Subsystem", std::string("thermal")},
                           {"DeviceNode", std::string()},
                           {"Driver", std::string("intel")}}},
                         {client::kThermalZoneInterface, {{"Temperature", std::int32_t{48000}}}}});
  }

  support::PrivateBus bus_;
  test::StandInService service_{bus_.address()};
};

}  // namespace kevent::cli
