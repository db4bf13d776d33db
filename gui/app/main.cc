// SPDX-License-Identifier: LGPL-2.1-or-later
// kevent-tray: the kernel's events on the desktop.
#include <QApplication>
#include <QDBusConnection>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>
#include <cstdio>
#include <variant>

#include "gui/app/applet.h"
#include "gui/app/options.h"
#include "gui/app/termination.h"
#include "gui/bus/instance.h"

namespace kevent::gui {
namespace {

constexpr int kFailed = 1;

// Ours, and Qt's for its own buttons. The plurals of English are a translation, too: they are there
// for every language, below the one that is wanted.
void load_translations(QApplication& application) {
  const auto load = [&](const QLocale& locale, const QString& name, const QString& folder) {
    auto* translator = new QTranslator(&application);
    if (translator->load(locale, name, QStringLiteral("_"), folder)) {
      QApplication::installTranslator(translator);
    }
  };
  const QString ours = QStringLiteral("kevent-tray");
  const QString folder = QStringLiteral(":/translations");
  load(QLocale(QLocale::English), ours, folder);
  load(QLocale(), QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
  load(QLocale(), ours, folder);
}

// A second start.
int show_first(Instance& instance, const Options& options) {
  if (options.hidden || instance.activate_first()) return 0;
  std::fputs("kevent-tray: it runs already in this session, but does not answer\n", stderr);
  return kFailed;
}

int run(QApplication& application, const Options& options) {
  load_translations(application);
  const QDBusConnection session = QDBusConnection::sessionBus();
  Instance instance(session);
  const Instance::Role role = instance.claim();
  if (role == Instance::Role::kLater) return show_first(instance, options);
  if (role == Instance::Role::kNoSession) {
    std::fputs("kevent-tray: no session bus: no notifications, and no second start finds this\n",
               stderr);
  }
  const Termination termination;
  QObject::connect(&termination, &Termination::asked, &application, &QApplication::quit);
  Applet applet(options, session);
  QObject::connect(&instance, &Instance::activated, &applet, &Applet::show_window);
  applet.start();
  if (options.show) applet.show_window();
  return QApplication::exec();
}

}  // namespace
}  // namespace kevent::gui

// Of the command line Qt gets the program's name alone: what else there is, is ours.
int main(int argc, char** argv) {
  const auto options = kevent::gui::parse_options(argc, argv);
  if (const int* exit_code = std::get_if<int>(&options)) return *exit_code;
  int name_only = 1;
  QApplication application(name_only, argv);
  QApplication::setApplicationName(QStringLiteral("kevent-tray"));
  QApplication::setApplicationVersion(QStringLiteral(KEVENT_VERSION));
  QApplication::setDesktopFileName(QStringLiteral("kevent-tray"));
  QApplication::setQuitOnLastWindowClosed(false);
  return kevent::gui::run(application, std::get<kevent::gui::Options>(options));
}
