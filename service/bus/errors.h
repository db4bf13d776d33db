// SPDX-License-Identifier: LGPL-2.1-or-later
// The errors that a caller on the bus may get, by name; and the wall between our code and sd-bus:
// an exception that is no sdbus::Error would leave processPendingRequest() and block the connection
// for ever, so every handler, getter and reply of sdbus-c++ runs in guarded(), and every callback
// of sd-bus itself in guarded_callback().
#pragma once

#include <sdbus-c++/sdbus-c++.h>
#include <systemd/sd-bus.h>

#include <exception>
#include <string>
#include <utility>

namespace kevent::bus {

inline constexpr char kErrorFailed[] = "org.kernel.Events1.Error.Failed";
inline constexpr char kErrorInvalidFilter[] = "org.kernel.Events1.Error.InvalidFilter";
inline constexpr char kErrorNoSuchObject[] = "org.kernel.Events1.Error.NoSuchObject";

template <typename Body>
auto guarded(Body&& body) -> decltype(body()) {
  try {
    return std::forward<Body>(body)();
  } catch (const sdbus::Error&) {
    throw;
  } catch (const std::exception& failure) {
    throw sdbus::Error(kErrorFailed, failure.what());
  }
}

// `body` returns what the callback does. What it throws becomes `error`.
template <typename Body>
int guarded_callback(sd_bus_error* error, Body&& body) noexcept {
  try {
    return std::forward<Body>(body)();
  } catch (const sdbus::Error& failure) {
    return sd_bus_error_set(error, failure.getName().c_str(), failure.getMessage().c_str());
  } catch (const std::exception& failure) {
    return sd_bus_error_set(error, kErrorFailed, failure.what());
  }
}

}  // namespace kevent::bus
