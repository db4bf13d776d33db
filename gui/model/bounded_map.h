// SPDX-License-Identifier: LGPL-2.1-or-later
// A small map that forgets: what is remembered of devices and notices must not grow with what
// happens.
//
// Invariant: never more than kMost entries; what was put in first is forgotten first.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <utility>

namespace kevent::gui {

template <typename Key, typename Value, std::size_t kMostEntries = 256>
class BoundedMap {
 public:
  static constexpr std::size_t kMost = kMostEntries;
  using Entry = std::pair<Key, Value>;

  Value* find(const Key& key) {
    const auto found = std::ranges::find(entries_, key, &Entry::first);
    return found == entries_.end() ? nullptr : &found->second;
  }
  const Value* find(const Key& key) const { return const_cast<BoundedMap*>(this)->find(key); }

  // The value of `key`; a new one where there is none. Valid until the next change of the map.
  Value& operator[](const Key& key) {
    if (Value* value = find(key)) return *value;
    if (entries_.size() == kMost) entries_.pop_front();
    return entries_.emplace_back(key, Value()).second;
  }

  bool erase(const Key& key) {
    return std::erase_if(entries_, [&](const Entry& entry) { return entry.first == key; }) > 0;
  }
  void clear() { entries_.clear(); }

  std::size_t size() const { return entries_.size(); }
  auto begin() { return entries_.begin(); }
  auto end() { return entries_.end(); }
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }

 private:
  std::deque<Entry> entries_;  // the oldest first
};

}  // namespace kevent::gui
