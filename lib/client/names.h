// SPDX-License-Identifier: LGPL-2.1-or-later
// The names of the D-Bus contract that a client needs; dbus/*.xml documents them.
#pragma once

#include <string_view>

namespace kevent::client {

inline constexpr char kServiceName[] = "org.kernel.Events1";
inline constexpr char kManagerInterface[] = "org.kernel.Events1.Manager";
inline constexpr char kDeviceInterface[] = "org.kernel.Events1.Device";
inline constexpr char kBlockInterface[] = "org.kernel.Events1.Block";
inline constexpr char kThermalZoneInterface[] = "org.kernel.Events1.ThermalZone";
inline constexpr char kCoolingDeviceInterface[] = "org.kernel.Events1.CoolingDevice";
inline constexpr std::string_view kGroupInterfacePrefix = "org.kernel.Events1.";

inline constexpr char kNoSuchObjectError[] = "org.kernel.Events1.Error.NoSuchObject";

}  // namespace kevent::client
