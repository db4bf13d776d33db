// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/notices.h"

#include <algorithm>
#include <iterator>

#include "gui/model/block_device.h"
#include "gui/model/notice_key.h"
#include "gui/model/text.h"

namespace kevent::gui {
namespace {

namespace key = event::key;
namespace priority = event::priority;
namespace signal = event::signal;
using event::Event;
using namespace std::chrono_literals;

constexpr auto kLossEndsAfter = 10min;  // N9
constexpr qsizetype kLongestReason = 400;

QString loss_key() {
  return QStringLiteral("lost");
}

QString key_of_signal(const char* matter, const Event& event) {
  return notice_key(matter, event.signal + event.object);
}

// When it happened, by the steady clock: as old as a day at most, and never in the future, whatever
// the wall's clock was when it was written down.
Notices::Clock::time_point time_of(const Event& event, const Moment& now) {
  using std::chrono::milliseconds;
  const milliseconds age(now.wall.toMSecsSinceEpoch() - static_cast<qint64>(event.time_us / 1000));
  return now.steady - std::clamp<milliseconds>(age, 0ms, 24h);
}

std::string disk_or_itself(const std::string& object) {
  const std::string disk = disk_of(object);
  return disk.empty() ? object : disk;
}

void append(std::vector<NoticeCommand>& commands, std::vector<NoticeCommand> more) {
  std::ranges::move(more, std::back_inserter(commands));
}

}  // namespace

void Notices::set_settings(const Settings& settings) {
  settings_ = settings;
  heat_.set_fahrenheit(settings.fahrenheit);
}

void Notices::history(const Event& event, const Moment& now) {
  if (is_of_kernel(event)) meaning_of(event, time_of(event, now));
}

void Notices::history_ended(const Moment& now) {
  carry_out(heat_.history_ended(), now);
}

void Notices::event(const Event& event, const Moment& now) {
  if (!is_of_kernel(event)) {
    if (event.priority <= priority::kWarning) carry_out({word_of_program(event)}, now);
    return;
  }
  if (event::is_events_lost(event)) {
    const auto* count = event.details.get<std::uint64_t>(key::kCount);
    lost(detail_text(event, key::kSource), count == nullptr ? 0 : *count, now);
    return;
  }
  Commands commands = meaning_of(event, now.steady);
  if (commands.empty() && event.priority <= priority::kError) {
    commands.emplace_back(error_notice(event));
  }
  carry_out(commands, now);
}

void Notices::overwritten(std::uint64_t count, const Moment& now) {
  lost(QString(), count, now);
}

void Notices::new_log() {
  for (const NoticeCommand& command : heat_.clear()) {
    pacing_.close(std::get<CloseNotice>(command).key);
  }
  mounts_.clear();
  storage_.clear();
}

void Notices::ejected(const std::string& object, const Moment& now) {
  const std::string disk = disk_or_itself(object);
  carry_out(mounts_.ejected(disk), now);
  carry_out({CloseNotice{medium_key(disk)}, CloseNotice{medium_key(object)}}, now);
  answer(eject_key(disk), disk, tr("%1 may be removed now").arg(shown_name(disk)),
         tr("All of it was unmounted and let go."), now);
}

void Notices::eject_failed(const std::string& object, const QString& reason, const Moment& now) {
  const std::string disk = disk_or_itself(object);
  answer(eject_key(disk), disk, tr("%1 could not be ejected").arg(shown_name(disk)),
         text_of(reason, kLongestReason), now);
}

void Notices::mount_failed(const std::string& object, const QString& reason, const Moment& now) {
  answer(medium_key(object), object, tr("%1 could not be mounted").arg(shown_name(object)),
         text_of(reason, kLongestReason), now);
}

void Notices::closed(const QString& key) {
  pacing_.closed(key);
  if (key == loss_key()) loss_.reset();
}

void Notices::tick(const Moment& now) {
  carry_out(heat_.tick(now.steady), now);
  pacing_.tick(now.steady);
}

std::optional<Notices::Clock::time_point> Notices::next_tick() const {
  const auto heat = heat_.next_tick();
  const auto pacing = pacing_.next_tick();
  if (!heat || !pacing) return heat ? heat : pacing;
  return std::min(*heat, *pacing);
}

Notices::Commands Notices::meaning_of(const Event& event, Clock::time_point at) {
  switch (event.group) {
    case event::Group::kPower:
      return heat_.event(event, name_of(event), at);
    case event::Group::kFs:
      return mounts_.event(event, label_of(event.object));
    case event::Group::kStorage:
      return storage_event(event, at);
    case event::Group::kHotplug:
      if (event.signal == signal::kAdd) mounts_.added(event.object);
      return event.signal == signal::kRemove ? removed(event.object) : Commands();
    case event::Group::kGeneral:
      return {};
  }
  return {};
}

Notices::Commands Notices::storage_event(const Event& event, Clock::time_point at) {
  if (event.signal == signal::kRemovedWhileMounted) {
    return mounts_.removed_while_mounted(event, label_of(event.object));
  }
  if (event.signal == signal::kIoError && mounts_.was_removed_while_mounted(event.object)) {
    return {CloseNotice{io_error_key(event.object)}};  // N15
  }
  Commands commands = storage_.event(event, name_of(event), at);
  if (settings_.told.mounts && is_medium_gone(event) && mounts_.unmounted_just_now(event)) {
    return {CloseNotice{medium_key(event.object)}};  // N7
  }
  return commands;
}

Notices::Commands Notices::removed(const std::string& object) {
  Commands commands = heat_.removed(object);
  append(commands, mounts_.removed(object));
  append(commands, storage_.removed(object));
  return commands;
}

QString Notices::label_of(const std::string& object) const {
  return name_of_ ? text_of(name_of_(object)) : QString();
}

QString Notices::name_of(const Event& event) const {
  const QString label = label_of(event.object);
  return label.isEmpty() ? object_name(event) : label;
}

QString Notices::shown_name(const std::string& object) const {
  const QString label = label_of(object);
  return label.isEmpty() ? last_element(object) : label;
}

void Notices::lost(const QString& source, std::uint64_t count, const Moment& now) {
  if (loss_ && now.steady - loss_->last >= kLossEndsAfter) loss_.reset();
  if (!loss_) loss_.emplace(Loss{.source = source});
  const std::uint64_t sum = loss_->count + count;
  loss_->count = sum < count ? UINT64_MAX : sum;
  loss_->at_least = loss_->at_least || count == 0;
  loss_->several = loss_->several || loss_->source != source;
  loss_->last = now.steady;
  carry_out({loss_notice(*loss_)}, now);
}

Notice Notices::loss_notice(const Loss& loss) const {
  const int number = plural(loss.count);
  Notice notice;
  notice.kind = NoticeKind::kLost;
  notice.key = loss_key();
  notice.title = tr("Events were lost");
  notice.icon = QStringLiteral("dialog-warning");
  notice.actions = {Action::kShow};
  if (loss.several) {
    notice.body = loss.at_least
                      ? tr("At least %n event(s) of several sources are missing.", nullptr, number)
                      : tr("%n event(s) of several sources are missing.", nullptr, number);
  } else if (loss.source.isEmpty()) {
    notice.body =
        tr("%n event(s) were overwritten in the log before they were read.", nullptr, number);
  } else if (loss.count == 0) {
    notice.body = tr("Nobody knows how many of the source %1 are missing.").arg(loss.source);
  } else if (loss.at_least) {
    notice.body =
        tr("At least %n event(s) of the source %1 are missing.", nullptr, number).arg(loss.source);
  } else {
    notice.body = tr("%n event(s) of the source %1 are missing.", nullptr, number).arg(loss.source);
  }
  return notice;
}

Notice Notices::error_notice(const Event& event) const {
  Notice notice;
  notice.kind = NoticeKind::kError;
  notice.key = key_of_signal("error", event);
  notice.title = tr("Error of %1").arg(name_of(event));
  const QString text = detail_text(event, key::kText);
  notice.body =
      text.isEmpty() ? text_of(event.signal) : tr("%1: %2").arg(text_of(event.signal), text);
  notice.icon = QStringLiteral("dialog-error");
  notice.actions = {Action::kShow};
  notice.object = event.object;
  return notice;
}

Notice Notices::word_of_program(const Event& event) const {
  Notice notice;
  notice.kind = NoticeKind::kError;
  notice.key = key_of_signal("program", event);
  notice.title = tr("A program says of %1: %2").arg(name_of(event), text_of(event.signal));
  notice.body = detail_text(event, key::kText);
  notice.icon = QStringLiteral("dialog-information");
  notice.actions = {Action::kShow};
  notice.object = event.object;
  return notice;
}

void Notices::answer(const QString& key, const std::string& object, const QString& title,
                     const QString& body, const Moment& now) {
  Notice notice;
  notice.kind = NoticeKind::kAnswer;
  notice.key = key;
  notice.title = title;
  notice.body = body;
  notice.icon = QStringLiteral("media-eject");
  notice.object = object;
  carry_out({notice}, now);
}

// N13.
bool Notices::is_silent(NoticeKind kind, const Moment& now) const {
  const bool paused = settings_.paused_until.isValid() && now.wall < settings_.paused_until;
  const Told& told = settings_.told;
  switch (kind) {
    case NoticeKind::kAnswer:
      return false;
    case NoticeKind::kOverheating:
      return !told.overheating;
    case NoticeKind::kMount:
      return paused || !told.mounts;
    case NoticeKind::kMedium:
      return paused || !told.media;
    case NoticeKind::kError:
      return paused || !told.errors;
    case NoticeKind::kLost:
      return paused || !told.lost;
  }
  return false;
}

void Notices::carry_out(const Commands& commands, const Moment& now) {
  for (const NoticeCommand& command : commands) {
    if (const auto* close = std::get_if<CloseNotice>(&command)) {
      pacing_.close(close->key);
    } else if (const auto& notice = std::get<Notice>(command); is_silent(notice.kind, now)) {
      pacing_.pass_over(notice);
    } else {
      pacing_.tell(notice, now.steady);
    }
  }
}

}  // namespace kevent::gui
