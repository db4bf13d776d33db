// SPDX-License-Identifier: LGPL-2.1-or-later
// UeventSource on this machine's real uevents.
#include "service/source/uevent_source.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <functional>
#include <optional>

#include "lib/base/files.h"
#include "tests/source/injection.h"
#include "tests/source/recording_sink.h"
#include "tests/support/eventually.h"
#include "tests/support/uevents.h"

namespace kevent::source {
namespace {

using namespace std::string_literals;

const std::string kDisk = "/devices/virtual/block/of-a-test";

// A uevent of that disk, which no machine has.
std::string disk_uevent(const std::string& variables) {
  return "change@" + kDisk + "\0ACTION=change\0DEVPATH="s + kDisk + "\0SUBSYSTEM=block\0"s +
         variables;
}

class UeventSourceOfRoot : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root: to make uevents";
  }

  std::unique_ptr<UeventSource> open(int buffer_size = UeventSource::kBufferSize) {
    auto source = UeventSource::open(sink_, sink_.state, sysfs_, KernelSpeaks::kNo, buffer_size);
    EXPECT_TRUE(source.ok());
    return std::move(source).value();
  }

  // A source that knows all there is: its start has nothing to tell.
  std::unique_ptr<UeventSource> started(int buffer_size = UeventSource::kBufferSize) {
    auto source = open(buffer_size);
    sink_.state.set_uevent_seqnum(*current_uevent_seqnum(sysfs_));
    source->start();
    sink_.events.clear();
    return source;
  }

  // The same beside the kernel's events layer, of which a media change is made up.
  std::unique_ptr<UeventSource> started_beside_kernel() {
    sink_.state.set_uevent_seqnum(*current_uevent_seqnum(sysfs_));
    auto source = UeventSource::open(sink_, sink_.state, sysfs_, KernelSpeaks::kYes);
    EXPECT_TRUE(source.ok());
    (*source)->start();
    sink_.events.clear();
    return std::move(source).value();
  }

  // Dispatches until the kernel's last uevent was told, or counted as lost.
  void dispatch_all(UeventSource& source) {
    EXPECT_TRUE(support::eventually(
        support::within(support::kPatience),
        [&] {
          source.dispatch();
          return sink_.state.uevent_seqnum() >= support::uevent_seqnum();
        },
        source.descriptor()));
  }

  std::uint64_t lost() const {
    std::uint64_t count = 0;
    for (const event::Event& event : sink_.events) {
      if (event::is_events_lost(event)) {
        count += *event.details.get<std::uint64_t>(event::key::kCount);
      }
    }
    return count;
  }
  std::uint64_t uevents() const {
    return static_cast<std::uint64_t>(
        std::count_if(sink_.events.begin(), sink_.events.end(),
                      [](const auto& event) { return event::uevent_seqnum_of(event) != 0; }));
  }

  sysfs::Sysfs sysfs_;
  RecordingSink sink_;
};

// E1
TEST_F(UeventSourceOfRoot, TellsEachMessageOnceInOrder) {
  auto source = started();
  support::trigger_uevents(support::kQuietDevice, 100);
  dispatch_all(*source);
  EXPECT_EQ(uevents(), 100u);
  EXPECT_EQ(lost(), 0u);
  EXPECT_TRUE(std::is_sorted(sink_.events.begin(), sink_.events.end(), [](auto& a, auto& b) {
    return event::uevent_seqnum_of(a) < event::uevent_seqnum_of(b);
  }));
  EXPECT_EQ(source->status().received, 100u);
}

// E2
TEST_F(UeventSourceOfRoot, TellsExactlyHowManyTheSocketDropped) {
  auto source = started(64 << 10);
  const std::uint64_t before = support::uevent_seqnum();
  support::trigger_uevents(support::kQuietDevice, 5000);
  const std::uint64_t sent = support::uevent_seqnum() - before;
  dispatch_all(*source);
  EXPECT_GT(lost(), 0u);
  EXPECT_EQ(uevents() + lost(), sent);
  EXPECT_EQ(source->status().lost, lost());
}

// E2: what was received before the loss is told before it.
TEST_F(UeventSourceOfRoot, TellsLossAfterWhatCameBeforeIt) {
  auto source = started(64 << 10);
  support::trigger_uevents(support::kQuietDevice, 5000);
  dispatch_all(*source);
  const auto first_loss = std::find_if(sink_.events.begin(), sink_.events.end(),
                                       [](const auto& event) { return is_events_lost(event); });
  ASSERT_NE(first_loss, sink_.events.end());
  EXPECT_GT(first_loss - sink_.events.begin(), 10);
  EXPECT_EQ(std::count_if(sink_.events.begin(), first_loss,
                          [](const auto& event) { return event::uevent_seqnum_of(event) == 0; }),
            0);
}

