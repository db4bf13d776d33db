// SPDX-License-Identifier: LGPL-2.1-or-later
// The composition root: the only place that sees both ends. Sources put events into the recorder,
// the publisher follows the log to the bus. The sources are read no further than the bus follows:
// the first queue is the kernel's buffers. When the bus stands still the log is the second, until
// half of it is unpublished.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/result.h"
#include "service/app/lookup_retry.h"
#include "service/app/main_loop.h"
#include "service/app/options.h"
#include "service/bus/bus_probe.h"
#include "service/bus/bus_session.h"
#include "service/bus/publisher.h"
#include "service/log/recorder.h"
#include "service/source/kernel_source.h"
#include "service/source/source.h"
#include "service/sysfs/sysfs.h"

namespace kevent::app {

// The names that --sources takes, which are also the default.
const std::vector<std::string>& source_names();

class Service final : public source::Sink {
 public:
  Service(const Options& options, log::Recorder recorder, MainLoop& loop);
  ~Service() override;

  // Opens the sources and tells what changed while the service was away. A source that can't be had
  // is logged, and shown in Sources.
  void start_sources();

  // Listens to the sources, and connects to the bus as soon as the loop runs. `connected` is called
  // when the name is ours for the first time; where that is not possible, the loop is quit.
  void connect(std::function<void()> connected);

  // Keeps what has to survive the process.
  void save();

  void record(event::Event event) override;
  void refresh(const std::string& object) override;
  void absorb_uevent(std::uint64_t seqnum) override;
  bool catch_up() override;
  void catch_up_mounts() override;
  void kernel_compared() override { recorder_.set_kernel_missed(false); }
  bool wants_more() const override { return listening_; }
  bool has_room() const override;

  // One line for the start: what it runs on.
  std::string summary() const;

 private:
  struct Slot {
    std::string name;
    std::unique_ptr<source::Source> source;  // nullptr: could not be had
    std::string problem;                     // why it could not
    std::unique_ptr<DescriptorWatch> watch;
  };

  base::Result<std::unique_ptr<source::Source>> open_source(const std::string& name);
  base::Result<std::unique_ptr<source::Source>> open_kernel_source();
  void begin_with_kernel();
  void watch_sources();
  static void watch(Slot& slot);
  bool is_baseline(const event::Event& event) const;
  void mend();
  void mend_soon();
  void resync_sources();
  void set_listening(bool on);
  void balance();
  void watch_publisher();
  void watch_for_stall();
  void probe_bus();
  void probed();
  void stop_probing();
  base::Status open_session();
  void name_lost();
  void name_acquired();
  void connect_failed(const base::Error& error);
  void session_broken();
  void stalled();
  static event::SourceStatus status_of(const Slot& slot);
  event::SourceStatuses statuses() const;

  const Options options_;
  log::Recorder recorder_;
  MainLoop& loop_;
  sysfs::Sysfs sysfs_;
  LookupRetry lookup_retry_;
  std::vector<Slot> slots_;
  source::KernelSource* kernel_ = nullptr;  // in slots_, where the kernel has an events layer
  bool first_start_ = false;                // nothing was told before: what is there now is no news
  bool starting_ = false;
  bool listening_ = false;
  bool has_room_to_wait_ = true;   // the kernel's buffers are as large as they should be
  bool bus_is_slow_ = false;       // it has taken nothing for a while
  std::uint64_t overwritten_ = 0;  // events that the log lost before the bus took them

  std::function<void()> connected_;  // empty: has been called
  bus::Publisher publisher_;
  std::optional<bus::BusProbe> probe_;
  std::unique_ptr<DescriptorWatch> probe_watch_;
  std::unique_ptr<bus::BusSession> session_;
  std::unique_ptr<SessionWatch> session_watch_;
  bool name_is_lost_ = false;
  Timer ask_timer_;
  Timer stall_timer_;  // of a question, or of the probe
  Timer connect_timer_;
  Timer mend_timer_;
  Timer slow_timer_;
  std::chrono::milliseconds reconnect_delay_;
};

}  // namespace kevent::app
