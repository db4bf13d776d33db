// SPDX-License-Identifier: LGPL-2.1-or-later
#include "bench/process_figures.h"

#include <filesystem>

#include "lib/base/files.h"
#include "tests/support/failure.h"

namespace kevent::bench {
namespace {

constexpr double kKibPerMib = 1024;

std::string folder_of(pid_t pid) {
  return "/proc/" + std::to_string(pid);
}

std::string content(const std::string& path) {
  const auto text = base::read_file(path);
  if (!text) support::fail(text.error().message());
  return *text;
}

std::uint64_t status_number(const std::string& folder, const std::string& key) {
  const std::string status = content(folder + "/status");
  const auto line = status.find("\n" + key + ":");
  if (line == status.npos) support::fail(folder + "/status has no " + key);
  return std::stoull(status.substr(line + key.size() + 2));
}

}  // namespace

double memory_mib(pid_t pid, const std::string& key) {
  return static_cast<double>(status_number(folder_of(pid), key)) / kKibPerMib;
}

double peak_private_mib(pid_t pid) {
  return memory_mib(pid, "VmHWM") - memory_mib(pid, "RssFile") - memory_mib(pid, "RssShmem");
}

std::uint64_t wakeups(pid_t pid) {
  std::uint64_t sum = 0;
  for (const auto& task : std::filesystem::directory_iterator(folder_of(pid) + "/task")) {
    sum += status_number(task.path(), "voluntary_ctxt_switches");
  }
  return sum;
}

std::chrono::nanoseconds processor_time(pid_t pid) {
  return std::chrono::nanoseconds(std::stoll(content(folder_of(pid) + "/schedstat")));
}

}  // namespace kevent::bench
