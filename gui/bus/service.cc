// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/bus/service.h"

#include <poll.h>
#include <sys/eventfd.h>

#include <QSemaphore>
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "client/names.h"
#include "service/base/file_descriptor.h"

namespace kevent::gui {
namespace {

using client::Item;
using client::Presence;

// The last sequence of the log at this moment; 0 when it cannot be read.
std::uint64_t last_sequence(client::BusClient& client) try {
  const auto properties = client.properties("/", client::kManagerInterface);
  return properties ? properties->value("LastSequence", std::uint64_t{0}) : 0;
} catch (const client::Failure&) {
  return 0;
}

// How many of the items belong to what was in the log up to `last`.
std::size_t history_in(const std::vector<Item>& items, std::uint64_t last) {
  const auto is_news = [&](const Item& item) {
    const auto* event = std::get_if<event::Event>(&item);
    return event != nullptr && event->sequence > last;
  };
  return static_cast<std::size_t>(std::ranges::find_if(items, is_news) - items.begin());
}

bool reaches(const std::vector<Item>& items, std::uint64_t last) {
  return std::ranges::any_of(items, [&](const Item& item) {
    const auto* event = std::get_if<event::Event>(&item);
    return event != nullptr && event->sequence >= last;
  });
}

}  // namespace

class Service::Thread : public QThread {
 public:
  Thread(std::string bus, Service& service)
      : service_(service), watcher_(std::move(bus), client::Follower::since(0)) {}

  void end() {
    ended_ = true;
    handled_.release();
    ::eventfd_write(wake_.get(), 1);
    wait();
  }

 private:
  void run() override {
    std::array<pollfd, 1> others = {{{.fd = wake_.get(), .events = POLLIN, .revents = 0}}};
    while (!ended_) {
      std::vector<Item> items = watcher_.dispatch();
      tell_presence();
      hand_over(std::move(items));
      watcher_.wait(std::nullopt, others);
    }
  }

  void tell_presence() {
    const Presence presence = watcher_.presence();
    if (presence == told_) return;
    told_ = presence;
    const QString problem = QString::fromStdString(watcher_.problem());
    in_service_thread(
        [this, presence, problem] { Q_EMIT service_.presence_changed(presence, problem); });
  }

  // S2: what comes before `history_to_` is history.
  void hand_over(std::vector<Item> items) {
    const std::shared_ptr<client::BusClient> client = watcher_.client();
    if (!history_ended_ && !history_to_ && client && told_ == Presence::kPresent) {
      history_to_ = last_sequence(*client);
    }
    if (!history_ended_ && history_to_) {
      const std::size_t history = history_in(items, *history_to_);
      const auto news = items.begin() + static_cast<std::ptrdiff_t>(history);
      std::vector<Item> old(std::make_move_iterator(items.begin()), std::make_move_iterator(news));
      const bool at_end = history < items.size() || *history_to_ == 0 || reaches(old, *history_to_);
      items.erase(items.begin(), news);
      emit_items(std::move(old), true);
      if (at_end) end_history();
    }
    emit_items(std::move(items), false);
  }

  void end_history() {
    history_ended_ = true;
    in_service_thread([this] { Q_EMIT service_.history_ended(); });
  }

  // S1
  void emit_items(std::vector<Item> items, bool history) {
    if (items.empty() || ended_) return;
    in_service_thread([this, items = std::move(items), history] {
      Q_EMIT service_.items_arrived(items, history);
      handled_.release();
    });
    handled_.acquire();
  }

  template <typename Function>
  void in_service_thread(Function function) {
    QMetaObject::invokeMethod(&service_, std::move(function), Qt::QueuedConnection);
  }

  Service& service_;
  client::Watcher watcher_;
  base::FileDescriptor wake_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  QSemaphore handled_;
  std::atomic<bool> ended_ = false;
  std::optional<Presence> told_;
  std::optional<std::uint64_t> history_to_;
  bool history_ended_ = false;
};

Service::Service(std::string bus, QObject* parent)
    : QObject(parent), thread_(std::make_unique<Thread>(std::move(bus), *this)) {}

Service::~Service() {
  thread_->end();
}

void Service::start() {
  thread_->start();
}

}  // namespace kevent::gui
