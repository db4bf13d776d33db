// SPDX-License-Identifier: LGPL-2.1-or-later
#include "bench/report.h"

#include <sys/utsname.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <nlohmann/json.hpp>
#include <thread>

namespace kevent::bench {
namespace {

using Json = nlohmann::ordered_json;
using Line = std::vector<std::string>;

std::string machine() {
  utsname name{};
  ::uname(&name);
  const std::string release = name.release;
  return std::to_string(std::thread::hardware_concurrency()) + " processors, Linux " +
         release.substr(0, release.find('.', release.find('.') + 1));
}

// Three digits that count where there is a point at all.
std::string number_text(double value) {
  const double size = std::fabs(value);
  const int decimals = value == std::floor(value) || size >= 100 ? 0
                       : size >= 10                              ? 1
                       : size >= 0.1                             ? 2
                                                                 : 3;
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

std::string cell(const std::optional<Figure>& figure, const std::string& unit) {
  if (!figure) return "";
  std::string text = number_text(figure->median);
  if (!unit.empty()) text += " " + unit;
  if (figure->p99) text += " (" + number_text(*figure->p99) + ")";
  return text;
}

// Without the columns that have nothing but a head.
std::vector<Line> without_empty_columns(std::vector<Line> table) {
  for (std::size_t i = table.front().size(); i-- > 0;) {
    if (std::any_of(table.begin() + 1, table.end(),
                    [i](const Line& line) { return !line[i].empty(); })) {
      continue;
    }
    for (Line& line : table) line.erase(line.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return table;
}

std::vector<Line> lines(const Rows& rows) {
  std::vector<Line> result = {{"what", "goal", "floor", "keventd", "udisks2", "ratio"}};
  for (const Row& row : rows) {
    result.push_back({row.what, row.goal, cell(row.floor, row.unit), cell(row.keventd, row.unit),
                      cell(row.udisks2, row.unit), row.ratio ? number_text(*row.ratio) : ""});
  }
  return without_empty_columns(std::move(result));
}

// How many columns a text takes: bytes, less those that go on a character of UTF-8.
std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string as_text(const std::vector<Line>& table) {
  std::vector<std::size_t> widths(table.front().size());
  for (const Line& line : table) {
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], width(line[i]));
  }
  std::string text;
  for (const Line& line : table) {
    std::string written;
    for (std::size_t i = 0; i < line.size(); ++i) {
      written += line[i] + std::string(widths[i] - width(line[i]) + 2, ' ');
    }
    text += written.substr(0, written.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

std::string as_markdown(const std::vector<Line>& table) {
  const auto row = [](const Line& line) {
    std::string text = "|";
    for (const std::string& field : line) text += (field.empty() ? " " : " " + field + " ") + "|";
    return text + "\n";
  };
  std::string text = row(table.front()) + row(Line(table.front().size(), "---"));
  std::for_each(table.begin() + 1, table.end(), [&](const Line& line) { text += row(line); });
  return text;
}

Json as_json(const Figure& figure) {
  Json json = {{"median", figure.median}};
  if (figure.p99) json["p99"] = *figure.p99;
  return json;
}

Json as_json(const Row& row) {
  Json json = {{"what", row.what}, {"unit", row.unit}, {"goal", row.goal}};
  if (row.floor) json["floor"] = as_json(*row.floor);
  if (row.keventd) json["keventd"] = as_json(*row.keventd);
  if (row.udisks2) json["udisks2"] = as_json(*row.udisks2);
  if (row.ratio) json["ratio"] = *row.ratio;
  return json;
}

std::string json_report(const std::vector<Table>& tables) {
  Json json = {{"machine", machine()}, {"tables", Json::array()}};
  for (const Table& table : tables) {
    Json rows = Json::array();
    std::transform(table.rows.begin(), table.rows.end(), std::back_inserter(rows),
                   [](const Row& row) { return as_json(row); });
    json["tables"].push_back({{"name", table.name},
                              {"title", table.title},
                              {"problem", table.problem},
                              {"rows", std::move(rows)}});
  }
  return json.dump(2) + "\n";
}

}  // namespace

std::string report(const std::vector<Table>& tables, Form form) {
  if (form == Form::kJson) return json_report(tables);
  const bool markdown = form == Form::kMarkdown;
  std::string text = machine() + ". Medians; in brackets the 99th percentile.\n";
  for (const Table& table : tables) {
    text += (markdown ? "\n### " : "\n") + table.title + "\n\n";
    if (!table.problem.empty()) {
      text += "Not measured: " + table.problem + "\n";
    } else {
      text += markdown ? as_markdown(lines(table.rows)) : as_text(lines(table.rows));
    }
  }
  return text;
}

}  // namespace kevent::bench
