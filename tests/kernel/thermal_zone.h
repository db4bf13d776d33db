// SPDX-License-Identifier: LGPL-2.1-or-later
// A thermal zone whose temperature a test sets: the kernel's testing facility
// (drivers/thermal/testing/, CONFIG_THERMAL_CORE_TESTING), with the patch of the series that lets
// the type of a trip be chosen.
#pragma once

#include <string>
#include <vector>

namespace kevent::kernel {

struct TestTrip {
  int temperature = 0;  // millidegrees Celsius
  int hysteresis = 0;
  std::string type;  // active, passive, hot
};

class ThermalZone {
 public:
  // Cool. Lasts as long as the kernel, or until remove().
  explicit ThermalZone(const std::vector<TestTrip>& trips);

  // What is crossed on the way is crossed when it returns.
  void heat(int temperature) const;
  void remove() const;

  // While it is off the kernel does not look at it.
  void switch_off() const;
  void switch_on() const;

  // On D-Bus.
  std::string object() const;

 private:
  std::string number_;  // of the facility
  std::string folder_;
  std::string name_;
};

}  // namespace kevent::kernel
