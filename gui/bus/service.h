// SPDX-License-Identifier: LGPL-2.1-or-later
// The service's events as Qt signals. A thread of its own follows them by client::Watcher, so
// nothing that the bus does makes the screen stand still, and decodes them; what arrives here are
// batches of values.
//
// Rules:
//   S1  A batch is handed over when the one before has been handled: whoever is slow here holds the
//       thread back, and the log and the bus keep the rest. So memory is bounded.
//   S2  It starts with everything that the log holds. What was in the log at the first connection
//       is history: it comes first, in batches with `history` set, and then history_ended().
//   S3  Outages are survived as client::Watcher has it; what is news remains so.
//   S4  A batch is small, so that the screen can go on between two of them.
#pragma once

#include <QObject>
#include <memory>
#include <string>
#include <vector>

#include "lib/client/follower.h"
#include "lib/client/watcher.h"

namespace kevent::gui {

class Service : public QObject {
  Q_OBJECT

 public:
  // `bus`: "system", "session", or the address of a bus.
  explicit Service(std::string bus, QObject* parent = nullptr);
  // Ends the thread, as Background has it.
  ~Service() override;

  // Begins to follow. Connect the signals first.
  void start();

 Q_SIGNALS:
  void items_arrived(const std::vector<kevent::client::Item>& items, bool history);
  void history_ended();
  // Also the first time. `problem` is for people; empty with kPresent.
  void presence_changed(kevent::client::Presence presence, const QString& problem);

 private:
  class Thread;
  std::shared_ptr<Thread> thread_;
};

}  // namespace kevent::gui
