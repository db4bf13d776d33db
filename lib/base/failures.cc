// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/base/failures.h"

#include <linux/seccomp.h>
#include <sys/prctl.h>

#include <cerrno>

#include "lib/base/logging.h"

namespace kevent::base {
namespace {

// systemd's SystemCallFilter= and some of its other options.
bool is_filtered() {
  return ::prctl(PR_GET_SECCOMP, 0, 0, 0, 0) == SECCOMP_MODE_FILTER;
}

}  // namespace

// ENXIO and ENODEV: the driver of a file that was still there has gone. ENOTDIR: a parent is no
// folder.
bool is_absence(const Error& error) {
  return error.code == ENOENT || error.code == ENODEV || error.code == ENOTDIR ||
         error.code == ENXIO;
}

bool is_transient(const Error& error) {
  return error.code == EMFILE || error.code == ENFILE || error.code == ENOMEM ||
         error.code == ENOBUFS || error.code == EAGAIN || error.code == EINTR;
}

Failures::Failures(std::string component, std::string cost)
    : component_(std::move(component)), cost_(std::move(cost)) {}

void Failures::failed(const std::string& subject, const Error& error) {
  ++count_;
  last_ = error;
  if ((error.code == EPERM || error.code == ENOSYS) && is_filtered()) {
    last_->context += " (under a system call filter)";
  }
  if (failing_.size() < kMostSubjects) {
    const auto [entry, added] = failing_.insert_or_assign(subject, *last_);
    if (added) log_warning(component_ + ": " + last_->message() + "; " + cost_);
  }
  if (callback_) callback_();
}

void Failures::forget(const std::string& subject) {
  if (failing_.erase(subject) > 0 && failing_.empty()) log_info(component_ + ": works again");
}

void Failures::clear() {
  if (failing_.empty()) return;
  failing_.clear();
  log_info(component_ + ": works again");
}

std::string Failures::problem() const {
  if (failing_.empty()) return {};
  const std::string more =
      failing_.size() == 1 ? "" : " and " + std::to_string(failing_.size() - 1) + " more";
  return failing_.begin()->second.message() + more + "; " + cost_;
}

}  // namespace kevent::base
