// SPDX-License-Identifier: LGPL-2.1-or-later
// The kernel's `thermal` generic netlink family: trips that zones cross. libnl resolves the family;
// the messages come by our own checked socket. Which trips count, and what they become, is
// decode/thermal.h.
//
// Rules:
//   H1  The trips that a zone has crossed are counted by the kernel's own crossings, so its
//       hysteresis holds: `normal` comes when the last one is crossed downwards.
//   H2  At start, and after loss, a zone counts as above each trip whose temperature it has
//       reached: what differs from what was told is told, Synthesized.
//   H3  A cooling device that changed its state is refreshed; that is no event.
//   H4  Where the kernel's events layer is heard, it tells of crossings itself: when it next looks
//       at the zone, which may be later than sysfs shows it. What is left is H3 and zones that are
//       gone.
//   H5  H2 beside the kernel is only for where some of its word is missing, after all that is left
//       of it: a zone that has reached a trip of those that the kernel tells is told when it is not
//       known as overheating, and as normal when it is known so, and below each of them by its
//       hysteresis. In between the kernel's word stands.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "lib/base/result.h"
#include "lib/event/kernel_state.h"
#include "service/decode/thermal.h"
#include "service/source/netlink_socket.h"
#include "service/source/source.h"
#include "service/sysfs/sysfs.h"

namespace kevent::source {

// What the notices add up to; without the socket, so that it can be tested where no zone is.
class ThermalZones {
 public:
  ThermalZones(Sink& sink, const event::KernelState& known, const sysfs::Sysfs& sysfs,
               KernelSpeaks kernel = KernelSpeaks::kNo);

  void apply(const decode::ThermalNotice& notice);
  // H2. False where it can't be done before the kernel's layer has told all.
  bool read_all();

 private:
  void apply_beside_kernel(const decode::ThermalNotice& notice);
  void refresh_cooling(std::uint32_t id);
  void read_zone(const std::string& object);
  void compare_zone(const std::string& object);  // H5
  void forget_zone(const std::string& object);
  void trip_up(const std::string& object, const decode::ThermalNotice& notice);
  void trip_down(const std::string& object, const decode::ThermalNotice& notice);

  Sink& sink_;
  const event::KernelState& known_;
  const sysfs::Sysfs& sysfs_;
  KernelSpeaks kernel_;
  std::map<std::string, std::set<std::uint32_t>> crossed_;  // counting trips, by zone
};

class ThermalSource final : public Source {
 public:
  // ENOENT where the kernel has no such family.
  static base::Result<std::unique_ptr<ThermalSource>> open(Sink& sink,
                                                           const event::KernelState& known,
                                                           const sysfs::Sysfs& sysfs,
                                                           KernelSpeaks kernel = KernelSpeaks::kNo);

  std::string_view name() const override { return "thermal"; }
  int descriptor() const override { return socket_.descriptor(); }
  short poll_events() const override;
  void start() override { incomplete_ = !zones_.read_all(); }
  void dispatch() override;
  bool unfinished() const override { return overrun_ || incomplete_; }
  event::SourceStatus status() const override {
    event::SourceStatus status = status_;
    status.problem = event::join_problems(status.problem, failures_.problem());
    return status;
  }

 private:
  ThermalSource(Sink& sink, const event::KernelState& known, const sysfs::Sysfs& sysfs,
                KernelSpeaks kernel, NetlinkSocket socket);
  void take(std::string_view message);
  void recover();

  Sink& sink_;
  NetlinkSocket socket_;
  ThermalZones zones_;
  base::Failures failures_{"thermal", "trips wait in the kernel's buffer"};
  bool overrun_ = false;
  bool incomplete_ = false;  // zones are to be read again
  event::SourceStatus status_;
};

}  // namespace kevent::source
