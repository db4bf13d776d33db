// SPDX-License-Identifier: LGPL-2.1-or-later
// The words of the contract as a person reads them: groups, priorities, times; and what a view of
// Qt needs done to text.
#pragma once

#include <QString>
#include <cstdint>

#include "lib/event/group.h"

namespace kevent::gui {

QString group_text(event::Group group);

// Of syslog's scale, 0 to 7.
QString priority_text(std::uint8_t priority);

// Local time, to the second; the day first, so that it sorts.
QString time_text(std::uint64_t time_us);

// Plain text as a tooltip, which Qt takes for rich text where it looks like that; long lines break.
QString tooltip_text(const QString& text);

}  // namespace kevent::gui
