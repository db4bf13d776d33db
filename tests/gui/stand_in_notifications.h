// SPDX-License-Identifier: LGPL-2.1-or-later
// Stands in for a notification server, where a real one cannot be made slow, poor or mad at will.
// On a connection and a thread of its own; members may be called from the test's thread at any
// time.
#pragma once

#include <sdbus-c++/sdbus-c++.h>

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace kevent::test {

// A call of Notify.
struct Notified {
  std::uint32_t replaces = 0;
  std::string icon;
  std::string title;
  std::string body;
  std::vector<std::string> actions;
  std::map<std::string, sdbus::Variant> hints;
  std::int32_t timeout = 0;
  std::uint32_t id = 0;  // what it was answered, or will be

  std::uint8_t urgency() const { return hints.at("urgency").get<std::uint8_t>(); }
};

class StandInNotifications {
 public:
  // On the bus with its name at once.
  explicit StandInNotifications(std::string address, std::vector<std::string> capabilities = {
                                                         "actions", "body", "body-markup"});
  ~StandInNotifications();

  // Notify is not answered from now on, before answer() is called.
  void hold();
  // Answers what is held, and holds no longer.
  void answer();

  std::vector<Notified> notified() const;
  std::vector<std::uint32_t> closed() const;
  int asked_for_capabilities() const;

  // The signals.
  void tell_closed(std::uint32_t id, std::uint32_t reason);
  void tell_invoked(std::uint32_t id, const std::string& action);

  // It dies; all that it showed is gone.
  void stop();
  void start();

 private:
  void serve();
  void notify(sdbus::MethodCall call);
  void reply(sdbus::MethodCall& call, std::uint32_t id);

  std::string address_;
  std::vector<std::string> capabilities_;
  std::unique_ptr<sdbus::IConnection> connection_;
  std::unique_ptr<sdbus::IObject> object_;
  std::thread loop_;
  mutable std::mutex mutex_;
  bool holds_ = false;
  std::deque<std::pair<sdbus::MethodCall, std::uint32_t>> held_;
  std::vector<Notified> notified_;
  std::vector<std::uint32_t> closed_;
  std::uint32_t last_id_ = 0;
  int asked_ = 0;
};

}  // namespace kevent::test
