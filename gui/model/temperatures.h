// SPDX-License-Identifier: LGPL-2.1-or-later
// The thermal zones: their names, their trips, and what was read of them in the last hour. Filled
// by whoever reads them now and then, and by the events; shown as a plot, and in the icon's
// tooltip.
//
// Rules:
//   R1  A look is of all zones: one that is not in it is gone, with its readings.
//   R2  A temperature that can't be read, or lies below the absolute zero, is no reading.
//   R3  An event's temperature is a reading of its zone at the event's time. Readings are in order of
//       time; one that comes late is put where it belongs. A look drops what is later than itself:
//       the clock was set back.
//   R4  Bounded: readings of an hour and 3,600 of them a zone, 256 zones, 64 trips each.
#pragma once

#include <QObject>
#include <QString>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "lib/event/event.h"

namespace kevent::gui {

struct Trip {
  QString type;  // active, passive, hot, critical
  int millidegrees = 0;
  bool operator==(const Trip&) const = default;
};

// A zone as org.kernel.Events1.ThermalZone has it at one moment.
struct ZoneState {
  std::string object;  // kernel path
  std::string type;    // bytes
  std::optional<int> millidegrees;
  std::vector<Trip> trips;
  bool overheating = false;
};

struct Reading {
  std::int64_t time_ms = 0;  // since the epoch
  int millidegrees = 0;
  bool operator==(const Reading&) const = default;
};

struct Zone {
  std::string object;  // kernel path
  QString name;        // for people: the type, or the last element of the path
  std::vector<Trip> trips;
  std::deque<Reading> readings;  // the oldest first
  bool overheating = false;
};

class Temperatures : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  // R1.
  void look(const std::vector<ZoneState>& states, std::int64_t time_ms);
  // overheating and normal; everything else is passed over.
  void happened(const event::Event& event);

  const std::vector<Zone>& zones() const { return zones_; }  // by kernel path
  const Zone* zone(const std::string& object) const;
  // The one with the highest last reading; nullptr: nothing was read.
  const Zone* hottest() const;

 Q_SIGNALS:
  void changed();

 private:
  std::vector<Zone> zones_;
};

}  // namespace kevent::gui
