// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/settings.h"

namespace kevent::gui {
namespace {

// The one list of keys: `visit` gets each key with its field.
template <typename Fields, typename Visit>
void for_each_field(Fields& settings, Visit visit) {
  visit("notices/overheating", settings.told.overheating);
  visit("notices/mounts", settings.told.mounts);
  visit("notices/media", settings.told.media);
  visit("notices/errors", settings.told.errors);
  visit("notices/lost", settings.told.lost);
  visit("notices/paused_until", settings.paused_until);
  visit("display/fahrenheit", settings.fahrenheit);
}

}  // namespace

Settings Settings::load(const QSettings& store) {
  Settings settings;
  for_each_field(settings, [&]<typename Field>(const char* key, Field& field) {
    const QVariant value = store.value(QLatin1String(key));
    if (value.canConvert<Field>()) field = value.value<Field>();
  });
  return settings;
}

void Settings::save(QSettings& store) const {
  for_each_field(*this, [&](const char* key, const auto& field) {
    store.setValue(QLatin1String(key), field);
  });
}

}  // namespace kevent::gui
