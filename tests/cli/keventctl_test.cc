// SPDX-License-Identifier: LGPL-2.1-or-later
// keventctl log, list, show and status, the program as a whole.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/options.h"
#include "lib/terminal/exit_code.h"
#include "tests/cli/keventctl_fixture.h"

namespace kevent::cli {
namespace {

using nlohmann::json;
using test::loop_event;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST_F(KeventctlAgainstAStandInService, FailsWithoutTheService) {
  service_.stop();
  for (const char* subcommand : {"monitor", "log", "list", "status"}) {
    const auto outcome = run({subcommand});
    EXPECT_EQ(outcome.status, terminal::kNoService) << subcommand;
    EXPECT_EQ(outcome.error_output,
              "keventctl: org.kernel.Events1 is not on this bus (does keventd run?)\n");
  }
}

// sdbus-c++ 1.2.0 leaks its sd_bus when it cannot open an address.
TEST(Keventctl, FailsWithoutABus) {
  for (const char* address : {"unix:path=/nonexistent/bus", "nonsense"}) {
    const auto outcome =
        support::run({support::built_program("keventctl"), "--bus", address, "status"},
                     {"ASAN_OPTIONS=detect_leaks=0"});
    EXPECT_EQ(outcome.status, terminal::kNoService);
    EXPECT_THAT(outcome.error_output, HasSubstr("cannot be reached"));
  }
}

TEST_F(KeventctlAgainstAStandInService, FailsWhenTheServiceRefuses) {
  service_.refuse("org.kernel.Events1.Error.InvalidFilter");
  for (const char* subcommand : {"monitor", "log"}) {
    const auto outcome = run({subcommand});
    EXPECT_EQ(outcome.status, terminal::kFailed);
    EXPECT_THAT(outcome.error_output, HasSubstr("org.kernel.Events1.Error.InvalidFilter"));
  }
}

TEST_F(KeventctlAgainstAStandInService, FailsWhenItsOutputCannotBeWritten) {
  support::Process process({"sh", "-c", R"("$0" --bus "$1" status >/dev/full)",
                            support::built_program("keventctl"), bus_.address()});
  EXPECT_EQ(process.wait(), terminal::kFailed);
}

TEST_F(KeventctlAgainstAStandInService, SaysWhatIsWrongWithItsArguments) {
  EXPECT_EQ(run({"log", "--priority", "9"}).status, terminal::kUsage);
}

TEST_F(KeventctlAgainstAStandInService, PrintsTheWholeLog) {
  service_.limit_answers(2);
  for (int i = 0; i < 5; ++i) service_.happen_unheard(loop_event("add"));
  service_.forget(1);
  const auto outcome = run({"log", "--json"});
  EXPECT_EQ(outcome.status, terminal::kDone);
  EXPECT_THAT(sequences_in(outcome.output), ElementsAre(2, 3, 4, 5));
}

TEST_F(KeventctlAgainstAStandInService, PrintsTheLogSinceASequence) {
  for (int i = 0; i < 5; ++i) service_.happen_unheard(loop_event("add"));
  service_.forget(3);
  const auto outcome = run({"log", "--since", "2"});
  EXPECT_THAT(outcome.output, StartsWith("1 event was no longer in the log\n4 "));
}

TEST_F(KeventctlAgainstAStandInService, PicksFromTheLog) {
  service_.limit_answers(2);
  for (const char* signal : {"mount", "add", "mount", "umount", "mount"}) {
    service_.happen_unheard(loop_event(signal, event::Group::kFs));
  }
  const auto outcome = run({"log", "--json", "--signal", "mount", "--last", "2"});
  EXPECT_THAT(sequences_in(outcome.output), ElementsAre(3, 5));
}

TEST_F(KeventctlAgainstAStandInService, IsColouredWhereThatIsWanted) {
  service_.happen_unheard(loop_event("add"));
  EXPECT_THAT(run({"log"}).output, Not(HasSubstr("\x1b")));
  EXPECT_THAT(run({"--color", "always", "log"}).output, HasSubstr("\x1b["));
}

// script(1) gives the program a terminal.
TEST_F(KeventctlAgainstAStandInService, IsColouredOnATerminalThatTakesColours) {
  const std::string words =
      support::built_program("keventctl") + " --bus '" + bus_.address() + "' status";
  const std::vector<std::string> on_a_terminal = {"script", "-qec", words, "/dev/null"};
  EXPECT_THAT(support::run(on_a_terminal, {"NO_COLOR="}).output, HasSubstr("\x1b["));
  const std::string plain = support::run(on_a_terminal, {"NO_COLOR=1"}).output;
  EXPECT_THAT(plain, HasSubstr("mountinfo"));
  EXPECT_THAT(plain, Not(HasSubstr("\x1b[")));
}

TEST_F(KeventctlAgainstAStandInService, LetsNothingRawThrough) {
  event::Event evil = loop_event("mount\xe2\x80\xae");
  evil.object = std::string(kDisk) + "\x1b]0;owned\x07";
  evil.details.set(event::key::kMountPoint, std::string("/%n%s\xe2\x80\xae\x1b[2J\x7f"));
  evil.details.set(event::key::kFileSystem, std::string("<b>\xc2\x9b"));
  service_.happen_unheard(evil);
  service_.add_object(evil.object,
                      {{client::kDeviceInterface, {{"Subsystem", std::string("\x1b[31m")}}}});
  service_.udev_properties = {{"ID_FS_LABEL\x1b", "\xe2\x80\xae"}};
  const std::string path = "/org/kernel/devices/virtual/block/loop0_1b_5d0_3bowned_07";
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"log"}, {"list"}, {"list", "--tree"}, {"show", path, "--udev"}, {"status"}}) {
    const auto outcome = run(arguments);
    EXPECT_EQ(outcome.status, terminal::kDone) << outcome.error_output;
    EXPECT_EQ(outcome.output.find_first_of("\x1b\x07\x7f"), std::string::npos) << outcome.output;
    EXPECT_THAT(outcome.output, Not(HasSubstr("\xe2\x80\xae")));
    EXPECT_THAT(outcome.output, Not(HasSubstr("\xc2\x9b")));
  }
  EXPECT_THAT(run({"log"}).output, HasSubstr("<b>\\xc2\\x9b on /%n%s\\u{202e}\\x1b[2J\\x7f"));
}

