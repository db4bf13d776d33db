// SPDX-License-Identifier: LGPL-2.1-or-later
// When a notice is shown: at once while little happens, and in a summary when much does. Notices
// fills it; it knows of a notice only its kind, its key, and whether it stays.
//
// Invariant: notices that all come within ten seconds, however many, show at most three in all; an
// update of one that is on the screen counts as one more.
//
// Rules:
//   P1  A burst begins with a notice after calm. It ends when none has come for one second, or for
//       three seconds in a flood: when there were more than ten.
//   P2  Shown at once are the first of a burst, and the first besides that says of something that it
//       overheats, where the screen does not say so already. All others are held, by key the last.
//   P3  At its end what is held is shown one by one where no more than three (two in a flood) are
//       then shown of this burst; else one summary counts all that was held, by kind.
//   P4  A burst that lasts shows its summary after ten seconds, and again every ten seconds.
//   P5  What goes into a summary is closed where the screen says something that is no longer so.
//       What would stay makes the summary stay and be critical, until the last of it has ended. The
//       end of what went into a summary, and of overheating that was not told, is not told either:
//       what the screen says of it is closed.
//   P6  A notice that stays is not shown again when nothing in it is new.
//   P7  An answer to the user is shown at once, and belongs to no burst.
//   P8  Bounded: three notices are held, and 256 keys known. The oldest that does not stay is
//       forgotten; where all stay, the oldest is closed.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "gui/model/bounded_map.h"
#include "gui/model/notice.h"

namespace kevent::gui {

class NoticePacing {
  Q_DECLARE_TR_FUNCTIONS(NoticePacing)

 public:
  using Time = std::chrono::steady_clock::time_point;

  void tell(const Notice& notice, Time now);
  // The notice is not to be shown, now or later: what it makes untrue is closed.
  void pass_over(const Notice& notice);
  void close(const QString& key);
  // It is no longer on the screen, whoever closed it.
  void closed(const QString& key);

  // To be called at next_tick(), or later.
  void tick(Time now);
  std::optional<Time> next_tick() const;

  // What is to be shown and closed, in this order, since the last call.
  std::vector<NoticeCommand> take();

 private:
  struct Known {
    Notice notice;
    bool on_screen = true;  // as far as is known
  };
  struct Burst {
    Time summary_at;  // P4
    Time last;
    std::size_t notices = 1;
    std::size_t shown = 0;
    bool overheating_shown = false;    // besides the first
    bool summarizes = false;           // nothing is shown one by one any more
    std::vector<Notice> held;          // empty when it summarizes
    std::map<NoticeKind, int> counts;  // of all that was held
    bool counted_since_summary = false;
  };

  bool is_flood() const;
  Time ends_at() const;
  bool screen_says(const Notice& notice) const;
  bool says_it_stays(const QString& key) const;
  bool ends_nothing_told(const Notice& notice) const;
  void make_room(const QString& key);
  void put_on_screen(const Notice& notice);
  void drop_held(const QString& key);
  void take_off_screen(const QString& key);
  void show(const Notice& notice);
  void hold(const Notice& notice);
  void summarize();
  void flush();
  void fold(const Notice& notice);
  void forget_in_summary(const QString& key);
  Notice summary() const;

  std::optional<Burst> burst_;
  BoundedMap<QString, Known> known_;      // the last of each key that was shown
  BoundedMap<QString, bool> in_summary_;  // keys of what would stay (P5)
  std::vector<NoticeCommand> commands_;
};

}  // namespace kevent::gui
