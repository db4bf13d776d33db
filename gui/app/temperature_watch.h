// SPDX-License-Identifier: LGPL-2.1-or-later
// Reads the thermal zones now and then into Temperatures, where there are any: every ten seconds,
// every two while somebody looks at them. A machine without zones is asked once.
#pragma once

#include <QObject>
#include <QTimer>
#include <string>
#include <vector>

#include "gui/bus/questions.h"
#include "gui/model/temperatures.h"
#include "lib/event/event.h"

namespace kevent::gui {

class TemperatureWatch : public QObject {
  Q_OBJECT

 public:
  // Both outlive this.
  TemperatureWatch(Questions& questions, Temperatures& temperatures, QObject* parent = nullptr);

  // The service is there, or is no longer.
  void set_present(bool present);
  // Somebody looks at the temperatures.
  void set_watched(bool watched);
  // Zones come and go.
  void take(const event::Event& event);

 private:
  void on_zones(const Zones& zones);
  void read_again();
  void pace();

  Questions& questions_;
  Temperatures& temperatures_;
  QTimer timer_;
  std::vector<std::string> zones_;  // kernel paths
  bool present_ = false;
  bool watched_ = false;
};

}  // namespace kevent::gui
