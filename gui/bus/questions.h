// SPDX-License-Identifier: LGPL-2.1-or-later
// What the window asks the service beside its events: the tree of objects, all about one object,
// the thermal zones. client::BusClient asks, in a thread of its own; answers come as signals.
//
// Rules:
//   Q1  To ask never waits, whatever the service or the bus does.
//   Q2  One question is under way at a time. Of those that wait, a newer one replaces the older one
//       of its kind: whoever clicks fast gets the answer to the last click.
//   Q3  To a question comes one answer, or failed(); nothing where Q2 replaced it.
//   Q4  A bus that was lost is connected to anew by the next question.
#pragma once

#include <QObject>
#include <QString>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace kevent::gui {

// By the kernel path of a thermal zone: the properties of its org.kernel.Events1.ThermalZone, as
// client::BusClient::properties() has them.
using Zones = std::map<std::string, nlohmann::json>;

class Questions : public QObject {
  Q_OBJECT

 public:
  // `bus`: "system", "session", or the address of a bus.
  explicit Questions(std::string bus, QObject* parent = nullptr);
  ~Questions() override;

  // The whole tree.
  void ask_objects();
  // One object, by its kernel path.
  void ask_object(std::string object);
  // Every thermal zone that there is; reads the whole tree.
  void ask_zones();
  // These zones again. The answer lacks those that are gone.
  void ask_zones_again(std::vector<std::string> zones);

 Q_SIGNALS:
  // The service is asked for the objects now: what it answers is not older than this.
  void objects_asked();
  // As client::BusClient::managed_objects() has them.
  void objects_answered(const nlohmann::json& objects);
  // {interface: {property: value}}, and what udev knows of it; both empty for an object that is
  // not exported.
  void object_answered(const std::string& object, const nlohmann::json& interfaces,
                       const std::map<std::string, std::string>& udev_properties);
  void zones_answered(const kevent::gui::Zones& zones);
  // `problem` is for people.
  void failed(const QString& problem);

 private:
  class Thread;
  std::shared_ptr<Thread> thread_;
};

}  // namespace kevent::gui
