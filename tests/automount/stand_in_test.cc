// SPDX-License-Identifier: LGPL-2.1-or-later
// What no device here can do for real: nothing makes a loop device ask to be ejected, or removes
// one that is mounted, so a stand-in for keventd says that it did; and a loop device is in no
// drive, so a stand-in for udisks2 has one.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/sysmacros.h>

#include <memory>
#include <mutex>

#include "automount/udisks.h"
#include "tests/automount/desk.h"
#include "tests/client/stand_in_service.h"
#include "tests/support/bus_connection.h"
#include "tests/support/private_bus.h"

namespace kevent::automount {
namespace {

using support::LoopDevice;
using test::StandInService;

event::Event storage_event(const std::string& signal, std::uint32_t major, std::uint32_t minor) {
  event::Event event = test::loop_event(signal, event::Group::kStorage);
  event.details.set(event::key::kSubsystem, std::string("block"));
  event.details.set(event::key::kDeviceNumber, event::DeviceNumber{major, minor});
  return event;
}

std::uint32_t minor_of(const LoopDevice& device) {
  return static_cast<std::uint32_t>(std::stoul(device.name().substr(4)));
}

// From its answer on, kevent-automount hears everything.
bool has_answered(const StandInService& kernel) {
  return Desk::comes_true([&] { return kernel.questions() > 0; });
}

class KeventAutomountWithAStandInKeventd : public DeskTest {};

TEST_F(KeventAutomountWithAStandInKeventd, UnmountsWhatAsksToBeEjected) {
  Desk desk;
  StandInService kernel(desk.stack.bus_address());
  const LoopDevice device(desk.image("stick", "stick"));
  desk.start_unready({}, {});
  ASSERT_TRUE(desk.notice("mounted", device.node()).is_object());
  ASSERT_TRUE(has_answered(kernel));
  kernel.happen(storage_event("eject_request", 7, minor_of(device)));
  EXPECT_TRUE(desk.notice("unmounted", device.node()).is_object());
}

// Nothing here pulls a loop device that is mounted; tests/machine pulls a stick.
TEST_F(KeventAutomountWithAStandInKeventd, TellsARemovalWhileMountedInPlaceOfTheUnmount) {
  Desk desk;
  StandInService kernel(desk.stack.bus_address());
  const LoopDevice device(desk.image("stick", "stick"));
  desk.start_unready({}, {});
  const nlohmann::json mounted = desk.notice("mounted", device.node());
  ASSERT_TRUE(mounted.is_object());
  const std::string mount_point = mounted["mount_point"];
  ASSERT_TRUE(has_answered(kernel));
  kernel.happen(storage_event("removed_while_mounted", 7, minor_of(device)));
  const nlohmann::json removed = desk.notice("removed_while_mounted", device.node());
  ASSERT_TRUE(removed.is_object());
  EXPECT_EQ(removed["mount_point"], mount_point);
  EXPECT_EQ(removed["reason"], "data not yet written to it is lost");
  ASSERT_EQ(::umount2(mount_point.c_str(), 0), 0);
  const LoopDevice fence(desk.image("fence", "fence"));
  ASSERT_TRUE(desk.notice("mounted", fence.node()).is_object());
  EXPECT_EQ(desk.count("unmounted"), 0);
}

// One mounted disk in a drive that ejects. Notes what it is asked for.
class StandInUdisks {
 public:
  explicit StandInUdisks(const std::string& address)
      : connection_(sdbus::createSessionBusConnectionWithAddress(address)) {
    connection_->requestName("org.freedesktop.UDisks2");
    root_ = sdbus::createObject(*connection_, "/org/freedesktop/UDisks2");
    root_->addObjectManager();
    drive_ = sdbus::createObject(*connection_, kDrive);
    drive_->registerMethod("Eject")
        .onInterface("org.freedesktop.UDisks2.Drive")
        .implementedAs([this](const Options&) { note("Eject"); });
    drive_->finishRegistration();
    disk_ = sdbus::createObject(*connection_, "/org/freedesktop/UDisks2/block_devices/sr0");
    property("org.freedesktop.UDisks2.Block", "DeviceNumber", std::uint64_t{makedev(11, 0)});
    property("org.freedesktop.UDisks2.Block", "Drive", sdbus::ObjectPath(kDrive));
    property("org.freedesktop.UDisks2.Block", "Device", bytes("/dev/sr0"));
    property("org.freedesktop.UDisks2.Filesystem", "MountPoints",
             std::vector<std::vector<std::uint8_t>>{bytes("/media/disc")});
    disk_->registerMethod("Unmount")
        .onInterface("org.freedesktop.UDisks2.Filesystem")
        .implementedAs([this](const Options&) { note("Unmount"); });
    disk_->finishRegistration();
    connection_->enterEventLoopAsync();
  }

  std::vector<std::string> calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
  }

 private:
  using Options = std::map<std::string, sdbus::Variant>;
  static constexpr char kDrive[] = "/org/freedesktop/UDisks2/drives/disc";

  static std::vector<std::uint8_t> bytes(std::string text) {
    text.push_back('\0');
    return {text.begin(), text.end()};
  }

  template <typename T>
  void property(const std::string& interface, const std::string& name, T value) {
    disk_->registerProperty(name).onInterface(interface).withGetter([value] { return value; });
  }

  void note(const std::string& call) {
    const std::lock_guard lock(mutex_);
    calls_.push_back(call);
  }

  mutable std::mutex mutex_;
  std::vector<std::string> calls_;
  std::unique_ptr<sdbus::IConnection> connection_;
  std::unique_ptr<sdbus::IObject> root_;
  std::unique_ptr<sdbus::IObject> drive_;
  std::unique_ptr<sdbus::IObject> disk_;
};

TEST(KeventAutomountWithAStandInUdisks, UnmountsAndThenEjectsTheDrive) {
  support::PrivateBus bus;
  StandInService kernel(bus.address());
  StandInUdisks udisks(bus.address());
  support::Process automount(
      {support::built_program("kevent-automount"), "--bus", bus.address(), "--json"},
      {"XDG_CONFIG_HOME=/nonexistent"});
  const auto says = [&](const std::string& text) {
    return Desk::comes_true([&] { return automount.output().find(text) != std::string::npos; });
  };
  ASSERT_TRUE(says("ready")) << automount.error_output();
  ASSERT_TRUE(has_answered(kernel));
  kernel.happen(storage_event("eject_request", 11, 0));
  ASSERT_TRUE(says("ejected")) << automount.output();
  EXPECT_EQ(udisks.calls(), (std::vector<std::string>{"Unmount", "Eject"}));
}

// As `udisksd --replace` takes the name over: neither of the two stand-ins answers anything.
TEST(UdisksWithAStandIn, SaysThatOneIsGoneWhereAnotherTakesItsPlace) {
  support::PrivateBus bus;
  support::BusConnection first(bus.address());
  ASSERT_GE(sd_bus_request_name(first.raw(), kUdisks, SD_BUS_NAME_ALLOW_REPLACEMENT), 0);
  const auto client = std::make_shared<client::BusClient>(bus.address());
  Udisks udisks(client);
  support::BusConnection second(bus.address());
  ASSERT_GE(sd_bus_request_name(second.raw(), kUdisks, SD_BUS_NAME_REPLACE_EXISTING), 0);
  EXPECT_TRUE(Desk::comes_true([&] {
    client->connection().processPendingRequest();
    const std::vector<Word> words = udisks.take();
    return !words.empty() && std::holds_alternative<Absent>(words.front());
  }));
}

}  // namespace
}  // namespace kevent::automount
