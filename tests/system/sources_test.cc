// SPDX-License-Identifier: LGPL-2.1-or-later
// Which sources listen, with which rights, and what is said of it.
#include <gtest/gtest.h>

#include <algorithm>
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

bool tells(Service& service, const std::string& name, const std::string& signal) {
  const Json signals = fact(service, name, "Signals");
  return std::find(signals.begin(), signals.end(), signal) != signals.end();
}

// Whichever kernel it is, each of these comes from one source.
TEST(Sources, SayWhoTellsWhatTheKernelMayTellItself) {
  Service service;
  const bool kernel = fact(service, "kernel", "Active");
  for (const char* signal : {"media_change", "eject_request"}) {
    EXPECT_EQ(tells(service, "kernel", signal), kernel) << signal;
    EXPECT_EQ(tells(service, "uevent", signal), !kernel) << signal;
  }
  EXPECT_EQ(tells(service, "kernel", "overheating"), kernel);
  if (fact(service, "thermal", "Active") == true) {
    EXPECT_EQ(tells(service, "thermal", "overheating"), !kernel);
  }
}

TEST(Sources, SayWhyTheKernelItselfIsNotHeard) {
  Service service;
  if (fact(service, "kernel", "Active") == true) {
    GTEST_SKIP() << "this kernel has the events layer";
  }
  const std::string problem = fact(service, "kernel", "Problem");
  EXPECT_NE(problem.find("CONFIG_KERNEL_EVENTS"), std::string::npos) << problem;
  // That is how most kernels are: no line of the log says it.
  EXPECT_EQ(service.keventd.error_output().find("CONFIG_KERNEL_EVENTS"), std::string::npos);
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
