// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/bus/service.h"

#include <poll.h>
#include <sys/eventfd.h>

#include <QSemaphore>
#include <algorithm>
#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <utility>

#include "gui/bus/background.h"
#include "lib/base/file_descriptor.h"
#include "lib/client/names.h"

namespace kevent::gui {
namespace {

using client::Item;
using client::Presence;

// So many are handed over at once: few enough for the screen to go on in between.
constexpr std::size_t kBatch = 250;

// The last sequence of the log at this moment; nothing when the service does not say.
std::optional<std::uint64_t> last_sequence(client::BusClient& client) try {
  const auto properties = client.properties("/", client::kManagerInterface);
  if (!properties) return std::nullopt;
  return properties->at("LastSequence").get<std::uint64_t>();
} catch (const client::Failure&) {
  return std::nullopt;
} catch (const nlohmann::json::exception&) {
  return std::nullopt;
}

// The first item that is newer than what was in the log up to `last`.
std::vector<Item>::iterator first_news(std::vector<Item>& items, std::uint64_t last) {
  return std::ranges::find_if(items, [&](const Item& item) {
    const auto* event = std::get_if<event::Event>(&item);
    return event != nullptr ? event->sequence > last : std::holds_alternative<client::NewLog>(item);
  });
}

bool holds(std::span<const Item> items, std::uint64_t sequence) {
  return std::ranges::any_of(items, [&](const Item& item) {
    const auto* event = std::get_if<event::Event>(&item);
    return event != nullptr && event->sequence == sequence;
  });
}

}  // namespace

class Service::Thread : public Background {
 public:
  Thread(std::string bus, Service& service)
      : Background(service),
        service_(service),
        watcher_(std::move(bus), client::Follower::since(0)) {}

 private:
  void run() override {
    std::array<pollfd, 1> others = {{{.fd = wake_.get(), .events = POLLIN, .revents = 0}}};
    while (!ended()) {
      std::vector<Item> items = watcher_.dispatch();
      tell_presence();
      hand_over(std::move(items));
      watcher_.wait(std::nullopt, others);
    }
  }

  void wake() override {
    ::eventfd_write(wake_.get(), 1);
    handled_.release();
  }

  void tell_presence() {
    const Presence presence = watcher_.presence();
    const QString problem = QString::fromStdString(watcher_.problem());
    if (presence == presence_ && problem == problem_) return;
    presence_ = presence;
    problem_ = problem;
    post([this, presence, problem] { Q_EMIT service_.presence_changed(presence, problem); });
  }

  // S2. As long as the service does not say where its log ends, all is history.
  void hand_over(std::vector<Item> items) {
    if (!history_ended_ && !history_to_ && presence_ == Presence::kPresent) {
      history_to_ = last_sequence(*watcher_.client());
    }
    auto news = items.begin();
    if (!history_ended_) {
      news = history_to_ ? first_news(items, *history_to_) : items.end();
      emit_items({items.begin(), news}, true);
      if (history_to_) end_history_at(*history_to_, {items.begin(), news}, news != items.end());
    }
    emit_items({news, items.end()}, false);
  }

  void end_history_at(std::uint64_t last, std::span<const Item> history, bool has_news) {
    if (last != 0 && !has_news && !holds(history, last)) return;
    history_ended_ = true;
    post([this] { Q_EMIT service_.history_ended(); });
  }

  // S1, S4
  void emit_items(std::span<Item> items, bool history) {
    for (std::size_t start = 0; start < items.size() && !ended(); start += kBatch) {
      const auto part = items.subspan(start, std::min(kBatch, items.size() - start));
      std::vector<Item> batch(std::make_move_iterator(part.begin()),
                              std::make_move_iterator(part.end()));
      post([this, batch = std::move(batch), history] {
        Q_EMIT service_.items_arrived(batch, history);
        handled_.release();
      });
      handled_.acquire();
    }
  }

  Service& service_;  // in its own thread only, by post()
  client::Watcher watcher_;
  base::FileDescriptor wake_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  QSemaphore handled_;
  std::optional<Presence> presence_;
  QString problem_;
  std::optional<std::uint64_t> history_to_;
  bool history_ended_ = false;
};

Service::Service(std::string bus, QObject* parent)
    : QObject(parent), thread_(std::make_shared<Thread>(std::move(bus), *this)) {}

Service::~Service() {
  thread_->end();
}

void Service::start() {
  thread_->start();
}

}  // namespace kevent::gui
