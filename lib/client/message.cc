// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/client/message.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "lib/client/names.h"
#include "lib/event/object_path.h"

namespace kevent::client {
namespace {

using nlohmann::json;

[[noreturn]] void fail(const std::string& what) {
  throw sdbus::Error("org.freedesktop.DBus.Error.InvalidArgs", what);
}

// sdbus-c++ 1.2.0: Message::enterContainer() and its family leave the message "failed" at the end
// of an array, which is no error: the flags are cleared after each loop.
template <typename ReadElement>
void read_array(sdbus::Message& message, const std::string& element, ReadElement read_element) {
  if (message.enterContainer(element)) {
    while (read_element()) {
    }
    message.clearFlags();
    message.exitContainer();
  }
  message.clearFlags();
}

template <typename ReadEntry>
void read_dictionary(sdbus::Message& message, const std::string& entry, ReadEntry read_entry) {
  read_array(message, "{" + entry + "}", [&] {
    if (!message.enterDictEntry(entry)) return false;
    std::string key;
    message >> key;
    read_entry(std::move(key));
    message.exitDictEntry();
    return true;
  });
}

std::string variant_signature(sdbus::Message& message) {
  std::string type;
  std::string contents;
  message.peekType(type, contents);
  if (type != "v") fail("a variant is missing");
  return contents;
}

template <typename T>
T read_inside(sdbus::Message& message, const std::string& signature) {
  T value{};
  message.enterVariant(signature);
  message >> value;
  message.exitVariant();
  return value;
}

void skip_variant(sdbus::Message& message) {
  sdbus::Variant skipped;
  message >> skipped;
}

// Not by std::map: an environment has an order, and may have a key twice.
event::Environment read_environment(sdbus::Message& message) {
  event::Environment environment;
  read_dictionary(message, "ss", [&](std::string key) {
    std::string value;
    message >> value;
    environment.emplace_back(std::move(key), std::move(value));
  });
  return environment;
}

std::optional<event::Value> read_value(sdbus::Message& message) {
  const std::string signature = variant_signature(message);
  if (signature == "b") return read_inside<bool>(message, signature);
  if (signature == "i") return read_inside<std::int32_t>(message, signature);
  if (signature == "u") return read_inside<std::uint32_t>(message, signature);
  if (signature == "t") return read_inside<std::uint64_t>(message, signature);
  if (signature == "s") return read_inside<std::string>(message, signature);
  if (signature == "ay") return read_inside<event::Bytes>(message, signature);
  if (signature == "as") return read_inside<event::Texts>(message, signature);
  if (signature == "(uu)") {
    const auto number =
        read_inside<sdbus::Struct<std::uint32_t, std::uint32_t>>(message, signature);
    return event::DeviceNumber{number.get<0>(), number.get<1>()};
  }
  if (signature == "a{ss}") {
    message.enterVariant(signature);
    event::Environment environment = read_environment(message);
    message.exitVariant();
    return environment;
  }
  skip_variant(message);
  return std::nullopt;
}

// The details go into the event, and the kernel's own spelling of its signal, where they have it,
// to where it belongs: so an event is the same whether it came as a signal or out of the log.
void read_details(sdbus::Message& message, event::Event& event) {
  const std::string signal_bytes = std::string(event::key::kSignal) + "Bytes";
  event::Details spelling;
  read_dictionary(message, "sv", [&](const std::string& key) {
    std::optional<event::Value> value = read_value(message);
    if (!value) return;
    const bool is_spelling = key == event::key::kSignal || key == signal_bytes;
    (is_spelling ? spelling : event.details).set(key, std::move(*value));
  });
  if (auto signal = spelling.text_bytes(event::key::kSignal)) event.signal = std::move(*signal);
}

void place(event::Event& event, std::string_view group, const std::string& object) {
  const std::optional<event::Group> known = event::group_named(group);
  std::optional<std::string> path = event::parse_object_path(object);
  if (!known) fail("no group of events: " + std::string(group));
  if (!path) fail("no kernel object: " + object);
  event.group = *known;
  event.object = std::move(*path);
}

template <typename... T>
json to_json(const sdbus::Struct<T...>& value) {
  return static_cast<const std::tuple<T...>&>(value);
}

}  // namespace

std::optional<event::Event> read_event_signal(sdbus::Message& message) {
  const std::string interface = message.getInterfaceName();
  if (!interface.starts_with(kGroupInterfacePrefix)) return std::nullopt;
  const std::string_view group = std::string_view(interface).substr(kGroupInterfacePrefix.size());
  if (!event::group_named(group)) return std::nullopt;

  event::Event event;
  event.signal = message.getMemberName();
  message >> event.sequence >> event.time_us >> event.priority;
  read_details(message, event);
  place(event, group, message.getPath());
  return event;
}

Answer read_answer(sdbus::Message& message) {
  Answer answer;
  read_array(message, "(ttsosya{sv})", [&] {
    if (!message.enterStruct("ttsosya{sv}")) return false;
    event::Event event;
    std::string group;
    sdbus::ObjectPath object;
    message >> event.sequence >> event.time_us >> group >> object >> event.signal >> event.priority;
    read_details(message, event);
    message.exitStruct();
    place(event, group, object);
    answer.events.push_back(std::move(event));
    return true;
  });
  message >> answer.oldest >> answer.next >> answer.log;
  return answer;
}

json read_variant(sdbus::Message& message) {
  const std::string type = variant_signature(message);
  if (type == "b") return read_inside<bool>(message, type);
  if (type == "y") return read_inside<std::uint8_t>(message, type);
  if (type == "i") return read_inside<std::int32_t>(message, type);
  if (type == "u") return read_inside<std::uint32_t>(message, type);
  if (type == "x") return read_inside<std::int64_t>(message, type);
  if (type == "t") return read_inside<std::uint64_t>(message, type);
  if (type == "d") return read_inside<double>(message, type);
  if (type == "s") return read_inside<std::string>(message, type);
  if (type == "o") return std::string(read_inside<sdbus::ObjectPath>(message, type));
  if (type == "as") return read_inside<std::vector<std::string>>(message, type);
  if (type == "(uu)") {
    return to_json(read_inside<sdbus::Struct<std::uint32_t, std::uint32_t>>(message, type));
  }
  if (type == "(ts)") {
    return to_json(read_inside<sdbus::Struct<std::uint64_t, std::string>>(message, type));
  }
  if (type == "a(usii)") {
    using Trip = sdbus::Struct<std::uint32_t, std::string, std::int32_t, std::int32_t>;
    json result = json::array();
    for (const Trip& trip : read_inside<std::vector<Trip>>(message, type)) {
      result.push_back(to_json(trip));
    }
    return result;
  }
  if (type == "a{sa{sv}}") {
    json result = json::object();
    message.enterVariant(type);
    read_dictionary(message, "sa{sv}",
                    [&](const std::string& key) { result[key] = read_properties(message); });
    message.exitVariant();
    return result;
  }
  skip_variant(message);
  return nullptr;
}

json read_properties(sdbus::Message& message) {
  json result = json::object();
  read_dictionary(message, "sv",
                  [&](const std::string& key) { result[key] = read_variant(message); });
  return result;
}

json read_objects(sdbus::Message& message) {
  json result = json::object();
  read_array(message, "{oa{sa{sv}}}", [&] {
    if (!message.enterDictEntry("oa{sa{sv}}")) return false;
    sdbus::ObjectPath path;
    message >> path;
    json& interfaces = result[path] = json::object();
    read_dictionary(message, "sa{sv}",
                    [&](const std::string& key) { interfaces[key] = read_properties(message); });
    message.exitDictEntry();
    return true;
  });
  return result;
}

std::map<std::string, sdbus::Variant> filter_argument(const event::Filter& filter) {
  std::map<std::string, sdbus::Variant> argument;
  if (filter.group)
    argument["group"] = sdbus::Variant(std::string(event::group_name(*filter.group)));
  if (filter.signal) argument["signal"] = sdbus::Variant(*filter.signal);
  if (filter.object) {
    argument["object"] = sdbus::Variant(sdbus::ObjectPath(event::object_path(*filter.object)));
  }
  if (filter.priority) argument["priority"] = sdbus::Variant(*filter.priority);
  return argument;
}

}  // namespace kevent::client
