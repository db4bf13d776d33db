// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/kernel/scene.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "lib/base/file_descriptor.h"
#include "tests/support/failure.h"

namespace kevent::kernel {
namespace {

constexpr const char* kSend = "/sys/kernel/debug/kevent/send";

std::string text_of(const support::Json& detail) {
  if (detail.is_null()) {
    return "-";
  }
  const support::Json& data = detail["data"];
  return data.is_string() ? data.get<std::string>() : data.dump();
}

// An event of GetEvents' answer, as its signal would have been heard.
support::Heard heard(const support::Json& entry) {
  return {.path = entry.at(3),
          .interface = std::string(support::kService) + "." + entry.at(2).get<std::string>(),
          .member = entry.at(4),
          .signature = "ttya{sv}",
          .arguments = {entry.at(0), entry.at(1), entry.at(5), entry.at(6)}};
}

}  // namespace

bool is_patched() {
  return std::filesystem::exists(kSend);
}

std::string line(const support::Heard& event, const Keys& keys) {
  std::string result = event.member + "/" + std::to_string(event.priority());
  for (const std::string& key : keys) {
    result += " " + key + "=" + text_of(event.detail(key));
  }
  return result;
}

Lines lines(const std::vector<support::Heard>& events, const Keys& keys) {
  Lines result;
  for (const support::Heard& event : events) {
    result.push_back(line(event, keys));
  }
  return result;
}

Lines only_patched(Lines lines) {
  return is_patched() ? std::move(lines) : Lines();
}

void write_to_kernel(const std::string& path, const std::string& text) {
  const base::FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!file.valid() ||
      ::write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    support::fail_with_errno("write \"" + text + "\" to " + path);
  }
}

std::string read_from_kernel(const std::string& path) {
  std::ifstream file(path);
  if (!file) {
    support::fail_with_errno(path);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

void send_events(std::uint64_t count) {
  write_to_kernel(kSend, std::to_string(count));
}

void KernelTest::SetUp() {
  const char* wanted = std::getenv("KEVENT_TEST_KERNEL");
  ASSERT_NE(wanted, nullptr) << "run by ctest, on a kernel of its own: docs/hacking.md";
  ASSERT_STREQ(wanted, is_patched() ? "patched" : "plain");
}

Scene::Scene(const support::KeventdOptions& options)
    : Service(options),
      kernel_speaks_(support::manager_property(caller, "Sources")["kernel"]["Active"]["data"] ==
                     true) {}

void Scene::settle() {
  Service::settle();
  settle_kernel();
}

void Scene::settle_kernel() {
  if (!kernel_speaks_) {
    return;
  }
  const std::size_t before = tape.all({.path = kSentObject}).size();
  send_events(1);
  hear({.path = kSentObject, .also = [&](const support::Heard&) {
          return tape.all({.path = kSentObject}).size() > before;
        }});
}

Lines Scene::told(const support::Wanted& wanted, const Keys& keys) const {
  support::Wanted event = wanted;
  event.also = [&](const support::Heard& heard) {
    return heard.is_event() && (!wanted.also || wanted.also(heard));
  };
  return lines(tape.all(event), keys);
}

std::vector<support::Heard> Scene::logged(const support::Wanted& wanted) {
  std::vector<support::Heard> result;
  std::uint64_t position = 0;
  for (;;) {
    const support::Reply reply = support::get_events(caller, position);
    if (!reply.ok()) {
      support::fail("GetEvents: " + reply.error);
    }
    for (const support::Json& entry : reply.arguments[0]) {
      if (support::Heard event = heard(entry); wanted.matches(event)) {
        result.push_back(std::move(event));
      }
    }
    if (reply.arguments[2] == position) {
      return result;
    }
    position = reply.arguments[2];
  }
}

}  // namespace kevent::kernel
