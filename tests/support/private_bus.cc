// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/support/private_bus.h"

#include <cstdlib>
#include <fstream>
#include <string_view>
#include <vector>

#include "tests/support/failure.h"

namespace kevent::support {
namespace {

std::string configuration(const std::string& address) {
  return "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\"\n"
         " \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
         "<busconfig>\n"
         "  <type>system</type>\n"
         "  <auth>EXTERNAL</auth>\n"
         "  <listen>" +
         address +
         "</listen>\n"
         "  <policy context=\"default\">\n"
         "    <allow user=\"*\"/>\n"
         "    <allow own=\"*\"/>\n"
         "    <allow send_type=\"method_call\"/>\n"
         "    <allow send_type=\"signal\"/>\n"
         "    <allow send_requested_reply=\"true\" send_type=\"method_return\"/>\n"
         "    <allow send_requested_reply=\"true\" send_type=\"error\"/>\n"
         "    <allow receive_type=\"method_call\"/>\n"
         "    <allow receive_type=\"method_return\"/>\n"
         "    <allow receive_type=\"error\"/>\n"
         "    <allow receive_type=\"signal\"/>\n"
         "  </policy>\n"
         "</busconfig>\n";
}

}  // namespace

BusKind bus_kind_under_test() {
  const char* named = std::getenv("KEVENT_TEST_BUS");
  if (named == nullptr || std::string_view(named) == "dbus-daemon") {
    return BusKind::kDaemon;
  }
  if (std::string_view(named) != "dbus-broker") {
    fail(std::string("KEVENT_TEST_BUS=") + named + " is neither dbus-daemon nor dbus-broker");
  }
  return BusKind::kBroker;
}

std::string bus_kind_name(BusKind kind) {
  return kind == BusKind::kBroker ? "DbusBroker" : "DbusDaemon";
}

PrivateBus::PrivateBus(BusKind kind)
    : path_(directory_ / "bus"), address_("unix:path=" + path_), kind_(kind) {
  start();
}

void PrivateBus::stop() {
  daemon_.reset();
  controller_.reset();
}

void PrivateBus::start() {
  stop();
  if (kind_ == BusKind::kBroker) {
    start_broker();
  } else {
    start_daemon();
  }
}

void PrivateBus::start_daemon() {
  std::ofstream(directory_ / "bus.conf") << configuration(address_);
  daemon_ = std::make_unique<Process>(
      std::vector<std::string>{"dbus-daemon", "--nofork", "--print-address=1",
                               "--config-file=" + (directory_ / "bus.conf").string()});
  const bool listens = eventually(within(kPatience), [this] {
    return daemon_->output().ends_with('\n') || !daemon_->running();
  });
  if (!listens || !daemon_->running()) {
    fail("dbus-daemon: " + daemon_->error_output());
  }
}

// 64 connections' worth of 8 MiB, 64 descriptors and 256 match rules for each user.
void PrivateBus::start_broker() {
  controller_ = std::make_unique<BrokerController>();
  daemon_ = std::make_unique<Process>(
      std::vector<std::string>{"dbus-broker", "--controller=0",
                               "--machine-id=0123456789abcdef0123456789abcdef",
                               "--max-bytes=536870912", "--max-fds=4096", "--max-matches=16384"},
      std::vector<std::string>{}, controller_->broker_end());
  controller_->listen(path_);
}

}  // namespace kevent::support
