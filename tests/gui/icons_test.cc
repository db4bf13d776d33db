// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/icons.h"

#include <gtest/gtest.h>

#include <QGuiApplication>
#include <QImage>
#include <QPalette>
#include <set>

namespace kevent::gui {
namespace {

constexpr TrayState kStates[] = {TrayState::kQuiet, TrayState::kNotice, TrayState::kEventsLost,
                                 TrayState::kOverheating, TrayState::kServiceAway};

QImage drawn(TrayState state, int size) {
  return state_icon(state)
      .pixmap(QSize(size, size))
      .toImage()
      .convertToFormat(QImage::Format_ARGB32);
}

TEST(Icons, DifferForEachState) {
  std::set<QByteArray> pictures;
  for (const TrayState state : kStates) {
    const QImage picture = drawn(state, 16);
    pictures.insert(QByteArray(reinterpret_cast<const char*>(picture.bits()),
                               static_cast<qsizetype>(picture.sizeInBytes())));
  }
  EXPECT_EQ(pictures.size(), std::size(kStates));
}

TEST(Icons, HaveTheSizesThatPanelsAskFor) {
  for (const int size : {16, 22, 24, 32}) {
    EXPECT_EQ(drawn(TrayState::kQuiet, size).size(), QSize(size, size));
  }
}

// The chip has straight edges alone: where they are on whole pixels, none is half covered.
TEST(Icons, AreSharpWhereTheGridFits) {
  for (const int size : {16, 22, 24, 32, 48}) {
    const QImage picture = drawn(TrayState::kQuiet, size);
    for (int at = 0; at < size * size; ++at) {
      const int alpha = qAlpha(picture.pixel(at % size, at / size));
      ASSERT_TRUE(alpha == 0 || alpha == 255) << size;
    }
  }
}

TEST(Icons, AreDrawnInTheColourOfText) {
  const QPalette before = QGuiApplication::palette();
  QPalette dark = before;
  dark.setColor(QPalette::WindowText, Qt::white);
  QGuiApplication::setPalette(dark);
  const QImage picture = drawn(TrayState::kOverheating, 16);
  QGuiApplication::setPalette(before);
  EXPECT_EQ(picture.pixelColor(4, 10), QColor(Qt::white));
}

TEST(Icons, HaveNoNameWhereTheThemeDoesNotHaveThem) {
  EXPECT_TRUE(state_icon(TrayState::kQuiet).name().isEmpty());
}

TEST(Icons, OfTheProgramAreThereWithoutATheme) {
  EXPECT_FALSE(program_icon().pixmap(48).isNull());
}

}  // namespace
}  // namespace kevent::gui