// E2: the re-read finds what the dropped messages would have told.
TEST_F(UeventSourceOfRoot, TellsADeviceThatWasMissedAsSynthesized) {
  auto source = started(16 << 10);
  const std::string object = "/devices/virtual/mem/zero";
  event::Event removal;  // as if it had not been there before
  removal.group = event::Group::kHotplug;
  removal.object = object;
  removal.signal = event::signal::kRemove;
  sink_.state.apply(removal);
  support::trigger_uevents(support::kQuietDevice, 1000);
  dispatch_all(*source);
  const auto found = std::find_if(sink_.events.begin(), sink_.events.end(),
                                  [&](const auto& event) { return event.object == object; });
  ASSERT_NE(found, sink_.events.end());
  EXPECT_EQ(found->signal, event::signal::kAdd);
  EXPECT_NE(found->details.find(event::key::kSynthesized), nullptr);
}

// A sink in a storm: each of the first losses that it is told is followed by the next one.
class StormySink final : public Sink {
 public:
  StormySink(RecordingSink& inner, int rounds) : inner_(inner), rounds_(rounds) {}
  void record(event::Event event) override {
    const bool is_loss = event::is_events_lost(event);
    inner_.record(std::move(event));
    if (is_loss && rounds_-- > 0) support::trigger_uevents(support::kQuietDevice, 2000);
  }
  void refresh(const std::string& object) override { inner_.refresh(object); }

 private:
  RecordingSink& inner_;
  int rounds_;
};

// E2: also the loss that comes while another is mended, with nothing after it in the socket.
TEST_F(UeventSourceOfRoot, IsUnfinishedUntilTheLastLossIsTold) {
  constexpr int kRounds = 5;
  StormySink stormy(sink_, kRounds);
  auto opened = UeventSource::open(stormy, sink_.state, sysfs_, KernelSpeaks::kNo, 64 << 10);
  ASSERT_TRUE(opened.ok());
  UeventSource& source = **opened;
  sink_.state.set_uevent_seqnum(*current_uevent_seqnum(sysfs_));
  source.start();
  sink_.events.clear();
  const std::uint64_t before = support::uevent_seqnum();
  support::trigger_uevents(support::kQuietDevice, 2000);
  do {
    source.dispatch();
  } while (source.unfinished());
  EXPECT_EQ(uevents() + lost(), support::uevent_seqnum() - before);
}

// What the log could not keep is found anew.
TEST_F(UeventSourceOfRoot, MendsWhatItIsToldToMend) {
  auto source = started();
  const std::string object = "/devices/virtual/mem/zero";
  sink_.state.apply({.group = event::Group::kHotplug, .object = object, .signal = "remove"});
  source->mend();
  ASSERT_TRUE(source->unfinished());
  source->dispatch();
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(sink_.events[0].object, object);
  EXPECT_FALSE(source->unfinished());
}

// E3
TEST_F(UeventSourceOfRoot, TellsWhatHappenedBeforeItWasThere) {
  sink_.state.set_uevent_seqnum(support::uevent_seqnum());
  support::trigger_uevents(support::kQuietDevice, 7);
  auto source = open();
  support::trigger_uevents(support::kQuietDevice, 3);
  source->start();
  EXPECT_EQ(lost(), 7u);
  EXPECT_EQ(uevents(), 3u);
  EXPECT_EQ(sink_.state.uevent_seqnum(), support::uevent_seqnum());
}

// E3: and the next start does not tell it again.
TEST_F(UeventSourceOfRoot, TellsWhatHappenedBeforeOnlyOnce) {
  sink_.state.set_uevent_seqnum(support::uevent_seqnum());
  support::trigger_uevents(support::kQuietDevice, 7);
  open()->start();
  open()->start();
  EXPECT_EQ(lost(), 7u);
}

