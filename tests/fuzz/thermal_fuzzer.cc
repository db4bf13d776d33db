// SPDX-License-Identifier: LGPL-2.1-or-later
// Any message of the thermal family: what is read can be said again.
#include "service/decode/thermal.h"
#include "tests/decode/thermal_message.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace decode = kevent::decode;
  const auto notice = decode::parse_thermal_notice(std::as_bytes(std::span(data, size)));
  if (!notice) return 0;
  const auto again = decode::parse_thermal_notice(decode::thermal_message(*notice).bytes());
  kevent::fuzz::holds(again == notice, "a notice that is said again is the same");
  return 0;
}
