// SPDX-License-Identifier: LGPL-2.1-or-later
// Colours beside those of the palette, each readable on a light and on a dark background.
#pragma once

#include <QColor>
#include <QPalette>
#include <cstddef>
#include <cstdint>

namespace kevent::gui {

// For text on the palette's Base: how bad a row is, by syslog's scale.
QColor priority_colour(int priority, const QPalette& palette);

// For the lines of a plot: different ones in turn, drawn on the palette's Base.
inline constexpr std::size_t kLineColours = 8;
QColor line_colour(std::size_t line, const QPalette& palette);

}  // namespace kevent::gui
