// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/app/knowledge.h"

#include <variant>

#include "gui/model/text.h"

namespace kevent::gui {

Knowledge::Knowledge(const QString& bus, QObject* parent)
    : QObject(parent), questions_(bus.toStdString()), service_(bus.toStdString()) {
  connect(&service_, &Service::items_arrived, this, &Knowledge::take);
  connect(&service_, &Service::history_ended, this, &Knowledge::history_ended);
  connect(&service_, &Service::presence_changed, this, &Knowledge::on_presence);
  connect(&questions_, &Questions::objects_asked, this, [this] { objects_.asked(); });
  connect(&questions_, &Questions::failed, this, [this] { objects_.not_answered(); });
  connect(&questions_, &Questions::objects_answered, this,
          [this](const nlohmann::json& objects) { objects_.set_objects(objects); });
  connect(&questions_, &Questions::object_answered, this, &Knowledge::on_object);
  connect(&temperatures_, &Temperatures::changed, this, &Knowledge::status_changed);
}

void Knowledge::set_fahrenheit(bool fahrenheit) {
  fahrenheit_ = fahrenheit;
  status_.set_fahrenheit(fahrenheit);
  events_.set_fahrenheit(fahrenheit);
  Q_EMIT status_changed();
}

void Knowledge::read_objects() {
  objects_wanted_ = true;
  questions_.ask_objects();
}

void Knowledge::select_object(const std::string& object) {
  selected_ = object;
  if (object.empty()) {
    object_properties_.set_properties({});
  } else {
    questions_.ask_object(object);
  }
}

std::string Knowledge::name_of(const std::string& object) const {
  const Zone* zone = temperatures_.zone(object);
  return zone == nullptr ? std::string() : zone->name.toStdString();
}

void Knowledge::take(const std::vector<client::Item>& items, bool history) {
  events_.append(items);
  for (const client::Item& item : items) {
    if (const auto* event = std::get_if<event::Event>(&item)) {
      take_event(*event, history);
    } else if (std::holds_alternative<client::NewLog>(item)) {
      status_.new_log();
    } else if (!history) {
      status_.overwritten();
    }
  }
  Q_EMIT arrived(items, history);
  Q_EMIT status_changed();
}

void Knowledge::take_event(const event::Event& event, bool history) {
  temperatures_.happened(event);
  if (history) {
    status_.history(event);
    return;
  }
  status_.event(event);
  watch_.take(event);
  if (objects_wanted_) objects_.apply(event);
}

void Knowledge::on_presence(client::Presence presence, const QString& problem) {
  const bool present = presence == client::Presence::kPresent;
  problem_.clear();
  if (presence == client::Presence::kNoService) problem_ = tr("keventd is not running.");
  if (presence == client::Presence::kNoBus) {
    problem_ = tr("There is no connection to it: %1").arg(text_of(problem));
  }
  status_.presence(present, problem_);
  watch_.set_present(present);
  if (present && objects_wanted_) questions_.ask_objects();
  Q_EMIT presence_changed();
  Q_EMIT status_changed();
}

void Knowledge::on_object(const std::string& object, const nlohmann::json& interfaces,
                          const std::map<std::string, std::string>& udev) {
  if (object == selected_) {
    object_properties_.set_properties(properties_of(interfaces, udev, fahrenheit_));
  }
}

}  // namespace kevent::gui
