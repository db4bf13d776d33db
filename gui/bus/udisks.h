// SPDX-License-Identifier: LGPL-2.1-or-later
// udisks2 as far as Disks needs it: its objects as values, what of them belongs together, and calls
// that answer later. Knows the D-Bus of udisks2 2.1 and newer; decides nothing.
#pragma once

#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QMap>
#include <QObject>
#include <QString>
#include <QVariantMap>
#include <functional>
#include <string>
#include <vector>

namespace kevent::gui {

// A block device.
struct UdisksBlock {
  QString path;
  std::string device;  // "/dev/sda1"
  QString drive;       // empty: none, as for a loop device
  QString table;       // of a partition: the device that is partitioned
  QString backing;     // of an unlocked device: the locked one
  bool filesystem = false;
  std::vector<std::string> mount_points;
  bool encrypted = false;
  bool unlocked = false;  // an encrypted one
  bool loop = false;
  bool loop_in_use = false;  // it has a backing file
};

struct UdisksDrive {
  QString path;
  bool ejectable = false;
  bool optical = false;
  bool can_power_off = false;
  bool usb = false;
};

struct UdisksObjects {
  std::vector<UdisksBlock> blocks;
  std::vector<UdisksDrive> drives;

  // nullptr: there is none.
  const UdisksBlock* block_of(const std::string& device) const;
  const UdisksDrive* drive_of(const UdisksBlock& block) const;
  // Every block device that goes when this one's drive goes: all of the drive, or of the loop
  // device, and what is unlocked on them.
  std::vector<UdisksBlock> together_with(const UdisksBlock& block) const;
};

class Udisks : public QObject {
  Q_OBJECT

 public:
  using Answered = std::function<void(const QDBusMessage&)>;
  // `problem`: the answer when there are no objects.
  using Listed = std::function<void(const UdisksObjects&, const QDBusMessage* problem)>;

  explicit Udisks(QString bus, QObject* parent = nullptr);
  ~Udisks() override;

  void list(Listed listed);
  // A method of org.freedesktop.UDisks2.INTERFACE whose only argument is its options, with
  // `options`. Polkit has five minutes to ask a person.
  void call(const QString& path, const char* interface, const char* method, Answered answered,
            const QVariantMap& options = {});

  // What an error means for a person: a sentence about `device`, or about udisks2.
  static QString problem(const QDBusMessage& error, const QString& device);

 private:
  void send(const QDBusMessage& message, Answered answered);

  QString bus_;
  QString connection_name_;
};

// `message` is this error of udisks2's own: "DeviceBusy", ...
bool is_udisks_error(const QDBusMessage& message, const char* name);

}  // namespace kevent::gui
