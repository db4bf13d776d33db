// SPDX-License-Identifier: LGPL-2.1-or-later
// The settings, to look at and to change. What is changed holds at once.
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QString>
#include <functional>
#include <utility>
#include <vector>

#include "gui/model/settings.h"

namespace kevent::gui {

class SettingsDialog : public QDialog {
  Q_OBJECT

 public:
  explicit SettingsDialog(const Settings& settings, QWidget* parent = nullptr);

  // They were changed elsewhere, in the menu.
  void set_settings(const Settings& settings);

 Q_SIGNALS:
  void settings_changed(const kevent::gui::Settings& settings);

 private:
  enum Pause { kNoPause, kAnHour, kUntilTomorrow, kAsItIs };

  // The one field of the settings that a box stands for.
  using Field = std::function<bool&(Settings&)>;

  QWidget* make_told();
  QWidget* make_pause();
  QCheckBox* make_box(const QString& text, const Field& field);
  void choose_pause(int choice);
  void show_settings();

  Settings settings_;
  std::vector<std::pair<QCheckBox*, Field>> boxes_;
  QComboBox* pause_ = nullptr;
};

}  // namespace kevent::gui
