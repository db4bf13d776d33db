// SPDX-License-Identifier: LGPL-2.1-or-later
// What udisks2 needs to run as on a desktop: a udevd that knows the devices, a polkitd, and a
// system bus, all of the benchmark's own. They stay while udisksd and keventd take turns.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bench/contestant.h"
#include "tests/support/loop_device.h"
#include "tests/support/mounted.h"

namespace kevent::bench {

class UdisksSurroundings {
 public:
  // `device`: has a filesystem, which udisksd will find there.
  UdisksSurroundings(const std::string& bus_address, const support::LoopDevice& device);
  ~UdisksSurroundings();
  UdisksSurroundings(const UdisksSurroundings&) = delete;
  UdisksSurroundings& operator=(const UdisksSurroundings&) = delete;

  // Runs, and has found the device.
  std::unique_ptr<Contestant> start_udisks() const;

  // The device, as udisks2 names it.
  const std::string& object() const { return object_; }

 private:
  std::string bus_address_;
  std::vector<std::string> environment_;
  std::string object_;
  support::Mounted run_;  // an empty /run: udev's database and udisks2's notes go there
  support::Process udevd_;
  std::unique_ptr<Contestant> polkitd_;
};

}  // namespace kevent::bench
