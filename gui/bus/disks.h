// SPDX-License-Identifier: LGPL-2.1-or-later
// What the user does with a disk, by udisks2: mount it, or unmount all of its drive and let it go.
// Nothing here waits: answers are signals, after minutes where polkit asks for a password.
//
// Rules:
//   D1  eject() unmounts every filesystem, at every mount point, of every block device of the
//       drive, locks what was unlocked on it, and then lets go: a loop device is deleted, a USB
//       drive that can be powered off is, any other that can eject ejects.
//   D2  ejected() says `may_be_removed` when all of that was done, and udisks2, asked once more,
//       knows no mount of the drive. A drive that can only be unmounted does not get it.
//   D3  The first step that fails ends it with eject_failed(); nothing is let go by force.
//   D4  Of a drive that the system runs from (/, /usr, /boot, /var or /home is on it) nothing is
//       unmounted.
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <string>

namespace kevent::gui {

class Udisks;

class Disks : public QObject {
  Q_OBJECT

 public:
  // `bus`: "system", "session", or the address of a bus. Connects when it is first needed.
  explicit Disks(QString bus, QObject* parent = nullptr);
  ~Disks() override;

  // `object`: the kernel path of a block device; where that has no filesystem, the first of its
  // partitions that has one is meant. One that is mounted already is answered at once.
  void mount(const std::string& object);
  void eject(const std::string& object);

 Q_SIGNALS:
  // `mount_point`: bytes.
  void mounted(const std::string& object, const std::string& mount_point);
  void ejected(const std::string& object, bool may_be_removed);
  // `problem`: a sentence for people.
  void mount_failed(const std::string& object, const QString& problem);
  void eject_failed(const std::string& object, const QString& problem);

 private:
  void mount_once(const std::string& object, bool again);

  std::unique_ptr<Udisks> udisks_;
};

}  // namespace kevent::gui
