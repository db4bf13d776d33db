// SPDX-License-Identifier: LGPL-2.1-or-later
// A real X screen that nobody looks at (Xvfb, openbox), and the hand on its mouse and keyboard
// (xdotool). Pictures are taken of it by ImageMagick.
//
// Pictures go into the folder that $KEVENT_PICTURES names, else into the temporary one; they are
// for people, and for docs/pictures. Tests assert on what programs say.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/process.h"

namespace kevent::desktop {

// Of the screen, in pixels.
struct Area {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};

class Screen {
 public:
  static constexpr int kWidth = 1280;
  static constexpr int kHeight = 800;

  // `environment`: for the window manager, whose configuration goes into `folder`.
  Screen(const std::vector<std::string>& environment, const std::filesystem::path& folder);
  // Lets Xvfb remove its socket and its lock.
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  // ":7"
  const std::string& display() const { return display_; }

  // The visible windows that xdotool's search finds by these arguments, as {"--class", "trayer"}.
  std::vector<Area> windows(const std::vector<std::string>& search) const;
  // The first of them that is at least as large, waiting for it. Fails when it does not come.
  Area wait_for_window(const std::vector<std::string>& search, int width = 1, int height = 1) const;

  void point_at(int x, int y) const;
  void click(int x, int y, int button = 1) const;
  // Keys as xdotool names them: "Escape", "ctrl+f".
  void press(const std::vector<std::string>& keys) const;
  void type(const std::string& text) const;

  // A picture of what stands still, as `folder`/NAME.png with few colours.
  void take_picture(const std::filesystem::path& folder, const std::string& name,
                    const Area& area = {0, 0, kWidth, kHeight}) const;

 private:
  std::string xdotool(std::vector<std::string> arguments) const;
  void grab(const std::filesystem::path& file) const;

  support::Process server_;
  std::string display_;
  std::optional<support::Process> window_manager_;
};

}  // namespace kevent::desktop
