// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/bus/questions.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

#include "gui/bus/background.h"
#include "lib/client/bus_client.h"
#include "lib/client/names.h"
#include "lib/event/object_path.h"

namespace kevent::gui {
namespace {

using client::BusClient;
using nlohmann::json;

// The interfaces that the service gives an object.
constexpr std::array kInterfaces = {client::kDeviceInterface, client::kBlockInterface,
                                    client::kThermalZoneInterface, client::kCoolingDeviceInterface};

Zones zones_of(const json& objects) {
  Zones zones;
  for (const auto& [path, interfaces] : objects.items()) {
    const auto zone = interfaces.find(client::kThermalZoneInterface);
    const auto kernel_path = event::parse_object_path(path);
    if (zone != interfaces.end() && kernel_path) zones[*kernel_path] = *zone;
  }
  return zones;
}

json interfaces_of(BusClient& client, const std::string& object) {
  json interfaces = json::object();
  for (const char* interface : kInterfaces) {
    if (auto properties = client.properties(object, interface); properties) {
      interfaces[interface] = std::move(*properties);
    }
  }
  return interfaces;
}

}  // namespace

class Questions::Thread : public Background {
 public:
  enum class Kind { kObjects, kObject, kZones, kZonesAgain };
  // Returns what is to be run in the receiver's thread.
  using Question = std::function<std::function<void()>(BusClient&)>;

  using Background::post;

  Thread(std::string bus, Questions& questions)
      : Background(questions), bus_(std::move(bus)), questions_(questions) {}

  // Q2
  void ask(Kind kind, Question question) {
    {
      const std::lock_guard lock(mutex_);
      std::erase_if(waiting_, [&](const auto& other) { return other.first == kind; });
      waiting_.emplace_back(kind, std::move(question));
    }
    asked_.notify_one();
  }

 private:
  void run() override {
    while (auto question = next()) answer(*question);
  }

  void wake() override {
    const std::lock_guard lock(mutex_);
    asked_.notify_one();
  }

  // Nothing: it has ended.
  std::optional<Question> next() {
    std::unique_lock lock(mutex_);
    asked_.wait(lock, [this] { return ended() || !waiting_.empty(); });
    if (ended()) return std::nullopt;
    Question question = std::move(waiting_.front().second);
    waiting_.pop_front();
    return question;
  }

  // Q3
  void answer(const Question& question) try {
    post(asked(question));
  } catch (const client::Failure& failure) {
    post([this, problem = QString::fromStdString(failure.what())] {
      Q_EMIT questions_.failed(problem);
    });
  }

  // Q4: that a connection is gone is seen by asking.
  std::function<void()> asked(const Question& question) {
    const bool is_new = !client_.has_value();
    if (is_new) client_.emplace(bus_);
    try {
      return question(*client_);
    } catch (const client::Failure& failure) {
      if (failure.kind() != client::Failure::Kind::kNoBus) throw;
      client_.reset();
      if (is_new) throw;
    }
    return asked(question);
  }

  std::string bus_;
  Questions& questions_;  // in its own thread only, by post()
  std::optional<BusClient> client_;
  std::mutex mutex_;
  std::condition_variable asked_;
  std::deque<std::pair<Kind, Question>> waiting_;
};

Questions::Questions(std::string bus, QObject* parent)
    : QObject(parent), thread_(std::make_shared<Thread>(std::move(bus), *this)) {
  thread_->start();
}

Questions::~Questions() {
  thread_->end();
}

void Questions::ask_objects() {
  thread_->ask(Thread::Kind::kObjects, [this, thread = thread_.get()](BusClient& client) {
    thread->post([this] { Q_EMIT objects_asked(); });
    return [this, objects = client.managed_objects()] { Q_EMIT objects_answered(objects); };
  });
}

void Questions::ask_object(std::string object) {
  thread_->ask(Thread::Kind::kObject, [this, object = std::move(object)](BusClient& client) {
    json interfaces = interfaces_of(client, object);
    std::map<std::string, std::string> udev;
    if (interfaces.contains(client::kDeviceInterface)) udev = client.udev_properties(object);
    return [this, object, interfaces = std::move(interfaces), udev = std::move(udev)] {
      Q_EMIT object_answered(object, interfaces, udev);
    };
  });
}

void Questions::ask_zones() {
  thread_->ask(Thread::Kind::kZones, [this](BusClient& client) {
    return [this, zones = zones_of(client.managed_objects())] { Q_EMIT zones_answered(zones); };
  });
}

void Questions::ask_zones_again(std::vector<std::string> objects) {
  thread_->ask(Thread::Kind::kZonesAgain, [this, objects = std::move(objects)](BusClient& client) {
    Zones zones;
    for (const std::string& object : objects) {
      auto properties = client.properties(object, client::kThermalZoneInterface);
      if (properties) zones[object] = std::move(*properties);
    }
    return [this, zones = std::move(zones)] { Q_EMIT zones_answered(zones); };
  });
}

}  // namespace kevent::gui
