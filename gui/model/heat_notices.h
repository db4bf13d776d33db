// SPDX-License-Identifier: LGPL-2.1-or-later
// What overheats, as notices: rules N2 and N3 of notices.h. Remembers each zone that has
// overheated, and a processor for its core and its package alike.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "gui/model/bounded_map.h"
#include "gui/model/notice.h"
#include "lib/event/event.h"

namespace kevent::gui {

class HeatNotices {
  Q_DECLARE_TR_FUNCTIONS(HeatNotices)

 public:
  using Time = std::chrono::steady_clock::time_point;
  using Commands = std::vector<NoticeCommand>;

  void set_fahrenheit(bool fahrenheit) { fahrenheit_ = fahrenheit; }

  // overheating and normal, of an object that people call `name`.
  Commands event(const event::Event& event, const QString& name, Time at);
  Commands removed(const std::string& object);
  // Nothing is known any more.
  Commands clear();
  // What was told so far was history: tells what still overheats at its end (N12).
  Commands history_ended();

  Commands tick(Time now);
  std::optional<Time> next_tick() const;

 private:
  struct Zone {
    std::string object;
    QString name;
    std::string trip_type;
    std::optional<int> peak;  // millidegrees
    bool hot = false;
    bool flapping = false;
    std::optional<Time> normal_at;
  };
  using Zones = BoundedMap<QString, Zone, 1024>;  // by the key of the notice

  Commands overheats(const QString& key, Zone& zone, const event::Event& event, Time at);
  Commands cools(const QString& key, Zone& zone, const event::Event& event, Time at);
  Notice overheating(const QString& key, const Zone& zone) const;
  Notice back_to_normal(const QString& key, const Zone& zone,
                        std::optional<int> millidegrees) const;
  QString heat_text(const Zone& zone) const;

  Zones zones_;
  bool fahrenheit_ = false;
};

}  // namespace kevent::gui
