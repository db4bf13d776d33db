// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/bus/manager.h"

#include <charconv>
#include <optional>
#include <utility>

#include "lib/event/object_path.h"
#include "lib/event/text.h"
#include "service/bus/errors.h"
#include "service/bus/message.h"

namespace kevent::bus {
namespace {

constexpr char kInterface[] = "org.kernel.Events1.Manager";

// "8:16", nothing else.
std::optional<event::DeviceNumber> parse_device_number(const std::string& text) {
  event::DeviceNumber number;
  const char* const end = text.data() + text.size();
  const auto major = std::from_chars(text.data(), end, number.major);
  if (major.ec != std::errc() || major.ptr == end || *major.ptr != ':') return std::nullopt;
  const auto minor = std::from_chars(major.ptr + 1, end, number.minor);
  if (minor.ec != std::errc() || minor.ptr != end) return std::nullopt;
  return number;
}

}  // namespace

std::optional<std::string> find_kernel_object(const sysfs::Sysfs& sysfs, const std::string& name) {
  if (const auto number = parse_device_number(name)) {
    auto object = sysfs.block_device(*number);
    return object ? object : sysfs.character_device(*number);
  }
  if (name.starts_with("/dev/")) return sysfs.device_of_node(name);
  if (name == sysfs.root() || name.starts_with(sysfs.root() + "/")) {
    return sysfs.resolve(name.substr(sysfs.root().size()));
  }
  return name.starts_with('/') ? sysfs.resolve(name) : std::nullopt;
}

Manager::Manager(sdbus::IConnection& connection, ManagerContext context)
    : context_(std::move(context)),
      object_(sdbus::createObject(connection, std::string(event::kRootObjectPath))) {
  object_->addObjectManager();
  register_methods();
  register_properties();
  object_->finishRegistration();
}

void Manager::register_methods() {
  object_->registerMethod("GetEvents")
      .onInterface(kInterface)
      .withInputParamNames("after", "filter", "limit")
      .withOutputParamNames("events", "oldest", "next", "log")
      .implementedAs([this](const std::uint64_t& after,
                            const std::map<std::string, sdbus::Variant>& filter,
                            const std::uint32_t& limit) {
        return guarded([&] { return get_events(after, filter, limit); });
      });
  object_->registerMethod("FindDevice")
      .onInterface(kInterface)
      .withInputParamNames("name")
      .withOutputParamNames("object")
      .implementedAs(
          [this](const std::string& name) { return guarded([&] { return find_device(name); }); });
}

void Manager::register_properties() {
  using sdbus::Flags;
  const auto property = [this](const char* name, auto getter,
                               Flags::PropertyUpdateBehaviorFlags how) {
    object_->registerProperty(name)
        .onInterface(kInterface)
        .withGetter(getter)
        .withUpdateBehavior(how);
  };
  property(
      "LogId", [this] { return context_.log.id(); }, Flags::CONST_PROPERTY_VALUE);
  property(
      "OldestSequence", [this] { return context_.log.oldest_sequence(); }, Flags::EMITS_NO_SIGNAL);
  property(
      "LastSequence", [this] { return context_.log.last_sequence(); }, Flags::EMITS_NO_SIGNAL);
  property(
      "Sources", [this] { return guarded([this] { return sources(); }); }, Flags::EMITS_NO_SIGNAL);
  property(
      "Version", [this] { return context_.version; }, Flags::CONST_PROPERTY_VALUE);
}

Manager::EventsAnswer Manager::get_events(std::uint64_t after,
                                          const std::map<std::string, sdbus::Variant>& filter,
                                          std::uint32_t limit) const {
  auto answer = context_.log.read(after, parse_filter(filter), limit);
  return {EventList{std::move(answer.events)}, answer.oldest, answer.next, context_.log.id()};
}

sdbus::ObjectPath Manager::find_device(const std::string& name) const {
  const base::Failures& failures = context_.sysfs.failures();
  const std::uint64_t before = failures.count();
  const auto object = find_kernel_object(context_.sysfs, name);
  if (failures.count() != before) {
    throw sdbus::Error(kErrorFailed,
                       "The name could not be looked up: " + failures.last().message());
  }
  if (!object) {
    throw sdbus::Error(kErrorNoSuchObject,
                       "No kernel object has this name: a path below /sys, a node in /dev, or "
                       "MAJOR:MINOR is wanted.");
  }
  return event::object_path(*object);
}

Manager::SourcesValue Manager::sources() const {
  SourcesValue sources;
  for (const auto& [name, status] : context_.sources()) {
    sources[name] = {
        {"Active", status.active},
        {"Kind", status.kind},
        {"Signals", std::vector<std::string>(status.signals.begin(), status.signals.end())},
        {"Received", status.received},
        {"Rejected", status.rejected},
        {"Lost", status.lost},
        {"Problem", event::clean_text(status.problem)},
    };
  }
  return sources;
}

}  // namespace kevent::bus
