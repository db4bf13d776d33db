// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/support/loop_device.h"

#include <fcntl.h>
#include <linux/loop.h>
#include <sys/ioctl.h>

#include <fstream>

#include "tests/support/failure.h"

namespace kevent::support {
namespace {

// Above what /dev/loop-control gives on its own.
constexpr int kFirstAdded = 900;
constexpr int kLastAdded = 999;
constexpr int kAttempts = 20;

base::FileDescriptor open_or_fail(const std::string& path, int flags) {
  base::FileDescriptor file(::open(path.c_str(), flags | O_CLOEXEC));
  if (!file.valid()) {
    fail_with_errno(path);
  }
  return file;
}

}  // namespace

void make_image(const std::filesystem::path& image, std::uint64_t size) {
  std::ofstream(image).close();
  std::filesystem::resize_file(image, size);
}

LoopDevice::LoopDevice(const std::filesystem::path& image, Release release) : release_(release) {
  const base::FileDescriptor control = open_or_fail("/dev/loop-control", O_RDWR);
  const base::FileDescriptor file = open_or_fail(image, O_RDWR);
  loop_config config{};
  config.fd = static_cast<__u32>(file.get());
  if (release == Release::kAutoclear) {
    config.info.lo_flags = LO_FLAGS_AUTOCLEAR;
  }
  // Somebody else may take the free one first: EBUSY.
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    number_ = ::ioctl(control.get(), LOOP_CTL_GET_FREE);
    if (number_ < 0) {
      fail_with_errno("LOOP_CTL_GET_FREE");
    }
    device_ = open_or_fail(node(), O_RDWR);
    if (::ioctl(device_.get(), LOOP_CONFIGURE, &config) == 0) {
      return;
    }
    if (errno != EBUSY) {
      break;
    }
  }
  fail_with_errno("LOOP_CONFIGURE " + node());
}

void LoopDevice::detach() {
  if (device_.valid() && release_ == Release::kExplicit) {
    ::ioctl(device_.get(), LOOP_CLR_FD, 0);
  }
  base::FileDescriptor closed = std::move(device_);
}

AddedLoopDevice::AddedLoopDevice() : control_(open_or_fail("/dev/loop-control", O_RDWR)) {
  for (int number = kFirstAdded; number <= kLastAdded; ++number) {
    if (::ioctl(control_.get(), LOOP_CTL_ADD, number) == number) {
      number_ = number;
      return;
    }
  }
  fail_with_errno("LOOP_CTL_ADD");
}

void AddedLoopDevice::remove() {
  if (number_ >= 0 && control_.valid()) {
    ::ioctl(control_.get(), LOOP_CTL_REMOVE, number_);
    base::FileDescriptor closed = std::move(control_);
  }
}

}  // namespace kevent::support
