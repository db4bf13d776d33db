// SPDX-License-Identifier: LGPL-2.1-or-later
// /org/kernel: the object manager, and org.kernel.Events1.Manager, which answers from the log.
//
// Registered by hand, not by an adaptor that is generated from the XML: that one would carry
// GetEvents' details as sdbus::Variant, each of which is a D-Bus message of its own. Here they are
// written straight into the answer. A test holds it to the XML.
#pragma once

#include <sdbus-c++/sdbus-c++.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>

#include "lib/event/source_status.h"
#include "service/bus/message.h"
#include "service/log/event_log.h"
#include "service/sysfs/sysfs.h"

namespace kevent::bus {

struct ManagerContext {
  const log::EventLog& log;
  const sysfs::Sysfs& sysfs;
  std::function<event::SourceStatuses()> sources;
  std::string version;
};

class Manager {
 public:
  Manager(sdbus::IConnection& connection, ManagerContext context);

 private:
  using EventsAnswer = std::tuple<EventList, std::uint64_t, std::uint64_t, std::string>;
  using SourcesValue = std::map<std::string, std::map<std::string, sdbus::Variant>>;

  void register_methods();
  void register_properties();
  EventsAnswer get_events(std::uint64_t after, const std::map<std::string, sdbus::Variant>& filter,
                          std::uint32_t limit) const;
  sdbus::ObjectPath find_device(const std::string& name) const;
  SourcesValue sources() const;

  ManagerContext context_;
  std::unique_ptr<sdbus::IObject> object_;
};

// The kernel object that `name` means (the forms of FindDevice()); nothing when there is none.
std::optional<std::string> find_kernel_object(const sysfs::Sysfs& sysfs, const std::string& name);

}  // namespace kevent::bus
