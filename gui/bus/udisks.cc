// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/bus/udisks.h"

#include <QCoreApplication>
#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMetaType>
#include <algorithm>
#include <iterator>
#include <utility>

#include "gui/bus/async_call.h"
#include "gui/model/text.h"

namespace kevent::gui {
namespace {

constexpr char kName[] = "org.freedesktop.UDisks2";
constexpr char kErrors[] = "org.freedesktop.UDisks2.Error.";
constexpr qsizetype kLongestMessage = 300;
// Polkit may have to ask a person.
constexpr int kCallTimeoutMs = 5 * 60'000;

using Interfaces = QMap<QString, QVariantMap>;
using Objects = QMap<QDBusObjectPath, Interfaces>;

QString interface_name(const char* name) {
  return QLatin1String(kName) + QLatin1Char('.') + QLatin1String(name);
}

// udisks2 ends its byte strings by a zero.
std::string byte_string(const QByteArray& bytes) {
  return {bytes.constData()};
}

// "/" is udisks2's word for none.
QString path_property(const QVariantMap& properties, const char* name) {
  const QString path = qvariant_cast<QDBusObjectPath>(properties.value(QLatin1String(name))).path();
  return path == QLatin1String("/") ? QString() : path;
}

std::vector<std::string> mount_points_of(const QVariantMap& filesystem) {
  const QVariant value = filesystem.value(QStringLiteral("MountPoints"));
  std::vector<std::string> mount_points;
  for (const QByteArray& bytes : qdbus_cast<QList<QByteArray>>(value)) {
    mount_points.push_back(byte_string(bytes));
  }
  return mount_points;
}

UdisksBlock block_from(const QString& path, const Interfaces& interfaces) {
  const QVariantMap block = interfaces.value(interface_name("Block"));
  const QVariantMap loop = interfaces.value(interface_name("Loop"));
  const QVariantMap encrypted = interfaces.value(interface_name("Encrypted"));
  return {
      .path = path,
      .device = byte_string(block.value(QStringLiteral("Device")).toByteArray()),
      .drive = path_property(block, "Drive"),
      .table = path_property(interfaces.value(interface_name("Partition")), "Table"),
      .backing = path_property(block, "CryptoBackingDevice"),
      .filesystem = interfaces.contains(interface_name("Filesystem")),
      .mount_points = mount_points_of(interfaces.value(interface_name("Filesystem"))),
      .encrypted = interfaces.contains(interface_name("Encrypted")),
      .unlocked = !path_property(encrypted, "CleartextDevice").isEmpty(),
      .loop = interfaces.contains(interface_name("Loop")),
      .loop_in_use = !byte_string(loop.value(QStringLiteral("BackingFile")).toByteArray()).empty()};
}

UdisksDrive drive_from(const QString& path, const QVariantMap& drive) {
  return {.path = path,
          .ejectable = drive.value(QStringLiteral("Ejectable")).toBool(),
          .optical = drive.value(QStringLiteral("MediaCompatibility"))
                         .toStringList()
                         .join(QLatin1Char(' '))
                         .contains(QLatin1String("optical")),
          .can_power_off = drive.value(QStringLiteral("CanPowerOff")).toBool(),
          .usb = drive.value(QStringLiteral("ConnectionBus")).toString() == QLatin1String("usb")};
}

QDBusConnection connect_to(const QString& bus, const QString& name) {
  if (bus == QLatin1String("system")) {
    return QDBusConnection::connectToBus(QDBusConnection::SystemBus, name);
  }
  if (bus == QLatin1String("session")) {
    return QDBusConnection::connectToBus(QDBusConnection::SessionBus, name);
  }
  return QDBusConnection::connectToBus(bus, name);
}

UdisksObjects objects_from(const QDBusMessage& answer) {
  UdisksObjects objects;
  const auto raw = qdbus_cast<Objects>(answer.arguments().value(0));
  for (auto object = raw.begin(); object != raw.end(); ++object) {
    const QString path = object.key().path();
    if (object->contains(interface_name("Block"))) {
      objects.blocks.push_back(block_from(path, *object));
    }
    if (object->contains(interface_name("Drive"))) {
      objects.drives.push_back(drive_from(path, object->value(interface_name("Drive"))));
    }
  }
  return objects;
}

}  // namespace

const UdisksBlock* UdisksObjects::block_of(const std::string& device) const {
  const auto found = std::ranges::find(blocks, device, &UdisksBlock::device);
  return found == blocks.end() ? nullptr : &*found;
}

const UdisksDrive* UdisksObjects::drive_of(const UdisksBlock& block) const {
  if (block.drive.isEmpty()) return nullptr;
  const auto found = std::ranges::find(drives, block.drive, &UdisksDrive::path);
  return found == drives.end() ? nullptr : &*found;
}

std::vector<UdisksBlock> UdisksObjects::together_with(const UdisksBlock& block) const {
  const QString whole = block.table.isEmpty() ? block.path : block.table;
  std::vector<UdisksBlock> together;
  const auto belongs = [&](const UdisksBlock& other) {
    return other.path == whole || other.table == whole ||
           (!block.drive.isEmpty() && other.drive == block.drive);
  };
  std::ranges::copy_if(blocks, std::back_inserter(together), belongs);
  for (std::size_t i = 0; i < together.size(); ++i) {
    const QString locked = together[i].path;
    std::ranges::copy_if(blocks, std::back_inserter(together), [&](const UdisksBlock& other) {
      return other.backing == locked && !belongs(other);
    });
  }
  return together;
}

Udisks::Udisks(QString bus, QObject* parent)
    : QObject(parent),
      bus_(std::move(bus)),
      connection_name_(QStringLiteral("kevent-disks-%1").arg(reinterpret_cast<quintptr>(this))) {
  qDBusRegisterMetaType<Interfaces>();
  qDBusRegisterMetaType<Objects>();
  qDBusRegisterMetaType<QList<QByteArray>>();
}

Udisks::~Udisks() {
  QDBusConnection::disconnectFromBus(connection_name_);
}

void Udisks::list(Listed listed) {
  send(QDBusMessage::createMethodCall(QLatin1String(kName),
                                      QStringLiteral("/org/freedesktop/UDisks2"),
                                      QStringLiteral("org.freedesktop.DBus.ObjectManager"),
                                      QStringLiteral("GetManagedObjects")),
       [listed = std::move(listed)](const QDBusMessage& answer) {
         const bool answered = answer.type() == QDBusMessage::ReplyMessage;
         listed(answered ? objects_from(answer) : UdisksObjects(), answered ? nullptr : &answer);
       });
}

void Udisks::call(const QString& path, const char* interface, const char* method, Answered answered,
                  const QVariantMap& options) {
  QDBusMessage message = QDBusMessage::createMethodCall(
      QLatin1String(kName), path, interface_name(interface), QLatin1String(method));
  message << options;
  message.setInteractiveAuthorizationAllowed(true);
  send(message, std::move(answered));
}

// A connection of QtDBus does not come back by itself: a new one is made when the bus was lost.
void Udisks::send(const QDBusMessage& message, Answered answered) {
  QDBusConnection connection(connection_name_);
  if (!connection.isConnected()) {
    QDBusConnection::disconnectFromBus(connection_name_);
    connection = connect_to(bus_, connection_name_);
  }
  async_call(connection, message, kCallTimeoutMs, this, std::move(answered));
}

bool is_udisks_error(const QDBusMessage& message, const char* name) {
  return message.errorName() == QLatin1String(kErrors) + QLatin1String(name);
}

// static
QString Udisks::problem(const QDBusMessage& error, const QString& device) {
  const QString name = error.errorName();
  const auto is_one_of = [&](std::initializer_list<const char*> names) {
    return std::ranges::any_of(names, [&](const char* one) { return name == QLatin1String(one); });
  };
  if (is_udisks_error(error, "DeviceBusy")) {
    return tr("%1 is busy: a program still uses it.").arg(device);
  }
  if (name.startsWith(QLatin1String(kErrors) + QLatin1String("NotAuthorized"))) {
    return tr("You are not allowed to do this with %1.").arg(device);
  }
  if (is_one_of({"org.freedesktop.DBus.Error.UnknownObject",
                 "org.freedesktop.DBus.Error.UnknownMethod",
                 "org.freedesktop.DBus.Error.UnknownInterface"})) {
    return tr("%1 is no longer there.").arg(device);
  }
  if (name.startsWith(QLatin1String("org.freedesktop.DBus.Error.Spawn.")) ||
      is_one_of({"org.freedesktop.DBus.Error.ServiceUnknown",
                 "org.freedesktop.DBus.Error.NameHasNoOwner",
                 "org.freedesktop.DBus.Error.Disconnected"})) {
    return tr("udisks2, which mounts disks, is not running.");
  }
  if (is_one_of({"org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.Timeout",
                 "org.freedesktop.DBus.Error.TimedOut"})) {
    return tr("udisks2, which mounts disks, does not answer.");
  }
  return tr("%1: udisks2 says: %2").arg(device, text_of(error.errorMessage(), kLongestMessage));
}

}  // namespace kevent::gui
