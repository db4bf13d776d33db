// SPDX-License-Identifier: LGPL-2.1-or-later
// Loop devices: the block devices that a test can attach, release, add and remove (as root).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "lib/base/file_descriptor.h"

namespace kevent::support {

// An empty image of this size, without blocks.
void make_image(const std::filesystem::path& image, std::uint64_t size);

// A free loop device with an image in it, released at the end.
class LoopDevice {
 public:
  // kAutoclear: the kernel releases it when the last user (a mount) goes.
  enum class Release { kExplicit, kAutoclear };

  explicit LoopDevice(const std::filesystem::path& image, Release release = Release::kExplicit);
  ~LoopDevice() { detach(); }
  LoopDevice(const LoopDevice&) = delete;
  LoopDevice& operator=(const LoopDevice&) = delete;

  // Lets the image go; with kAutoclear this only gives up our own hold of the device.
  void detach();

  std::string name() const { return "loop" + std::to_string(number_); }
  std::string node() const { return "/dev/" + name(); }
  std::string kernel_path() const { return "/devices/virtual/block/" + name(); }
  std::string object() const { return "/org/kernel" + kernel_path(); }

 private:
  int number_ = -1;
  Release release_;
  base::FileDescriptor device_;
};

// A loop device that was not there before and is gone at the end.
class AddedLoopDevice {
 public:
  AddedLoopDevice();
  ~AddedLoopDevice() { remove(); }
  AddedLoopDevice(const AddedLoopDevice&) = delete;
  AddedLoopDevice& operator=(const AddedLoopDevice&) = delete;

  void remove();

  std::string kernel_path() const {
    return "/devices/virtual/block/loop" + std::to_string(number_);
  }
  std::string object() const { return "/org/kernel" + kernel_path(); }

 private:
  base::FileDescriptor control_;
  int number_ = -1;
};

}  // namespace kevent::support
