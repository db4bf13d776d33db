// SPDX-License-Identifier: LGPL-2.1-or-later
// What holds for Notices whatever happens: floods of every kind, and random events in random order.
#include <array>
#include <functional>
#include <random>

#include "gui/model/notices.h"
#include "tests/gui/notices_fixture.h"

namespace kevent::gui {
namespace {

using namespace std::chrono_literals;
using Random = std::mt19937_64;

constexpr int kFlood = 10'000;

std::string numbered(const char* prefix, std::uint64_t number) {
  return prefix + std::to_string(number);
}

// One of many objects of each kind, with every signal that is known and some that are not.
event::Event any_event(Random& random, std::uint64_t objects) {
  const std::uint64_t number = random() % objects;
  const std::string zone = numbered("/devices/virtual/thermal/thermal_zone", number);
  const std::string disk = numbered("/devices/pci0/usb1/block/sd", number);
  const std::string partition = disk + numbered("/p", random() % 3);
  const std::string place = numbered("/media/<%1%n>\xff", random() % objects);
  switch (random() % 15) {
    case 0:
      return overheating(zone, static_cast<std::int32_t>(random()));
    case 1:
      return normal(zone);
    case 2:
      return mounted(partition, place);
    case 3:
      return unmounted(partition, place, static_cast<std::uint32_t>(random() % 2));
    case 4:
      return claimed(partition);
    case 5:
      return released(partition);
    case 6:
      return media_change(disk, random() % 2);
    case 7:
      return io_error(disk, random());
    case 8:
      return storage_event(random() % 2 == 0 ? "degraded" : "sync_done", disk, 3);
    case 9:
      return event::events_lost("uevent", random() % 3, 0);
    case 10:
      return from_program(overheating(zone));
    case 11:
      return removed(random() % 2 == 0 ? zone : disk);
    case 12:
      return random() % 2 == 0 ? media_change(disk) : synthesized(media_change(disk, random() % 2));
    case 13:
      return random() % 2 == 0 ? removed_while_mounted(partition, {place}) : added(disk);
    default:
      return make_event(event::Group::kGeneral, zone, numbered("odd", random() % objects), 3,
                        "kernel");
  }
}

class NoticesModelTest : public NoticesFixture {
 public:
  // `make(i)` for i up to kFlood, within `time`; then long calm. As many as were shown.
  std::size_t flood(const std::function<event::Event(int)>& make, std::chrono::milliseconds time) {
    for (int i = 0; i < kFlood; ++i) {
      at_once(make(i));
      if (i % 100 == 0) wait(time / (kFlood / 100));
    }
    wait(1h);
    return screen.shown();
  }
};

TEST_F(NoticesModelTest, AFloodOfMountsShowsThreeAtMost) {
  const auto make = [](int i) { return mounted(kLoop, numbered("/mnt/", std::uint64_t(i) / 2)); };
  EXPECT_LE(flood(make, 2s), 3U);
}

TEST_F(NoticesModelTest, AFloodOfOneMountPointShowsThreeAtMost) {
  const auto make = [](int i) { return i % 2 == 0 ? mounted() : unmounted(); };
  EXPECT_LE(flood(make, 2s), 3U);
}

TEST_F(NoticesModelTest, AFloodOfOneFlappingSensorShowsThreeAtMost) {
  const auto make = [](int i) { return i % 2 == 0 ? overheating(kZone, 90'000 + i) : normal(); };
  EXPECT_LE(flood(make, 2s), 3U);
}

TEST_F(NoticesModelTest, AFloodOfFlappingSensorsShowsThreeAtMost) {
  const auto make = [](int i) {
    const std::string zone = numbered("/zone", std::uint64_t(i) / 2 % 100);
    return i % 2 == 0 ? overheating(zone, 90'000 + i) : normal(zone);
  };
  EXPECT_LE(flood(make, 2s), 3U);
}

TEST_F(NoticesModelTest, AFloodOfLossesShowsThreeAtMost) {
  const auto make = [](int i) { return event::events_lost(i % 2 == 0 ? "uevent" : "mount", 1, 0); };
  EXPECT_LE(flood(make, 2s), 3U);
}

TEST_F(NoticesModelTest, AFloodOfErrorsShowsThreeAtMost) {
  const auto make = [](int i) { return io_error(kStick, std::uint64_t(i)); };
  EXPECT_LE(flood(make, 2s), 3U);
}

TEST_F(NoticesModelTest, AFloodThatArrivesSlowlyShowsThreeAtMost) {
  const auto make = [](int i) { return mounted(kLoop, numbered("/mnt/", std::uint64_t(i))); };
  EXPECT_LE(flood(make, 9s), 3U);
}

TEST_F(NoticesModelTest, AFloodOfEverythingShowsThreeAtMost) {
  for (const std::uint64_t objects : {1U, 30U, 10'000U}) {
    Random random(objects);
    screen = {};
    notices = Notices();
    const auto make = [&](int) { return any_event(random, objects); };
    EXPECT_LE(flood(make, 2s), 3U) << objects << " objects";
  }
}

TEST_F(NoticesModelTest, AFloodThatEndsNormalLeavesNothingCritical) {
  const auto make = [](int i) {
    const std::string zone = numbered("/zone", std::uint64_t(i) % 100);
    return i < kFlood / 2 ? overheating(zone) : normal(zone);
  };
  flood(make, 2s);
  for (const auto& [key, notice] : screen.open()) {
    EXPECT_FALSE(notice.stays) << key.toStdString();
  }
}

TEST_F(NoticesModelTest, ClosesOnlyWhatIsOpenWhateverHappens) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Random random(seed);
    screen = {};
    notices = Notices();
    for (int i = 0; i < 300; ++i) {
      at_once(any_event(random, 4));
      wait(std::chrono::milliseconds(random() % 5000));
    }
    EXPECT_EQ(screen.closed_in_vain(), 0U) << "seed " << seed;
  }
}

// Each zone is told by its own notice or by the summary for as long as it overheats, and by nothing
// that stays once none does.
TEST_F(NoticesModelTest, SomethingStaysExactlyWhileSomethingOverheats) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Random random(seed);
    screen = {};
    notices = Notices();
    std::array<bool, 6> hot{};
    for (int i = 0; i < 300; ++i) {
      const std::size_t zone = random() % hot.size();
      hot[zone] = random() % 2 == 0;
      const std::string object = numbered("/zone", zone);
      at_once(hot[zone] ? overheating(object) : normal(object));
      wait(std::chrono::milliseconds(random() % 1500));
    }
    wait(1h);
    const bool any_hot = std::ranges::find(hot, true) != hot.end();
    const bool any_stays =
        std::ranges::any_of(screen.open(), [](const auto& entry) { return entry.second.stays; });
    EXPECT_EQ(any_stays, any_hot) << "seed " << seed;
  }
}

}  // namespace
}  // namespace kevent::gui
