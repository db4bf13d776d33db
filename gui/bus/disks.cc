// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/bus/disks.h"

#include <QTimer>
#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <utility>
#include <vector>

#include "gui/bus/udisks.h"
#include "gui/model/text.h"

namespace kevent::gui {
namespace {

// udisks2 learns from the kernel that a loop device is free, a little later than we from udisks2.
constexpr std::chrono::milliseconds kLookAgainAfter{200};
constexpr int kMostLooks = 10;
// Steps of one ejection; a drive whose filesystems are mounted as fast as they are unmounted is
// busy.
constexpr int kMostSteps = 100;

// "/devices/.../block/cciss!c0d0" is "/dev/cciss/c0d0" (Linux 6.12, drivers/base/core.c,
// device_get_devnode()).
std::string device_node(const std::string& object) {
  std::string name = object.substr(object.rfind('/') + 1);
  std::ranges::replace(name, '!', '/');
  return "/dev/" + name;
}

bool is_answer(const QDBusMessage& message) {
  return message.type() == QDBusMessage::ReplyMessage;
}

// The block itself, or the first of its partitions, that has a filesystem.
const UdisksBlock* filesystem_of(const UdisksObjects& objects, const UdisksBlock& block) {
  if (block.filesystem) return &block;
  const auto found = std::ranges::find_if(objects.blocks, [&](const UdisksBlock& other) {
    return other.table == block.path && other.filesystem;
  });
  return found == objects.blocks.end() ? nullptr : &*found;
}

// D4
bool is_of_the_system(const UdisksBlock& block) {
  constexpr std::array kSystem = {"/", "/usr", "/boot", "/boot/efi", "/var", "/home"};
  return std::ranges::any_of(block.mount_points, [&](const std::string& mount_point) {
    return std::ranges::find(kSystem, mount_point) != kSystem.end();
  });
}

// One eject() from its start to its end: looks at what udisks2 has, takes the next step, and looks
// again. Deletes itself at the end.
class Ejection : public QObject {
 public:
  using Ended = std::function<void(bool may_be_removed)>;
  using Failed = std::function<void(const QString& problem)>;

  Ejection(Udisks& udisks, const std::string& device, Ended ended, Failed failed, QObject* parent)
      : QObject(parent),
        udisks_(udisks),
        device_(device),
        ended_(std::move(ended)),
        failed_(std::move(failed)) {}

  void look() {
    udisks_.list([this](const UdisksObjects& objects, const QDBusMessage* problem) {
      if (problem != nullptr) return fail(Udisks::problem(*problem, name()));
      const UdisksBlock* block = objects.block_of(device_);
      if (block == nullptr) return on_gone();
      next_step(objects, *block);
    });
  }

 private:
  QString name() const { return text_of(device_); }

  void next_step(const UdisksObjects& objects, const UdisksBlock& block) {
    const std::vector<UdisksBlock> together = objects.together_with(block);
    if (std::ranges::any_of(together, is_of_the_system)) {
      return fail(Disks::tr("The system runs from the drive of %1.").arg(name()));
    }
    const auto mounted = std::ranges::find_if(
        together, [](const UdisksBlock& one) { return !one.mount_points.empty(); });
    const auto unlocked = std::ranges::find_if(together, &UdisksBlock::unlocked);
    const auto loop = std::ranges::find_if(together, &UdisksBlock::loop_in_use);
    if (mounted != together.end() && !let_go_) {
      step(mounted->path, "Filesystem", "Unmount", "NotMounted");
    } else if (mounted != together.end()) {
      end(false);
    } else if (unlocked != together.end() && !let_go_) {
      step(unlocked->path, "Encrypted", "Lock", "NotUnlocked");
    } else if (loop != together.end()) {
      release_loop(loop->path);
    } else if (const UdisksDrive* drive = objects.drive_of(block); drive != nullptr && !let_go_) {
      release_drive(*drive);
    } else {
      end(let_go_ || block.loop);
    }
  }

