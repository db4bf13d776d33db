// SPDX-License-Identifier: LGPL-2.1-or-later
// The log together with what it adds up to: every event that is kept is applied to the KernelState,
// so both always agree. The state outlives the process as a snapshot beside the log (file `state`):
// the state at some sequence, from which the log's later events lead to now.
//
// Rules:
//   S1  After open() the state is what it was when the process ended, whichever way it ended. What
//       was told by adopt() or a set_...() counts from the next save().
//   S2  A snapshot is written before the log overwrites an event that the last one lacks: each time
//       a quarter of the log's capacity was appended. The caller adds a save() after adopt(), and
//       at the end.
//   S3  Where no snapshot fits the log (another id, a sequence that is no longer held), the state
//       is unknown: has_state() is false, and the caller says so. Nothing is written of such a
//       state until the caller has completed it and calls save().
//   S4  Such a state is empty but for what the log still has of the kernel's events layer: its
//       numbers up to there were told, and what it said of zones no re-read of the kernel tells
//       better. So a first start that was killed before its save() is none that tells all again.
//   S5  A SEQNUM that is missing among the last events of the log, where the one above it is less
//       than 100 ms older than the newest event, is one of KernelState::skipped_uevents(): the
//       kernel does not keep the order, so its uevent may have been in flight.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>

#include "lib/base/result.h"
#include "lib/event/kernel_state.h"
#include "service/log/event_log.h"

namespace kevent::log {

class Recorder {
 public:
  // Opens `directory`/log and `directory`/state; the directory is made if it is not there.
  static base::Result<Recorder> open(const std::string& directory, std::uint64_t log_size,
                                     const std::string& boot_id);

  // Keeps the event and applies it. Returns its sequence, 0 when it could not be written: then it
  // is not applied either, so that a re-read of the kernel finds it again (save what no record can
  // hold, which would be found for ever).
  std::uint64_t record(const event::Event& event);

  // Applies an event that happened before anybody listened: it is not logged.
  void adopt(const event::Event& event);
  void set_uevent_seqnum(std::uint64_t seqnum) { state_.set_uevent_seqnum(seqnum); }
  void set_kernel_sequence(std::uint64_t sequence) { state_.set_kernel_sequence(sequence); }
  void set_kernel_boot_id(const event::KernelBootId& id) { state_.set_kernel_boot_id(id); }
  void set_kernel_missed(bool missed) { state_.set_kernel_missed(missed); }

  // Writes the snapshot now: the state is known from here on. record() does so on its own, and logs
  // the first failure of a row.
  base::Status save();

  // The state is known: open() found it, or save() was called.
  bool has_state() const { return has_state_; }
  const event::KernelState& state() const { return state_; }
  EventLog& log() { return log_; }
  const EventLog& log() const { return log_; }

 private:
  Recorder(std::string directory, EventLog log);

  void restore();
  std::set<std::uint64_t> skipped_uevents() const;
  void replay(std::uint64_t after, const std::function<bool(const event::Event&)>& counts);
  std::string snapshot_path() const { return directory_ + "/state"; }
  std::uint64_t save_interval() const { return log_.capacity() / 4; }

  std::string directory_;
  EventLog log_;
  event::KernelState state_;
  bool has_state_ = false;
  bool save_fails_ = false;          // the last save() did
  std::uint64_t save_at_bytes_ = 0;  // of log_.bytes_appended(): when the next snapshot is due
};

}  // namespace kevent::log
