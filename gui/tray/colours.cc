// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/colours.h"

#include <array>

#include "lib/event/vocabulary.h"

namespace kevent::gui {
namespace {

struct Shades {
  QRgb on_light;
  QRgb on_dark;

  QColor on(const QPalette& palette) const {
    constexpr int kMiddle = 128;
    return palette.color(QPalette::Base).lightness() < kMiddle ? on_dark : on_light;
  }
};

constexpr Shades kError = {0xffb3261e, 0xffff8a80};
constexpr Shades kWarning = {0xff8a5300, 0xffffc46b};

// Of different lightness too, for those who see fewer colours.
constexpr std::array<Shades, kLineColours> kLines = {{{0xff1f6fb4, 0xff6cb6ff},
                                                      {0xffc4570a, 0xffffa657},
                                                      {0xff2a7d3c, 0xff7ee08f},
                                                      {0xff7b3fa0, 0xffd2a8ff},
                                                      {0xff00808a, 0xff5fd7e0},
                                                      {0xffa3275b, 0xffff9bc5},
                                                      {0xff6b6100, 0xffe6d85c},
                                                      {0xff4a5560, 0xffc3ccd5}}};

}  // namespace

QColor priority_colour(int priority, const QPalette& palette) {
  if (priority <= event::priority::kError) return kError.on(palette);
  if (priority == event::priority::kWarning) return kWarning.on(palette);
  const bool faint = priority >= event::priority::kDebug;
  return palette.color(faint ? QPalette::PlaceholderText : QPalette::Text);
}

QColor line_colour(std::size_t line, const QPalette& palette) {
  return kLines[line % kLineColours].on(palette);
}

}  // namespace kevent::gui
