// SPDX-License-Identifier: LGPL-2.1-or-later
// The timeline: a row of filters, the events, and all that the selected one says.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSplitter>
#include <QTimer>
#include <QWidget>
#include <cstdint>
#include <string>

#include "gui/model/events_filter.h"
#include "gui/model/properties.h"
#include "gui/tray/empty_note.h"
#include "gui/tray/table_view.h"

namespace kevent::gui {

class EventsPage : public QWidget {
  Q_OBJECT

 public:
  // `events` outlives the page.
  explicit EventsPage(EventsModel& events, QWidget* parent = nullptr);

  void set_fahrenheit(bool fahrenheit);
  void focus_search();
  // Selects it; the filters go where they hide it. Nothing happens when it is not held any more.
  void show_event(std::uint64_t sequence);
  // Only events of this object, and of those below it.
  void show_only(const std::string& object);

  // How many there are and are shown, for the status line.
  QWidget* count() const { return count_; }

  void restore(const QSettings& store);
  void save(QSettings& store) const;

 Q_SIGNALS:
  // The object is to be shown in the tree.
  void object_requested(const std::string& object);

 private:
  QLayout* make_filters();
  void make_table();
  void add_table_actions();
  void apply_filter();
  void clear_filter();
  void show_details();
  void show_count();
  const event::Event* current_event() const;
  std::string typed_object() const;

  EventsModel& events_;
  EventsFilter filtered_;
  PropertiesModel details_;
  QTimer typing_;
  bool fahrenheit_ = false;
  std::string object_;  // the filter's, in bytes; empty: all
  QLineEdit* search_;
  QComboBox* group_;
  QComboBox* priority_;
  QLineEdit* object_edit_;
  QLabel* count_;
  TableView* table_;
  EmptyNote* empty_;
  QSplitter* splitter_;
};

}  // namespace kevent::gui
