// SPDX-License-Identifier: LGPL-2.1-or-later
// One connection to the bus, with everything that is exported on it. Made whole, and thrown away
// whole when the bus goes away or no longer answers: the next one starts from the log's published
// mark. Main loop only.
#pragma once

#include <sdbus-c++/sdbus-c++.h>

#include <functional>
#include <memory>
#include <string>

#include "lib/base/result.h"
#include "lib/event/event.h"
#include "lib/event/kernel_state.h"
#include "service/bus/device_tree.h"
#include "service/bus/manager.h"

namespace kevent::bus {

struct SessionContext {
  ManagerContext manager;
  const event::KernelState& state;
  // Another process took the name over. The bus gives it back to this connection when that process
  // releases it; then `name_acquired` is called. Also called when the name is first acquired.
  std::function<void()> name_lost;
  std::function<void()> name_acquired;
};

class BusSession {
 public:
  // Connects to `bus` ("system", "session" or a D-Bus address), exports everything, and takes the
  // name last. EADDRINUSE when another process that answers has the name.
  static base::Result<std::unique_ptr<BusSession>> open(const std::string& bus,
                                                        const SessionContext& context);

  ~BusSession();

  // The descriptor, events and timeout to poll for; they change with each use of the connection.
  sdbus::IConnection::PollData poll_data();

  // False while what was said waits for the bus to read it. Nothing more must be processed then:
  // each answer would be kept in memory, and others decide how many there are.
  bool can_process();

  // Handles one message. False when there is none; the session may be broken then.
  bool process();

  // Makes the session broken, and logs why.
  void give_up(const std::string& why);

  // Sends the event's signal, and what belongs before and after it.
  void publish(const event::Event& event);

  // Asks the bus driver something cheap. `answered` is called when all that was sent before has
  // been taken by the bus, and never when the session is thrown away first.
  void confirm(std::function<void()> answered);

  // See DeviceTree::refresh().
  void refresh(const std::string& object);

  // The connection is of no use any more; why it is so has been logged.
  bool broken() const { return broken_; }
  std::size_t object_count() const { return tree_->size(); }

 private:
  explicit BusSession(std::unique_ptr<sdbus::IConnection> connection);
  void export_objects(const SessionContext& context);
  base::Status take_name(const SessionContext& context);
  void follow_name(const std::string& signal, const std::function<void()>& callback);
  base::Status check_owner();
  void fail(const std::string& what, const sdbus::Error& error);

  // In this order: what stands below uses what stands above, and goes first.
  std::unique_ptr<sdbus::IConnection> connection_;
  sd_bus* raw_;  // of connection_
  std::unique_ptr<sdbus::IProxy> driver_;
  std::unique_ptr<Manager> manager_;
  std::unique_ptr<DeviceTree> tree_;
  bool broken_ = false;
};

}  // namespace kevent::bus
