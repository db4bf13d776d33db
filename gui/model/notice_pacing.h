// SPDX-License-Identifier: LGPL-2.1-or-later
// When a notice is shown: at once while little happens, and as a summary when much does. Notices
// fills it; it knows of a notice only its kind, its key, and whether it stays.
//
// Rules:
//   P1  A burst begins with a notice after calm, and ends when none has come for one second, or
//       three seconds once there have been more than ten.
//   P2  At once are shown: the first of a burst, and the first of overheating that is not on the
//       screen yet. All others are held, the last one of each key.
//   P3  At the end of the burst, what is held is shown each by itself where no more than three are
//       then shown in this burst, else as one summary that counts all that was held, by kind.
//   P4  A burst that lasts for ten seconds shows its summary then, and again every ten seconds and at
//       its end.
//   P5  What the summary stands for is closed where it is on the screen and no longer true. The
//       summary stays, and is critical, while a notice in it would be.
//   P6  What was told in a flood (more than ten notices, and three shown) is closed without a word
//       when it has ended. So any number of notices within ten seconds shows three, all told.
//   P7  A notice that stays is not shown again when nothing in it is new.
//   P8  Bounded, whatever comes: three are held, and 256 keys are known.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "gui/model/bounded_map.h"
#include "gui/model/notice.h"

namespace kevent::gui {

// What a notice is about; also what can be switched off.
enum class NoticeKind { kOverheating, kMount, kMedium, kError, kLost };

class NoticePacing {
  Q_DECLARE_TR_FUNCTIONS(NoticePacing)

 public:
  using Time = std::chrono::steady_clock::time_point;

  void tell(const Notice& notice, NoticeKind kind, Time now);
  // The notice is not to be shown: what it makes untrue is closed.
  void pass_over(const Notice& notice);
  void close(const QString& key);
  // It is no longer on the screen.
  void closed(const QString& key);

  void tick(Time now);
  std::optional<Time> next_tick() const;
  std::vector<NoticeCommand> take();
};

}  // namespace kevent::gui
