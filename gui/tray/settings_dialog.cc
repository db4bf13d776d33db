// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/settings_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QVBoxLayout>

#include "gui/tray/pause.h"

namespace kevent::gui {

SettingsDialog::SettingsDialog(const Settings& settings, QWidget* parent)
    : QDialog(parent), settings_(settings) {
  setWindowTitle(tr("Settings of Kernel Events"));
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(make_told());
  layout->addWidget(make_pause());
  layout->addWidget(make_box(tr("Temperatures in degrees &Fahrenheit"),
                             [](Settings& fields) -> bool& { return fields.fahrenheit; }));
  layout->addStretch();
  layout->addWidget(buttons);
  show_settings();
}

void SettingsDialog::set_settings(const Settings& settings) {
  settings_ = settings;
  show_settings();
}

QWidget* SettingsDialog::make_told() {
  auto* group = new QGroupBox(tr("Tell me about"));
  auto* layout = new QVBoxLayout(group);
  const auto add = [&](const QString& text, bool Told::*kind) {
    layout->addWidget(
        make_box(text, [kind](Settings& fields) -> bool& { return fields.told.*kind; }));
  };
  add(tr("&Overheating"), &Told::overheating);
  add(tr("Filesystems that are &mounted and unmounted"), &Told::mounts);
  add(tr("Media that are &inserted and removed"), &Told::media);
  add(tr("&Errors of disks, arrays and filesystems"), &Told::errors);
  add(tr("&Lost events"), &Told::lost);
  return group;
}

QWidget* SettingsDialog::make_pause() {
  pause_ = new QComboBox;
  connect(pause_, &QComboBox::activated, this, &SettingsDialog::choose_pause);
  auto* row = new QWidget;
  auto* layout = new QFormLayout(row);
  layout->setContentsMargins({});
  layout->addRow(tr("&Pause notices:"), pause_);
  pause_->setToolTip(tr("Overheating is told all the same"));
  return row;
}

QCheckBox* SettingsDialog::make_box(const QString& text, const Field& field) {
  auto* box = new QCheckBox(text);
  boxes_.emplace_back(box, field);
  connect(box, &QCheckBox::clicked, this, [this, field](bool checked) {
    field(settings_) = checked;
    Q_EMIT settings_changed(settings_);
  });
  return box;
}

void SettingsDialog::choose_pause(int choice) {
  const QDateTime now = QDateTime::currentDateTime();
  switch (choice) {
    case kNoPause:
      settings_.paused_until = {};
      break;
    case kAnHour:
      settings_.paused_until = an_hour_after(now);
      break;
    case kUntilTomorrow:
      settings_.paused_until = tomorrow_after(now);
      break;
    default:
      return;
  }
  show_settings();
  Q_EMIT settings_changed(settings_);
}

void SettingsDialog::show_settings() {
  for (const auto& [box, field] : boxes_) box->setChecked(field(settings_));
  pause_->clear();
  pause_->addItems({tr("No"), tr("For an hour"), tr("Until tomorrow")});
  if (!is_paused(settings_, QDateTime::currentDateTime())) return;
  pause_->addItem(tr("Until %1").arg(pause_end_text(settings_.paused_until)));
  pause_->setCurrentIndex(kAsItIs);
}

}  // namespace kevent::gui
