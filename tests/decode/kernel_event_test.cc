// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/decode/kernel_event.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/decode/kernel_message.h"

namespace kevent::decode {
namespace {

namespace key = event::key;
using event::Group;
using Kind = KernelMessage::Kind;
using namespace std::string_literals;

const std::string kZone = "/devices/virtual/thermal/thermal_zone3";

KernelMessage parse(const NetlinkMessage& message, std::int64_t offset_us = 0) {
  return parse_kernel_message(message.bytes(), offset_us);
}

// An event that can be read.
event::Event event_of(const KernelFields& fields) {
  const auto message = parse(kernel_message(fields));
  EXPECT_EQ(message.kind, Kind::kEvent);
  return message.event;
}

KernelFields power(const std::string& signal, const std::string& text) {
  return {.type = KEVENT_TYPE_POWER, .object = kZone, .signal = signal, .text = text};
}

KernelFields io_error(const std::string& text) {
  return {.signal = KEVENT_SIGNAL_IO_ERROR, .text = text};
}

std::optional<std::string> text_of(const event::Event& event, std::string_view name) {
  const auto* text = event.details.get<std::string>(name);
  return text == nullptr ? std::nullopt : std::optional(*text);
}

// K3 to K7.
TEST(KernelEvent, OfAFilesystemThatCameAlive) {
  event::Event expected;
  expected.time_us = 1'700'000'000'000'007;
  expected.group = Group::kFs;
  expected.priority = 5;
  expected.object = "/devices/virtual/block/loop0";
  expected.signal = "mount";
  expected.details.set(key::kSource, "kernel"s);
  expected.details.set(key::kKernelSequence, std::uint64_t{1} << 40);
  expected.details.set(key::kSubsystem, "block"s);
  expected.details.set(key::kScope, "filesystem"s);
  expected.details.set(key::kFileSystem, "ext4"s);
  const auto message = parse(kernel_message({.sequence = std::uint64_t{1} << 40,
                                             .time_ns = 7999,
                                             .type = KEVENT_TYPE_FS,
                                             .signal = KEVENT_SIGNAL_MOUNT,
                                             .subsystem = "block",
                                             .text = "fstype=ext4"}),
                             1'700'000'000'000'000);
  EXPECT_EQ(message.kind, Kind::kEvent);
  EXPECT_EQ(message.sequence, std::uint64_t{1} << 40);
  EXPECT_EQ(message.event, expected);
}

// K1
TEST(KernelEvent, IsReadFromADump) {
  EXPECT_EQ(parse(kernel_message({}, KEVENT_CMD_EVENT_GET)).event, event_of({}));
}

// K1
TEST(KernelEvent, IsNotMadeFromOtherCommands) {
  EXPECT_EQ(parse(kernel_message({}, KEVENT_CMD_LOG_GET)).kind, Kind::kOther);
  EXPECT_EQ(parse(kernel_message({}, KEVENT_CMD_MAX + 1)).kind, Kind::kOther);
  EXPECT_EQ(parse_kernel_message({}, 0).kind, Kind::kOther);
}

// K1
TEST(KernelEvent, PassesOverAttributesOfANewerKernel) {
  auto message = kernel_message({});
  EXPECT_EQ(parse(message.number(KEVENT_A_EVENT_MAX + 100, 1)).event, event_of({}));
}

TEST(KernelEvent, IsReadFromAnOddAddress) {
  std::vector<std::byte> bytes(1);
  const auto message = kernel_message({}).bytes();
  bytes.insert(bytes.end(), message.begin(), message.end());
  EXPECT_EQ(parse_kernel_message(std::span(bytes).subspan(1), 0).event, event_of({}));
}

// K2: each of these alone makes an event unreadable, but its number can be read.
class UnreadableEvent : public ::testing::TestWithParam<KernelFields> {};

TEST_P(UnreadableEvent, KeepsItsNumber) {
  const auto message = parse(kernel_message(GetParam()));
  EXPECT_EQ(message.kind, Kind::kUnreadable);
  EXPECT_EQ(message.sequence, 1u);
}

INSTANTIATE_TEST_SUITE_P(
    KernelEvent, UnreadableEvent,
    ::testing::Values(KernelFields{.time_ns = {}}, KernelFields{.type = {}},
                      KernelFields{.object = {}}, KernelFields{.signal = {}},
                      KernelFields{.object = ""}, KernelFields{.object = "devices/x"},
                      KernelFields{.object = "/devices/../x"}, KernelFields{.object = "/devices/"},
                      KernelFields{.object = "/devices\0/x"s}, KernelFields{.signal = ""},
                      KernelFields{.signal = "mo\0unt"s}, KernelFields{.subsystem = "\0"s},
                      KernelFields{.text = "a=1\0b=2"s},
                      KernelFields{.object = "/" + std::string(KEVENT_OBJECT_MAX, 'x')},
                      KernelFields{.signal = std::string(KEVENT_SIGNAL_MAX + 1, 'x')},
                      KernelFields{.subsystem = std::string(KEVENT_SUBSYSTEM_MAX + 1, 'x')},
                      KernelFields{.text = std::string(KEVENT_TEXT_MAX + 1, 'x')}));

// K2
TEST(KernelEvent, MayBeAsLongAsTheHeaderSays) {
  const auto event = event_of({.object = "/" + std::string(KEVENT_OBJECT_MAX - 1, 'x'),
                               .signal = std::string(KEVENT_SIGNAL_MAX, 'x'),
                               .subsystem = std::string(KEVENT_SUBSYSTEM_MAX, 'x'),
                               .text = std::string(KEVENT_TEXT_MAX, 'x')});
  EXPECT_EQ(event.object.size(), std::size_t{KEVENT_OBJECT_MAX});
  EXPECT_EQ(text_of(event, key::kText), std::string(KEVENT_TEXT_MAX, 'x'));
}

// K2
TEST(KernelEvent, HasNumbersOfFourOrEightBytes) {
  const auto with = [](std::uint16_t type, std::size_t size) {
    KernelFields fields;
    if (type == KEVENT_A_EVENT_SEQUENCE) fields.sequence.reset();
    if (type == KEVENT_A_EVENT_TIME) fields.time_ns.reset();
    if (type == KEVENT_A_EVENT_TYPE) fields.type.reset();
    const std::uint64_t value = 1;
    return parse(kernel_message(fields).attribute(type, &value, size));
  };
  for (const std::uint16_t type : {KEVENT_A_EVENT_SEQUENCE, KEVENT_A_EVENT_TIME}) {
    for (const std::size_t size : {0u, 1u, 2u, 3u, 5u, 7u}) {
      EXPECT_EQ(with(type, size).kind, Kind::kUnreadable) << size;
    }
    EXPECT_EQ(with(type, 4).kind, Kind::kEvent);
    EXPECT_EQ(with(type, 8).kind, Kind::kEvent);
  }
  EXPECT_EQ(with(KEVENT_A_EVENT_TYPE, 8).kind, Kind::kUnreadable);
  EXPECT_EQ(with(KEVENT_A_EVENT_TYPE, 2).kind, Kind::kUnreadable);
  EXPECT_EQ(with(KEVENT_A_EVENT_FLAGS, 8).kind, Kind::kUnreadable);
}

// K2
TEST(KernelEvent, NeedsANumber) {
  for (const std::optional<std::uint64_t> none : {std::optional<std::uint64_t>(), {0}}) {
    const auto message = parse(kernel_message({.sequence = none}));
    EXPECT_EQ(message.kind, Kind::kUnreadable);
    EXPECT_EQ(message.sequence, 0u);
  }
}

// K2
TEST(KernelEvent, IsNotMadeFromAPartOfAMessage) {
  const auto whole = kernel_message({}).bytes();
  for (std::size_t size = sizeof(genlmsghdr); size < whole.size(); ++size) {
    // What is missing of the padding is not missed.
    const auto kind = parse_kernel_message(std::span(whole).first(size), 0).kind;
    if (size + 3 < whole.size()) {
      EXPECT_EQ(kind, Kind::kUnreadable) << size;
    }
  }
}

// K3
TEST(KernelEvent, HasTheGroupOfItsType) {
  const auto group_of = [](std::uint32_t type) { return event_of({.type = type}).group; };
  EXPECT_EQ(group_of(KEVENT_TYPE_GENERAL), Group::kGeneral);
  EXPECT_EQ(group_of(KEVENT_TYPE_STORAGE), Group::kStorage);
  EXPECT_EQ(group_of(KEVENT_TYPE_POWER), Group::kPower);
  EXPECT_EQ(group_of(KEVENT_TYPE_FS), Group::kFs);
  EXPECT_EQ(group_of(KEVENT_TYPE_HOTPLUG), Group::kHotplug);
  EXPECT_EQ(group_of(KEVENT_TYPE_HOTPLUG + 1), Group::kGeneral);
  EXPECT_EQ(group_of(UINT32_MAX), Group::kGeneral);
}

// K4
TEST(KernelEvent, HasNoTimeBeforeTheEpochNorAfterTheLast) {
  const auto time_of = [](std::uint64_t time_ns, std::int64_t offset_us) {
    return parse(kernel_message({.time_ns = time_ns}), offset_us).event.time_us;
  };
  EXPECT_EQ(time_of(5'000, 10), 15u);
  EXPECT_EQ(time_of(5'000, -5), 0u);
  EXPECT_EQ(time_of(5'000, -6), 0u);
  EXPECT_EQ(time_of(UINT64_MAX, INT64_MAX), 0u);
  EXPECT_EQ(time_of(UINT64_MAX, 0), UINT64_MAX / 1000);
}

// K5
TEST(KernelEvent, HasThePriorityOfItsSignal) {
  const auto priority_of = [](const std::string& signal, const std::string& text = "") {
    return int{event_of(power(signal, text)).priority};
  };
  EXPECT_EQ(priority_of("overheating", "trip=0 type=hot temperature=95000"), 2);
  EXPECT_EQ(priority_of("overheating", "trip=0 type=critical temperature=95000"), 2);
  EXPECT_EQ(priority_of("overheating", "trip=0 type=passive temperature=95000"), 4);
  EXPECT_EQ(priority_of("overheating", "cpu=3 level=core"), 4);
  EXPECT_EQ(priority_of("normal"), 7);
  EXPECT_EQ(priority_of("io_error"), 3);
  EXPECT_EQ(priority_of("degraded"), 3);
  EXPECT_EQ(priority_of("sync_aborted"), 4);
  for (const char* signal : {"mount", "umount", "media_change", "sync_done"}) {
    EXPECT_EQ(priority_of(signal), 5) << signal;
  }
  for (const char* signal : {"eject_request", "sync_start", "of_a_newer_kernel"}) {
    EXPECT_EQ(priority_of(signal), 7) << signal;
  }
}

// K6
TEST(KernelEvent, HasAScopeOnlyAsAMount) {
  const auto scope = [](std::uint32_t type, const char* signal) {
    return text_of(event_of({.type = type, .signal = signal}), key::kScope);
  };
  EXPECT_EQ(scope(KEVENT_TYPE_FS, "mount"), "filesystem");
  EXPECT_EQ(scope(KEVENT_TYPE_FS, "umount"), "filesystem");
  EXPECT_EQ(scope(KEVENT_TYPE_FS, "frozen"), std::nullopt);
  EXPECT_EQ(scope(KEVENT_TYPE_GENERAL, "mount"), std::nullopt);
}

// K6
TEST(KernelEvent, SaysTheSignalThatNoMemberCanBe) {
  EXPECT_EQ(text_of(event_of({.signal = "2-x"}), key::kSignal), "2-x");
  EXPECT_EQ(text_of(event_of({.signal = "x2_"}), key::kSignal), std::nullopt);
}

// K7
TEST(KernelEvent, OfAThermalZoneSaysTripAndTemperature) {
  const auto hot = event_of(power("overheating", "trip=4294967295 type=hot temperature=-5000"));
  EXPECT_EQ(*hot.details.get<std::uint32_t>(key::kTrip), 4294967295u);
  EXPECT_EQ(text_of(hot, key::kTripType), "hot");
  EXPECT_EQ(*hot.details.get<std::int32_t>(key::kTemperature), -5000);
  EXPECT_EQ(hot.details.find(key::kText), nullptr);
}

// K7
TEST(KernelEvent, OfAProcessorSaysNumberAndLevel) {
  const auto hot = event_of(power("overheating", "cpu=3 level=core"));
  EXPECT_EQ(*hot.details.get<std::uint32_t>(key::kProcessor), 3u);
  EXPECT_EQ(text_of(hot, key::kLevel), "core");
}

// K7
TEST(KernelEvent, OfAFailedRequestSaysWhichAndWhy) {
  const auto error =
      event_of(io_error("op=READ sector=18446744073709551615 status=61 suppressed=7"));
  EXPECT_EQ(text_of(error, key::kOperation), "READ");
  EXPECT_EQ(*error.details.get<std::uint64_t>(key::kSector), UINT64_MAX);
  EXPECT_EQ(text_of(error, key::kStatus), "ENODATA");
  EXPECT_EQ(*error.details.get<std::uint32_t>(key::kSuppressed), 7u);
  EXPECT_EQ(error.details.find(key::kText), nullptr);
}

// K7
TEST(KernelEvent, KeepsInTextWhatHasNoDetail) {
  const auto rest = [](const std::string& text) {
    return text_of(event_of(io_error(text)), "Text");
  };
  EXPECT_EQ(rest("sector=1 new=2"), "new=2");
  EXPECT_EQ(rest("hello op=READ world"), "hello world");
  EXPECT_EQ(rest("sector=x"), "sector=x");
  EXPECT_EQ(rest("sector=-1"), "sector=-1");
  EXPECT_EQ(rest("sector=1x"), "sector=1x");
  EXPECT_EQ(rest("sector=18446744073709551616"), "sector=18446744073709551616");
  EXPECT_EQ(rest("op="), "op=");
  EXPECT_EQ(rest("sector=1 sector=2"), "sector=2");
  EXPECT_EQ(rest("status=0"), "status=0");
  EXPECT_EQ(rest("status=-5"), "status=-5");
  EXPECT_EQ(rest("status=100000"), "status=100000");
  EXPECT_EQ(rest("fstype=ext4"), "fstype=ext4");
  EXPECT_EQ(rest("=1"), "=1");
  EXPECT_EQ(rest(""), std::nullopt);
}

// K7: nobody knows how the word went on.
TEST(KernelEvent, DoesNotReadTheLastWordOfATextThatWasCut) {
  auto fields = io_error("op=READ sector=123");
  fields.flags = KEVENT_FLAGS_TEXT_CUT;
  const auto event = event_of(fields);
  EXPECT_EQ(text_of(event, key::kOperation), "READ");
  EXPECT_EQ(event.details.find(key::kSector), nullptr);
  EXPECT_EQ(text_of(event, key::kText), "sector=123");
}

// K7
TEST(KernelEvent, HasCleanTextWhateverTheKernelSays) {
  const auto event = event_of({.subsystem = "\x1b[31m", .text = "op=\xff\n"});
  EXPECT_EQ(text_of(event, key::kSubsystem), "\\x1b[31m");
  EXPECT_EQ(event.details.text_bytes(key::kSubsystem), "\x1b[31m");
  EXPECT_EQ(text_of(event, key::kOperation), "\\xff\\x0a");
}

// K8
TEST(KernelEvent, SaysWhatWasCut) {
  const auto cut = [](std::optional<std::uint32_t> flags) {
    return text_of(event_of({.flags = flags}), key::kCut);
  };
  EXPECT_EQ(cut({}), std::nullopt);
  EXPECT_EQ(cut(0), std::nullopt);
  EXPECT_EQ(cut(KEVENT_FLAGS_OBJECT_CUT), "object");
  EXPECT_EQ(cut(7), "object text subsystem");
  EXPECT_EQ(cut(8), std::nullopt);
}

const KernelLog kLog{3, std::uint64_t{1} << 33, {std::byte{1}, std::byte{2}}};

TEST(KernelLog, IsReadBack) {
  EXPECT_EQ(parse_kernel_log(kernel_log_message(kLog).bytes()), kLog);
  EXPECT_EQ(parse_kernel_log(kernel_log_message({}).bytes()), KernelLog{});
}

TEST(KernelLog, IsNotMadeFromAPartOfAMessage) {
  const auto whole = kernel_log_message(kLog).bytes();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(parse_kernel_log(std::span(whole).first(size)), std::nullopt) << size;
  }
}

TEST(KernelLog, HoldsNoNumberBeyondTheLast) {
  EXPECT_TRUE(parse_kernel_log(kernel_log_message({6, 5, {}}).bytes()));
  EXPECT_FALSE(parse_kernel_log(kernel_log_message({7, 5, {}}).bytes()));
  EXPECT_FALSE(parse_kernel_log(kernel_log_message({0, 5, {}}).bytes()));
}

TEST(KernelLog, IsNotMadeFromAnEvent) {
  EXPECT_FALSE(parse_kernel_log(kernel_message({}).bytes()));
}

TEST(KernelEvent, HasItsNumberWithoutTheRest) {
  EXPECT_EQ(kernel_sequence_of(kernel_message({.sequence = 7}).bytes()), 7u);
  EXPECT_EQ(kernel_sequence_of(kernel_message({.sequence = 7, .object = "no path"}).bytes()), 7u);
  EXPECT_EQ(kernel_sequence_of(kernel_message({.sequence = {}}).bytes()), 0u);
  EXPECT_EQ(kernel_sequence_of(kernel_message({.sequence = 7}, KEVENT_CMD_LOG_GET).bytes()), 0u);
  EXPECT_EQ(kernel_sequence_of({}), 0u);
}

}  // namespace
}  // namespace kevent::decode
