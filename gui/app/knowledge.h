// SPDX-License-Identifier: LGPL-2.1-or-later
// All that the applet knows of the kernel: the models, kept by the service's events and by
// questions. The tree of objects is read when somebody wants it first, and then kept.
#pragma once

#include <QObject>
#include <QString>
#include <string>
#include <vector>

#include "gui/app/temperature_watch.h"
#include "gui/bus/questions.h"
#include "gui/bus/service.h"
#include "gui/model/events_model.h"
#include "gui/model/objects_model.h"
#include "gui/model/properties.h"
#include "gui/model/status.h"
#include "gui/model/temperatures.h"

namespace kevent::gui {

class Knowledge : public QObject {
  Q_OBJECT

 public:
  explicit Knowledge(const QString& bus, QObject* parent = nullptr);

  // Begins to follow the service.
  void start() { service_.start(); }

  void set_fahrenheit(bool fahrenheit);
  void read_objects();
  // Whose properties are wanted; "": nobody's.
  void select_object(const std::string& object);
  void set_temperatures_watched(bool watched) { watch_.set_watched(watched); }

  // What a person calls the object, where that is known; "" where not.
  std::string name_of(const std::string& object) const;
  // Why the service is away, for people; empty: it is there.
  const QString& problem() const { return problem_; }

  EventsModel& events() { return events_; }
  ObjectsModel& objects() { return objects_; }
  PropertiesModel& object_properties() { return object_properties_; }
  const Temperatures& temperatures() const { return temperatures_; }
  Status& status() { return status_; }

 Q_SIGNALS:
  // The same items that the models have got.
  void arrived(const std::vector<kevent::client::Item>& items, bool history);
  void history_ended();
  void presence_changed();
  // What status() says may be something else now.
  void status_changed();

 private:
  void take(const std::vector<client::Item>& items, bool history);
  void take_event(const event::Event& event, bool history);
  void on_presence(client::Presence presence, const QString& problem);
  void on_object(const std::string& object, const nlohmann::json& interfaces,
                 const std::map<std::string, std::string>& udev);

  EventsModel events_;
  ObjectsModel objects_;
  PropertiesModel object_properties_;
  Temperatures temperatures_;
  Status status_{temperatures_};
  Questions questions_;
  TemperatureWatch watch_{questions_, temperatures_};
  Service service_;
  QString problem_;
  std::string selected_;  // kernel path
  bool objects_wanted_ = false;
  bool fahrenheit_ = false;
};

}  // namespace kevent::gui
