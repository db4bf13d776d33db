// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/app/service.h"

#include <poll.h>

#include <algorithm>
#include <utility>

#include "lib/base/clock.h"
#include "lib/base/logging.h"
#include "service/app/exit_code.h"
#include "service/source/mount_source.h"
#include "service/source/thermal_source.h"
#include "service/source/udev.h"
#include "service/source/uevent_source.h"

namespace kevent::app {
namespace {

using std::chrono::milliseconds;

// The bus has not answered for so long: a subscriber that does not read keeps it from reading us.
constexpr milliseconds kStall{5000};
// So many messages may stand before an answer when this process has slept.
constexpr int kAnswersBehind = 1000;
// The bus has taken nothing for so long: what the sources have is better kept in the log.
constexpr milliseconds kSlow{100};
// The bus is asked so long after a lone event whether it has it.
constexpr milliseconds kAskAfter{10};
// So long after an event that could not be kept its loss is mended.
constexpr milliseconds kMendAfter{1000};
constexpr milliseconds kFirstReconnect{100};
constexpr milliseconds kSlowestReconnect{5000};

const std::string kKernel = "kernel";

template <typename T>
base::Result<std::unique_ptr<source::Source>> as_source(base::Result<std::unique_ptr<T>> opened) {
  if (!opened) return opened.error();
  return std::unique_ptr<source::Source>(std::move(opened).value());
}

}  // namespace

const std::vector<std::string>& source_names() {
  // The kernel's own first: what it says is told before the others compare, and by none of them.
  static const std::vector<std::string> kNames = {kKernel, "uevent", "udev", "mount", "thermal"};
  return kNames;
}

Service::Service(const Options& options, log::Recorder recorder, MainLoop& loop)
    : options_(options),
      recorder_(std::move(recorder)),
      loop_(loop),
      lookup_retry_(sysfs_.failures(),
                    [this] {
                      sysfs_.check(recorder_.state());
                      resync_sources();
                      refresh("/");
                    }),
      first_start_(!recorder_.has_state()),
      publisher_(recorder_.log(), {[this] {
                                     watch_for_stall();
                                     slow_timer_.stop();
                                     bus_is_slow_ = false;
                                     watch_publisher();
                                   },
                                   [this](std::uint64_t count) {
                                     overwritten_ += count;
                                     record(event::events_lost("log", count, base::realtime_us()));
                                   }}),
      ask_timer_([this] {
        publisher_.ask();
        if (!stall_timer_.running()) watch_for_stall();
      }),
      stall_timer_([this] { stalled(); }),
      connect_timer_([this] { probe_bus(); }),
      mend_timer_([this] { mend(); }),
      slow_timer_([this] {
        bus_is_slow_ = true;
        balance();
      }),
      reconnect_delay_(kFirstReconnect) {}

Service::~Service() = default;

base::Result<std::unique_ptr<source::Source>> Service::open_source(const std::string& name) {
  const auto speaks = kernel_ == nullptr ? source::KernelSpeaks::kNo : source::KernelSpeaks::kYes;
  if (name == kKernel) return open_kernel_source();
  if (name == "udev") return source::open_udev_source(*this, recorder_.state(), sysfs_);
  if (name == "mount") {
    return as_source(source::MountSource::open(*this, recorder_.state(), sysfs_));
  }
  if (name == "thermal") {
    return as_source(source::ThermalSource::open(*this, recorder_.state(), sysfs_, speaks));
  }
  return as_source(source::UeventSource::open(*this, recorder_.state(), sysfs_, speaks));
}

base::Result<std::unique_ptr<source::Source>> Service::open_kernel_source() {
  auto opened = source::KernelSource::open(*this, recorder_.state(), sysfs_);
  if (opened) kernel_ = opened->get();
  return as_source(std::move(opened));
}

void Service::start_sources() {
  for (const std::string& name : source_names()) {
    if (std::find(options_.sources.begin(), options_.sources.end(), name) ==
        options_.sources.end()) {
      continue;
    }
    Slot slot{name, nullptr, {}, nullptr};
    auto opened = open_source(name);
    // Most kernels have no events layer: that is no problem.
    const bool is_stock = name == kKernel && !opened && opened.error().code == ENOENT;
    if (opened) {
      slot.source = std::move(opened).value();
    } else {
      slot.problem = is_stock ? opened.error().context : opened.error().message();
    }
    if (slot.source && !slot.source->has_room_to_wait()) has_room_to_wait_ = false;
    const event::SourceStatus status = status_of(slot);
    if (!status.problem.empty() && !is_stock) {
      const auto log = status.problem_is_kernels ? base::log_info : base::log_warning;
      log(name + ": " + status.problem);
    }
    slots_.push_back(std::move(slot));
  }
  watch_sources();

  starting_ = true;
  if (first_start_) {
    // A log whose state is lost: something may have happened that nobody can name.
    if (!recorder_.log().is_new()) record(event::events_lost("log", 0, base::realtime_us()));
    recorder_.set_uevent_seqnum(source::current_uevent_seqnum(sysfs_).value_or(0));
  }
  begin_with_kernel();
  for (Slot& slot : slots_) {
    if (slot.source) slot.source->start();
  }
  starting_ = false;
  save();
}

// Whether the kernel is heard, and from where, is kept before any of it is told: so the next
// service knows it after kill -9, too. A first start has no state to keep yet.
void Service::begin_with_kernel() {
  const auto held = kernel_ == nullptr ? decode::KernelLog{} : kernel_->held();
  const event::KernelState& known = recorder_.state();
  const std::uint64_t begin = kernel_ == nullptr ? known.kernel_sequence()
                                                 : source::begin_after(known, !first_start_, held);
  if (held.boot_id == known.kernel_boot_id() && begin == known.kernel_sequence()) return;
  recorder_.set_kernel_missed(kernel_ != nullptr &&
                              (!first_start_ || begin != known.kernel_sequence()));
  recorder_.set_kernel_boot_id(held.boot_id);
  recorder_.set_kernel_sequence(begin);
  if (!first_start_) save();
}

// Of those that are ready at once the main loop serves the one first that was watched first. The
// kernel's comes last: a mount point goes before its filesystem does, and is told before it.
void Service::watch_sources() {
  for (const bool is_kernel : {false, true}) {
    for (Slot& slot : slots_) {
      if (slot.source && (slot.name == kKernel) == is_kernel) watch(slot);
    }
  }
}

void Service::watch(Slot& slot) {
  source::Source* const source = slot.source.get();
  slot.watch =
      std::make_unique<DescriptorWatch>(source->descriptor(), source->poll_events(), [source] {
        source->dispatch();
        return source->unfinished();
      });
}

void Service::connect(std::function<void()> connected) {
  connected_ = std::move(connected);
  // With the privileges that are left.
  sysfs_.check(recorder_.state());
  balance();
  connect_timer_.start(milliseconds(0));
}

// A session waits for the bus while it is opened, so first the bus has to answer one who does not.
void Service::probe_bus() {
  auto probe = bus::BusProbe::start(options_.bus);
  if (!probe) {
    connect_failed(probe.error());
    return;
  }
  probe_ = std::move(probe).value();
  probe_watch_ = std::make_unique<DescriptorWatch>(probe_->descriptor(), POLLIN, [this] {
    probed();
    return false;
  });
  probe_watch_->resume();
  stall_timer_.start(kStall);
  probed();
}

void Service::probed() {
  if (!probe_->answered()) return;
  stop_probing();
  if (const auto status = open_session(); !status) connect_failed(status.error());
}

void Service::stop_probing() {
  stall_timer_.stop();
  probe_watch_.reset();
  probe_.reset();
}

base::Status Service::open_session() {
  const bus::SessionContext context{
      {recorder_.log(), sysfs_, [this] { return statuses(); }, KEVENT_VERSION},
      recorder_.state(),
      [this] { name_lost(); },
      [this] { name_acquired(); }};
  auto opened = bus::BusSession::open(options_.bus, context);
  if (!opened) return opened.error();
  session_ = std::move(opened).value();
  session_watch_ = std::make_unique<SessionWatch>(*session_, [this] { session_broken(); });
  reconnect_delay_ = kFirstReconnect;
  publisher_.attach(session_.get());
  watch_publisher();
  if (connected_) {
    std::exchange(connected_, nullptr)();
  } else {
    base::log_info("back on the bus");
  }
  return base::Done{};
}

// Clients match signals by the bus name, so signals sent without it are not delivered. Unconfirmed
// events are published again.
void Service::name_lost() {
  name_is_lost_ = true;
  base::log_warning("lost the bus name to another process; waiting for it");
  publisher_.attach(nullptr);
  stall_timer_.stop();
  slow_timer_.stop();
  bus_is_slow_ = false;
  watch_publisher();
}

void Service::name_acquired() {
  if (!std::exchange(name_is_lost_, false)) return;
  base::log_info("the bus name is ours again");
  publisher_.attach(session_.get());
  watch_publisher();
}

// A service that never had the bus ends; one that had it tries again, ever more slowly.
void Service::connect_failed(const base::Error& error) {
  if (connected_) {
    base::log_error(error.message());
    loop_.quit(error.code == EADDRINUSE ? kExitInUse : kExitNoBus);
    return;
  }
  if (reconnect_delay_ == kFirstReconnect) base::log_warning(error.message());
  reconnect_delay_ = std::min(reconnect_delay_ * 2, kSlowestReconnect);
  connect_timer_.start(reconnect_delay_);
}

void Service::save() {
  if (const auto status = recorder_.save(); !status) {
    base::log_error("keep the state: " + status.error().message());
  }
}

// What a first start finds was there before anybody listened. A zone that is too hot is news all
// the same.
bool Service::is_baseline(const event::Event& event) const {
  return starting_ && first_start_ && event.group != event::Group::kPower &&
         event.details.find(event::key::kSynthesized) != nullptr;
}

void Service::record(event::Event event) {
  if (is_baseline(event)) {
    recorder_.adopt(event);
    return;
  }
  // What the kernel's own log has lost the others may find: a start has them compare anyhow.
  if (!starting_ && event::is_events_lost(event) &&
      event.details.text_bytes(event::key::kSource) == kKernel) {
    mend_soon();
  }
  event.sequence = recorder_.record(event);
  if (event.sequence != 0) {
    publisher_.appended(event);
  } else {
    if (event.details.text_bytes(event::key::kSource) == kKernel) recorder_.set_kernel_missed(true);
    mend_soon();
    publisher_.run();
  }
  watch_publisher();
}

// Events that go on being lost do not put it off.
void Service::mend_soon() {
  if (!mend_timer_.running()) mend_timer_.start(kMendAfter);
}

// What the log could not take is told as a count, and then found anew by the sources.
void Service::mend() {
  if (!listening_ || !recorder_.log().tell_lost(base::realtime_us())) {
    mend_timer_.start(kMendAfter);
    return;
  }
  publisher_.run();
  watch_publisher();
  resync_sources();
}

void Service::resync_sources() {
  for (Slot& slot : slots_) {
    if (!slot.source) continue;
    slot.source->mend();
    if (listening_) slot.watch->resume();
  }
}

void Service::refresh(const std::string& object) {
  if (session_) session_->refresh(object);
}

void Service::absorb_uevent(std::uint64_t seqnum) {
  recorder_.set_uevent_seqnum(std::max(recorder_.state().uevent_seqnum(), seqnum));
}

// At the start the mounts may not have been compared yet: they are now.
void Service::catch_up_mounts() {
  for (Slot& slot : slots_) {
    if (slot.name != "mount" || !slot.source) continue;
    if (starting_) {
      slot.source->start();
    } else {
      slot.source->dispatch();
    }
  }
}

bool Service::catch_up() {
  return kernel_ == nullptr || kernel_->catch_up();
}

bool Service::has_room() const {
  const log::EventLog& log = recorder_.log();
  return log.bytes_after(log.published()) < log.capacity() / 2;
}

// While the bus keeps up no more is read than it takes: the rest waits in the kernel's buffers.
// When it does not, or these are small, the log takes what it can without losing what is not
// published.
void Service::balance() {
  if (starting_) return;
  const log::EventLog& log = recorder_.log();
  const std::uint64_t unpublished = log.bytes_after(log.published());
  const std::size_t mark = bus::Publisher::kWindow - (listening_ ? 0 : bus::Publisher::kBatch - 1);
  const bool enough =
      session_ && !bus_is_slow_ && has_room_to_wait_ && publisher_.under_way() >= mark;
  if (enough && !slow_timer_.running()) slow_timer_.start(kSlow);
  set_listening(!enough && unpublished < log.capacity() / (listening_ ? 2 : 4));
}

// To be called when something was sent.
void Service::watch_publisher() {
  if (publisher_.unasked() && !ask_timer_.running()) ask_timer_.start(kAskAfter);
  if (!stall_timer_.running()) watch_for_stall();
  balance();
}

// Each question has its own time: to be called when one was asked, and when one is answered.
void Service::watch_for_stall() {
  if (publisher_.waiting()) {
    stall_timer_.start(kStall);
  } else {
    stall_timer_.stop();
  }
}

void Service::set_listening(bool on) {
  if (on == listening_) return;
  listening_ = on;
  for (Slot& slot : slots_) {
    if (!slot.watch) continue;
    if (on) {
      slot.watch->resume();
    } else {
      slot.watch->pause();
    }
  }
}

void Service::session_broken() {
  publisher_.attach(nullptr);
  name_is_lost_ = false;
  stall_timer_.stop();
  slow_timer_.stop();
  bus_is_slow_ = false;
  session_watch_.reset();
  session_.reset();
  balance();
  connect_timer_.start(reconnect_delay_);
}

void Service::stalled() {
  if (session_) {
    // Where it was this process that stood still, the answer is there.
    const std::uint64_t mark = recorder_.log().published();
    for (int i = 0; i < kAnswersBehind && session_->can_process() && session_->process(); ++i) {
    }
    if (session_->broken() || recorder_.log().published() != mark) return;
    session_->give_up("the bus has not answered for 5 s");
    return;
  }
  stop_probing();
  connect_failed({ETIMEDOUT, "connect to the bus \"" + options_.bus + "\""});
}

event::SourceStatus Service::status_of(const Slot& slot) {
  if (slot.source) return slot.source->status();
  event::SourceStatus status;
  status.problem = slot.problem;
  return status;
}

event::SourceStatuses Service::statuses() const {
  event::SourceStatuses statuses;
  for (const Slot& slot : slots_) {
    statuses[slot.name] = status_of(slot);
  }
  event::SourceStatus& log = statuses["log"];
  log.active = true;
  log.lost = recorder_.log().lost() + overwritten_;
  log.signals = {event::signal::kEventsLost};
  event::SourceStatus& sysfs = statuses["sysfs"];
  sysfs.active = true;
  sysfs.kind = "sysfs";
  sysfs.problem = sysfs_.failures().problem();
  return statuses;
}

std::string Service::summary() const {
  const log::EventLog& log = recorder_.log();
  return "ready on bus " + options_.bus + ", log " + log.id() + " at " +
         std::to_string(log.last_sequence()) + ", " + std::to_string(session_->object_count()) +
         " devices";
}

}  // namespace kevent::app