TEST_F(KeventctlAgainstAStandInService, ListsTheObjects) {
  add_objects();
  EXPECT_THAT(
      lines_of(run({"list"}).output),
      ElementsAre("OBJECT                                  SUBSYSTEM  NODE          DRIVER"
                  "  MOUNT POINTS",
                  "/devices/virtual/block/loop0            block      /dev/loop0",
                  "/devices/virtual/block/loop0/loop0p1    block      /dev/loop0p1        "
                  "  /mnt, /srv",
                  "/devices/virtual/thermal/thermal_zone0  thermal                  intel"));
}

TEST_F(KeventctlAgainstAStandInService, DrawsTheObjectsAsATree) {
  add_objects();
  EXPECT_THAT(lines_of(run({"list", "--tree", "--subsystem", "block"}).output),
              ElementsAre("/devices/virtual/block/loop0  block  /dev/loop0",
                          "└─loop0p1                     block  /dev/loop0p1    /mnt, /srv"));
}

TEST_F(KeventctlAgainstAStandInService, ListsTheObjectsForPrograms) {
  add_objects();
  const json objects = json::parse(run({"list", "--json", "--subsystem", "thermal"}).output);
  EXPECT_EQ(objects.size(), 1U);
  const json& zone = objects["/org/kernel/devices/virtual/thermal/thermal_5fzone0"];
  EXPECT_EQ(zone[client::kThermalZoneInterface], json({{"Temperature", 48000}}));
}

TEST_F(KeventctlAgainstAStandInService, ShowsAnObject) {
  add_objects();
  service_.udev_properties = {{"ID_FS_LABEL", "backup"}};
  service_.happen_unheard(loop_event("add"));
  const auto outcome = run({"show", "/dev/loop0", "--udev"});
  EXPECT_EQ(outcome.status, terminal::kDone);
  EXPECT_EQ(outcome.output,
            "/devices/virtual/block/loop0\n"
            "/org/kernel/devices/virtual/block/loop0\n"
            "\n"
            "org.kernel.Events1.Block\n"
            "  MountPoints  none\n"
            "  Size         1.0 GiB (1073741824 bytes)\n"
            "\n"
            "org.kernel.Events1.Device\n"
            "  DeviceNode  /dev/loop0\n"
            "  Driver      none\n"
            "  Subsystem   block\n"
            "\n"
            "udev\n"
            "  ID_FS_LABEL  backup\n"
            "\n"
            "Last events\n"
            "  1        2023-11-14 22:13:20.123  Hotplug  add                    "
            "/devices/virtual/block/loop0\n");
}

