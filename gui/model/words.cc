// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/words.h"

#include <QCoreApplication>
#include <QDateTime>

#include "gui/model/text.h"

namespace kevent::gui {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(kevent::gui::Words)
};

}  // namespace

QString group_text(event::Group group) {
  switch (group) {
    case event::Group::kGeneral:
      return Words::tr("General");
    case event::Group::kStorage:
      return Words::tr("Storage");
    case event::Group::kPower:
      return Words::tr("Power");
    case event::Group::kFs:
      return Words::tr("Filesystem");
    case event::Group::kHotplug:
      return Words::tr("Hotplug");
  }
  return {};
}

QString priority_text(std::uint8_t priority) {
  switch (priority) {
    case 0:
      return Words::tr("Emergency");
    case 1:
      return Words::tr("Alert");
    case 2:
      return Words::tr("Critical");
    case 3:
      return Words::tr("Error");
    case 4:
      return Words::tr("Warning");
    case 5:
      return Words::tr("Notice");
    case 6:
      return Words::tr("Information");
    default:
      return Words::tr("Debug");
  }
}

QString time_text(std::uint64_t time_us) {
  constexpr std::uint64_t kUsPerMs = 1000;
  const auto time = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(time_us / kUsPerMs));
  return time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString tooltip_text(const QString& text) {
  return QStringLiteral("<qt>%1</qt>").arg(escaped_markup(text));
}

}  // namespace kevent::gui
