// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/source/mount_source.h"

#include <errno.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <utility>

#include "lib/base/clock.h"
#include "lib/base/files.h"
#include "lib/base/logging.h"
#include "service/decode/mount_table.h"
#include "service/sysfs/mount_objects.h"

namespace kevent::source {
namespace {

constexpr char kMountTable[] = "/proc/self/mountinfo";
// N6 and N7. Reading ten thousand mounts takes about 15 ms, so this is 1.5 % of a core at most.
constexpr time_t kLookAgainSeconds = 1;

}  // namespace

base::Result<std::unique_ptr<MountSource>> MountSource::open(Sink& sink,
                                                             const event::KernelState& known,
                                                             const sysfs::Sysfs& sysfs) {
  auto monitor = MountMonitor::open();
  if (!monitor) return monitor.error();
  std::unique_ptr<MountSource> source(
      new MountSource(sink, known, sysfs, std::move(monitor).value()));
  source->open_notices();
  if (const auto status = source->watch(); !status) return status.error();
  return source;
}

MountSource::MountSource(Sink& sink, const event::KernelState& known, const sysfs::Sysfs& sysfs,
                         MountMonitor monitor)
    : sink_(sink), known_(known), sysfs_(sysfs), monitor_(std::move(monitor)) {
  status_.active = true;
  status_.kind = "mountinfo";
  status_.signals = {event::signal::kMount, event::signal::kUmount, event::signal::kRemount};
}

void MountSource::open_notices() {
  auto notices = MountNotices::open();
  const auto mounts = calls_.list();
  // A system call filter may let one through and not the other.
  if (notices && mounts && !mounts->empty()) {
    notices_ = std::move(notices).value();
    status_.kind = "fanotify";
    return;
  }
  const std::string reason = !notices  ? notices.error().message()
                             : !mounts ? mounts.error().message()
                                       : "statmount tells of no mount";
  status_.problem_is_kernels = !notices && notices.error().code == EINVAL;
  status_.problem = "the whole mount table is read at each change: " + reason +
                    " (needs Linux 6.15 and CAP_SYS_ADMIN)";
}

base::Status MountSource::watch() {
  timer_ = base::FileDescriptor(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK));
  if (!timer_.valid()) return base::last_error("make a timer");
  all_ = base::FileDescriptor(::epoll_create1(EPOLL_CLOEXEC));
  if (!all_.valid()) return base::last_error("watch several descriptors");
  const int notices = notices_ ? notices_->descriptor() : -1;
  for (const int descriptor : {monitor_.descriptor(), timer_.get(), notices}) {
    if (descriptor < 0) continue;
    epoll_event wanted{EPOLLIN, {.fd = descriptor}};
    if (::epoll_ctl(all_.get(), EPOLL_CTL_ADD, descriptor, &wanted) < 0) {
      return base::last_error("watch several descriptors");
    }
  }
  return base::Done{};
}

short MountSource::poll_events() const {
  return POLLIN;
}

void MountSource::start() {
  compare_table(true);
  attribute_to_devices();
}

// N8. A mount whose device has gone stays as it is.
void MountSource::attribute_to_devices() {
  std::vector<event::Mount> unattributed;
  for (const auto& [id, mount] : known_.mounts()) {
    if (!mount.objects.front().starts_with("/fs/")) continue;
    if (!sysfs::mount_objects(sysfs_, mount).empty()) unattributed.push_back(mount);
  }
  for (const event::Mount& mount : unattributed) {
    const std::uint64_t now = base::realtime_us();
    record_synthesized(decode::mount_gone(known_, mount.id, now));
    record_synthesized(decode::mount_found(known_, mount, objects(), now));
  }
}

// Wakes are taken back before anything is looked at, so what changes meanwhile wakes again. The
// kernel wakes who polls the table before it tells fanotify (Linux 6.18, fs/namespace.c:
// namespace_unlock()).
void MountSource::dispatch() {
  const bool woken = monitor_.take_wake();
  const bool due = take_timer();
  const auto notices = read_notices();
  // With notices left the table would be compared ahead of them, and once more afterwards.
  const bool more = notices_ && notices_->may_have_more();
  bool compare = due && !more;
  if (notices.empty()) {
    compare = compare || woken;
  } else {
    monitor_.take_wake();  // N6
    look_again_later();
  }
  for (const decode::MountNotice& notice : notices) compare = tell(notice) || compare;
  if (compare) compare_table(false);
}

