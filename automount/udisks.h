// SPDX-License-Identifier: LGPL-2.1-or-later
// udisks2 on a bus: subscribes to what it says, and puts requests to it. Never waits for an answer:
// a polkit dialog may wait for a person. Words come from the present owner of udisks2's name alone.
// For the thread that dispatches the connection.
#pragma once

#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "automount/exchange.h"
#include "automount/objects.h"
#include "lib/client/bus_client.h"

namespace kevent::automount {

class Udisks {
 public:
  // Asks for a look at once. Throws sdbus::Error where the connection is gone.
  explicit Udisks(std::shared_ptr<client::BusClient> client);
  ~Udisks();
  Udisks(const Udisks&) = delete;
  Udisks& operator=(const Udisks&) = delete;

  // Its answer will be among the words: of kLook, Present or Absent. Throws sdbus::Error where the
  // connection is gone.
  void request(const Request& request);

  // What was said since the last call, in order. Not from within a word of the bus.
  std::vector<Word> take();

 private:
  // A call under way: without its proxy the answer would not come.
  struct Call {
    std::unique_ptr<sdbus::IProxy> proxy;
    bool answered = false;
  };
  using Take = std::function<void(sdbus::MethodReply&, const sdbus::Error*)>;

  void subscribe();
  void look();
  void looked(sdbus::MethodReply& reply, const sdbus::Error* error);
  void call(const std::string& object, const std::string& interface, const std::string& method,
            const Objects::Properties& options, Take take);
  void on_signal(sdbus::Message& message);
  void on_name_owner_changed(sdbus::Message& message);
  void changed(const std::string& object, bool about_medium);

  std::shared_ptr<client::BusClient> client_;
  std::string owner_;                      // unique name; empty: nobody, or not known yet
  std::unique_ptr<sdbus::IProxy> looker_;  // of the look under way; letting it go cancels that
  bool looking_ = false;
  Objects objects_;
  std::list<Call> calls_;
  std::vector<Word> words_;
  std::vector<std::unique_ptr<void, std::function<void(void*)>>> subscriptions_;
};

}  // namespace kevent::automount
