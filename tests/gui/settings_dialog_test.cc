// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/settings_dialog.h"

#include <gtest/gtest.h>

#include <QCheckBox>
#include <QComboBox>

namespace kevent::gui {
namespace {

class SettingsDialogTest : public testing::Test {
 protected:
  void SetUp() override {
    QObject::connect(&dialog, &SettingsDialog::settings_changed, &dialog,
                     [this](const Settings& settings) { changed = settings; });
  }

  QCheckBox& box(const QString& part) {
    for (QCheckBox* candidate : dialog.findChildren<QCheckBox*>()) {
      if (candidate->text().contains(part)) return *candidate;
    }
    ADD_FAILURE() << part.toStdString();
    return *dialog.findChild<QCheckBox*>();
  }

  SettingsDialog dialog{Settings{.told = {.lost = false}}};
  Settings changed;
};

TEST_F(SettingsDialogTest, ShowsTheSettings) {
  EXPECT_FALSE(box(QStringLiteral("Lost")).isChecked());
  EXPECT_TRUE(box(QStringLiteral("Overheating")).isChecked());
}

TEST_F(SettingsDialogTest, ChangesOneAndKeepsTheOthers) {
  box(QStringLiteral("Fahrenheit")).click();
  EXPECT_EQ(changed, (Settings{.told = {.lost = false}, .fahrenheit = true}));
}

TEST_F(SettingsDialogTest, FollowsWhatIsChangedElsewhere) {
  dialog.set_settings(Settings{.told = {.overheating = false}});
  EXPECT_FALSE(box(QStringLiteral("Overheating")).isChecked());
  EXPECT_TRUE(box(QStringLiteral("Lost")).isChecked());
}

TEST_F(SettingsDialogTest, PausesAndShowsUntilWhen) {
  auto* pause = dialog.findChild<QComboBox*>();
  Q_EMIT pause->activated(1);
  EXPECT_GT(changed.paused_until, QDateTime::currentDateTime());
  EXPECT_EQ(pause->currentIndex(), pause->count() - 1);
  Q_EMIT pause->activated(0);
  EXPECT_FALSE(changed.paused_until.isValid());
}

}  // namespace
}  // namespace kevent::gui
