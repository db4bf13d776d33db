// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/support/private_bus.h"

#include <fstream>
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

PrivateBus::PrivateBus() : address_("unix:path=" + (directory_ / "bus").string()) {
  std::ofstream(directory_ / "bus.conf") << configuration(address_);
  start();
}

void PrivateBus::start() {
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

}  // namespace kevent::support
