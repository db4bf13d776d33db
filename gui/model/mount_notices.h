// SPDX-License-Identifier: LGPL-2.1-or-later
// Mounts and unmounts as notices: rules N4 to N6 and N15 of notices.h. Remembers of each block
// device whether its filesystem is in use, and the notice that was told of it; of each disk when it
// was unmounted last; and which devices were removed while they were mounted.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <cstdint>
#include <string>
#include <vector>

#include "gui/model/bounded_map.h"
#include "gui/model/notice.h"
#include "lib/event/event.h"

namespace kevent::gui {

class MountNotices {
  Q_DECLARE_TR_FUNCTIONS(MountNotices)

 public:
  using Commands = std::vector<NoticeCommand>;

  // mount, umount and remount of a device; `label` is what people call it, empty: not known.
  Commands event(const event::Event& event, const QString& label);
  // The event removed_while_mounted; `label` as above.
  Commands removed_while_mounted(const event::Event& event, const QString& label);
  // True from removed_while_mounted of the device, or of a partition of it, until it is added
  // again.
  bool was_removed_while_mounted(const std::string& object) const;
  void added(const std::string& object);
  Commands removed(const std::string& object);
  // The disk has been let go, with all that is on it.
  Commands ejected(const std::string& disk);
  void clear();
  // Something on the disk of the event's object was unmounted, and this said so, shortly before.
  bool unmounted_just_now(const event::Event& event) const;

 private:
  struct FileSystem {
    bool in_use = false;
    bool released = false;         // said so itself, and was not mounted since
    std::uint64_t mounted_us = 0;  // the last mount
    QString key;                   // of the last notice; empty: none
    QString name;
    std::string mount_point;
  };

  Commands mounted(const event::Event& event, const QString& label);
  Commands unmounted(const event::Event& event, const QString& label);
  Commands released(const event::Event& event, const QString& label);
  bool drive_is_in_use(const std::string& object) const;
  Notice mount_notice(const event::Event& event, const FileSystem& file_system) const;
  bool is_left_by_removal(const event::Event& umount) const;
  Notice umount_notice(const event::Event& event, const FileSystem& file_system) const;
  Notice removal_notice(const event::Event& event, const QString& label) const;
  QString places_text(const event::Texts& mount_points) const;

  BoundedMap<std::string, FileSystem> file_systems_;     // by kernel path
  BoundedMap<std::string, std::uint64_t> unmounted_us_;  // by disk: the last that was told
  BoundedMap<std::string, bool> removed_;                // by kernel path: while it was mounted
  BoundedMap<std::string, bool> left_;  // by mount point, clean text: where that was
};

}  // namespace kevent::gui
