// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/log/record.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace kevent::log {
namespace {

using event::Bytes;
using event::DeviceNumber;
using event::Environment;
using event::Event;
using event::Value;

std::string encoding_of(const Event& event) {
  std::string bytes;
  encode_event(event, event.sequence, bytes);
  return bytes;
}

std::optional<Event> decoded(std::string_view bytes) {
  return decode_event(std::as_bytes(std::span(bytes)));
}

Event with_value(Value value) {
  Event event;
  event.details.set("Key", std::move(value));
  return event;
}

// One of each type.
Event rich_event() {
  Event event;
  event.sequence = 0x0123456789abcdef;
  event.time_us = 42;
  event.group = event::Group::kStorage;
  event.priority = 5;
  event.object = "/devices/\xff\n";
  event.signal = std::string("media\0change", 12);
  event.details.set("Bool", true);
  event.details.set("Int", std::int32_t{-5});
  event.details.set("Unsigned", std::uint32_t{5});
  event.details.set("Long", std::uint64_t{5});
  event.details.set("Text", std::string("text"));
  event.details.set("Device", DeviceNumber{8, 1});
  event.details.set("Uevent", Environment{{"A", "1"}, {"", ""}, {"A", "2"}});
  event.details.set("Bytes", Bytes{0, 255, 10});
  event.details.set("Texts", event::Texts{"one", ""});
  return event;
}

TEST(Record, BringsBackEveryField) {
  EXPECT_EQ(decoded(encoding_of(rich_event())), rich_event());
}

TEST(Record, BringsBackAnEmptyEvent) {
  EXPECT_EQ(decoded(encoding_of(Event{})), Event{});
}

TEST(Record, BringsBackTheLimitsOfEachType) {
  const Value values[] = {false,
                          true,
                          std::numeric_limits<std::int32_t>::min(),
                          std::numeric_limits<std::int32_t>::max(),
                          std::numeric_limits<std::uint32_t>::max(),
                          std::numeric_limits<std::uint64_t>::max(),
                          std::string(),
                          std::string(70'000, 'x'),
                          std::string("\0", 1),
                          DeviceNumber{UINT32_MAX, UINT32_MAX},
                          Environment(),
                          Environment{{std::string(3000, 'k'), std::string(3000, 'v')}},
                          Bytes(),
                          Bytes(70'000, std::uint8_t{255}),
                          event::Texts(),
                          event::Texts{"/media/a", "", std::string(3000, 'x')}};
  for (const Value& value : values) {
    EXPECT_EQ(decoded(encoding_of(with_value(value))), with_value(value)) << value.index();
  }
}

TEST(Record, BringsBackEveryGroup) {
  for (const event::Group group : event::kAllGroups) {
    Event event;
    event.group = group;
    EXPECT_EQ(decoded(encoding_of(event)), event);
  }
}

TEST(Record, IsAppendedToWhatIsThere) {
  std::string bytes = "before";
  encode_event(rich_event(), rich_event().sequence, bytes);
  EXPECT_EQ(bytes, "before" + encoding_of(rich_event()));
}

TEST(Record, IsRefusedWhenCutAnywhere) {
  const std::string bytes = encoding_of(rich_event());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    // A copy of its own, so that a read beyond its end is noticed.
    const std::string cut = bytes.substr(0, length);
    EXPECT_EQ(decoded(cut), std::nullopt) << length;
  }
}

TEST(Record, IsRefusedWithAnythingBehindIt) {
  EXPECT_EQ(decoded(encoding_of(rich_event()) + '\0'), std::nullopt);
}

// Whatever is made of garbled bytes, it has this encoding and no other.
TEST(Record, HasOneEncodingForEachEvent) {
  const std::string bytes = encoding_of(rich_event());
  std::size_t taken = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string garbled = bytes;
      garbled[i] = static_cast<char>(garbled[i] ^ (1 << bit));
      const auto event = decoded(garbled);
      if (!event) continue;
      ++taken;
      ASSERT_EQ(encoding_of(*event), garbled) << i;
      ASSERT_NE(*event, rich_event()) << i;
    }
  }
  EXPECT_GT(taken, 0U);
}

TEST(Record, IsRefusedWithAnUnknownGroup) {
  std::string bytes = encoding_of(Event{});
  bytes[16] = 5;  // behind sequence and time
  EXPECT_EQ(decoded(bytes), std::nullopt);
}

TEST(Record, IsRefusedWithAnUnknownType) {
  std::string bytes = encoding_of(with_value(true));
  bytes[bytes.size() - 2] = static_cast<char>(std::variant_size_v<Value>);
  EXPECT_EQ(decoded(bytes), std::nullopt);
}

TEST(Record, IsRefusedWithATruthThatIsNeitherTrueNorFalse) {
  std::string bytes = encoding_of(with_value(true));
  bytes.back() = 2;
  EXPECT_EQ(decoded(bytes), std::nullopt);
}

TEST(Record, IsRefusedWithAKeyThatComesTwice) {
  Event event;
  event.details.set("KeyA", true);
  event.details.set("KeyB", true);
  std::string bytes = encoding_of(event);
  bytes[bytes.rfind('B')] = 'A';
  EXPECT_EQ(decoded(bytes), std::nullopt);
}

TEST(Record, IsRefusedWithCountsThatCantBe) {
  std::string bytes = encoding_of(with_value(Environment()));
  bytes.replace(bytes.size() - 4, 4, "\xff\xff\xff\xff");
  EXPECT_EQ(decoded(bytes), std::nullopt);
}

TEST(Record, NeverTakesRandomBytesForMoreThanTheyAre) {
  std::mt19937 random(1);
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = encoding_of(rich_event());
    const auto changes = random() % 4 + 1;
    for (std::size_t i = 0; i < changes; ++i) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    bytes.resize(bytes.size() - random() % 3);
    if (const auto event = decoded(bytes)) {
      ASSERT_EQ(encoding_of(*event), bytes);
    }
  }
}

}  // namespace
}  // namespace kevent::log
