// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/log/fixture.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <iterator>
#include <utility>

#include "service/log/record.h"

namespace kevent::log {
namespace {

constexpr std::size_t kRecordHeader = 24;

void set_file_size_limit(rlim_t size) {
  rlimit limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &limit), 0);
  limit.rlim_cur = size;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
}

event::Mount story_mount(std::uint64_t number) {
  event::Mount mount;
  mount.id = number % 7;
  mount.device = {0, static_cast<std::uint32_t>(number % 5)};
  mount.root = "/";
  mount.mount_point = "/mnt/\xff" + std::to_string(number % 11);
  mount.file_system = "btrfs";
  mount.source = "/dev/sda";
  mount.options = std::string(number % 13, 'o');
  return mount;
}

}  // namespace

event::Event event_number(std::uint64_t number, std::size_t size) {
  event::Event event;
  event.time_us = 1'000'000 + number;
  event.group = event::kAllGroups[number % event::kAllGroups.size()];
  event.priority = static_cast<std::uint8_t>(number % 8);
  event.object = "/devices/" + std::to_string(number % 10);
  event.signal = "number";
  event.details.set("Number", number);
  event.details.set("Data", event::Bytes(size, static_cast<std::uint8_t>(number * 31)));
  return event;
}

event::Event logged_event(std::uint64_t sequence, std::size_t size) {
  event::Event event = event_number(sequence, size);
  event.sequence = sequence;
  return event;
}

std::size_t record_size(const event::Event& event) {
  std::string bytes;
  encode_event(event, event.sequence, bytes);
  return (kRecordHeader + bytes.size() + 7) / 8 * 8;
}

event::Event story_event(std::uint64_t number) {
  event::Event event;
  event.time_us = number;
  event.object = "/devices/" + std::to_string(number * 7 % 40);
  switch (number % 8) {
    case 0:
    case 1:
    case 2:
      event.group = event::Group::kHotplug;
      event.signal = "add";
      event::set_device_details(event.details, {"block", "disk\n", "/dev/x", {8, 1}, number % 100});
      event.details.set("Uevent", event::Environment{{"SEQNUM", std::to_string(number)}});
      break;
    case 3:
      event.group = event::Group::kHotplug;
      event.signal = "remove";
      break;
    case 4:
    case 5:
      event.group = event::Group::kFs;
      event.signal = "mount";
      event::set_mount_details(event.details, story_mount(number / 3));
      break;
    case 6:
      event.group = event::Group::kFs;
      event.signal = "umount";
      event::set_mount_details(event.details, story_mount(number / 5));
      break;
    default:
      event.group = event::Group::kPower;
      event.signal = number % 3 == 0 ? "normal" : "overheating";
  }
  event.details.set("Data", event::Bytes(number * 37 % 1500, std::uint8_t{1}));
  return event;
}

event::KernelState story_state(std::uint64_t count) {
  event::KernelState state;
  for (std::uint64_t number = 1; number <= count; ++number) state.apply(story_event(number));
  return state;
}

void expect_equal(const event::KernelState& one, const event::KernelState& other) {
  EXPECT_EQ(one.devices(), other.devices());
  EXPECT_EQ(one.mounts(), other.mounts());
  EXPECT_EQ(one.overheating(), other.overheating());
  EXPECT_EQ(one.uevent_seqnum(), other.uevent_seqnum());
  EXPECT_EQ(one.kernel_sequence(), other.kernel_sequence());
  EXPECT_EQ(one.kernel_boot_id(), other.kernel_boot_id());
  EXPECT_EQ(one.kernel_missed(), other.kernel_missed());
}

std::vector<event::Event> all_events(const EventLog& log, const event::Filter& filter) {
  std::vector<event::Event> events;
  for (std::uint64_t after = 0;;) {
    EventLog::Answer answer = log.read(after, filter, 0);
    std::move(answer.events.begin(), answer.events.end(), std::back_inserter(events));
    if (answer.next == after) return events;
    after = answer.next;
  }
}

std::vector<std::uint64_t> sequences(const std::vector<event::Event>& events) {
  std::vector<std::uint64_t> numbers;
  for (const event::Event& event : events) numbers.push_back(event.sequence);
  return numbers;
}

std::string read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  EXPECT_TRUE(file.flush()) << path;
}

void append_events(EventLog& log, std::uint64_t count, std::size_t size) {
  for (; count > 0; --count) {
    const std::uint64_t sequence = log.last_sequence() + 1;
    ASSERT_EQ(log.append(event_number(sequence, size)), sequence);
  }
}

std::vector<std::uint64_t> told_before_kill(const std::function<void(int)>& child,
                                            std::size_t count) {
  std::array<int, 2> pipe{};
  if (::pipe(pipe.data()) != 0) ADD_FAILURE() << "no pipe";
  const pid_t process = ::fork();
  if (process == 0) {
    ::close(pipe[0]);
    child(pipe[1]);
    ::_exit(1);
  }
  ::close(pipe[1]);
  std::vector<std::uint64_t> told;
  std::uint64_t sequence = 0;
  while (::read(pipe[0], &sequence, sizeof sequence) == sizeof sequence) {
    told.push_back(sequence);
    if (told.size() == count) ::kill(process, SIGKILL);
  }
  ::close(pipe[0]);
  int status = 0;
  ::waitpid(process, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "the child ended by itself";
  return told;
}

void tell(int pipe, std::uint64_t sequence) {
  if (::write(pipe, &sequence, sizeof sequence) != sizeof sequence) ::_exit(2);
}

FileSizeLimit::FileSizeLimit(std::uint64_t size) {
  ::signal(SIGXFSZ, SIG_IGN);
  set_file_size_limit(size);
}

FileSizeLimit::~FileSizeLimit() {
  set_file_size_limit(RLIM_INFINITY);
}

EventLog LogTest::open(std::uint64_t size, const std::string& boot) const {
  auto log = EventLog::open(path(), size, boot);
  if (!log) throw std::runtime_error(log.error().message());
  return *std::move(log);
}

base::Result<EventLog> LogTest::try_open(std::uint64_t size) const {
  return EventLog::open(path(), size, kBoot);
}

}  // namespace kevent::log
