// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/app/termination.h"

#include <sys/eventfd.h>

#include <array>
#include <cerrno>
#include <csignal>

namespace kevent::gui {
namespace {

constexpr std::array kSignals = {SIGTERM, SIGINT, SIGHUP};

// What a handler may look at.
volatile std::sig_atomic_t wake_descriptor = -1;

void on_signal(int /*number*/) {
  const int saved = errno;
  ::eventfd_write(wake_descriptor, 1);
  errno = saved;
}

}  // namespace

Termination::Termination(QObject* parent)
    : QObject(parent),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      notifier_(wake_.get(), QSocketNotifier::Read) {
  connect(&notifier_, &QSocketNotifier::activated, this, [this] {
    notifier_.setEnabled(false);
    Q_EMIT asked();
  });
  wake_descriptor = wake_.get();
  for (const int number : kSignals) std::signal(number, on_signal);
}

Termination::~Termination() {
  for (const int number : kSignals) std::signal(number, SIG_DFL);
}

}  // namespace kevent::gui
