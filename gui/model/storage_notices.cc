// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/storage_notices.h"

#include <cstdint>
#include <utility>

#include "gui/model/notice_key.h"
#include "gui/model/text.h"

namespace kevent::gui {
namespace {

namespace key = event::key;
namespace signal = event::signal;
using event::Event;
using namespace std::chrono_literals;

constexpr auto kFailsAgainWithin = 10min;  // N8
constexpr auto kOneInsertion = 10s;        // N16

QString array_key(const std::string& object) {
  return notice_key("array", object);
}

Notice about(const Event& event, NoticeKind kind, const QString& key) {
  Notice notice;
  notice.kind = kind;
  notice.key = key;
  notice.object = event.object;
  return notice;
}

void make_critical(Notice& notice) {
  notice.icon = QStringLiteral("dialog-error");
  notice.urgency = Urgency::kCritical;
  notice.stays = true;
  notice.actions = {Action::kShow};
}

}  // namespace

bool is_medium_gone(const Event& event) {
  const auto* size = event.details.get<std::uint64_t>(key::kSize);
  return event.group == event::Group::kStorage && event.signal == signal::kMediaChange &&
         size != nullptr && *size == 0;
}

QString io_error_key(const std::string& object) {
  return notice_key("io_error", object);
}

StorageNotices::Commands StorageNotices::event(const Event& event, const QString& name, Time at) {
  if (event.group != event::Group::kStorage) return {};
  if (event.signal == signal::kMediaChange) return media_change(event, name, at);
  if (event.signal == signal::kEjectRequest) return {wish(event, name)};
  if (event.signal == signal::kIoError) return {io_error(event, name, at)};
  if (event.signal == signal::kDegraded || event.signal == signal::kSyncStart ||
      event.signal == signal::kSyncDone || event.signal == signal::kSyncAborted) {
    return {array(event, name)};
  }
  return {};
}

StorageNotices::Commands StorageNotices::removed(const std::string& object) {
  media_.erase(object);
  failed_at_.erase(object);
  degraded_.erase(object);
  return {CloseNotice{medium_key(object)}, CloseNotice{io_error_key(object)},
          CloseNotice{array_key(object)}};
}

void StorageNotices::clear() {
  media_.clear();
  failed_at_.clear();
  degraded_.clear();
}

StorageNotices::Commands StorageNotices::media_change(const Event& event, const QString& name,
                                                      Time at) {
  Medium& medium = media_[event.object];
  const auto* size = event.details.get<std::uint64_t>(key::kSize);
  if (size == nullptr) {
    medium.size_awaited = true;
    return {};
  }
  const bool was_awaited = std::exchange(medium.size_awaited, false);
  const bool is_known =
      medium.size == *size && (*size == 0 || at - medium.changed_at < kOneInsertion);
  if (is_known) return {};
  medium.size = *size;
  medium.changed_at = at;
  // The event that brings an awaited size is synthesized, but the change has just happened.
  return {medium_notice(event, name, is_synthesized(event) && !was_awaited)};
}

Notice StorageNotices::medium_notice(const Event& event, const QString& name, bool found) const {
  Notice notice = about(event, NoticeKind::kMedium, medium_key(event.object));
  notice.icon = QStringLiteral("drive-removable-media");
  if (is_medium_gone(event)) {
    notice.urgency = Urgency::kLow;
    notice.title =
        found ? tr("%1 has no medium").arg(name) : tr("The medium was removed from %1").arg(name);
    return notice;
  }
  notice.title = found ? tr("%1 has another medium").arg(name) : tr("New medium in %1").arg(name);
  const auto* size = event.details.get<std::uint64_t>(key::kSize);
  if (size != nullptr) notice.body = size_text(*size);
  notice.actions = {Action::kMount, Action::kEject};
  return notice;
}

Notice StorageNotices::wish(const Event& event, const QString& name) const {
  Notice notice = about(event, NoticeKind::kMedium, eject_key(event.object));
  notice.title = tr("%1 wants to be ejected").arg(name);
  notice.body = tr("Its eject button was pressed.");
  notice.icon = QStringLiteral("media-eject");
  notice.urgency = Urgency::kLow;
  notice.actions = {Action::kEject};
  return notice;
}

Notice StorageNotices::io_error(const Event& event, const QString& name, Time at) {
  const Time* before = failed_at_.find(event.object);
  const bool again = before != nullptr && at - *before < kFailsAgainWithin;
  failed_at_[event.object] = at;
  Notice notice = about(event, NoticeKind::kError, io_error_key(event.object));
  make_critical(notice);
  notice.title = again ? tr("I/O errors on %1").arg(name) : tr("I/O error on %1").arg(name);
  notice.body = again ? tr("Requests fail again and again.") : request_text(event);
  return notice;
}

QString StorageNotices::request_text(const Event& event) const {
  const QString operation = detail_text(event, key::kOperation);
  const QString status = detail_text(event, key::kStatus);
  const auto* sector = event.details.get<std::uint64_t>(key::kSector);
  if (!operation.isEmpty() && !status.isEmpty() && sector != nullptr) {
    return tr("%1 of sector %2 failed: %3.").arg(operation, QString::number(*sector), status);
  }
  return status.isEmpty() ? tr("A request failed.") : tr("A request failed: %1.").arg(status);
}

Notice StorageNotices::array(const Event& event, const QString& name) {
  Notice notice = about(event, NoticeKind::kError, array_key(event.object));
  if (event.signal == signal::kDegraded) degraded_[event.object] = true;
  if (event.signal == signal::kSyncDone) degraded_.erase(event.object);
  if (degraded_.find(event.object) != nullptr) make_critical(notice);
  if (event.signal == signal::kDegraded) {
    notice.title = tr("%1 is degraded").arg(name);
    notice.body = tr("The array has lost a device. One more may lose data.");
  } else if (event.signal == signal::kSyncStart) {
    notice.title = tr("%1 is being synchronized").arg(name);
    notice.urgency = notice.stays ? Urgency::kCritical : Urgency::kLow;
  } else if (event.signal == signal::kSyncDone) {
    notice.title = tr("%1 is synchronized").arg(name);
  } else {
    notice.title = tr("Synchronizing %1 was given up").arg(name);
  }
  if (notice.icon.isEmpty()) notice.icon = QStringLiteral("drive-harddisk");
  return notice;
}

}  // namespace kevent::gui
