// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/text.h"

#include <gtest/gtest.h>

#include <QLocale>
#include <string>

#include "tests/gui/events.h"

namespace kevent::gui {
namespace {

std::string shown(std::string_view bytes) {
  return text_of(bytes).toStdString();
}

std::string summary(const event::Event& event) {
  return event_summary(event).toStdString();
}

class TextTest : public testing::Test {
 public:
  TextTest() { QLocale::setDefault(QLocale::c()); }
};

// T1
TEST(TextOf, BadBytesAndControlCharactersIsEscaped) {
  EXPECT_EQ(shown("a\xff\n\x1b[1mb"), "a\\xff\\x0a\\x1b[1mb");
}

// T1
TEST(TextOf, DirectionalMarksIsEscaped) {
  EXPECT_EQ(shown("gpj\u202e.exe"), "gpj\\u{202e}.exe");
  for (const char* mark : {"\u202a", "\u202d", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c"}) {
    EXPECT_TRUE(shown(mark).starts_with("\\u{")) << shown(mark);
  }
}

// T1
TEST(TextOf, InvisibleCharactersIsEscaped) {
  EXPECT_EQ(shown("a\u200bb"), "a\\u{200b}b");
  EXPECT_EQ(shown("a\u2028b\u2029"), "a\\u{2028}b\\u{2029}");
  EXPECT_EQ(shown("\ufeff\u00ad"), "\\u{feff}\\u{00ad}");
  EXPECT_EQ(shown("\U000e0041"), "\\u{e0041}");
}

// T1
TEST(TextOf, OtherScriptsIsLeftAsItIs) {
  EXPECT_EQ(shown("Übung 備份 גיבוי \U0001F525"), "Übung 備份 גיבוי \U0001F525");
}

// T2
TEST(TextOf, LongNamesLosesTheMiddle) {
  const QString text = text_of(std::string(4095, 'a') + 'z');
  EXPECT_EQ(text.size(), kLongestText);
  EXPECT_TRUE(text.startsWith(QLatin1String("aaa")));
  EXPECT_TRUE(text.contains(QChar(0x2026)));
  EXPECT_TRUE(text.endsWith(QLatin1Char('z')));
}

// T2
TEST(TextOf, LongNamesCutsNoCharacterInTwo) {
  std::string flames;
  for (int i = 0; i < 200; ++i) flames += "\U0001F525";
  const QList<uint> characters = text_of(flames).toUcs4();
  EXPECT_EQ(characters.size(), kLongestText);
  EXPECT_EQ(characters.count(0x1F525), kLongestText - 1);
}

// T2
TEST(TextOf, AsManyCharactersAsMayBeIsWhole) {
  EXPECT_EQ(shown(std::string(80, 'a')), std::string(80, 'a'));
}

// T3
TEST_F(TextTest, NeverTakesALabelForAFormat) {
  EXPECT_EQ(summary(mounted(kPartition, "/media/%1%2%n%L1")), "sdb1 mounted on /media/%1%2%n%L1");
  EXPECT_EQ(summary(make_event(event::Group::kGeneral, "/devices/%2", "%1", 7, "kernel")),
            "%2: %1");
}

// T4
TEST(EscapedMarkup, LeavesNothingThatMarkupWouldTake) {
  EXPECT_EQ(escaped_markup(QStringLiteral("<b a='x'>&amp;\"")).toStdString(),
            "&lt;b a=&#39;x&#39;&gt;&amp;amp;&quot;");
}

TEST_F(TextTest, TemperatureIsInTheChosenUnit) {
  EXPECT_EQ(temperature_text(95'500, false), QStringLiteral("95.5 °C"));
  EXPECT_EQ(temperature_text(100'000, true), QStringLiteral("212.0 °F"));
  EXPECT_EQ(temperature_text(-40'000, true), QStringLiteral("-40.0 °F"));
}

TEST_F(TextTest, SizeIsNeverNegative) {
  EXPECT_EQ(size_text(32'000'000'000), QStringLiteral("32.0 GB"));
  EXPECT_FALSE(size_text(UINT64_MAX).startsWith(QLatin1Char('-')));
}

TEST(ObjectName, IsTheNodeOrTheEndOfThePath) {
  const auto device = [](std::string node) {
    return with(media_change(kStick, 1), key::kDeviceNode, std::move(node));
  };
  EXPECT_EQ(object_name(device("/dev/mapper/x")), QStringLiteral("mapper/x"));
  EXPECT_EQ(object_name(device("/dev/")), QStringLiteral("sdb"));
  EXPECT_EQ(object_name(device("")), QStringLiteral("sdb"));
  EXPECT_EQ(object_name(make_event(event::Group::kGeneral, "/", "x", 7, "kernel")),
            QStringLiteral("/"));
}

TEST(ObjectName, OfAProcessorIsItsNumber) {
  EXPECT_EQ(
      object_name(with(overheating("/devices/system/cpu/cpu3"), key::kProcessor, std::uint32_t{3})),
      QStringLiteral("Processor 3"));
}

TEST_F(TextTest, SummaryIsOneLineOfWhatHappened) {
  EXPECT_EQ(summary(overheating()), "thermal_zone0 is overheating: 95.5 °C");
  EXPECT_EQ(summary(normal()), "thermal_zone0 is back to normal: 61.0 °C");
  EXPECT_EQ(summary(unmounted()), "sdb1 unmounted from /media/ann/STICK");
  EXPECT_EQ(summary(released()), "sdb1: filesystem let go");
  EXPECT_EQ(summary(media_change(kStick, 0)), "sdb: no medium");
  EXPECT_EQ(summary(media_change(kStick, 32'000'000'000)), "sdb: a medium of 32.0 GB");
  EXPECT_EQ(summary(media_change(kStick)), "sdb: the medium was changed");
  EXPECT_EQ(summary(removed_while_mounted()), "sdb1 was removed while mounted on /media/ann/STICK");
  EXPECT_EQ(summary(removed_while_mounted(kPartition, {"/mnt/<b>%1", "/mnt/\u202eb"})),
            "sdb1 was removed while mounted on /mnt/<b>%1, /mnt/\\u{202e}b");
  EXPECT_EQ(summary(removed_while_mounted(kPartition, {})),
            "sdb1 was removed while it was mounted");
  EXPECT_EQ(summary(io_error()), "sdb: I/O error, ENODATA");
  EXPECT_EQ(summary(removed(kStick)), "sdb was removed");
  EXPECT_EQ(summary(event::events_lost("uevent", 0, 0)), "Events of the source uevent were lost");
}

TEST_F(TextTest, SummaryOfAnUnknownSignalIsItsName) {
  EXPECT_EQ(summary(storage_event("spun\ndown", kStick)), "sdb: spun\\x0adown");
}

TEST_F(TextTest, SummaryOfAMissingOrMistypedDetailDoesWithout) {
  EXPECT_EQ(summary(with(overheating(), key::kTemperature, std::string("hot"))),
            "thermal_zone0 is overheating");
  EXPECT_EQ(summary(with(media_change(kStick, 1), key::kSize, true)),
            "sdb: the medium was changed");
  EXPECT_EQ(summary(with(mounted(), key::kMountPoint, std::uint64_t{1})), "sdb1: mount");
}

TEST_F(TextTest, SummaryOfWhatAProgramSaysNamesIt) {
  EXPECT_EQ(summary(from_program(overheating())), "thermal_zone0: overheating, says a program");
}

TEST(Plural, IsTheLargestIntForMore) {
  EXPECT_EQ(plural(7), 7);
  EXPECT_EQ(plural(UINT64_MAX), INT_MAX);
}

}  // namespace
}  // namespace kevent::gui
