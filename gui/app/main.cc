// SPDX-License-Identifier: LGPL-2.1-or-later
// kevent-tray: the kernel's events on the desktop.
#include <QApplication>

#include "gui/bus/service.h"

int main(int argc, char** argv) {
  const QApplication application(argc, argv);
  QApplication::setQuitOnLastWindowClosed(false);
  kevent::gui::Service service("system");
  service.start();
  return QApplication::exec();
}
