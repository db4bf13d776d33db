// SPDX-License-Identifier: LGPL-2.1-or-later
// The window: the timeline of events, the tree of kernel objects, the temperatures, each a page.
// It shows models and asks by signals; it does nothing by itself. Closing it only hides it.
#pragma once

#include <QFrame>
#include <QKeySequence>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QSettings>
#include <QTabWidget>
#include <functional>
#include <string>

#include "gui/model/events_model.h"
#include "gui/model/objects_model.h"
#include "gui/model/properties.h"
#include "gui/model/settings.h"

namespace kevent::gui {

class EventsPage;
class ObjectsPage;
class TemperaturePage;
class Temperatures;

class Window : public QMainWindow {
  Q_OBJECT

 public:
  enum Page { kEvents, kObjects, kTemperatures };

  struct Models {
    EventsModel& events;
    ObjectsModel& objects;
    PropertiesModel& object_properties;  // of the object that was selected last
    const Temperatures& temperatures;
  };

  // `models` and `store`, which keeps the geometry, outlive the window.
  Window(const Models& models, QSettings& store, QWidget* parent = nullptr);
  ~Window() override;

  void set_settings(const Settings& settings);
  // Why the service is away, for people; empty: it is there.
  void set_problem(const QString& problem);
  // What the person asked for has happened, or why not; shown for a while.
  void show_message(const QString& text);

  // On the screen and in front.
  void present();
  void show_page(Page page);
  void show_event(quint64 sequence);
  // In the tree; of what has no object, the timeline.
  void show_object(const std::string& object);

 Q_SIGNALS:
  // The whole tree is wanted: the page is shown for the first time, or F5.
  void objects_requested();
  // Its properties are wanted.
  void object_selected(const std::string& object);
  // Whether somebody looks at the temperatures.
  void temperatures_watched(bool watched);
  void mount_requested(const std::string& object);
  void eject_requested(const std::string& object);
  // The window was looked at.
  void seen();
  void settings_requested();
  void quit_requested();

 protected:
  void changeEvent(QEvent* event) override;
  void closeEvent(QCloseEvent* event) override;

 private:
  QWidget* make_problem();
  void make_menus();
  void add_action(QMenu& menu, const QString& text, const QKeySequence& keys,
                  const std::function<void()>& triggered);
  void connect_pages();
  void focus_search();
  void restore();
  void save();

  const Models models_;
  QSettings& store_;
  QTabWidget* tabs_;
  EventsPage* events_;
  ObjectsPage* objects_;
  TemperaturePage* temperatures_;
  QFrame* problem_ = nullptr;
  QLabel* problem_text_ = nullptr;
};

}  // namespace kevent::gui
