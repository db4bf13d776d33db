// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/bus/background.h"

#include <QMetaObject>
#include <thread>
#include <utility>

namespace kevent::gui {
namespace {

constexpr int kPatienceMs = 1000;

}  // namespace

void Background::start() {
  started_ = true;
  std::thread([self = shared_from_this()] {
    self->run();
    self->returned_.release();
  }).detach();
}

void Background::end() {
  {
    const std::lock_guard lock(mutex_);
    receiver_ = nullptr;
  }
  ended_ = true;
  wake();
  if (started_) returned_.tryAcquire(1, kPatienceMs);
}

// What is queued for a receiver goes with it.
void Background::post(std::function<void()> function) {
  const std::lock_guard lock(mutex_);
  if (receiver_ == nullptr) return;
  QMetaObject::invokeMethod(receiver_, std::move(function), Qt::QueuedConnection);
}

}  // namespace kevent::gui