TEST_F(KeventctlAgainstAStandInService, ShowsTheNewestEventsOfTheObjectItself) {
  add_objects();
  for (int i = 0; i < 7; ++i) service_.happen_unheard(loop_event("change"));
  event::Event below = loop_event("change");
  below.object = kPartition;
  service_.happen_unheard(below);
  const json document = json::parse(run({"show", "/dev/loop0", "--json"}).output);
  std::vector<int> sequences;
  for (const json& event : document["events"]) sequences.push_back(event["sequence"]);
  EXPECT_THAT(sequences, ElementsAre(3, 4, 5, 6, 7));
}

TEST_F(KeventctlAgainstAStandInService, ShowsAnObjectForPrograms) {
  add_objects();
  service_.udev_properties = {{"ID_FS_LABEL", "backup"}};
  const json document = json::parse(run({"show", "/dev/loop0", "--json", "--udev"}).output);
  EXPECT_EQ(document["object"], "/org/kernel/devices/virtual/block/loop0");
  EXPECT_EQ(document["interfaces"][client::kBlockInterface]["Size"], 1 << 30);
  EXPECT_EQ(document["udev"]["ID_FS_LABEL"], "backup");
}

TEST_F(KeventctlAgainstAStandInService, ShowsAnObjectThatOnlyTheLogKnows) {
  service_.happen_unheard(loop_event("remove"));
  const auto outcome = run({"show", std::string("/sys") + kDisk});
  EXPECT_EQ(outcome.status, terminal::kDone);
  EXPECT_THAT(outcome.output, HasSubstr("remove"));
}

TEST_F(KeventctlAgainstAStandInService, ShowsNoObjectThatNobodyKnows) {
  for (const char* name : {"/dev/loop9", "/sys/devices/none", "/org/kernel/devices/none",
                           "/org/kernel/not_escaped", "7:9", "nonsense"}) {
    const auto outcome = run({"show", name});
    EXPECT_EQ(outcome.status, terminal::kNoSuchObject) << name;
    EXPECT_EQ(outcome.error_output, std::string("keventctl: no such object: ") + name + "\n");
  }
}

TEST_F(KeventctlAgainstAStandInService, TellsHowTheServiceIsDoing) {
  for (int i = 0; i < 3; ++i) service_.happen_unheard(loop_event("add"));
  service_.forget(1);
  const auto outcome = run({"status"});
  EXPECT_EQ(outcome.status, terminal::kDone);
  EXPECT_EQ(outcome.output,
            "service  9.8.7\n"
            "log      aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
            "held     events 2 to 3\n"
            "\n"
            "SOURCE   ACTIVE  KIND       RECEIVED  REJECTED  LOST  PROBLEM\n"
            "kernel   no      -          -         -         -     no events layer "
            "(CONFIG_KERNEL_EVENTS)\n"
            "mount    yes     mountinfo  12        0         3     no \\x1b[31mfanotify\n"
            "thermal  no      -          -         -         -     no thermal netlink\n");
}

TEST_F(KeventctlAgainstAStandInService, TellsThatNothingIsHeld) {
  EXPECT_THAT(run({"status"}).output, HasSubstr("held     no events\n"));
}

TEST_F(KeventctlAgainstAStandInService, ColoursASourceThatHasLostEvents) {
  EXPECT_THAT(run({"--color", "always", "status"}).output, HasSubstr("\x1b[1;31mmount"));
}

TEST_F(KeventctlAgainstAStandInService, ColoursASourceThatIsNotActive) {
  EXPECT_THAT(run({"--color", "always", "status"}).output, HasSubstr("mthermal"));
}

// A stock kernel is nothing to warn of.
TEST_F(KeventctlAgainstAStandInService, LeavesTheKernelPlainThatHasNoEventsLayer) {
  EXPECT_THAT(run({"--color", "always", "status"}).output, HasSubstr("\nkernel "));
}

TEST_F(KeventctlAgainstAStandInService, TellsItsStatusToPrograms) {
  const json document = json::parse(run({"status", "--json"}).output);
  EXPECT_EQ(document["Sources"]["mount"]["Lost"], 3);
  EXPECT_EQ(document["LogId"], std::string(32, 'a'));
}

}  // namespace
}  // namespace kevent::cli
