// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/system/fresh_start.h"

#include "tests/support/failure.h"

namespace kevent::system {
namespace {

using support::Json;

// By object; without LastEvent, which is of the service's past and not of the kernel's present.
Json objects(support::BusConnection& bus) {
  const support::Reply reply =
      bus.call({support::kManagerPath, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects"});
  if (!reply.ok()) {
    support::fail("GetManagedObjects: " + reply.error + ": " + reply.error_text);
  }
  Json result = reply.arguments.at(0);
  for (Json& interfaces : result) {
    if (interfaces.contains("org.kernel.Events1.Device")) {
      interfaces["org.kernel.Events1.Device"].erase("LastEvent");
    }
  }
  return result;
}

}  // namespace

::testing::AssertionResult tells_what_a_fresh_start_tells(Service& service) {
  const support::PrivateBus bus;
  const support::TemporaryDirectory directory;
  const support::Keventd fresh(bus.address(), directory / "run");
  support::BusConnection of_fresh(bus.address());
  support::BusConnection of_service(service.bus.address());
  Json differences;
  const bool equal = support::eventually(support::within(support::kPatience), [&] {
    differences = Json::diff(objects(of_service), objects(of_fresh));
    return differences.empty();
  });
  if (equal) {
    return ::testing::AssertionSuccess();
  }
  return ::testing::AssertionFailure() << "a fresh start tells otherwise: " << differences.dump()
                                       << "; keventd says: " << service.keventd.error_output();
}

}  // namespace kevent::system
