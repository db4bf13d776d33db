// SPDX-License-Identifier: LGPL-2.1-or-later
// Which sources listen, with which rights, and what is said of it.
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "tests/support/loop_device.h"
#include "tests/support/mounted.h"
#include "tests/support/uevents.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

using support::Json;
using support::with_text;

constexpr uid_t kNobody = 65534;
constexpr std::uint64_t kWantedBuffer = 128 << 20;
constexpr const char* kQuietObject = "/org/kernel/devices/virtual/mem/null";

Json source(Service& service, const std::string& name) {
  return support::manager_property(service.caller, "Sources").value(name, Json());
}

// One fact of a source's, without the variant around it.
Json fact(Service& service, const std::string& name, const std::string& key) {
  return source(service, name)[key]["data"];
}

TEST(Sources, SayWhatTheContractNames) {
  Service service;
  const Json uevent = source(service, "uevent");
  EXPECT_EQ(uevent["Active"]["type"], "b");
  EXPECT_EQ(uevent["Kind"]["type"], "s");
  EXPECT_EQ(uevent["Signals"]["type"], "as");
  EXPECT_EQ(uevent["Received"]["type"], "t");
  EXPECT_EQ(uevent["Rejected"]["type"], "t");
  EXPECT_EQ(uevent["Lost"]["type"], "t");
  EXPECT_EQ(uevent["Problem"]["type"], "s");
}

TEST(Sources, ListenWithoutBeingToldWhich) {
  Service service;
  EXPECT_EQ(fact(service, "uevent", "Active"), true);
  EXPECT_EQ(fact(service, "mount", "Active"), true);
}

class ChosenSources : public SystemTest {};

TEST_F(ChosenSources, HearNoUeventWithMountAlone) {
  Service service({.sources = "mount"});
  support::trigger_uevents(support::kQuietDevice, 1);
  const support::Mounted mounted("none", service.directory / "place", "tmpfs");
  service.hear({.member = "mount", .also = with_text("MountPoint", service.directory / "place")});
  EXPECT_TRUE(service.tape.all({.interface = "Hotplug"}).empty());
}

TEST_F(ChosenSources, HearNoMountWithUeventAlone) {
  Service service({.sources = "uevent"});
  const support::Mounted mounted("none", service.directory / "place", "tmpfs");
  support::trigger_uevents(support::kQuietDevice, 1);
  service.hear({.path = kQuietObject, .member = "change"});
  EXPECT_TRUE(service.tape.all({.interface = "Fs"}).empty());
}

TEST_F(ChosenSources, AloneAreActive) {
  Service service({.sources = "mount"});
  EXPECT_EQ(fact(service, "mount", "Active"), true);
  const Json uevent = source(service, "uevent");
  EXPECT_TRUE(uevent.is_null() || uevent["Active"]["data"] == false);
}

TEST_F(ChosenSources, CountWhatTheyReceive) {
  Service service;
  const std::uint64_t before = fact(service, "uevent", "Received");
  support::trigger_uevents(support::kQuietDevice, 10);
  service.settle();
  EXPECT_GE(fact(service, "uevent", "Received").get<std::uint64_t>(), before + 10);
}

class Unprivileged : public SystemTest {};

TEST_F(Unprivileged, KeventdHearsUevents) {
  Service service({.user = kNobody});
  support::trigger_uevents(support::kQuietDevice, 1);
  service.hear({.path = kQuietObject, .interface = "Hotplug", .member = "change"});
}

TEST_F(Unprivileged, KeventdHearsMounts) {
  Service service({.user = kNobody});
  const support::Mounted mounted("none", service.directory / "place", "tmpfs");
  service.hear({.member = "mount", .also = with_text("MountPoint", service.directory / "place")});
}

TEST_F(Unprivileged, KeventdKnowsTheSizeOfAMedium) {
  Service service({.user = kNobody});
  support::make_image(service.directory / "image", 1 << 20);
  support::LoopDevice loop(service.directory / "image");
  loop.detach();
  EXPECT_EQ(service.hear({.path = loop.object(), .member = "media_change"}).detail("Size"),
            support::variant("t", 0));
}

TEST_F(Unprivileged, KeventdSaysThatItsBufferIsSmall) {
  std::uint64_t most = 0;
  std::ifstream("/proc/sys/net/core/rmem_max") >> most;
  if (most >= kWantedBuffer) {
    GTEST_SKIP() << "net.core.rmem_max gives everybody a large buffer here";
  }
  Service service({.user = kNobody});
  EXPECT_NE(fact(service, "uevent", "Problem"), "");
}

TEST_F(Unprivileged, KeventdSurvivesARestart) {
  Service service({.user = kNobody});
  const Json log = support::manager_property(service.caller, "LogId");
  service.keventd.kill9();
  service.keventd.start();
  EXPECT_EQ(support::manager_property(service.caller, "LogId"), log);
}

}  // namespace
}  // namespace kevent::system
