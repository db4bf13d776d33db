// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/source/udev.h"

#include <errno.h>
#include <libudev.h>
#include <poll.h>

#include <utility>

#include "lib/base/clock.h"
#include "service/decode/device_differences.h"
#include "service/sysfs/sysfs.h"

namespace kevent::source {
namespace {

// Messages of one dispatch(): bounded, so that the others get their turn.
constexpr int kBatch = 64;
constexpr int kBufferSize = 16 << 20;

struct Unref {
  void operator()(udev* object) const { udev_unref(object); }
  void operator()(udev_device* object) const { udev_device_unref(object); }
  void operator()(udev_monitor* object) const { udev_monitor_unref(object); }
};
template <typename T>
using Pointer = std::unique_ptr<T, Unref>;

class UdevSource final : public Source {
 public:
  UdevSource(Sink& sink, const event::KernelState& known, const sysfs::Sysfs& sysfs,
             Pointer<udev> context, Pointer<udev_monitor> monitor)
      : sink_(sink),
        known_(known),
        sysfs_(sysfs),
        context_(std::move(context)),
        monitor_(std::move(monitor)) {
    status_.active = true;
    status_.kind = "udev";
    status_.signals = {event::signal::kMediaChange};
  }

  std::string_view name() const override { return "udev"; }
  int descriptor() const override { return udev_monitor_get_fd(monitor_.get()); }
  short poll_events() const override { return POLLIN; }
  void start() override {}

  void dispatch() override {
    for (int i = 0; i < kBatch; ++i) {
      errno = 0;
      const Pointer<udev_device> device(udev_monitor_receive_device(monitor_.get()));
      if (device) {
        ++status_.received;
        take(udev_device_get_devpath(device.get()), udev_device_get_seqnum(device.get()));
      } else if (errno == ENOBUFS) {
        take_all();
      } else if (errno == 0 || errno == EAGAIN) {
        return;
      } else {
        ++status_.rejected;  // libudev refused the sender or the bytes
      }
    }
  }

  event::SourceStatus status() const override { return status_; }

 private:
  // A message about a uevent from before the medium was changed says nothing of the new one.
  void take(const std::string& object, std::uint64_t seqnum) {
    const auto known = known_.devices().find(object);
    if (known != known_.devices().end() && has_changing_medium(*known) &&
        seqnum >= known->second.changed_at) {
      compare_size(*known);
    }
    sink_.refresh(object);
  }

  // Which messages were lost is not known.
  void take_all() {
    event::KernelState::Devices changing;
    for (const auto& device : known_.devices()) {
      if (has_changing_medium(device)) changing.insert(device);
    }
    for (const auto& device : changing) compare_size(device);
    sink_.refresh("/");
  }

  void compare_size(const event::KernelState::Devices::value_type& known) {
    event::KernelState::Devices found = {known};
    found.begin()->second.size = sysfs_.block_size(known.first);
    for (event::Event& event : decode::device_differences({known}, found, base::realtime_us())) {
      sink_.record(std::move(event));
    }
  }

  // Only what the kernel has left open: udev's messages may be late, and what the kernel has
  // reported since then is newer.
  static bool has_changing_medium(const event::KernelState::Devices::value_type& device) {
    return device.second.subsystem == "block" &&
           (!device.second.size || sysfs::is_optical_drive(device.first));
  }

  Sink& sink_;
  const event::KernelState& known_;
  const sysfs::Sysfs& sysfs_;
  Pointer<udev> context_;
  Pointer<udev_monitor> monitor_;
  event::SourceStatus status_;
};

}  // namespace

base::Result<std::unique_ptr<Source>> open_udev_source(Sink& sink, const event::KernelState& known,
                                                       const sysfs::Sysfs& sysfs) {
  Pointer<udev> context(udev_new());
  Pointer<udev_monitor> monitor(udev_monitor_new_from_netlink(context.get(), "udev"));
  if (!monitor) return base::last_error("open udev's netlink group");
  udev_monitor_set_receive_buffer_size(monitor.get(), kBufferSize);  // as much as allowed
  if (const int result = udev_monitor_enable_receiving(monitor.get()); result < 0) {
    return base::Error{-result, "join udev's netlink group"};
  }
  return std::unique_ptr<Source>(
      std::make_unique<UdevSource>(sink, known, sysfs, std::move(context), std::move(monitor)));
}

}  // namespace kevent::source
