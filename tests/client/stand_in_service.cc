// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/client/stand_in_service.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "lib/client/names.h"
#include "lib/event/object_path.h"

namespace kevent::test {
namespace {

using Details = std::map<std::string, sdbus::Variant>;
using WireEvent = sdbus::Struct<std::uint64_t, std::uint64_t, std::string, sdbus::ObjectPath,
                                std::string, std::uint8_t, Details>;

struct ToVariant {
  sdbus::Variant operator()(const event::DeviceNumber& number) const {
    return sdbus::Struct<std::uint32_t, std::uint32_t>(number.major, number.minor);
  }
  sdbus::Variant operator()(const event::Environment& environment) const {
    return std::map<std::string, std::string>(environment.begin(), environment.end());
  }
  sdbus::Variant operator()(const auto& plain) const { return plain; }
};

Details details_of(const event::Event& event) {
  Details details;
  for (const auto& [key, value] : event.details.entries()) {
    details[key] = std::visit(ToVariant{}, value);
  }
  // A type that no version of the contract has yet.
  details["Unknown"] = std::map<std::string, std::vector<double>>{{"x", {1.5}}};
  return details;
}

// A signal's details hold the kernel's own spelling where the member cannot.
Details signal_details_of(const event::Event& event) {
  Details details = details_of(event);
  if (event::member_name(event.signal) != event.signal) details["Signal"] = event.signal;
  return details;
}

// A variant is written with its type; a getter's reply is the value alone.
void write_contents(sdbus::PropertyGetReply& reply, const sdbus::Variant& value) {
  const std::string type = value.peekValueType();
  if (type == "s") reply << value.get<std::string>();
  if (type == "t") reply << value.get<std::uint64_t>();
  if (type == "b") reply << value.get<bool>();
  if (type == "i") reply << value.get<std::int32_t>();
  if (type == "as") reply << value.get<std::vector<std::string>>();
  if (type == "a(usii)") reply << value.get<std::vector<StandInService::Trip>>();
}

event::Filter filter_from(const std::map<std::string, sdbus::Variant>& argument) {
  event::Filter filter;
  for (const auto& [key, value] : argument) {
    if (key == "group") filter.group = event::group_named(value.get<std::string>());
    if (key == "signal") filter.signal = value.get<std::string>();
    if (key == "object") filter.object = event::parse_object_path(value.get<sdbus::ObjectPath>());
    if (key == "priority") filter.priority = value.get<std::uint8_t>();
  }
  return filter;
}

}  // namespace

event::Event loop_event(const std::string& signal, event::Group group) {
  event::Event event;
  event.time_us = 1'700'000'000'123'456;
  event.group = group;
  event.priority = event::priority::kInfo;
  event.object = "/devices/virtual/block/loop0";
  event.signal = signal;
  return event;
}

StandInService::StandInService(std::string address, std::string log_id)
    : address_(std::move(address)), log_id_(std::move(log_id)) {
  start();
}

StandInService::~StandInService() {
  stop();
}

std::uint64_t StandInService::happen(event::Event event) {
  const std::uint64_t sequence = happen_unheard(std::move(event));
  send(sequence);
  return sequence;
}

std::uint64_t StandInService::happen_unheard(event::Event event) {
  const std::lock_guard lock(mutex_);
  event.sequence = last() + 1;
  log_.push_back(std::move(event));
  return last();
}

void StandInService::send(std::uint64_t sequence) {
  event::Event event;
  {
    const std::lock_guard lock(mutex_);
    event = log_.at(sequence - first_);
  }
  const auto object = sdbus::createObject(*connection_, event::object_path(event.object));
  const std::string interface =
      std::string(client::kGroupInterfacePrefix) + std::string(event::group_name(event.group));
  auto signal = object->createSignal(interface, event::member_name(event.signal));
  signal << event.sequence << event.time_us << event.priority << signal_details_of(event);
  signal.send();
}

void StandInService::send_malformed() {
  const auto object = sdbus::createObject(*connection_, event::object_path(loop_event("").object));
  auto signal = object->createSignal("org.kernel.Events1.Hotplug", "add");
  signal << std::string("no sequence");
  signal.send();
}

void StandInService::forget(std::size_t count) {
  const std::lock_guard lock(mutex_);
  first_ += count;
  log_.erase(log_.begin(), log_.begin() + static_cast<std::ptrdiff_t>(count));
}

void StandInService::limit_answers(std::size_t events) {
  const std::lock_guard lock(mutex_);
  answer_limit_ = events;
}

void StandInService::refuse(const std::string& error) {
  const std::lock_guard lock(mutex_);
  refusal_ = error;
}

void StandInService::hang(bool hangs) {
  const std::lock_guard lock(mutex_);
  hangs_ = hangs;
}

int StandInService::questions() const {
  const std::lock_guard lock(mutex_);
  return questions_;
}

void StandInService::add_object(const std::string& kernel_path, Interfaces interfaces,
                                const std::string& node) {
  const std::lock_guard lock(mutex_);
  devices_["/sys" + kernel_path] = kernel_path;
  if (!node.empty()) devices_[node] = kernel_path;
  objects_[kernel_path] = std::move(interfaces);
  serve_object(kernel_path);
}

void StandInService::stop() {
  if (loop_.joinable()) {
    connection_->leaveEventLoop();
    loop_.join();
    release_name();
  }
  exported_.clear();
  manager_.reset();
  connection_.reset();
}

// With the answer, the bus has told everybody. A connection that is just closed is noticed later.
void StandInService::release_name() try {
  connection_->releaseName(client::kServiceName);
} catch (const sdbus::Error&) {
  // The test has stopped the bus.
}

void StandInService::start() {
  connection_ = sdbus::createSessionBusConnectionWithAddress(address_);
  serve_manager();
  for (const auto& [path, interfaces] : objects_) serve_object(path);
  connection_->requestName(client::kServiceName);
  loop_ = std::thread([this] {
    try {
      connection_->enterEventLoop();
    } catch (const sdbus::Error&) {
      // The test has stopped the bus.
    }
  });
}

void StandInService::start_with_new_log(const std::string& log_id) {
  log_id_ = log_id;
  log_.clear();
  first_ = 1;
  start();
}

void StandInService::serve_manager() {
  const std::string interface = client::kManagerInterface;
  manager_ = sdbus::createObject(*connection_, std::string(event::kRootObjectPath));
  manager_->registerMethod(interface, "GetEvents", "ta{sv}u", "a(ttsosya{sv})tts",
                           [this](sdbus::MethodCall call) { get_events(std::move(call)); });
  manager_->registerMethod("FindDevice")
      .onInterface(interface)
      .implementedAs([this](const std::string& name) -> sdbus::ObjectPath {
        const std::lock_guard lock(mutex_);
        const auto found = devices_.find(name);
        if (found == devices_.end())
          throw sdbus::Error(client::kNoSuchObjectError, "none: " + name);
        return event::object_path(found->second);
      });
  manager_->registerProperty("Version").onInterface(interface).withGetter(
      [] { return std::string("9.8.7"); });
  manager_->registerProperty("LogId").onInterface(interface).withGetter([this] { return log_id_; });
  manager_->registerProperty("OldestSequence").onInterface(interface).withGetter([this] {
    const std::lock_guard lock(mutex_);
    return first_;
  });
  manager_->registerProperty("LastSequence").onInterface(interface).withGetter([this] {
    const std::lock_guard lock(mutex_);
    return last();
  });
  manager_->registerProperty("Sources").onInterface(interface).withGetter([] {
    const std::map<std::string, sdbus::Variant> mount = {
        {"Active", true},
        {"Kind", std::string("mountinfo")},
        {"Signals", std::vector<std::string>{"mount", "umount"}},
        {"Received", std::uint64_t{12}},
        {"Rejected", std::uint64_t{0}},
        {"Lost", std::uint64_t{3}},
        {"Problem", std::string("no \x1b[31mfanotify")}};
    const std::map<std::string, sdbus::Variant> kernel = {
        {"Active", false}, {"Problem", std::string("no events layer (CONFIG_KERNEL_EVENTS)")}};
    const std::map<std::string, sdbus::Variant> thermal = {
        {"Active", false}, {"Problem", std::string("no thermal netlink")}};
    return std::map<std::string, std::map<std::string, sdbus::Variant>>{
        {"kernel", kernel}, {"mount", mount}, {"thermal", thermal}};
  });
  manager_->addObjectManager();
  manager_->finishRegistration();
}

void StandInService::serve_object(const std::string& kernel_path) {
  auto object = sdbus::createObject(*connection_, event::object_path(kernel_path));
  for (const auto& [interface, properties] : objects_.at(kernel_path)) {
    for (const auto& [name, value] : properties) {
      object->registerProperty(
          interface, name, value.peekValueType(),
          [held = value](sdbus::PropertyGetReply& reply) { write_contents(reply, held); });
    }
    if (interface == client::kDeviceInterface) {
      object->registerMethod("GetUdevProperties").onInterface(interface).implementedAs([this] {
        return udev_properties;
      });
    }
  }
  object->finishRegistration();
  exported_.push_back(std::move(object));
}

void StandInService::get_events(sdbus::MethodCall call) {
  Asked asked{};
  std::map<std::string, sdbus::Variant> filter;
  std::uint32_t limit = 0;
  call >> asked.after >> filter >> limit;
  asked.filter = filter_from(filter);
  const std::lock_guard lock(mutex_);
  ++questions_;
  if (!refusal_.empty()) throw sdbus::Error(refusal_, "the stand-in was told to refuse");
  if (hangs_) return;
  auto reply = call.createReply();
  append_answer(reply, asked);
  reply.send();
}

void StandInService::append_answer(sdbus::MethodReply& reply, const Asked& asked) const {
  std::vector<WireEvent> events;
  std::uint64_t next = std::min(asked.after, last());
  for (const event::Event& event : log_) {
    if (event.sequence <= asked.after) continue;
    if (events.size() == answer_limit_) break;
    next = event.sequence;
    if (!asked.filter.matches(event)) continue;
    events.emplace_back(event.sequence, event.time_us, std::string(event::group_name(event.group)),
                        sdbus::ObjectPath(event::object_path(event.object)), event.signal,
                        event.priority, details_of(event));
  }
  if (events.empty()) next = last();
  reply << events << first_ << next << log_id_;
}

}  // namespace kevent::test
