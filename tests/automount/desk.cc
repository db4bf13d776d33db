// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/automount/desk.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/failure.h"

namespace kevent::automount {
namespace {

constexpr std::uint64_t kImageSize = 8U << 20U;

bool matches(const nlohmann::json& notice, const std::string& kind, const std::string& device) {
  return notice["event"] == kind && (device.empty() || notice.value("device", "") == device);
}

}  // namespace

void Desk::start_keventd() {
  std::filesystem::create_directory(directory / "keventd");
  keventd = std::make_unique<support::Keventd>(stack.bus_address(), directory / "keventd");
}

void Desk::start_unready(const std::string& rules, std::optional<uid_t> user, bool json) {
  const std::filesystem::path file = directory / "automount.conf";
  std::ofstream(file) << rules;
  std::vector<std::string> command = {support::built_program("kevent-automount"), "--bus",
                                      stack.bus_address(), "--rules", file};
  if (json) command.emplace_back("--json");
  if (user) command = support::as_user(*user, command);
  automount = std::make_unique<support::Process>(command);
}

void Desk::start(const std::string& rules, std::optional<uid_t> user) {
  start_keventd();
  start_unready(rules, user);
  if (notice("ready").is_null()) support::fail("not ready: " + automount->error_output());
}

std::string Desk::image(const std::string& name, const std::string& label) {
  const std::string path = stack.images() / name;
  support::make_image(path, kImageSize);
  support::run_or_fail({"mkfs.ext4", "-q", "-L", label, path});
  return path;
}

std::vector<nlohmann::json> Desk::notices() const {
  std::vector<nlohmann::json> result;
  std::istringstream lines(automount->output());
  for (std::string line; std::getline(lines, line) && !lines.eof();) {
    result.push_back(nlohmann::json::parse(line));
  }
  return result;
}

nlohmann::json Desk::notice(const std::string& kind, const std::string& device) {
  nlohmann::json found;
  comes_true([&] {
    for (const auto& each : notices()) {
      if (!matches(each, kind, device)) continue;
      found = each;
      return true;
    }
    return !automount->running();
  });
  return found;
}

std::ptrdiff_t Desk::count(const std::string& kind, const std::string& device) const {
  return std::ranges::count_if(notices(),
                               [&](const auto& each) { return matches(each, kind, device); });
}

bool Desk::comes_true(const std::function<bool()>& condition) {
  return support::eventually(support::within(support::kPatience), condition);
}

void Desk::settle() {
  const std::string name = "fence" + std::to_string(fences.size());
  fences.push_back(std::make_unique<support::LoopDevice>(image(name, name)));
  if (notice("mounted", fences.back()->node()).is_null()) {
    support::fail("the fence is not mounted: " + automount->output());
  }
}

}  // namespace kevent::automount
