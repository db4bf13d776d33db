// SPDX-License-Identifier: LGPL-2.1-or-later
// The settings, to look at and to change. What is changed holds at once.
#pragma once

#include <QDialog>

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
};

}  // namespace kevent::gui
