// SPDX-License-Identifier: LGPL-2.1-or-later
// What the icon says: the worst of what holds, and in the tooltip why. Gathers what Notices has
// told, what the events say, and what Temperatures knows.
//
// Rules:
//   U1  The worst wins: the service away, overheating, events lost, notice, quiet.
//   U2  Overheating holds until `normal`, of a processor's core and package each, or until the object
//       is gone. Events of the history count.
//   U3  Events lost and notices hold until they have been seen: seen() is the menu or the window
//       opened. What happened in the history was seen.
//   U4  The tooltip names the hottest zone and its temperature, and, where the service is away, why;
//       then no temperature: the last one is old.
//   U5  Of what a program emitted (Source user) nothing is believed.
//   U6  At most 256 objects are remembered as overheating.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <map>
#include <set>
#include <string>

#include "gui/model/temperatures.h"
#include "gui/model/tray_state.h"
#include "lib/event/event.h"

namespace kevent::gui {

class Status {
  Q_DECLARE_TR_FUNCTIONS(Status)

 public:
  // `temperatures` outlives this.
  explicit Status(const Temperatures& temperatures) : temperatures_(temperatures) {}

  void set_fahrenheit(bool fahrenheit) { fahrenheit_ = fahrenheit; }

  void history(const event::Event& event);
  void event(const event::Event& event);
  void overwritten() { lost_ = true; }
  // What was known belongs to another log.
  void new_log() { overheating_.clear(); }
  // Notices has told something.
  void told() { told_ = true; }
  // `problem` is for people: why the service is not there.
  void presence(bool present, const QString& problem);
  void seen();

  TrayState state() const;
  QString tooltip() const;

 private:
  QString state_text() const;
  QString overheating_text() const;

  const Temperatures& temperatures_;
  // By kernel path the levels, or "" where there are none.
  std::map<std::string, std::set<std::string>> overheating_;
  QString problem_;
  bool fahrenheit_ = false;
  bool present_ = true;  // until somebody says otherwise: the first attempt is under way
  bool lost_ = false;
  bool told_ = false;
};

}  // namespace kevent::gui
