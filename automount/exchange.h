// SPDX-License-Identifier: LGPL-2.1-or-later
// What goes to and fro between the automounter, which decides, and udisks2, which does: values, so
// that neither side knows the other.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "automount/block_device.h"

namespace kevent::automount {

// What udisks2 is asked for.
struct Request {
  enum class Kind {
    kLook,  // at everything that is there; starts udisks2 where the bus can do that
    kMount,
    kMountReadOnly,
    kUnmount,
    kEject,
  };
  Kind kind = Kind::kLook;
  std::string object;  // the block device; the drive for kEject; empty for kLook

  bool operator==(const Request&) const = default;
};

// It is there, and this is all that it knows: the answer to kLook.
struct Present {
  std::vector<BlockDevice> devices;
};

struct Absent {};

// It says something new of a device, or of one that is new.
struct Changed {
  BlockDevice device;
  bool about_medium = true;  // of what is in it, and not only of where that is mounted
};

// The device is gone.
struct Removed {
  std::string object;
};

// To any request but kLook.
struct Answer {
  Request request;
  std::string error;  // its D-Bus name; empty: done
  std::string text;   // for people
};

using Word = std::variant<Present, Absent, Changed, Removed, Answer>;

}  // namespace kevent::automount
