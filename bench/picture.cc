// SPDX-License-Identifier: LGPL-2.1-or-later
#include "bench/picture.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace kevent::bench {
namespace {

// The plot's edges in the picture, in pixels. Both axes are logarithmic.
constexpr double kLeft = 80, kRight = 620, kTop = 60, kBottom = 330;
constexpr double kFewest = 10, kMost = 20'000;          // mounts
constexpr double kShortest = 10, kLongest = 1'000'000;  // microseconds

constexpr char kHead[] = R"(<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: LGPL-2.1-or-later -->
<!-- Drawn by tools/bench from its own numbers; follows the reader's light or dark. -->
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 390" width="720" height="390" role="img" aria-labelledby="title">
  <title id="title">From mount(2) to a client's callback, over the number of mounts</title>
  <style>
    text { font: 12px "DejaVu Sans", Verdana, sans-serif; fill: #24292f; text-anchor: middle; }
    .left { text-anchor: end; }
    .right { text-anchor: start; }
    .head { font-size: 16px; font-weight: bold; }
    .card { fill: #ffffff; stroke: #d0d7de; }
    .grid { stroke: #d0d7de; }
    .keventd, .udisks2 { fill: none; stroke-width: 2.5; }
    .keventd { stroke: #0969da; }
    .udisks2 { stroke: #9a6700; stroke-dasharray: 6 4; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .card { fill: #0d1117; stroke: #3d444d; }
      .grid { stroke: #3d444d; }
      .keventd { stroke: #4493f8; }
      .udisks2 { stroke: #d29922; }
    }
  </style>
  <rect class="card" x="0.5" y="0.5" width="719" height="389" rx="10"/>
  <text class="head" x="350" y="32">From mount(2) to a client's callback</text>
  <text x="350" y="374">mounts in the namespace</text>
)";

double part(double value, double low, double high) {
  return std::log(value / low) / std::log(high / low);
}

double x_of(double mounts) {
  return kLeft + part(mounts, kFewest, kMost) * (kRight - kLeft);
}

double y_of(double time_us) {
  return kBottom - part(time_us, kShortest, kLongest) * (kBottom - kTop);
}

std::string whole(double value) {
  return std::to_string(std::lround(value));
}

std::string text(double x, double y, const std::string& kind, const std::string& content) {
  return "  <text class=\"" + kind + "\" x=\"" + whole(x) + "\" y=\"" + whole(y) + "\">" + content +
         "</text>\n";
}

std::string grid_line(double x1, double y1, double x2, double y2) {
  return "  <path class=\"grid\" d=\"M" + whole(x1) + " " + whole(y1) + " L" + whole(x2) + " " +
         whole(y2) + "\"/>\n";
}

std::string time_text(double time_us) {
  if (time_us >= 1e6) return whole(time_us / 1e6) + " s";
  return time_us >= 1e3 ? whole(time_us / 1e3) + " ms" : whole(time_us) + " µs";
}

std::string grid(const Rows& rows) {
  std::string lines;
  for (double time_us = kShortest; time_us <= kLongest; time_us *= 10) {
    lines += grid_line(kLeft, y_of(time_us), kRight, y_of(time_us)) +
             text(kLeft - 8, y_of(time_us) + 4, "left", time_text(time_us));
  }
  for (const Row& row : rows) {
    lines += grid_line(x_of(row.mounts), kTop, x_of(row.mounts), kBottom) +
             text(x_of(row.mounts), kBottom + 18, "middle", std::to_string(row.mounts));
  }
  return lines;
}

// The name stands at the right end, a little above or below: the curves may meet there.
std::string curve(const std::string& name, const Rows& rows, std::optional<Figure> Row::*figure,
                  double label_below) {
  std::string points;
  for (const Row& row : rows) {
    points += (points.empty() ? "M" : " L") + whole(x_of(row.mounts)) + " " +
              whole(y_of((row.*figure)->median));
  }
  return "  <path class=\"" + name + "\" d=\"" + points + "\"/>\n" +
         text(x_of(rows.back().mounts) + 10, y_of((rows.back().*figure)->median) + label_below,
              "right", name);
}

}  // namespace

std::string mount_picture(const std::vector<Table>& tables) {
  Rows rows;
  for (const Table& table : tables) {
    std::ranges::copy_if(table.rows, std::back_inserter(rows),
                         [](const Row& row) { return row.mounts > 0; });
  }
  if (rows.empty()) return std::string(kHead) + "</svg>\n";
  return kHead + grid(rows) + curve("udisks2", rows, &Row::udisks2, -2) +
         curve("keventd", rows, &Row::keventd, 14) + "</svg>\n";
}

}  // namespace kevent::bench
