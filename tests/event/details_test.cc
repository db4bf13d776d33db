// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/event/details.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace kevent::event {
namespace {

TEST(Details, FindWhatWasSet) {
  Details details;
  details.set("Size", std::uint64_t{512});
  ASSERT_NE(details.find("Size"), nullptr);
  EXPECT_EQ(*details.find("Size"), Value(std::uint64_t{512}));
  EXPECT_EQ(details.find("Siz"), nullptr);
}

TEST(Details, GiveAValueOnlyUnderItsType) {
  Details details;
  details.set("Size", std::uint64_t{512});
  EXPECT_NE(details.get<std::uint64_t>("Size"), nullptr);
  EXPECT_EQ(details.get<std::uint32_t>("Size"), nullptr);
  EXPECT_EQ(details.get<std::uint64_t>("Other"), nullptr);
}

TEST(Details, ReplaceAValueInItsPlace) {
  Details details;
  details.set("A", true);
  details.set("B", true);
  details.set("A", std::int32_t{-1});
  ASSERT_EQ(details.entries().size(), 2U);
  EXPECT_EQ(details.entries()[0], Details::Entry("A", std::int32_t{-1}));
}

TEST(Details, KeepTheOrderInWhichTheyWereSet) {
  Details details;
  details.set("Z", true);
  details.set("A", true);
  EXPECT_EQ(details.entries()[0].first, "Z");
  EXPECT_EQ(details.entries()[1].first, "A");
}

TEST(Details, KeepCleanTextAsItIs) {
  Details details;
  details.set_text("Label", "Größe 1");
  EXPECT_EQ(details.entries().size(), 1U);
  EXPECT_EQ(*details.get<std::string>("Label"), "Größe 1");
  EXPECT_EQ(details.text_bytes("Label"), "Größe 1");
}

TEST(Details, KeepTheBytesBesideTextThatIsNotClean) {
  Details details;
  details.set_text("Label", "a\xff\n");
  EXPECT_EQ(*details.get<std::string>("Label"), "a\\xff\\x0a");
  EXPECT_EQ(*details.get<Bytes>("LabelBytes"), (Bytes{'a', 0xff, '\n'}));
  EXPECT_EQ(details.text_bytes("Label"), "a\xff\n");
}

TEST(Details, DropTheBytesWhenCleanTextReplacesThem) {
  Details details;
  details.set_text("Label", "\xff");
  details.set_text("Label", "clean");
  EXPECT_EQ(details.entries().size(), 1U);
  EXPECT_EQ(details.text_bytes("Label"), "clean");
}

TEST(Details, ReplaceTheBytesWithTheText) {
  Details details;
  details.set_text("Label", "\xff");
  details.set_text("Label", "\xfe");
  EXPECT_EQ(details.entries().size(), 2U);
  EXPECT_EQ(details.text_bytes("Label"), "\xfe");
}

TEST(Details, HaveNoTextUnderAnotherType) {
  Details details;
  details.set("Label", true);
  EXPECT_EQ(details.text_bytes("Label"), std::nullopt);
  EXPECT_EQ(details.text_bytes("None"), std::nullopt);
}

TEST(Details, AreEqualWithTheSameEntries) {
  Details one;
  Details other;
  one.set("A", true);
  other.set("A", true);
  EXPECT_EQ(one, other);
  other.set("A", false);
  EXPECT_NE(one, other);
}

}  // namespace
}  // namespace kevent::event
