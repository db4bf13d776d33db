// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/desktop/screen.h"

#include <signal.h>

#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "tests/support/eventually.h"
#include "tests/support/failure.h"

namespace kevent::desktop {
namespace {

using support::eventually;
using support::kPatience;
using support::within;

// How long a picture is waited for that is the same as the one before: a cursor may blink.
constexpr std::chrono::seconds kStillness{5};
constexpr const char* kBackground = "#8c9bab";

// Windows without a frame: what xdotool says of their place is true then.
constexpr const char* kWindowManager = R"(<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <keyboard>
    <keybind key="A-F4"><action name="Close"/></keybind>
  </keyboard>
  <applications>
    <application class="*"><decor>no</decor><focus>yes</focus></application>
  </applications>
</openbox_config>
)";

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += word + " ";
  }
  return text;
}

std::string size_text() {
  return std::to_string(Screen::kWidth) + "x" + std::to_string(Screen::kHeight);
}

std::string geometry(const Area& area) {
  return std::to_string(area.width) + "x" + std::to_string(area.height) + "+" +
         std::to_string(area.x) + "+" + std::to_string(area.y);
}

// "X=3\nY=4\n..."
Area area_of(const std::string& shell_variables) {
  std::map<std::string, int> values;
  std::istringstream lines(shell_variables);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t equals = line.find('=');
    if (equals != std::string::npos) {
      values[line.substr(0, equals)] = std::stoi(line.substr(equals + 1));
    }
  }
  return {values["X"], values["Y"], values["WIDTH"], values["HEIGHT"]};
}

}  // namespace

Screen::Screen(const std::vector<std::string>& environment, const std::filesystem::path& folder)
    : server_({"Xvfb", "-displayfd", "1", "-screen", "0", size_text() + "x24", "-nolisten", "tcp",
               "-noreset"}) {
  const bool runs = eventually(
      within(kPatience), [this] { return server_.output().ends_with('\n') || !server_.running(); });
  if (!runs || !server_.running()) {
    support::fail("Xvfb: " + server_.error_output());
  }
  display_ = ":" + server_.output();
  display_.pop_back();
  std::vector<std::string> whole = environment;
  whole.push_back("DISPLAY=" + display_);
  const std::string configuration = folder / "openbox.xml";
  std::ofstream(configuration) << kWindowManager;
  window_manager_.emplace(std::vector<std::string>{"openbox", "--config-file", configuration},
                          whole);
  // Known by what it says on the root window; a tray that comes before it may get lost.
  if (!eventually(within(kPatience), [this] {
        return support::run({"xdotool", "get_num_desktops"}, {"DISPLAY=" + display_}).status == 0;
      })) {
    support::fail("openbox: " + window_manager_->error_output());
  }
  support::run({"display", "-display", display_, "-size", size_text(), "-window", "root",
                std::string("xc:") + kBackground});
}

Screen::~Screen() {
  window_manager_.reset();
  server_.signal(SIGTERM);
  server_.wait();
}

std::vector<Area> Screen::windows(const std::vector<std::string>& search) const {
  std::vector<std::string> arguments = {"xdotool", "search", "--onlyvisible"};
  arguments.insert(arguments.end(), search.begin(), search.end());
  const support::Outcome found = support::run(arguments, {"DISPLAY=" + display_});
  std::vector<Area> result;
  std::istringstream lines(found.output);
  for (std::string window; std::getline(lines, window);) {
    const support::Outcome shape =
        support::run({"xdotool", "getwindowgeometry", "--shell", window}, {"DISPLAY=" + display_});
    // One that has gone meanwhile is none.
    if (shape.status == 0) {
      result.push_back(area_of(shape.output));
    }
  }
  return result;
}

Area Screen::wait_for_window(const std::vector<std::string>& search, int width, int height) const {
  std::optional<Area> found;
  const bool came = eventually(within(kPatience), [&] {
    for (const Area& area : windows(search)) {
      if (area.width >= width && area.height >= height) {
        found = area;
      }
    }
    return found.has_value();
  });
  if (!came) {
    support::fail("no window " + joined(search));
  }
  return *found;
}

void Screen::point_at(int x, int y) const {
  xdotool({"mousemove", std::to_string(x), std::to_string(y)});
}

void Screen::click(int x, int y, int button) const {
  point_at(x, y);
  xdotool({"click", std::to_string(button)});
}

void Screen::press(const std::vector<std::string>& keys) const {
  std::vector<std::string> arguments = {"key", "--clearmodifiers"};
  arguments.insert(arguments.end(), keys.begin(), keys.end());
  xdotool(arguments);
}

void Screen::type(const std::string& text) const {
  xdotool({"type", text});
}

void Screen::take_picture(const std::filesystem::path& folder, const std::string& name,
                          const Area& area) const {
  const std::filesystem::path raw = folder / (name + ".ppm");
  std::string before;
  eventually(within(kStillness), [&] {
    std::string last = std::exchange(before, (grab(raw), bytes_of(raw)));
    return last == before;
  });
  support::run_or_fail({"convert", raw, "-crop", geometry(area), "+repage", "-strip", "+dither",
                        "-colors", "128", "PNG8:" + (folder / (name + ".png")).string()});
  std::filesystem::remove(raw);
}

std::string Screen::xdotool(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), "xdotool");
  support::Outcome outcome = support::run(arguments, {"DISPLAY=" + display_});
  if (outcome.status != 0) {
    support::fail(joined(arguments) + ": " + outcome.error_output);
  }
  return outcome.output;
}

void Screen::grab(const std::filesystem::path& file) const {
  support::run_or_fail({"import", "-display", display_, "-window", "root", file});
}

}  // namespace kevent::desktop
