// SPDX-License-Identifier: LGPL-2.1-or-later
// What a loop device says when an image comes and goes, and when the device itself does.
#include "tests/support/loop_device.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/system/service.h"

namespace kevent::system {
namespace {

using support::AddedLoopDevice;
using support::Heard;
using support::Json;
using support::LoopDevice;
using support::variant;

constexpr std::uint64_t kSize = 1 << 20;
constexpr const char* kBlock = "org.kernel.Events1.Block";

class LoopDevices : public SystemTest {};

TEST_F(LoopDevices, SayChangeWhenAnImageIsAttached) {
  Service service;
  support::make_image(service.directory / "image", kSize);
  const LoopDevice loop(service.directory / "image");
  const Heard& change =
      service.hear({.path = loop.object(), .interface = "Hotplug", .member = "change"});
  EXPECT_EQ(change.priority(), 7U);
  EXPECT_EQ(change.detail("Source"), variant("s", "uevent"));
  EXPECT_EQ(change.detail("Subsystem"), variant("s", "block"));
  EXPECT_EQ(change.detail("DeviceType"), variant("s", "disk"));
  EXPECT_EQ(change.detail("DeviceNode"), variant("s", loop.node()));
}

TEST_F(LoopDevices, ShowTheSizeOfTheirImage) {
  Service service;
  support::make_image(service.directory / "image", kSize);
  const LoopDevice loop(service.directory / "image");
  service.hear({.path = loop.object(), .interface = "Hotplug", .member = "change"});
  EXPECT_EQ(support::property(service.caller, loop.object(), kBlock, "Size"), kSize);
}

TEST_F(LoopDevices, SayMediaChangeWithoutSizeWhenTheImageIsReleased) {
  Service service;
  support::make_image(service.directory / "image", kSize);
  LoopDevice loop(service.directory / "image");
  loop.detach();
  const Heard& released =
      service.hear({.path = loop.object(), .interface = "Storage", .member = "media_change"});
  EXPECT_EQ(released.detail("Size"), variant("t", 0));
  EXPECT_EQ(released.priority(), 5U);
}

TEST_F(LoopDevices, ChangeTheirSizeBeforeTheySayMediaChange) {
  Service service;
  support::make_image(service.directory / "image", kSize);
  LoopDevice loop(service.directory / "image");
  service.hear({.path = loop.object(), .interface = "Hotplug", .member = "change"});
  loop.detach();
  service.hear({.path = loop.object(), .member = "media_change"});
  const std::size_t size = service.tape.index_of(
      {.path = loop.object(), .member = "PropertiesChanged", .also = [](const Heard& heard) {
         return heard.arguments[0] == kBlock &&
                heard.arguments[1].value("Size", Json()) == variant("t", 0);
       }});
  EXPECT_LT(size, service.tape.index_of({.path = loop.object(), .member = "media_change"}));
}

support::Wanted interfaces(const std::string& member, const std::string& object) {
  return {.path = support::kManagerPath,
          .interface = "org.freedesktop.DBus.ObjectManager",
          .member = member,
          .also = [object](const Heard& heard) { return heard.arguments[0] == object; }};
}

TEST_F(LoopDevices, AreThereBeforeTheySayAdd) {
  Service service;
  const AddedLoopDevice loop;
  service.hear({.path = loop.object(), .interface = "Hotplug", .member = "add"});
  const Heard& added = service.hear(interfaces("InterfacesAdded", loop.object()));
  EXPECT_TRUE(added.arguments[1].contains("org.kernel.Events1.Device"));
  EXPECT_TRUE(added.arguments[1].contains(kBlock));
  EXPECT_LT(service.tape.index_of(interfaces("InterfacesAdded", loop.object())),
            service.tape.index_of({.path = loop.object(), .member = "add"}));
}

TEST_F(LoopDevices, AreThereUntilTheyHaveSaidRemove) {
  Service service;
  AddedLoopDevice loop;
  service.hear({.path = loop.object(), .member = "add"});
  loop.remove();
  const Heard& removed = service.hear(interfaces("InterfacesRemoved", loop.object()));
  const std::vector<std::string> names = removed.arguments[1];
  EXPECT_THAT(names, ::testing::IsSupersetOf({"org.kernel.Events1.Device", kBlock}));
  EXPECT_LT(service.tape.index_of({.path = loop.object(), .member = "remove"}),
            service.tape.index_of(interfaces("InterfacesRemoved", loop.object())));
}

TEST_F(LoopDevices, CannotBeReadOnceTheyAreGone) {
  Service service;
  AddedLoopDevice loop;
  service.hear({.path = loop.object(), .member = "add"});
  loop.remove();
  service.hear(interfaces("InterfacesRemoved", loop.object()));
  EXPECT_EQ(
      service.caller.call({loop.object(), "org.freedesktop.DBus.Properties", "GetAll"}, "s", kBlock)
          .error,
      "org.freedesktop.DBus.Error.UnknownObject");
}

}  // namespace
}  // namespace kevent::system
