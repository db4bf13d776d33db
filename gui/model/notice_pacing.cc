// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/notice_pacing.h"

#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <array>
#include <utility>

namespace kevent::gui {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostShown = 3;         // in a burst
constexpr std::size_t kMostShownInFlood = 2;  // one by one, so that the summary is the third
constexpr std::size_t kCalmNotices = 10;      // more are a flood
constexpr auto kCalm = 1s;
constexpr auto kCalmAfterFlood = 3s;
constexpr auto kSummaryEvery = 10s;

QString summary_key() {
  return QStringLiteral("summary");
}

}  // namespace

void NoticePacing::tell(const Notice& notice, Time now) {
  tick(now);
  if (notice.kind == NoticeKind::kAnswer) {  // P7
    drop_held(notice.key);
    put_on_screen(notice);
    return;
  }
  if (ends_nothing_told(notice)) {
    close(notice.key);
    return;
  }
  if (notice.stays && screen_says(notice)) return;  // P6
  if (!burst_) {
    burst_.emplace(Burst{.summary_at = now + kSummaryEvery, .last = now});
    show(notice);
    return;
  }
  burst_->last = now;
  ++burst_->notices;
  const bool overheats = notice.kind == NoticeKind::kOverheating && notice.stays;
  if (overheats && !burst_->overheating_shown && !says_it_stays(notice.key)) {
    burst_->overheating_shown = true;
    show(notice);
  } else {
    hold(notice);
  }
}

void NoticePacing::pass_over(const Notice& notice) {
  if (!notice.stays) {
    close(notice.key);
  } else if (!says_it_stays(notice.key)) {
    take_off_screen(notice.key);
  }
}

void NoticePacing::close(const QString& key) {
  drop_held(key);
  take_off_screen(key);
  forget_in_summary(key);
}

void NoticePacing::closed(const QString& key) {
  if (Known* known = known_.find(key)) known->on_screen = false;
  if (key == summary_key()) in_summary_.clear();
}

void NoticePacing::tick(Time now) {
  if (!burst_) return;
  if (now >= ends_at()) {
    flush();
    burst_.reset();
  } else if (now >= burst_->summary_at) {
    summarize();
    flush();
    burst_->summary_at = now + kSummaryEvery;
  }
}

std::optional<NoticePacing::Time> NoticePacing::next_tick() const {
  if (!burst_) return std::nullopt;
  return std::min(ends_at(), burst_->summary_at);
}

std::vector<NoticeCommand> NoticePacing::take() {
  return std::exchange(commands_, {});
}

bool NoticePacing::is_flood() const {
  return burst_->notices > kCalmNotices;
}

NoticePacing::Time NoticePacing::ends_at() const {
  return burst_->last + (is_flood() ? kCalmAfterFlood : kCalm);
}

bool NoticePacing::screen_says(const Notice& notice) const {
  const Known* known = known_.find(notice.key);
  return known != nullptr && known->on_screen && known->notice == notice;
}

bool NoticePacing::says_it_stays(const QString& key) const {
  const Known* known = known_.find(key);
  return known != nullptr && known->on_screen && known->notice.stays;
}

// P5.
bool NoticePacing::ends_nothing_told(const Notice& notice) const {
  if (notice.stays) return false;
  if (in_summary_.find(notice.key) != nullptr) return true;
  if (notice.kind != NoticeKind::kOverheating) return false;
  const Known* known = known_.find(notice.key);
  return known == nullptr || !known->notice.stays;
}

void NoticePacing::drop_held(const QString& key) {
  if (burst_) std::erase_if(burst_->held, [&](const Notice& notice) { return notice.key == key; });
}

void NoticePacing::take_off_screen(const QString& key) {
  const Known* known = known_.find(key);
  if (known == nullptr) return;
  if (known->on_screen) commands_.emplace_back(CloseNotice{key});
  known_.erase(key);
}

void NoticePacing::put_on_screen(const Notice& notice) {
  make_room(notice.key);
  known_[notice.key] = {notice, true};
  commands_.emplace_back(notice);
}

// P8.
void NoticePacing::make_room(const QString& key) {
  if (known_.size() < known_.kMost || known_.find(key) != nullptr) return;
  const auto passing =
      std::ranges::find_if(known_, [](const auto& entry) { return !entry.second.notice.stays; });
  if (passing != known_.end()) {
    known_.erase(QString(passing->first));
  } else {
    take_off_screen(QString(known_.begin()->first));
  }
}

void NoticePacing::show(const Notice& notice) {
  drop_held(notice.key);
  forget_in_summary(notice.key);
  put_on_screen(notice);
  ++burst_->shown;
}

void NoticePacing::hold(const Notice& notice) {
  ++burst_->counts[notice.kind];
  burst_->counted_since_summary = true;
  if (burst_->summarizes) {
    fold(notice);
    return;
  }
  drop_held(notice.key);
  burst_->held.push_back(notice);
  if (burst_->held.size() > kMostShown) summarize();
}

// From now on.
void NoticePacing::summarize() {
  burst_->summarizes = true;
  for (const Notice& notice : std::exchange(burst_->held, {})) fold(notice);
}

void NoticePacing::flush() {
  const std::size_t most = is_flood() ? kMostShownInFlood : kMostShown;
  if (burst_->shown + burst_->held.size() > most) summarize();
  for (const Notice& notice : std::vector<Notice>(burst_->held)) show(notice);
  if (burst_->summarizes && std::exchange(burst_->counted_since_summary, false)) show(summary());
}

// P5.
void NoticePacing::fold(const Notice& notice) {
  pass_over(notice);
  if (notice.stays) in_summary_[notice.key] = true;
}

void NoticePacing::forget_in_summary(const QString& key) {
  if (!in_summary_.erase(key) || in_summary_.size() > 0) return;
  if (says_it_stays(summary_key())) take_off_screen(summary_key());
}

Notice NoticePacing::summary() const {
  int total = 0;
  QStringList lines;
  const QLocale locale;
  for (const auto& [kind, count] : burst_->counts) {
    total += count;
    const QString number = locale.toString(count);
    switch (kind) {
      case NoticeKind::kOverheating:
        lines << tr("Overheating: %1").arg(number);
        break;
      case NoticeKind::kMount:
        lines << tr("Mounted and unmounted: %1").arg(number);
        break;
      case NoticeKind::kMedium:
        lines << tr("Media: %1").arg(number);
        break;
      case NoticeKind::kError:
        lines << tr("Errors: %1").arg(number);
        break;
      case NoticeKind::kLost:
        lines << tr("Losses of events: %1").arg(number);
        break;
      case NoticeKind::kAnswer:
        break;
    }
  }
  const bool stays = in_summary_.size() > 0;
  Notice notice;
  notice.key = summary_key();
  notice.title = tr("%n more event(s) in a short time", nullptr, total);
  notice.body = lines.join(QLatin1Char('\n'));
  notice.icon = stays ? QStringLiteral("dialog-warning") : QStringLiteral("dialog-information");
  notice.urgency = stays ? Urgency::kCritical : Urgency::kNormal;
  notice.stays = stays;
  notice.actions = {Action::kShow};
  return notice;
}

}  // namespace kevent::gui
