// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/app/main_loop.h"

#include <glib-unix.h>
#include <poll.h>
#include <signal.h>

#include <algorithm>
#include <utility>

namespace kevent::app {
namespace {

// Messages of one round of the loop, and microseconds after which no other is begun: an answer of
// GetEvents is large.
constexpr int kBudget = 64;
constexpr gint64 kLongestRound = 50'000;
// For so long the bus may leave what was said to it unread, in microseconds.
constexpr gint64 kStall = 5'000'000;
// What a watch has left to do waits so long, in microseconds: in a storm the bus gets its turn.
constexpr gint64 kAgain = 100'000;

// The GSource of a SessionWatch: GLib allocates it, so what it holds is plain.
struct SessionSource {
  GSource base;
  bus::BusSession* session;
  gpointer tag;
  short events;          // that the descriptor is polled for
  gint64 blocked_until;  // when a bus that does not read is given up; 0: it reads
  gint64 ready;          // when there is something to do, whatever the descriptor says; -1: never
  std::function<void()>* broken;
};

GIOCondition as_condition(short events) {
  return static_cast<GIOCondition>(events);
}

// The timeout of a poll that ends at `time` of the monotonic clock, in microseconds; -1: none. Told
// to GLib before each poll. A ready time of its own is not used: GLib wakes the loop for each
// change.
gint timeout_until(gint64 time, GSource* source) {
  if (time < 0) return -1;
  const gint64 left = std::max<gint64>(0, time - g_source_get_time(source));
  return static_cast<gint>(std::min<gint64>(G_MAXINT, (left + 999) / 1000));
}

// sd-bus tells anew before each poll what it waits for. Only what differs is passed on: GLib wakes
// the loop for a change of the poll, so telling it the same each time would never let it sleep.
gboolean prepare_session(GSource* base, gint* timeout) {
  auto* source = reinterpret_cast<SessionSource*>(base);
  const auto data = source->session->poll_data();
  if (source->session->broken()) return TRUE;
  // While the bus does not read us, we read nothing from it.
  const bool blocked = (data.events & POLLOUT) != 0;
  if (!blocked) source->blocked_until = 0;
  if (blocked && source->blocked_until == 0)
    source->blocked_until = g_get_monotonic_time() + kStall;
  const short events = blocked ? POLLOUT : data.events;
  if (events != source->events) {
    source->events = events;
    g_source_modify_unix_fd(base, source->tag, as_condition(events));
  }
  // UINT64_MAX, no timeout, is -1, which is our word for it.
  source->ready = blocked ? source->blocked_until : static_cast<gint64>(data.timeout_usec);
  *timeout = timeout_until(source->ready, base);
  return *timeout == 0;
}

gboolean check_session(GSource* base) {
  auto* source = reinterpret_cast<SessionSource*>(base);
  if (source->session->broken() || g_source_query_unix_fd(base, source->tag) != 0) return TRUE;
  return timeout_until(source->ready, base) == 0;
}

gboolean dispatch_session(GSource* base, GSourceFunc, gpointer) {
  auto* source = reinterpret_cast<SessionSource*>(base);
  bus::BusSession& session = *source->session;
  if (session.can_process()) {
    source->blocked_until = 0;
    const gint64 end = g_get_monotonic_time() + kLongestRound;
    for (int i = 0;
         i < kBudget && session.process() && session.can_process() && g_get_monotonic_time() < end;
         ++i) {
    }
  } else if (source->blocked_until != 0 && g_source_get_time(base) >= source->blocked_until) {
    session.give_up("the bus has not read for 5 s");
  }
  if (!session.broken()) return G_SOURCE_CONTINUE;
  // A copy: the callback throws this source away.
  const auto broken = *source->broken;
  broken();
  return G_SOURCE_REMOVE;
}

void finalize_session(GSource* base) {
  delete reinterpret_cast<SessionSource*>(base)->broken;
}

GSourceFuncs session_functions = {prepare_session,  check_session, dispatch_session,
                                  finalize_session, nullptr,       nullptr};

// The GSource of a DescriptorWatch.
struct WatchSource {
  GSource base;
  gpointer tag;  // nullptr: paused
  gint64 again;  // when it is called whatever the descriptor says, in microseconds; -1: never
};

gboolean prepare_watch(GSource* base, gint* timeout) {
  *timeout = timeout_until(reinterpret_cast<WatchSource*>(base)->again, base);
  return *timeout == 0;
}

gboolean check_watch(GSource* base) {
  const auto* source = reinterpret_cast<WatchSource*>(base);
  return source->tag != nullptr && (g_source_query_unix_fd(base, source->tag) != 0 ||
                                    timeout_until(source->again, base) == 0);
}

gboolean dispatch_watch(GSource* base, GSourceFunc callback, gpointer data) {
  auto* source = reinterpret_cast<WatchSource*>(base);
  source->again = -1;
  const bool again = callback(data);
  if (again && source->tag != nullptr) source->again = g_get_monotonic_time() + kAgain;
  return G_SOURCE_CONTINUE;
}

gboolean call_ready(gpointer function) {
  return (*static_cast<std::function<bool()>*>(function))();
}

GSourceFuncs watch_functions = {prepare_watch, check_watch, dispatch_watch,
                                nullptr,       nullptr,     nullptr};

// The GSource of a Timer.
struct TimerSource {
  GSource base;
  gint64 deadline;  // of the monotonic clock, in microseconds; -1: it does not run
};

gboolean prepare_timer(GSource* base, gint* timeout) {
  *timeout = timeout_until(reinterpret_cast<TimerSource*>(base)->deadline, base);
  return *timeout == 0;
}

gboolean check_timer(GSource* base) {
  return timeout_until(reinterpret_cast<TimerSource*>(base)->deadline, base) == 0;
}

gboolean dispatch_timer(GSource* base, GSourceFunc callback, gpointer data) {
  reinterpret_cast<TimerSource*>(base)->deadline = -1;
  return callback(data);
}

GSourceFuncs timer_functions = {prepare_timer, check_timer, dispatch_timer,
                                nullptr,       nullptr,     nullptr};

gboolean call(gpointer function) {
  (*static_cast<std::function<void()>*>(function))();
  return G_SOURCE_CONTINUE;
}

// GLib keeps a callback's data until the callback returns, also when its source goes meanwhile.
template <typename Returned>
void delete_function(gpointer function) {
  delete static_cast<std::function<Returned()>*>(function);
}

void attach(GSource* source) {
  // No callback runs the loop again. For a source that may not recurse GLib changes what is polled
  // for, before each call and after it, and wakes the loop for both.
  g_source_set_can_recurse(source, TRUE);
  g_source_attach(source, nullptr);
}

}  // namespace

void UnrefSource::operator()(GSource* source) const {
  g_source_destroy(source);
  g_source_unref(source);
}

DescriptorWatch::DescriptorWatch(int descriptor, short events, std::function<bool()> ready)
    : descriptor_(descriptor),
      events_(events),
      source_(g_source_new(&watch_functions, sizeof(WatchSource))) {
  auto* source = reinterpret_cast<WatchSource*>(source_.get());
  source->tag = nullptr;
  source->again = -1;
  g_source_set_callback(source_.get(), call_ready, new std::function<bool()>(std::move(ready)),
                        delete_function<bool>);
  attach(source_.get());
}

// Taken out of the poll rather than polled for nothing: an error of a socket would be reported, and
// wake the loop, all the same.
void DescriptorWatch::pause() {
  auto* source = reinterpret_cast<WatchSource*>(source_.get());
  if (source->tag == nullptr) return;
  g_source_remove_unix_fd(source_.get(), std::exchange(source->tag, nullptr));
  source->again = -1;
}

void DescriptorWatch::resume() {
  auto* source = reinterpret_cast<WatchSource*>(source_.get());
  if (source->tag == nullptr) {
    source->tag = g_source_add_unix_fd(source_.get(), descriptor_, as_condition(events_));
  }
  source->again = 0;
}

SessionWatch::SessionWatch(bus::BusSession& session, std::function<void()> broken)
    : source_(g_source_new(&session_functions, sizeof(SessionSource))) {
  auto* source = reinterpret_cast<SessionSource*>(source_.get());
  source->session = &session;
  source->broken = new std::function<void()>(std::move(broken));
  const auto data = session.poll_data();
  source->events = data.events;
  source->blocked_until = 0;
  source->ready = -1;
  source->tag = g_source_add_unix_fd(source_.get(), data.fd, as_condition(data.events));
  attach(source_.get());
}

Timer::Timer(std::function<void()> expired)
    : source_(g_source_new(&timer_functions, sizeof(TimerSource))) {
  stop();
  g_source_set_callback(source_.get(), call, new std::function<void()>(std::move(expired)),
                        delete_function<void>);
  attach(source_.get());
}

void Timer::start(std::chrono::milliseconds after) {
  reinterpret_cast<TimerSource*>(source_.get())->deadline =
      g_get_monotonic_time() + std::chrono::duration_cast<std::chrono::microseconds>(after).count();
}

void Timer::stop() {
  reinterpret_cast<TimerSource*>(source_.get())->deadline = -1;
}

bool Timer::running() const {
  return reinterpret_cast<const TimerSource*>(source_.get())->deadline >= 0;
}

MainLoop::MainLoop() : loop_(g_main_loop_new(nullptr, FALSE)) {}

MainLoop::~MainLoop() {
  g_main_loop_unref(loop_);
}

// The sources of signals start a thread of GLib's. Capabilities belong to a thread, so there must
// not be another one when they are given up.
int MainLoop::run() {
  terminate_.reset(g_unix_signal_source_new(SIGTERM));
  interrupt_.reset(g_unix_signal_source_new(SIGINT));
  for (GSource* source : {terminate_.get(), interrupt_.get()}) {
    g_source_set_callback(source, on_signal, this, nullptr);
    attach(source);
  }
  g_main_loop_run(loop_);
  return exit_code_;
}

void MainLoop::quit(int exit_code) {
  exit_code_ = exit_code;
  g_main_loop_quit(loop_);
}

gboolean MainLoop::on_signal(void* self) {
  static_cast<MainLoop*>(self)->quit(0);
  return G_SOURCE_CONTINUE;
}

}  // namespace kevent::app
