// SPDX-License-Identifier: LGPL-2.1-or-later
// What a person is told of: events in, notices out. Which event matters, to whom it is the same
// matter, and what it says stands here; when it is said, NoticePacing decides. Knows no D-Bus, no
// screen and no clock.
//
// Rules:
//   N1  One notice for one object and matter, by its key: what comes later replaces it. A device
//       that goes away (`remove`) takes its notices along, but not that it may be removed.
//   N2  `overheating` is critical and stays until `normal`, which replaces it by a quiet "back to
//       normal". It says which zone or processor, how hot, and by which trip.
//   N3  A zone that overheats again within ten minutes of its `normal` is flapping: one notice
//       says so, with the highest temperature, and stays until two minutes after the last `normal`.
//   N4  A mount is told when a block device speaks, of a mount point and not the filesystem itself,
//       the root of it is mounted (or a subvolume of btrfs), and a person will look for it there:
//       below /media, /run/media or /mnt; or anywhere, but not in the system's own folders, when it
//       is on a loop device or one that can be unplugged (usb, mmc, optical, floppy).
//   N5  `umount` by the same rule says "unmounted", and where other mount points are left that it is
//       mounted elsewhere still.
//   N6  "May be removed now" is said only after `umount` of Scope filesystem, and when no other
//       filesystem of that drive is known to be in use, of a device that a notice was told of or
//       that can be unplugged; and after ejected(). Never of what is put together from other
//       devices (device mapper, md).
//   N7  `media_change` with a medium offers to mount and to eject, without one it is quiet. A mount
//       of the device closes the offer. A medium that goes within ten seconds of an `umount` from
//       its drive that is told is the same act: that notice is the only one. `eject_request` is
//       told as the drive's wish.
//   N8  `io_error` and `degraded` are critical and stay; a second error within ten minutes says that
//       requests fail repeatedly, and a third says nothing new. `sync_*` replaces `degraded`. Any
//       other event of priority 3 or worse is an error of its object.
//   N9  Events lost, and Overwritten, are one notice with the sum. Ten minutes without a loss end it.
//   N10 What a program emitted (Source user) changes nothing of the above. It is told at priority 4
//       or worse, as that program's word and never as critical.
//   N11 Synthesized: told as a state that was found, not as something that happened just now.
//   N12 History is not told, but what still overheats at its end is.
//   N13 Paused, only overheating is told; kinds that are switched off are not told. What the user
//       asked for is always answered. What was not told is not told later, but closes what it makes
//       untrue.
//   N14 Bounded: 1,024 zones and processors, and 256 devices and matters of each other kind, are
//       remembered; the oldest is forgotten.
//   N15 `removed_while_mounted` is an error of its own: it names the mount points and what is lost.
//       Where data may be lost it is critical and stays, also after `remove`. It closes the notice
//       of the mount. Until the device is added or mounted again, neither the `umount` of what is
//       left of it nor an I/O error of it is told; nor is the `umount` of a device that lies on it
//       (device mapper), known by its mount point.
//   N16 `media_change` without Size changes no notice: the size is not known yet, and the event that
//       brings it is told as the change itself. A size that is known is not told again: no medium
//       never, the same size not within ten seconds.
#pragma once

#include <QCoreApplication>
#include <QDateTime>
#include <QString>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gui/model/heat_notices.h"
#include "gui/model/mount_notices.h"
#include "gui/model/notice.h"
#include "gui/model/notice_pacing.h"
#include "gui/model/settings.h"
#include "gui/model/storage_notices.h"
#include "lib/event/event.h"

namespace kevent::gui {

// Now, by both clocks: the steady one for what lasts, the wall's for the user's pause.
struct Moment {
  std::chrono::steady_clock::time_point steady;
  QDateTime wall;
};

class Notices {
  Q_DECLARE_TR_FUNCTIONS(Notices)

 public:
  using Clock = std::chrono::steady_clock;
  // What a person calls the kernel object: its label, or the type of the zone, in bytes; empty: not
  // known.
  using NameOf = std::function<std::string(const std::string& object)>;

  explicit Notices(NameOf name_of = {}) : name_of_(std::move(name_of)) {}

  void set_settings(const Settings& settings);

  // N12. An Overwritten of the history is not told: there is no call for it.
  void history(const event::Event& event, const Moment& now);
  void history_ended(const Moment& now);

  void event(const event::Event& event, const Moment& now);
  void overwritten(std::uint64_t count, const Moment& now);
  // What was known belongs to another log.
  void new_log();

  // How it went what the user asked for. `object`: the disk, or a partition of it; `reason`: the
  // words of whoever refused. ejected() is: every partition unmounted and let go.
  void ejected(const std::string& object, const Moment& now);
  void eject_failed(const std::string& object, const QString& reason, const Moment& now);
  void mount_failed(const std::string& object, const QString& reason, const Moment& now);

  // The notice is no longer on the screen: the user, or the server, has closed it.
  void closed(const QString& key);

  // To be called at next_tick(), or later.
  void tick(const Moment& now);
  std::optional<Clock::time_point> next_tick() const;

  // What is to be shown and closed, in this order, since the last call.
  std::vector<NoticeCommand> take() { return pacing_.take(); }

 private:
  using Commands = std::vector<NoticeCommand>;

  struct Loss {
    std::uint64_t count = 0;
    bool at_least = false;  // some of it is of unknown size
    QString source;         // empty: the log
    bool several = false;   // sources
    Clock::time_point last;
  };

  // The events of the kernel: what they mean, and what is remembered of them.
  Commands meaning_of(const event::Event& event, Clock::time_point at);
  Commands storage_event(const event::Event& event, Clock::time_point at);
  Commands removed(const std::string& object);
  QString label_of(const std::string& object) const;
  QString name_of(const event::Event& event) const;
  QString shown_name(const std::string& object) const;

  void lost(const QString& source, std::uint64_t count, const Moment& now);
  Notice loss_notice(const Loss& loss) const;
  Notice error_notice(const event::Event& event) const;
  Notice word_of_program(const event::Event& event) const;
  void answer(const QString& key, const std::string& object, const QString& title,
              const QString& body, const Moment& now);

  bool is_silent(NoticeKind kind, const Moment& now) const;
  void carry_out(const Commands& commands, const Moment& now);

  NameOf name_of_;
  Settings settings_;
  HeatNotices heat_;
  MountNotices mounts_;
  StorageNotices storage_;
  std::optional<Loss> loss_;
  NoticePacing pacing_;
};

}  // namespace kevent::gui
