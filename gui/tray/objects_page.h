// SPDX-License-Identifier: LGPL-2.1-or-later
// The tree of kernel objects, and beside it the properties of the one that is selected. What is
// selected and unfolded stays so when the tree is read anew.
#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTreeView>
#include <QWidget>
#include <set>
#include <string>

#include "gui/model/objects_model.h"
#include "gui/model/properties.h"

namespace kevent::gui {

class ObjectsPage : public QWidget {
  Q_OBJECT

 public:
  // Both models outlive the page.
  ObjectsPage(ObjectsModel& objects, PropertiesModel& properties, QWidget* parent = nullptr);

  void focus_search();
  // Selects it, or the nearest folder above it that is there.
  void show_object(const std::string& object);
  // Asks for everything anew.
  void refresh();

  void restore(const QSettings& store);
  void save(QSettings& store) const;

 Q_SIGNALS:
  void objects_requested();
  void object_selected(const std::string& object);
  // Only the events of this object are to be shown.
  void events_requested(const std::string& object);
  void mount_requested(const std::string& object);
  void eject_requested(const std::string& object);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QLayout* make_search();
  QWidget* make_tree();
  QWidget* make_object(PropertiesModel& properties);
  QPushButton* add_button(QLayout& row, const QString& text,
                          void (ObjectsPage::*signal)(const std::string&));
  void keep_what_is_unfolded(const QModelIndex& parent);
  void take_up_again();
  void select(const std::string& object);
  void show_selected();
  QModelIndex source_of(const QModelIndex& shown) const { return filtered_.mapToSource(shown); }

  ObjectsModel& objects_;
  QSortFilterProxyModel filtered_;
  bool asked_ = false;
  std::string selected_;            // kernel path; empty: nothing
  std::set<std::string> unfolded_;  // kernel paths
  QLineEdit* search_;
  QTreeView* tree_;
  QLabel* path_;
  QPushButton* events_ = nullptr;
  QPushButton* mount_ = nullptr;
  QPushButton* eject_ = nullptr;
  QSplitter* splitter_;
};

}  // namespace kevent::gui