std::vector<decode::MountNotice> MountSource::read_notices() {
  if (!notices_) return {};
  const auto bytes = notices_->read();
  if (!bytes) {
    failed(bytes.error());
    return {};
  }
  auto parsed = decode::parse_mount_notices(*bytes);
  status_.received += parsed.notices.size();
  status_.rejected += parsed.rejected;
  return std::move(parsed.notices);
}

bool MountSource::tell(const decode::MountNotice& notice) {
  using Kind = decode::MountNotice::Kind;
  switch (notice.kind) {
    case Kind::kAttached:
      tell_attached(notice.id);
      return false;
    case Kind::kDetached:  // N2
      record(decode::mount_gone(known_, notice.id, base::realtime_us()));
      return false;
    case Kind::kMoved:  // N4
      return true;
    case Kind::kOverflow:  // N5
      ++status_.lost;
      sink_.record(event::events_lost(name(), 0, base::realtime_us()));
      compare_table(true);
      return false;
  }
  return false;
}

// N1, N3.
void MountSource::tell_attached(std::uint64_t id) {
  auto looked_up = calls_.look_up(id);
  event::Mount mount;
  mount.id = id;
  if (looked_up) {
    mount = std::move(looked_up).value();
  } else if (looked_up.error().code == EPERM) {
    return;
  } else if (looked_up.error().code != ENOENT) {
    failed(looked_up.error());
    return;
  }
  // A read of the table has seen it before it went: its end is to come.
  if (mount.unseen() && known_.mounts().contains(id)) return;
  record(decode::mount_found(known_, mount, objects(), base::realtime_us()));
}

void MountSource::compare_table(bool synthesized) {
  const auto found = read_table();
  if (!found) {
    failed(found.error());
    return;
  }
  failures_.succeeded("mounts");
  record(decode::mount_differences(known_, *found, objects(), synthesized, base::realtime_us()));
}

base::Result<std::vector<event::Mount>> MountSource::read_table() {
  if (notices_) return calls_.list();
  const auto bytes = base::read_file(kMountTable);
  if (!bytes) return bytes.error();
  ++status_.received;
  auto table = decode::parse_mount_table(*bytes);
  // The same bad line is there at each read: count it once.
  if (table.rejected > rejected_in_table_) status_.rejected += table.rejected - rejected_in_table_;
  rejected_in_table_ = table.rejected;
  return std::move(table.mounts);
}

void MountSource::record_synthesized(std::vector<event::Event> events) {
  for (event::Event& event : events) event.details.set(event::key::kSynthesized, true);
  record(std::move(events));
}

void MountSource::record(std::vector<event::Event> events) {
  for (event::Event& event : events) sink_.record(std::move(event));
}

// The device may have gone already, and its `remove` is still to be reported.
std::vector<std::string> MountSource::known_objects(event::DeviceNumber number) const {
  if (number.major == 0) return {};
  for (const auto& [object, device] : known_.devices()) {
    if (device.number == number && device.subsystem == "block") return {object};
  }
  return {};
}

// N8.
decode::MountObjects MountSource::objects() {
  return [this](const event::Mount& mount) -> std::optional<std::vector<std::string>> {
    const std::uint64_t failures = sysfs_.failures().count();
    auto found = sysfs::mount_objects(sysfs_, mount);
    if (found.empty()) found = known_objects(mount.device);
    if (sysfs_.failures().count() == failures || !base::is_transient(sysfs_.failures().last())) {
      return found;
    }
    look_again_later();
    return std::nullopt;
  };
}

// N7.
void MountSource::failed(const base::Error& error) {
  failures_.failed("mounts", error);
  look_again_later();
}

void MountSource::look_again_later() {
  if (std::exchange(timer_runs_, true)) return;
  const itimerspec once{{0, 0}, {kLookAgainSeconds, 0}};
  ::timerfd_settime(timer_.get(), 0, &once, nullptr);
}

bool MountSource::take_timer() {
  std::uint64_t expirations = 0;
  if (::read(timer_.get(), &expirations, sizeof expirations) < 0) return false;
  timer_runs_ = false;
  return true;
}

}  // namespace kevent::source
