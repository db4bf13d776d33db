// SPDX-License-Identifier: LGPL-2.1-or-later
// From the return of mount(2) to the callback of a client, for an ext4 filesystem on a loop device,
// with few and with many other mounts in the namespace: keventd's `mount`, and udisks2's
// `MountPoints` with the mount point in it.
#include <array>
#include <optional>
#include <span>
#include <thread>
#include <utility>

#include "bench/crowd.h"
#include "bench/rows.h"
#include "bench/udisks.h"
#include "tests/support/failure.h"
#include "tests/support/private_bus.h"

namespace kevent::bench {
namespace {

constexpr int kRounds = 5;
constexpr int kMounts = 20;
constexpr int kQuickMounts = 3;
constexpr int kWarmUp = 2;
constexpr std::array kCounts = {20, 1'000, 5'000, 10'000};
constexpr int kManyMounts = 5'000;  // from here on the goal speaks of growth
constexpr std::array kQuickCounts = {20, 100, 200, 300};
// An unmount has udevd look at the device again, and udisks2 after it: by then both are done.
constexpr std::chrono::milliseconds kPause{100};
constexpr std::uint64_t kImageSize = 32 << 20;

// What a signal says of the device's being mounted; nothing when it speaks of something else.
using Meaning = std::function<std::optional<bool>(sd_bus_message*)>;

std::optional<bool> keventd_meaning(sd_bus_message* message) {
  const std::string_view member = sd_bus_message_get_member(message);
  return member == "mount"    ? std::optional(true)
         : member == "umount" ? std::optional(false)
                              : std::nullopt;
}

std::optional<bool> udisks_meaning(sd_bus_message* message) {
  const auto changed = support::read_arguments(message).at(1);
  if (!changed.contains("MountPoints")) return std::nullopt;
  return !changed["MountPoints"]["data"].empty();
}

class MountClient {
 public:
  MountClient(const std::string& bus_address, const std::string& rule, const Meaning& meaning)
      : bus_(bus_address) {
    bus_.subscribe("type='signal'," + rule, [this, meaning](sd_bus_message* message) {
      const auto now = Clock::now();
      if (const auto mounted = meaning(message)) {
        mounted_ = *mounted;
        heard_ = now;
      }
    });
  }

  // When it was heard of. Fails when it is not.
  Clock::time_point wait_for(bool mounted) {
    if (!bus_.process_until(support::within(support::kPatience),
                            [&] { return mounted_ == mounted; })) {
      support::fail(mounted ? "a mount is not heard" : "an unmount is not heard");
    }
    return heard_;
  }

 private:
  support::BusConnection bus_;
  bool mounted_ = false;
  Clock::time_point heard_;
};

// All that stays while services and numbers of mounts change.
class Stage {
 public:
  explicit Stage(const Settings& settings)
      : mounts_(settings.scaled(kMounts, kQuickMounts)),
        image_(make_filesystem()),
        device_(image_, support::LoopDevice::Release::kAutoclear),
        udisks_(bus_.address(), device_) {}

  Samples keventd() {
    FreshKeventd service(bus_.address());
    MountClient client(bus_.address(),
                       "interface='org.kernel.Events1.Fs',path='" + device_.object() + "'",
                       keventd_meaning);
    return latencies(client);
  }

  Samples udisks2() {
    const auto service = udisks_.start_udisks();
    MountClient client(bus_.address(), "member='PropertiesChanged',path='" + udisks_.object() + "'",
                       udisks_meaning);
    return latencies(client);
  }

 private:
  std::filesystem::path make_filesystem() const {
    std::filesystem::path image = directory_ / "image";
    support::make_image(image, kImageSize);
    support::run_or_fail({"mkfs.ext4", "-q", image});
    return image;
  }

  Samples latencies(MountClient& client) {
    Samples samples;
    for (int i = 0; i < kWarmUp + mounts_; ++i) {
      std::this_thread::sleep_for(kPause);
      support::Mounted mounted(device_.node(), directory_ / "mount_point", "ext4");
      const auto start = Clock::now();
      const auto heard = client.wait_for(true);
      if (i >= kWarmUp) samples.push_back(microseconds(heard - start));
      mounted.unmount();
      client.wait_for(false);
    }
    return samples;
  }

  int mounts_;
  support::PrivateBus bus_;
  support::TemporaryDirectory directory_;
  std::filesystem::path image_;
  support::LoopDevice device_;
  UdisksSurroundings udisks_;
};

struct AtCount {
  int mounts = 0;  // more than were asked for, where the machine has more of its own
  Rounds rounds;
  Samples keventd_growth;  // to the fewest mounts, in the same round
  Samples udisks2_growth;
};

std::string mounts_text(int count) {
  return std::to_string(count) + " mounts";
}

Rows rows_of(const std::array<AtCount, kCounts.size()>& measured) {
  Rows rows;
  for (const AtCount& at : measured) {
    rows.push_back({.what = "mount(2) to client callback, " + mounts_text(at.mounts),
                    .unit = "µs",
                    .goal = "≤ 0.1 × udisks2",
                    .keventd = at.rounds.ours(),
                    .udisks2 = at.rounds.theirs(),
                    .ratio = at.rounds.ratio(),
                    .mounts = at.mounts});
  }
  const std::string fewest = mounts_text(measured.front().mounts);
  for (const AtCount& at : std::span(measured).subspan(1)) {
    rows.push_back({.what = mounts_text(at.mounts) + " relative to " + fewest,
                    .unit = "×",
                    .goal = at.mounts >= kManyMounts ? "≤ 1.5 ×" : "",
                    .keventd = figure(at.keventd_growth),
                    .udisks2 = figure(at.udisks2_growth)});
  }
  return rows;
}

}  // namespace

Rows mount_rows(const Settings& settings) {
  const auto& counts = settings.quick ? kQuickCounts : kCounts;
  std::array<AtCount, kCounts.size()> measured;
  Stage stage(settings);
  for (int round = 0; round < settings.rounds(kRounds); ++round) {
    std::pair<double, double> at_fewest;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      settings.progress("round " + std::to_string(round + 1) + ", " + mounts_text(counts[i]));
      const MountCrowd crowd(counts[i]);
      measured[i].mounts = mount_count();
      const Samples keventd = stage.keventd();
      const Samples udisks2 = stage.udisks2();
      measured[i].rounds.add(keventd, udisks2);
      if (i == 0) at_fewest = {median(keventd), median(udisks2)};
      measured[i].keventd_growth.push_back(median(keventd) / at_fewest.first);
      measured[i].udisks2_growth.push_back(median(udisks2) / at_fewest.second);
    }
  }
  return rows_of(measured);
}

}  // namespace kevent::bench
