// SPDX-License-Identifier: LGPL-2.1-or-later
// The composition root: the only place that sees both ends. Sources put events into the recorder,
// the publisher follows the log to the bus. While half of the log is unpublished the sources are
// not read; the sockets' buffers are the second queue.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "service/app/main_loop.h"
#include "service/app/options.h"
#include "service/base/result.h"
#include "service/bus/bus_session.h"
#include "service/bus/publisher.h"
#include "service/log/recorder.h"
#include "service/source/source.h"
#include "service/source/sysfs.h"

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

  // Connects to the bus, and listens to the sources from then on. The error says why that is not
  // possible.
  base::Status connect();

  // Keeps what has to survive the process.
  void save();

  void record(event::Event event) override;
  void refresh(const std::string& object) override;

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
  bool is_baseline(const event::Event& event) const;
  void set_listening(bool on);
  void balance();
  void watch_for_stall();
  void session_broken();
  void stalled();
  void reconnect();
  bus::SourceStatuses statuses() const;

  const Options options_;
  log::Recorder recorder_;
  MainLoop& loop_;
  source::Sysfs sysfs_;
  std::vector<Slot> slots_;
  bool first_start_ = false;  // nothing was told before: what is there now is no news
  bool starting_ = false;
  bool listening_ = false;
  std::uint64_t overwritten_ = 0;  // events that the log lost before the bus took them

  bus::Publisher publisher_;
  std::unique_ptr<bus::BusSession> session_;
  std::unique_ptr<SessionWatch> session_watch_;
  Timer stall_timer_;
  Timer reconnect_timer_;
  std::chrono::milliseconds reconnect_delay_;
};

}  // namespace kevent::app
