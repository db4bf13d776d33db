// SPDX-License-Identifier: LGPL-2.1-or-later
// An event's details and an object's properties as text for people: with units, and with what
// special values mean. The values of the service are typed; one of a type that is not expected is
// shown as it is.
#include <QCoreApplication>
#include <QStringList>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "gui/model/properties.h"
#include "gui/model/text.h"
#include "gui/model/words.h"
#include "lib/client/names.h"
#include "lib/event/object_path.h"

namespace kevent::gui {
namespace {

using nlohmann::json;

class Words {
  Q_DECLARE_TR_FUNCTIONS(kevent::gui::Properties)
};

// Nothing is cut that a person may want to copy, but a window has its limits.
constexpr qsizetype kLongestValue = 4096;

QString whole_text(std::string_view bytes) {
  return text_of(bytes, kLongestValue);
}

QString yes_or_no(bool value) {
  return value ? Words::tr("yes") : Words::tr("no");
}

QString size_value(std::uint64_t bytes) {
  if (bytes == 0) return Words::tr("no medium");
  return Words::tr("%1 (%2 bytes)").arg(size_text(bytes), QString::number(bytes));
}

// A detail of an event; nothing for one that is shown in rows of its own.
class DetailText {
 public:
  DetailText(std::string_view key, bool fahrenheit) : key_(key), fahrenheit_(fahrenheit) {}

  QString operator()(bool value) const { return yes_or_no(value); }
  QString operator()(std::int32_t value) const {
    const bool is_temperature = key_ == event::key::kTemperature;
    return is_temperature ? temperature_text(value, fahrenheit_) : QString::number(value);
  }
  QString operator()(std::uint32_t value) const { return QString::number(value); }
  QString operator()(std::uint64_t value) const {
    return key_ == event::key::kSize ? size_value(value) : QString::number(value);
  }
  QString operator()(const std::string& value) const { return whole_text(value); }
  QString operator()(const event::DeviceNumber& value) const {
    return QStringLiteral("%1:%2").arg(value.major).arg(value.minor);
  }
  QString operator()(const event::Environment& /*value*/) const { return {}; }
  QString operator()(const event::Texts& value) const {
    QStringList texts;
    for (const std::string& text : value) texts.append(whole_text(text));
    return texts.join(QStringLiteral(", "));
  }
  QString operator()(const event::Bytes& value) const {
    return whole_text(std::string(value.begin(), value.end()));
  }

 private:
  std::string_view key_;
  bool fahrenheit_;
};

void append_details(std::vector<Property>& rows, const event::Event& event, bool fahrenheit) {
  for (const auto& [key, value] : event.details.entries()) {
    if (std::holds_alternative<event::Environment>(value)) continue;
    rows.push_back(
        {Words::tr("Details"), whole_text(key), std::visit(DetailText(key, fahrenheit), value)});
  }
}

void append_uevent(std::vector<Property>& rows, const event::Event& event) {
  const auto* uevent = event.details.get<event::Environment>(event::key::kUevent);
  if (uevent == nullptr) return;
  for (const auto& [name, value] : *uevent) {
    rows.push_back({Words::tr("Uevent"), whole_text(name), whole_text(value)});
  }
}

template <typename Number>
std::optional<Number> number_of(const json& value) {
  if (!value.is_number_integer()) return std::nullopt;
  return value.get<Number>();
}

QString text_of_json(const json& value) {
  if (value.is_boolean()) return yes_or_no(value.get<bool>());
  if (!value.is_string()) {
    return whole_text(value.dump(-1, ' ', false, json::error_handler_t::replace));
  }
  const auto& text = value.get_ref<const std::string&>();
  return text.empty() ? Words::tr("none") : whole_text(text);
}

QString temperature_value(const json& value, bool fahrenheit) {
  const auto millidegrees = number_of<std::int32_t>(value);
  if (!millidegrees) return text_of_json(value);
  const bool unknown = *millidegrees == std::numeric_limits<std::int32_t>::min();
  return unknown ? Words::tr("cannot be read") : temperature_text(*millidegrees, fahrenheit);
}

QString trip_value(const json& trip, bool fahrenheit) {
  const bool is_trip = trip.is_array() && trip.size() == 4 && trip[1].is_string();
  if (!is_trip) return text_of_json(trip);
  return Words::tr("%1 at %2").arg(text_of_json(trip[1]), temperature_value(trip[2], fahrenheit));
}

QString list_value(const std::string& name, const json& list, bool fahrenheit) {
  QStringList texts;
  for (const json& element : list) {
    texts << (name == "Trips" ? trip_value(element, fahrenheit) : text_of_json(element));
  }
  return texts.isEmpty() ? Words::tr("none") : texts.join(QStringLiteral(", "));
}

QString object_value(const json& value) {
  const auto path = value.is_string()
                        ? event::parse_object_path(value.get_ref<const std::string&>())
                        : std::nullopt;
  return path ? whole_text(*path) : Words::tr("none");
}

QString device_number_value(const json& value) {
  if (value.size() != 2 || value == json::array({0, 0})) return Words::tr("none");
  return QStringLiteral("%1:%2").arg(text_of_json(value[0]), text_of_json(value[1]));
}

QString last_event_value(const json& value) {
  if (value.size() != 2 || value[0] == 0) return Words::tr("none");
  return Words::tr("%1, number %2").arg(text_of_json(value[1]), text_of_json(value[0]));
}

QString property_value(const std::string& name, const json& value, bool fahrenheit) {
  if (name == "Temperature") return temperature_value(value, fahrenheit);
  if (name == "Size" && value.is_number_unsigned()) return size_value(value.get<std::uint64_t>());
  if (name == "State" && value == std::numeric_limits<std::uint32_t>::max()) {
    return Words::tr("cannot be read");
  }
  if (name == "Parent") return object_value(value);
  if (!value.is_array()) return text_of_json(value);
  if (name == "DeviceNumber") return device_number_value(value);
  if (name == "LastEvent") return last_event_value(value);
  return list_value(name, value, fahrenheit);
}

QString section_of(std::string_view interface) {
  interface.remove_prefix(client::kGroupInterfacePrefix.size());
  return whole_text(interface);
}

}  // namespace

std::vector<Property> properties_of(const event::Event& event, bool fahrenheit) {
  const QString section = Words::tr("Event");
  std::vector<Property> rows = {
      {section, Words::tr("What"), event_summary(event, fahrenheit)},
      {section, Words::tr("Object"), whole_text(event.object)},
      {section, Words::tr("Signal"), whole_text(event.signal)},
      {section, Words::tr("Group"), group_text(event.group)},
      {section, Words::tr("Priority"), priority_text(event.priority)},
      {section, Words::tr("Time"), time_text(event.time_us)},
      {section, Words::tr("Number"), QString::number(event.sequence)},
  };
  append_details(rows, event, fahrenheit);
  append_uevent(rows, event);
  return rows;
}

std::vector<Property> properties_of(const json& interfaces,
                                    const std::map<std::string, std::string>& udev,
                                    bool fahrenheit) {
  std::vector<Property> rows;
  for (const auto& [interface, properties] : interfaces.items()) {
    if (!std::string_view(interface).starts_with(client::kGroupInterfacePrefix)) continue;
    for (const auto& [name, value] : properties.items()) {
      rows.push_back(
          {section_of(interface), whole_text(name), property_value(name, value, fahrenheit)});
    }
  }
  for (const auto& [name, value] : udev) {
    rows.push_back({QStringLiteral("udev"), whole_text(name), whole_text(value)});
  }
  return rows;
}

}  // namespace kevent::gui