// What the socket holds is told before the comparison, so that a device which was added since is
// not told a second time.
TEST_F(UeventSourceOfRoot, DoesNotSynthesizeWhatTheSocketHolds) {
  started();
  event::Event removal;
  removal.group = event::Group::kHotplug;
  removal.object = support::kQuietDevice;
  removal.signal = event::signal::kRemove;
  sink_.state.apply(removal);
  auto source = open();
  const auto file = base::open_file(sysfs_.full_path(support::kQuietDevice) + "/uevent", O_WRONLY);
  ASSERT_TRUE(file.ok());
  ASSERT_EQ(::write(file->get(), "add", 3), 3);
  source->start();
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(sink_.events[0].signal, event::signal::kAdd);
  EXPECT_EQ(sink_.events[0].details.find(event::key::kSynthesized), nullptr);
}

// E5
TEST_F(UeventSourceOfRoot, CountsWhatNobodyCanReadAsLost) {
  auto source = started();
  for (const std::string& message : {"add at /devices/x\0ACTION=add\0"s, "@"s, "add@relative\0"s}) {
    ASSERT_TRUE(inject_uevent(message));
  }
  support::trigger_uevents(support::kQuietDevice, 1);
  dispatch_all(*source);
  EXPECT_EQ(lost(), 3u);
  EXPECT_EQ(source->status().rejected, 3u);
  EXPECT_EQ(uevents(), 1u);
}

TEST_F(UeventSourceOfRoot, TellsBytesThatAreNoText) {
  auto source = started();
  ASSERT_TRUE(inject_uevent(
      "change@/devices/\xff\0ACTION=change\0DEVPATH=/devices/\xff\0LABEL=%n%s\x1b[31m\0"s));
  dispatch_all(*source);
  ASSERT_EQ(uevents(), 1u);
  const event::Event& told = sink_.events.back();
  EXPECT_EQ(told.object, "/devices/\xff");
  const auto* environment = told.details.get<event::Environment>(event::key::kUevent);
  ASSERT_NE(environment, nullptr);
  EXPECT_EQ((*environment)[2].second, "%n%s\\x1b[31m");
  EXPECT_NE(told.details.get<event::Bytes>(event::key::kUeventBytes), nullptr);
}

// E7
TEST_F(UeventSourceOfRoot, LeavesToTheKernelWhatItSaysItself) {
  auto source = started_beside_kernel();
  ASSERT_TRUE(inject_uevent(disk_uevent("DISK_MEDIA_CHANGE=1\0"s)));
  ASSERT_TRUE(inject_uevent(disk_uevent("DISK_EJECT_REQUEST=1\0"s)));
  ASSERT_TRUE(inject_uevent(disk_uevent("RESIZE=1\0"s)));
  dispatch_all(*source);
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(sink_.events[0].signal, event::signal::kResize);
  EXPECT_EQ(sink_.refreshed, (std::vector{kDisk, kDisk}));
  EXPECT_EQ(source->status().received, 3u);
}

// E7: it counts as told, also when it was the last one.
TEST_F(UeventSourceOfRoot, DoesNotCallLostWhatTheKernelSaysItself) {
  auto source = started_beside_kernel();
  ASSERT_TRUE(inject_uevent(disk_uevent("DISK_MEDIA_CHANGE=1\0"s)));
  dispatch_all(*source);
  EXPECT_EQ(sink_.state.uevent_seqnum(), support::uevent_seqnum());
  auto next = UeventSource::open(sink_, sink_.state, sysfs_, KernelSpeaks::kYes);
  ASSERT_TRUE(next.ok());
  (*next)->start();
  EXPECT_EQ(lost(), 0u);
}

// E7, E3
TEST_F(UeventSourceOfRoot, DoesNotCallLostWhatTheKernelSaysDuringTheStart) {
  started_beside_kernel();
  auto source = UeventSource::open(sink_, sink_.state, sysfs_, KernelSpeaks::kYes);
  ASSERT_TRUE(source.ok());
  ASSERT_TRUE(inject_uevent(disk_uevent("DISK_MEDIA_CHANGE=1\0"s)));
  support::trigger_uevents(support::kQuietDevice, 1);
  (*source)->start();
  EXPECT_EQ(lost(), 0u);
  EXPECT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(sink_.state.uevent_seqnum(), support::uevent_seqnum());
}

// E7: what the kernel has said by then is no difference.
TEST_F(UeventSourceOfRoot, HearsTheKernelBeforeItCompares) {
  auto source = started_beside_kernel();
  const std::string object = "/devices/virtual/mem/zero";
  sink_.state.apply({.group = event::Group::kHotplug, .object = object, .signal = "remove"});
  sink_.kernel_says = {{.group = event::Group::kHotplug, .object = object, .signal = "add"}};
  source->mend();
  source->dispatch();
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(sink_.events[0].details.find(event::key::kSynthesized), nullptr);
}

