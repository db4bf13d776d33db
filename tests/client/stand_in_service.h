// SPDX-License-Identifier: LGPL-2.1-or-later
// Stands in for keventd: the D-Bus contract as far as clients use it, on a connection and a thread
// of its own. Its log keeps what the test puts in, and it can fail in every way that a client has
// to survive. Members may be called from the test's thread at any time.
#pragma once

#include <sdbus-c++/sdbus-c++.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "lib/event/event.h"
#include "lib/event/filter.h"

namespace kevent::test {

// An event of /devices/virtual/block/loop0.
event::Event loop_event(const std::string& signal, event::Group group = event::Group::kHotplug);

class StandInService {
 public:
  // The interfaces of an object, with their properties.
  using Interfaces = std::map<std::string, std::map<std::string, sdbus::Variant>>;

  // One of a thermal zone's property Trips.
  using Trip = sdbus::Struct<std::uint32_t, std::string, std::int32_t, std::int32_t>;

  // On the bus with its name at once.
  explicit StandInService(std::string address, std::string log_id = std::string(32, 'a'));
  ~StandInService();

  // Into the log, and sent as a signal. Returns its sequence.
  std::uint64_t happen(event::Event event);
  // Into the log, and the signal is lost.
  std::uint64_t happen_unheard(event::Event event);
  // Sends the signal of what is in the log once more.
  void send(std::uint64_t sequence);
  // Sends a signal as of loop_event(), with arguments that no event has.
  void send_malformed();
  // The oldest `count` events are overwritten.
  void forget(std::size_t count);
  // How many events an answer of GetEvents holds.
  void limit_answers(std::size_t events);
  // GetEvents answers with this error from now on; "": no more.
  void refuse(const std::string& error);
  // GetEvents is not answered at all from now on, or is again.
  void hang(bool hangs);
  // How many times GetEvents was called.
  int questions() const;

  // Exports an object, by its kernel path; FindDevice knows it by that, and by `node`.
  void add_object(const std::string& kernel_path, Interfaces interfaces,
                  const std::string& node = "");
  // What udev knows of every device.
  std::map<std::string, std::string> udev_properties;

  // Leaves the bus, and comes back with the same log, or with a new and empty one.
  void stop();
  void start();
  void start_with_new_log(const std::string& log_id);

  std::string unique_name() const { return connection_->getUniqueName(); }

 private:
  struct Asked {
    std::uint64_t after;
    event::Filter filter;
  };

  void release_name();
  void serve_manager();
  void serve_object(const std::string& kernel_path);
  void get_events(sdbus::MethodCall call);
  void append_answer(sdbus::MethodReply& reply, const Asked& asked) const;
  std::uint64_t last() const { return first_ + log_.size() - 1; }

  std::string address_;
  mutable std::mutex mutex_;
  std::string log_id_;
  std::uint64_t first_ = 1;  // the sequence of log_.front()
  std::deque<event::Event> log_;
  std::size_t answer_limit_ = 1000;
  std::string refusal_;
  bool hangs_ = false;
  int questions_ = 0;
  std::map<std::string, Interfaces> objects_;   // by kernel path
  std::map<std::string, std::string> devices_;  // FindDevice's names -> kernel path

  std::unique_ptr<sdbus::IConnection> connection_;
  std::unique_ptr<sdbus::IObject> manager_;
  std::vector<std::unique_ptr<sdbus::IObject>> exported_;
  std::thread loop_;
};

}  // namespace kevent::test
