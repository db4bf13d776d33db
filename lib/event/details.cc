// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/event/details.h"

#include <algorithm>

#include "lib/event/text.h"

namespace kevent::event {
namespace {

constexpr std::string_view kBytes = "Bytes";
// What most events have; a uevent of a block device has one more.
constexpr std::size_t kUsualEntries = 8;

std::string bytes_key(std::string_view key) {
  return std::string(key).append(kBytes);
}

bool is_bytes_key(std::string_view candidate, std::string_view key) {
  return candidate.size() == key.size() + kBytes.size() && candidate.starts_with(key) &&
         candidate.ends_with(kBytes);
}

}  // namespace

void Details::set(std::string_view key, Value value) {
  const auto entry = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& candidate) { return candidate.first == key; });
  if (entry != entries_.end()) {
    entry->second = std::move(value);
  } else {
    if (entries_.empty()) entries_.reserve(kUsualEntries);
    entries_.emplace_back(std::string(key), std::move(value));
  }
}

void Details::set_text(std::string_view key, std::string_view bytes) {
  if (is_clean_text(bytes)) {
    set(key, std::string(bytes));
    std::erase_if(entries_, [&](const Entry& entry) { return is_bytes_key(entry.first, key); });
  } else {
    set(key, clean_text(bytes));
    set(bytes_key(key), Bytes(bytes.begin(), bytes.end()));
  }
}

const Value* Details::find(std::string_view key) const {
  for (const Entry& entry : entries_) {
    if (entry.first == key) return &entry.second;
  }
  return nullptr;
}

std::optional<std::string> Details::text_bytes(std::string_view key) const {
  if (const auto* bytes = get<Bytes>(bytes_key(key))) {
    return std::string(bytes->begin(), bytes->end());
  }
  if (const auto* text = get<std::string>(key)) return *text;
  return std::nullopt;
}

}  // namespace kevent::event
