// SPDX-License-Identifier: LGPL-2.1-or-later
#include "automount/udisks.h"

#include <string_view>
#include <utility>

namespace kevent::automount {
namespace {

constexpr char kBusDriver[] = "org.freedesktop.DBus";
constexpr char kObjectManager[] = "org.freedesktop.DBus.ObjectManager";
constexpr char kProperties[] = "org.freedesktop.DBus.Properties";

// As long as somebody may take to find a password.
constexpr std::chrono::hours kPatience{1};

using ManagedObjects = std::map<sdbus::ObjectPath, Objects::Interfaces>;

// A message of another shape than udisks2 documents says nothing. No other exception may leave a
// callback of sd-bus, which is unusable after it; there is none but by a defect.
template <typename Handler>
void guarded(Handler handler) noexcept {
  try {
    handler();
  } catch (const sdbus::Error&) {
  }
}

}  // namespace

Udisks::Udisks(std::shared_ptr<client::BusClient> client) : client_(std::move(client)) {
  subscribe();
  look();
}

Udisks::~Udisks() = default;

void Udisks::subscribe() {
  const std::string name = kUdisks;
  const std::string driver = kBusDriver;
  const auto add = [&](const std::string& rule, auto handler) {
    subscriptions_.push_back(client_->connection().addMatch(
        rule,
        [this, handler](sdbus::Message& message) { guarded([&] { (this->*handler)(message); }); }));
  };
  add("type='signal',sender='" + driver + "',path='/org/freedesktop/DBus',interface='" + driver +
          "',member='NameOwnerChanged',arg0='" + name + "'",
      &Udisks::on_name_owner_changed);
  add("type='signal',sender='" + name + "',path_namespace='" + kUdisksRoot + "'",
      &Udisks::on_signal);
}

void Udisks::request(const Request& request) {
  const auto ask = [&](const char* interface, const char* method,
                       const Objects::Properties& options) {
    call(request.object, interface, method, options,
         [this, request](sdbus::MethodReply&, const sdbus::Error* error) {
           words_.emplace_back(error == nullptr
                                   ? Answer{request, {}, {}}
                                   : Answer{request, error->getName(), error->getMessage()});
         });
  };
  switch (request.kind) {
    case Request::Kind::kLook:
      if (!looking_) look();
      return;
    case Request::Kind::kMount:
      return ask(kFilesystemInterface, "Mount", {});
    case Request::Kind::kMountReadOnly:
      return ask(kFilesystemInterface, "Mount", {{"options", std::string("ro")}});
    case Request::Kind::kUnmount:
      return ask(kFilesystemInterface, "Unmount", {});
    case Request::Kind::kEject:
      return ask(kDriveInterface, "Eject", {});
  }
}

std::vector<Word> Udisks::take() {
  std::erase_if(calls_, [](const Call& call) { return call.answered; });
  return std::exchange(words_, {});
}

void Udisks::look() {
  looker_ = sdbus::createProxy(client_->connection(), kUdisks, kUdisksRoot);
  auto question = looker_->createMethodCall(kObjectManager, "GetManagedObjects");
  looker_->callMethod(
      question,
      [this](sdbus::MethodReply& reply, const sdbus::Error* error) {
        guarded([&] { looked(reply, error); });
      },
      kPatience);
  looking_ = true;
}

// Signals from before the answer are in it, and those after it come from who answered.
void Udisks::looked(sdbus::MethodReply& reply, const sdbus::Error* error) {
  looking_ = false;
  if (error != nullptr) {
    words_.emplace_back(Absent{});
    return;
  }
  ManagedObjects objects;
  reply >> objects;
  owner_ = reply.getSender();
  objects_.clear();
  for (const auto& [path, interfaces] : objects) objects_.add(path, interfaces);
  words_.emplace_back(Present{objects_.blocks()});
}

void Udisks::call(const std::string& object, const std::string& interface,
                  const std::string& method, const Objects::Properties& options, Take take) {
  Call& call = calls_.emplace_back();
  call.proxy = sdbus::createProxy(client_->connection(), kUdisks, object);
  auto question = call.proxy->createMethodCall(interface, method);
  question << options;
  call.proxy->callMethod(
      question,
      [&call, take = std::move(take)](sdbus::MethodReply& reply, const sdbus::Error* error) {
        call.answered = true;
        guarded([&] { take(reply, error); });
      },
      kPatience);
}

// Another that takes its place knows nothing of what the one before was asked for.
void Udisks::on_name_owner_changed(sdbus::Message& message) {
  if (message.getSender() != kBusDriver) return;
  std::string name;
  std::string old_owner;
  std::string new_owner;
  message >> name >> old_owner >> new_owner;
  if (name != kUdisks) return;
  owner_.clear();
  looker_.reset();
  looking_ = false;
  if (!old_owner.empty()) words_.emplace_back(Absent{});
  if (!new_owner.empty()) look();
}

void Udisks::on_signal(sdbus::Message& message) {
  if (owner_.empty() || message.getSender() != owner_) return;
  const std::string interface = message.getInterfaceName();
  const std::string member = message.getMemberName();
  if (interface == kObjectManager && member == "InterfacesAdded") {
    sdbus::ObjectPath object;
    Objects::Interfaces interfaces;
    message >> object >> interfaces;
    objects_.add(object, interfaces);
    changed(object, true);
  } else if (interface == kObjectManager && member == "InterfacesRemoved") {
    sdbus::ObjectPath object;
    std::vector<std::string> interfaces;
    message >> object >> interfaces;
    objects_.remove(object, interfaces);
    changed(object, true);
  } else if (interface == kProperties && member == "PropertiesChanged") {
    std::string of;
    Objects::Properties properties;
    message >> of >> properties;
    objects_.change(message.getPath(), of, properties);
    changed(message.getPath(), of == kBlockInterface);
  }
}

void Udisks::changed(const std::string& object, bool about_medium) {
  if (auto block = objects_.block(object)) {
    words_.emplace_back(Changed{*std::move(block), about_medium});
  } else {
    words_.emplace_back(Removed{object});
  }
}

}  // namespace kevent::automount
