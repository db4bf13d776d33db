// SPDX-License-Identifier: LGPL-2.1-or-later
// FindDevice, for everything that /sys/devices holds on this machine, and for nonsense. The map of
// paths is written down here a second time, on purpose.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cctype>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "tests/system/service.h"

namespace kevent::system {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNoSuchObject = "org.kernel.Events1.Error.NoSuchObject";
constexpr const char* kNullObject = "/org/kernel/devices/virtual/mem/null";
constexpr std::size_t kLongName = 64 << 10;
constexpr const char* kHexDigits = "0123456789abcdef";

std::string mapped(const std::string& kernel_path) {
  std::string result = support::kManagerPath;
  for (const char c : kernel_path) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '/' || std::isalnum(byte) != 0) {
      result += c;
    } else {
      result += {'_', kHexDigits[byte >> 4], kHexDigits[byte & 15]};
    }
  }
  return result;
}

std::string unmapped(const std::string& object) {
  std::string result;
  for (std::size_t i = std::string(support::kManagerPath).size(); i < object.size(); ++i) {
    if (object[i] == '_') {
      result += static_cast<char>(std::stoi(object.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      result += object[i];
    }
  }
  return result;
}

// The kernel paths of all devices.
std::vector<std::string> all_devices() {
  std::vector<std::string> result;
  std::error_code error;
  for (fs::recursive_directory_iterator entry("/sys/devices", error), end; entry != end;
       entry.increment(error)) {
    if (entry->is_regular_file(error) && entry->path().filename() == "uevent") {
      result.push_back(entry->path().parent_path().string().substr(std::string("/sys").size()));
    }
  }
  return result;
}

std::string found(Service& service, const std::string& name) {
  const support::Reply reply = support::find_device(service.caller, name);
  return reply.ok() ? reply.arguments[0].get<std::string>() : reply.error;
}

TEST(FindDevice, MapsEveryDeviceByTheRulesOfTheDesign) {
  Service service;
  const std::vector<std::string> devices = all_devices();
  ASSERT_GT(devices.size(), 10U);
  for (const std::string& device : devices) {
    EXPECT_EQ(found(service, "/sys" + device), mapped(device));
  }
}

TEST(FindDevice, TakesAPathWithoutSysAsWell) {
  Service service;
  EXPECT_EQ(found(service, "/devices/virtual/mem/null"), kNullObject);
}

TEST(FindDevice, GivesEveryDeviceAPathThatLeadsBackToIt) {
  Service service;
  for (const std::string& device : all_devices()) {
    EXPECT_EQ(unmapped(found(service, device)), device);
  }
}

TEST(FindDevice, FollowsTheLinksOfAClass) {
  Service service;
  EXPECT_EQ(found(service, "/sys/class/mem/null"), kNullObject);
}

TEST(FindDevice, TakesADeviceNode) {
  Service service;
  EXPECT_EQ(found(service, "/dev/null"), kNullObject);
}

TEST(FindDevice, TakesALinkToADeviceNode) {
  const fs::path link = "/dev/kevent-test-" + new_uuid();
  std::error_code error;
  fs::create_symlink("null", link, error);
  if (error) {
    GTEST_SKIP() << "a link in /dev needs root";
  }
  Service service;
  EXPECT_EQ(found(service, link), kNullObject);
  fs::remove(link);
}

TEST(FindDevice, TakesTheNumberOfACharacterDevice) {
  Service service;
  EXPECT_EQ(found(service, "1:3"), kNullObject);
}

TEST(FindDevice, TakesABlockDeviceBeforeACharacterDeviceOfTheSameNumber) {
  if (!fs::exists("/sys/dev/block/7:0") || !fs::exists("/sys/dev/char/7:0")) {
    GTEST_SKIP() << "needs loop0 (block 7:0) and vcs (character 7:0)";
  }
  Service service;
  EXPECT_EQ(found(service, "7:0"), "/org/kernel/devices/virtual/block/loop0");
}

TEST(FindDevice, FindsNothingForNonsense) {
  Service service;
  const std::vector<std::string> names = {"",
                                          " ",
                                          ".",
                                          "..",
                                          "/..",
                                          "/sys/..",
                                          "/sys/../etc",
                                          "/sys/devices/../../etc",
                                          "/etc",
                                          "/etc/passwd",
                                          "/dev/..",
                                          "/dev/../etc/passwd",
                                          "/dev/no-such-node",
                                          "/proc/self",
                                          "null",
                                          "devices/virtual/mem/null",
                                          "/devices/virtual/mem/no-such-device",
                                          "/devices/virtual/mem/null/uevent",
                                          "1:",
                                          ":3",
                                          ":",
                                          "1:3 ",
                                          " 1:3",
                                          "-1:3",
                                          "1:3:5",
                                          "4095:1048575",
                                          "4294967296:3",
                                          "99999999999999999999:3",
                                          "0x1:3",
                                          "\\x01",
                                          std::string(kLongName, 'a'),
                                          "/" + std::string(kLongName, 'a'),
                                          "/sys/" + std::string(kLongName, '/') + "etc",
                                          std::string(kLongName, '1') + ":3"};
  for (const std::string& name : names) {
    EXPECT_EQ(found(service, name), kNoSuchObject) << name.substr(0, 100);
  }
}

TEST(FindDevice, StillAnswersAfterNonsense) {
  Service service;
  found(service, std::string(kLongName, '/'));
  EXPECT_EQ(found(service, "/dev/null"), kNullObject);
}

}  // namespace
}  // namespace kevent::system
