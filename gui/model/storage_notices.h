// SPDX-License-Identifier: LGPL-2.1-or-later
// Media, the drive's wish, I/O errors and arrays as notices: rules N7, N8 and N16 of notices.h.
// Remembers the medium of each drive, which disks have failed lately, and which arrays are
// degraded.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gui/model/bounded_map.h"
#include "gui/model/notice.h"
#include "lib/event/event.h"

namespace kevent::gui {

// A media_change that leaves the drive empty.
bool is_medium_gone(const event::Event& event);

QString io_error_key(const std::string& object);

class StorageNotices {
  Q_DECLARE_TR_FUNCTIONS(StorageNotices)

 public:
  using Time = std::chrono::steady_clock::time_point;
  using Commands = std::vector<NoticeCommand>;

  // Events of group Storage, of an object that people call `name`.
  Commands event(const event::Event& event, const QString& name, Time at);
  Commands removed(const std::string& object);
  void clear();

 private:
  // N16.
  struct Medium {
    std::optional<std::uint64_t> size;  // 0: none; nothing: not known
    Time changed_at;                    // when it got this size
    bool size_awaited = false;          // the last media_change had none
  };

  Commands media_change(const event::Event& event, const QString& name, Time at);
  Notice medium_notice(const event::Event& event, const QString& name, bool found) const;
  Notice wish(const event::Event& event, const QString& name) const;
  Notice io_error(const event::Event& event, const QString& name, Time at);
  QString request_text(const event::Event& event) const;
  Notice array(const event::Event& event, const QString& name);

  BoundedMap<std::string, Medium> media_;  // by kernel path
  BoundedMap<std::string, Time> failed_at_;
  BoundedMap<std::string, bool> degraded_;  // those that are
};

}  // namespace kevent::gui
