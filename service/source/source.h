// SPDX-License-Identifier: LGPL-2.1-or-later
// Where events come from. A source owns a descriptor of the kernel, reads whole messages from it,
// checks who sent them, has them decoded, and hands the events on. It knows neither the log nor the
// bus. Main loop only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lib/event/event.h"
#include "lib/event/source_status.h"

namespace kevent::source {

// Takes what the sources have to say, in the order in which they say it.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void record(event::Event event) = 0;
  // No event: the properties of this kernel object may have changed.
  virtual void refresh(const std::string& object) = 0;
  // No event: the kernel itself tells what this uevent says. It is not missing.
  virtual void absorb_uevent(std::uint64_t /*seqnum*/) {}
  // To be called before the kernel's state is read anew: what the kernel itself has said by now is
  // told first, so that it is no difference. False: there is more of it than has_room(), so what it
  // may tell itself is not to be compared yet.
  virtual bool catch_up() { return true; }
  // To be called before a device is reported as removed while mounted: mounts and unmounts up to
  // now are reported first.
  virtual void catch_up_mounts() {}
  // No event: zones were compared with what is told, so nothing of theirs is missing any more.
  virtual void kernel_compared() {}
  // False: what can wait in the kernel's buffers shall wait there, until dispatch() is called
  // again. More is taken all the same.
  virtual bool wants_more() const { return true; }
  // False: half of the log waits for the bus, so what the kernel's log keeps is better left there.
  virtual bool has_room() const { return true; }
};

// Whether the kernel's events layer is heard: then what it says itself is told by nobody else.
enum class KernelSpeaks : bool { kNo, kYes };

class Source {
 public:
  virtual ~Source() = default;

  virtual std::string_view name() const = 0;
  // To be polled for `poll_events()`, as poll(2) has them.
  virtual int descriptor() const = 0;
  virtual short poll_events() const = 0;

  // Once, before the first dispatch(): compares what the kernel has now with what was told, and
  // tells the difference, and loss where something happened that left no trace.
  virtual void start() = 0;

  // Reads a bounded number of messages and returns. Call it when the descriptor is ready.
  virtual void dispatch() = 0;

  // dispatch() has left something to do that the descriptor may never tell of: call it again soon.
  virtual bool unfinished() const { return false; }

  // What is not read yet can wait in the kernel: there is as much room as there should be.
  virtual bool has_room_to_wait() const { return true; }

  // Something that it told could not be kept: compares again, now or in the next dispatch(), and
  // tells the difference.
  virtual void mend() { start(); }

  virtual event::SourceStatus status() const = 0;
};

}  // namespace kevent::source
