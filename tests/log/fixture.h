// SPDX-License-Identifier: LGPL-2.1-or-later
// What the tests of the log share: a folder with a log in it, events whose content follows from a
// number, and the log's file as bytes, to cut and garble.
#pragma once

#include <gtest/gtest.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "lib/event/event.h"
#include "lib/event/filter.h"
#include "lib/event/kernel_state.h"
#include "service/log/event_log.h"
#include "tests/support/temporary_directory.h"

namespace kevent::log {

inline constexpr char kBoot[] = "0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0ff";
// Where the area starts in the file.
inline constexpr std::size_t kArea = 4096;

// An event whose content follows from `number`, and whose record grows with `size`.
event::Event event_number(std::uint64_t number, std::size_t size = 100);

// The same with the sequence that an answer has.
event::Event logged_event(std::uint64_t sequence, std::size_t size = 100);

// How many bytes of the ring the event takes.
std::size_t record_size(const event::Event& event);

// The n-th event of a story with devices, mounts and heat, so that there is a state to keep.
event::Event story_event(std::uint64_t number);

// The state after the first `count` events of the story.
event::KernelState story_state(std::uint64_t count);

void expect_equal(const event::KernelState& one, const event::KernelState& other);

// All that the log holds, asked as a client does.
std::vector<event::Event> all_events(const EventLog& log, const event::Filter& filter = {});

std::vector<std::uint64_t> sequences(const std::vector<event::Event>& events);

std::string read_bytes(const std::string& path);
void write_bytes(const std::string& path, const std::string& bytes);

// Appends `count` events with event_number() of their sequence.
void append_events(EventLog& log, std::uint64_t count, std::size_t size = 100);

// Runs `child`, which gets the end of a pipe for telling sequences, in a process of its own; kills
// it with SIGKILL after it has told `count`, and returns all that it told.
std::vector<std::uint64_t> told_before_kill(const std::function<void(int pipe)>& child,
                                            std::size_t count);
void tell(int pipe, std::uint64_t sequence);

// While it lives, no file of this process can be written beyond `size` bytes: pwrite(2) fails with
// EFBIG.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(std::uint64_t size);
  ~FileSizeLimit();
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
};

class LogTest : public ::testing::Test {
 protected:
  std::string path() const { return (directory_ / "log").string(); }
  // Where the test can't go on without it.
  EventLog open(std::uint64_t size = kSmallestLogSize, const std::string& boot = kBoot) const;
  base::Result<EventLog> try_open(std::uint64_t size = kSmallestLogSize) const;

  support::TemporaryDirectory directory_;
};

}  // namespace kevent::log
