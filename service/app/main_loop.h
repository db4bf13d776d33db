// SPDX-License-Identifier: LGPL-2.1-or-later
// GLib's main loop in the forms that this service needs: a watched descriptor, a watched bus
// session, a timer. Each is an object that stops watching when it goes. The only user of GLib.
#pragma once

#include <glib.h>

#include <chrono>
#include <functional>
#include <memory>

#include "service/bus/bus_session.h"

namespace kevent::app {

struct UnrefSource {
  void operator()(GSource* source) const;  // takes it out of the loop, too
};
using SourcePointer = std::unique_ptr<GSource, UnrefSource>;

// Calls `ready` whenever `descriptor` has one of `events` (poll(2)'s), or an error, and again soon
// when it returns true. Starts paused. It may be thrown away from `ready`.
class DescriptorWatch {
 public:
  DescriptorWatch(int descriptor, short events, std::function<bool()> ready);
  DescriptorWatch(DescriptorWatch&&) = delete;

  // While paused `ready` is not called. Both may be called from it. resume() has it called once in
  // any case: there may be something to do that the descriptor does not tell of.
  void resume();
  void pause();

 private:
  int descriptor_;
  short events_;
  SourcePointer source_;
};

// Has a session process its messages, a bounded number at a time, so that a burst can't starve the
// sources; `broken` is called once when it is of no use any more.
class SessionWatch {
 public:
  SessionWatch(bus::BusSession& session, std::function<void()> broken);
  SessionWatch(SessionWatch&&) = delete;

 private:
  SourcePointer source_;
};

// Calls `expired` once after start(); start() again, or stop(), takes back the time set before. No
// system call: each is cheap enough to be made for each event.
class Timer {
 public:
  explicit Timer(std::function<void()> expired);
  Timer(Timer&&) = delete;
  void start(std::chrono::milliseconds after);
  void stop();
  bool running() const;

 private:
  SourcePointer source_;
};

class MainLoop {
 public:
  MainLoop();
  ~MainLoop();
  MainLoop(const MainLoop&) = delete;
  MainLoop& operator=(const MainLoop&) = delete;

  // Until quit(). SIGTERM and SIGINT quit with 0.
  int run();
  void quit(int exit_code);

 private:
  static gboolean on_signal(void* self);

  GMainLoop* loop_;
  SourcePointer terminate_;
  SourcePointer interrupt_;
  int exit_code_ = 0;
};

}  // namespace kevent::app