// E7
TEST_F(UeventSourceOfRoot, SaysWhichSignalsItTells) {
  const auto tells = [](const Source& source, std::string_view signal) {
    const auto signals = source.status().signals;
    return std::find(signals.begin(), signals.end(), signal) != signals.end();
  };
  const auto alone = open();
  EXPECT_TRUE(tells(*alone, event::signal::kMediaChange));
  EXPECT_TRUE(tells(*alone, event::signal::kAdd));
  const auto beside_kernel = started_beside_kernel();
  EXPECT_FALSE(tells(*beside_kernel, event::signal::kMediaChange));
  EXPECT_FALSE(tells(*beside_kernel, event::signal::kEjectRequest));
  EXPECT_TRUE(tells(*beside_kernel, event::signal::kResize));
}

TEST_F(UeventSourceOfRoot, RefusesAForgedUevent) {
  auto source = started();
  ASSERT_TRUE(send_to(sender().get(), 0, 1, "add@/devices/forged\0ACTION=add\0"s));
  support::trigger_uevents(support::kQuietDevice, 1);
  dispatch_all(*source);
  EXPECT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(source->status().rejected, 1u);
}

// E3: the service before this one had a larger SEQNUM when it ended.
TEST_F(UeventSourceOfRoot, CountsAUeventThatWasAboutToCome) {
  auto source = open();
  const std::uint64_t now = *current_uevent_seqnum(sysfs_);
  sink_.state.set_uevent_seqnum(now);
  sink_.state.set_skipped_uevents({now - 1});
  source->start();
  EXPECT_EQ(lost(), 1u);
}

// E3: it comes after all.
TEST_F(UeventSourceOfRoot, CountsNoUeventThatComesLate) {
  auto source = open();
  support::trigger_uevents(support::kQuietDevice, 1);
  const std::uint64_t now = *current_uevent_seqnum(sysfs_);
  sink_.state.set_uevent_seqnum(now);
  sink_.state.set_skipped_uevents({now});
  source->start();
  EXPECT_EQ(lost(), 0u);
  EXPECT_EQ(uevents(), 1u);
}

event::Event mount_of_disk() {
  event::Event event;
  event.group = event::Group::kFs;
  event.signal = event::signal::kMount;
  event.object = kDisk;
  event::set_mount_details(event.details,
                           {7, {259, 4000}, "/", "/mnt/of-a-test", "vfat", "", "rw", {}});
  return event;
}

std::string removal_of_disk(const std::string& variables = "") {
  return "remove@" + kDisk + "\0ACTION=remove\0DEVPATH="s + kDisk + "\0SUBSYSTEM=block\0"s +
         variables;
}

struct Removal {
  std::string name;
  std::optional<event::Event> known_before;
  std::function<void(RecordingSink&)> mounts_that_wait;  // to be read when asked for
  std::string uevent;
  std::vector<std::string> signals;
};

// E8
TEST_F(UeventSourceOfRoot, ReportsARemovalWhileMountedBeforeTheRemoval) {
  event::Event umount = mount_of_disk();
  umount.signal = event::signal::kUmount;
  const auto waiting = [](const event::Event& event) {
    return [event](RecordingSink& sink) { sink.record(event); };
  };
  const Removal cases[] = {
      {"mounted", mount_of_disk(), {}, removal_of_disk(), {"removed_while_mounted", "remove"}},
      {"not mounted", {}, {}, removal_of_disk(), {"remove"}},
      {"unmounted, which was not read yet",
       mount_of_disk(),
       waiting(umount),
       removal_of_disk(),
       {"umount", "remove"}},
      {"mounted, which was not read yet",
       {},
       waiting(mount_of_disk()),
       removal_of_disk(),
       {"mount", "removed_while_mounted", "remove"}},
      {"synthetic", mount_of_disk(), {}, removal_of_disk("SYNTH_UUID=0\0"s), {"remove"}},
  };
  for (const Removal& each : cases) {
    sink_ = {};
    auto source = started();
    if (each.known_before) sink_.state.apply(*each.known_before);
    sink_.mounts_that_wait = each.mounts_that_wait;
    ASSERT_TRUE(inject_uevent(each.uevent));
    dispatch_all(*source);
    std::vector<std::string> signals;
    for (const event::Event& event : sink_.events) {
      if (event.object == kDisk) signals.push_back(event.signal);
    }
    EXPECT_EQ(signals, each.signals) << each.name;
  }
}

}  // namespace
}  // namespace kevent::source
