// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/support/bus_value.h"

#include <cstdint>

#include "tests/support/failure.h"

namespace kevent::support {
namespace {

int check(int result) {
  if (result < 0) {
    errno = -result;
    fail_with_errno("reading a D-Bus message");
  }
  return result;
}

Json read_value(sd_bus_message* message);

template <typename T>
Json read_number(sd_bus_message* message, char type) {
  T value{};
  check(sd_bus_message_read_basic(message, type, &value));
  return value;
}

Json read_basic(sd_bus_message* message, char type) {
  switch (type) {
    case SD_BUS_TYPE_BOOLEAN:
      return read_number<int>(message, type) != 0;
    case SD_BUS_TYPE_BYTE:
      return read_number<std::uint8_t>(message, type);
    case SD_BUS_TYPE_INT16:
      return read_number<std::int16_t>(message, type);
    case SD_BUS_TYPE_UINT16:
      return read_number<std::uint16_t>(message, type);
    case SD_BUS_TYPE_INT32:
    case SD_BUS_TYPE_UNIX_FD:
      return read_number<std::int32_t>(message, type);
    case SD_BUS_TYPE_UINT32:
      return read_number<std::uint32_t>(message, type);
    case SD_BUS_TYPE_INT64:
      return read_number<std::int64_t>(message, type);
    case SD_BUS_TYPE_UINT64:
      return read_number<std::uint64_t>(message, type);
    case SD_BUS_TYPE_DOUBLE:
      return read_number<double>(message, type);
    default: {
      const char* text = nullptr;  // s, o, g
      check(sd_bus_message_read_basic(message, type, &text));
      return std::string(text);
    }
  }
}

Json read_sequence(sd_bus_message* message) {
  Json result = Json::array();
  while (check(sd_bus_message_at_end(message, 0)) == 0) {
    result.push_back(read_value(message));
  }
  return result;
}

Json read_dictionary(sd_bus_message* message) {
  Json result = Json::object();
  while (check(sd_bus_message_at_end(message, 0)) == 0) {
    const Json entry = read_value(message);
    const std::string key = entry[0].is_string() ? entry[0].get<std::string>() : entry[0].dump();
    if (result.contains(key)) {
      fail("a D-Bus dictionary has " + key + " twice");
    }
    result[key] = entry[1];
  }
  return result;
}

Json read_value(sd_bus_message* message) {
  char type = 0;
  const char* contents = nullptr;
  check(sd_bus_message_peek_type(message, &type, &contents));
  const std::string inner = contents == nullptr ? "" : contents;
  if (inner.empty()) {
    return read_basic(message, type);
  }
  check(sd_bus_message_enter_container(message, type, inner.c_str()));
  Json result;
  if (type == SD_BUS_TYPE_VARIANT) {
    result = variant(inner, read_value(message));
  } else if (type == SD_BUS_TYPE_ARRAY && inner.front() == SD_BUS_TYPE_DICT_ENTRY_BEGIN) {
    result = read_dictionary(message);
  } else {
    result = read_sequence(message);
  }
  check(sd_bus_message_exit_container(message));
  return result;
}

}  // namespace

Json read_arguments(sd_bus_message* message) {
  check(sd_bus_message_rewind(message, 1));
  Json result = Json::array();
  while (check(sd_bus_message_at_end(message, 1)) == 0) {
    result.push_back(read_value(message));
  }
  return result;
}

Json variant(const std::string& type, const Json& data) {
  return Json{{"type", type}, {"data", data}};
}

}  // namespace kevent::support