  // One that was set up to clear itself is on its way already, and its deletion may fail.
  void release_loop(const QString& path) {
    if (!let_go_) {
      let_go_ = true;
      udisks_.call(path, "Loop", "Delete", [this](const QDBusMessage& answer) {
        if (!is_answer(answer)) loop_problem_ = Udisks::problem(answer, name());
        look();
      });
    } else if (++looks_ < kMostLooks) {
      QTimer::singleShot(kLookAgainAfter, this, &Ejection::look);
    } else if (loop_problem_.isEmpty()) {
      end(false);
    } else {
      fail(loop_problem_);
    }
  }

  void release_drive(const UdisksDrive& drive) {
    if (drive.usb && drive.can_power_off && !drive.optical) {
      let_go_ = true;
      step(drive.path, "Drive", "PowerOff", nullptr);
    } else if (drive.ejectable) {
      let_go_ = true;
      step(drive.path, "Drive", "Eject", nullptr);
    } else {
      end(false);
    }
  }

  // `settled`: the error that says that it was done already.
  void step(const QString& path, const char* interface, const char* method, const char* settled) {
    if (++steps_ > kMostSteps) {
      return fail(Disks::tr("%1 is mounted again and again by another program.").arg(name()));
    }
    udisks_.call(path, interface, method, [this, settled](const QDBusMessage& answer) {
      if (is_answer(answer) || (settled != nullptr && is_udisks_error(answer, settled))) {
        return look();
      }
      fail(Udisks::problem(answer, name()));
    });
  }

  void on_gone() {
    if (let_go_) return end(true);
    fail(Disks::tr("%1 is no longer there.").arg(name()));
  }

  void end(bool may_be_removed) {
    ended_(may_be_removed);
    deleteLater();
  }

  void fail(const QString& problem) {
    failed_(problem);
    deleteLater();
  }

  Udisks& udisks_;
  std::string device_;
  Ended ended_;
  Failed failed_;
  bool let_go_ = false;
  QString loop_problem_;
  int steps_ = 0;
  int looks_ = 0;
};

}  // namespace

Disks::Disks(QString bus, QObject* parent)
    : QObject(parent), udisks_(std::make_unique<Udisks>(std::move(bus))) {}

Disks::~Disks() = default;

void Disks::mount(const std::string& object) {
  mount_once(object, false);
}

void Disks::eject(const std::string& object) {
  const auto ended = [this, object](bool may_be_removed) {
    Q_EMIT ejected(object, may_be_removed);
  };
  const auto failed = [this, object](const QString& problem) {
    Q_EMIT eject_failed(object, problem);
  };
  (new Ejection(*udisks_, device_node(object), ended, failed, this))->look();
}

// `again`: somebody else has mounted it meanwhile.
void Disks::mount_once(const std::string& object, bool again) {
  udisks_->list([this, object, again](const UdisksObjects& objects, const QDBusMessage* problem) {
    const std::string device = device_node(object);
    const QString name = text_of(device);
    const auto fail = [&](const QString& reason) { Q_EMIT mount_failed(object, reason); };
    if (problem != nullptr) return fail(Udisks::problem(*problem, name));
    const UdisksBlock* block = objects.block_of(device);
    if (block == nullptr) return fail(Disks::tr("%1 is no longer there.").arg(name));
    const UdisksBlock* filesystem = filesystem_of(objects, *block);
    if (filesystem == nullptr && block->encrypted) {
      return fail(Disks::tr("%1 is encrypted, and has to be unlocked first.").arg(name));
    }
    if (filesystem == nullptr) {
      return fail(Disks::tr("%1 holds no filesystem that can be mounted.").arg(name));
    }
    if (!filesystem->mount_points.empty()) {
      Q_EMIT mounted(object, filesystem->mount_points.front());
      return;
    }
    udisks_->call(filesystem->path, "Filesystem", "Mount",
                  [this, object, again, name](const QDBusMessage& answer) {
                    if (is_answer(answer)) {
                      const QString mount_point = answer.arguments().value(0).toString();
                      Q_EMIT mounted(object, mount_point.toStdString());
                    } else if (is_udisks_error(answer, "AlreadyMounted") && !again) {
                      mount_once(object, true);
                    } else {
                      Q_EMIT mount_failed(object, Udisks::problem(answer, name));
                    }
                  });
  });
}

}  // namespace kevent::gui
