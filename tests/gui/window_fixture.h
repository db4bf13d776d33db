// SPDX-License-Identifier: LGPL-2.1-or-later
// The window with models of its own and a store of settings that goes with it.
#pragma once

#include <gtest/gtest.h>

#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "gui/model/temperatures.h"
#include "gui/tray/window.h"
#include "lib/event/object_path.h"
#include "tests/gui/sample_events.h"

namespace kevent::test {

class WindowTest : public testing::Test {
 protected:
  void SetUp() override { open(); }

  void open() {
    window = std::make_unique<gui::Window>(
        gui::Window::Models{events, objects, properties, temperatures}, store);
    window->present();
    ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
  }

  // The one widget of this type with this accessible name.
  template <typename Widget>
  Widget& named(const QString& name) {
    Widget* found = nullptr;
    for (Widget* widget : window->findChildren<Widget*>()) {
      if (widget->accessibleName() == name) found = widget;
    }
    EXPECT_NE(found, nullptr) << name.toStdString();
    return *found;
  }

  // In the timeline.
  void search_for(const QString& text) {
    for (QLineEdit* field : window->findChildren<QLineEdit*>()) {
      if (field->placeholderText() == QLatin1String("Object, signal, text")) field->setText(text);
    }
  }

  void append(const std::vector<client::Item>& items) {
    events.append(items);
    events.flush();
  }

  void set_objects(const std::vector<std::string>& paths, const std::string& subsystem) {
    nlohmann::json all = nlohmann::json::object();
    for (const std::string& path : paths) {
      all[event::object_path(path)]["org.kernel.Events1.Device"] = {{"Subsystem", subsystem}};
    }
    objects.set_objects(all);
  }

  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QTest::keyClick(window.get(), key, modifiers);
  }

  QTemporaryDir directory;
  QSettings store{directory.filePath(QStringLiteral("tray.conf")), QSettings::IniFormat};
  gui::EventsModel events;
  gui::ObjectsModel objects;
  gui::PropertiesModel properties;
  gui::Temperatures temperatures;
  std::unique_ptr<gui::Window> window;
};

}  // namespace kevent::test
