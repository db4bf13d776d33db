// SPDX-License-Identifier: LGPL-2.1-or-later
// A thread for calls of the bus that may hang, and that nobody has to wait for: what it has to say
// is posted to a QObject, the receiver. Made by std::make_shared: the thread keeps it alive for as
// long as a call holds it up.
//
// Rules:
//   B1  What is posted runs in the receiver's thread, in order, and never after end().
//   B2  end() wakes the thread and gives it a second. One that hangs by then is left behind, and
//       ends by itself when its call does, or with the process.
#pragma once

#include <QObject>
#include <QSemaphore>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

namespace kevent::gui {

class Background : public std::enable_shared_from_this<Background> {
 public:
  explicit Background(QObject& receiver) : receiver_(&receiver) {}
  virtual ~Background() = default;
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  void start();
  // For the receiver's thread, in its destructor at the latest.
  void end();

 protected:
  // The thread. Returns soon after wake() when ended().
  virtual void run() = 0;
  virtual void wake() = 0;

  bool ended() const { return ended_; }
  void post(std::function<void()> function);

 private:
  std::mutex mutex_;
  QObject* receiver_;  // nullptr after end()
  bool started_ = false;
  std::atomic<bool> ended_ = false;
  QSemaphore returned_;
};

}  // namespace kevent::gui
