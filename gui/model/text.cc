// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringDecoder>
#include <QStringList>
#include <algorithm>
#include <climits>
#include <optional>

#include "lib/event/text.h"

namespace kevent::gui {
namespace {

namespace key = event::key;
namespace signal = event::signal;
using event::Event;

struct Text {
  Q_DECLARE_TR_FUNCTIONS(Text)
};

// T2. Counted in code points, so that none is cut in two.
QString elided(const QString& text, qsizetype longest) {
  if (text.size() <= longest) return text;
  const QList<uint> characters = text.toUcs4();
  if (characters.size() <= longest) return text;
  const qsizetype tail = (longest - 1) / 2;
  const qsizetype head = longest - 1 - tail;
  const auto part = [&](qsizetype from, qsizetype count) {
    const std::u32string slice(characters.begin() + from, characters.begin() + from + count);
    return QString::fromUcs4(slice.data(), count);
  };
  return part(0, head) + QChar(0x2026) + part(characters.size() - tail, tail);
}

template <typename Value>
std::optional<Value> number_of(const Event& event, std::string_view name) {
  const auto* value = event.details.get<Value>(name);
  return value == nullptr ? std::nullopt : std::optional<Value>(*value);
}

QString mount_summary(const Event& event) {
  const QString name = object_name(event);
  const QString where = detail_text(event, key::kMountPoint);
  if (where.isEmpty()) {
    if (detail_text(event, key::kScope) != QLatin1String(event::kScopeFileSystem.data())) return {};
    if (event.signal == signal::kMount) return Text::tr("%1: filesystem in use").arg(name);
    if (event.signal == signal::kUmount) return Text::tr("%1: filesystem let go").arg(name);
    return {};
  }
  if (event.signal == signal::kMount) return Text::tr("%1 mounted on %2").arg(name, where);
  if (event.signal == signal::kUmount) return Text::tr("%1 unmounted from %2").arg(name, where);
  if (event.signal != signal::kRemount) return {};
  const QString before = detail_text(event, key::kOldMountPoint);
  if (before.isEmpty()) return Text::tr("%1 on %2 has other options").arg(name, where);
  return Text::tr("%1 moved from %2 to %3").arg(name, before, where);
}

QString removal_summary(const Event& event) {
  const QString name = object_name(event);
  QStringList places;
  const auto* mount_points = event.details.get<event::Texts>(key::kMountPoints);
  if (mount_points != nullptr) {
    for (const std::string& place : *mount_points) places << text_of(place);
  }
  if (places.isEmpty()) return Text::tr("%1 was removed while it was mounted").arg(name);
  return Text::tr("%1 was removed while mounted on %2")
      .arg(name, text_of(places.join(QLatin1String(", "))));
}

QString storage_summary(const Event& event) {
  const QString name = object_name(event);
  const auto size = number_of<std::uint64_t>(event, key::kSize);
  const QString bytes = size ? size_text(*size) : QString();
  if (event.signal == signal::kMediaChange && size) {
    if (*size == 0) return Text::tr("%1: no medium").arg(name);
    return Text::tr("%1: a medium of %2").arg(name, bytes);
  }
  if (event.signal == signal::kMediaChange) return Text::tr("%1: the medium was changed").arg(name);
  if (event.signal == signal::kRemovedWhileMounted) return removal_summary(event);
  if (event.signal == signal::kEjectRequest) return Text::tr("%1 wants to be ejected").arg(name);
  if (event.signal == signal::kResize && size) return Text::tr("%1 has %2 now").arg(name, bytes);
  if (event.signal == signal::kReadOnly) return Text::tr("%1 is read-only").arg(name);
  if (event.signal == signal::kReadWrite) return Text::tr("%1 may be written").arg(name);
  if (event.signal == signal::kIoError) {
    const QString status = detail_text(event, key::kStatus);
    if (status.isEmpty()) return Text::tr("%1: I/O error").arg(name);
    return Text::tr("%1: I/O error, %2").arg(name, status);
  }
  if (event.signal == signal::kDegraded) return Text::tr("%1 is degraded").arg(name);
  if (event.signal == signal::kSyncStart) return Text::tr("%1 is being synchronized").arg(name);
  if (event.signal == signal::kSyncDone) return Text::tr("%1 is synchronized").arg(name);
  if (event.signal == signal::kSyncAborted) {
    return Text::tr("%1: synchronizing was given up").arg(name);
  }
  return {};
}

QString power_summary(const Event& event, bool fahrenheit) {
  const QString name = object_name(event);
  const auto temperature = number_of<std::int32_t>(event, key::kTemperature);
  const QString degrees = temperature ? temperature_text(*temperature, fahrenheit) : QString();
  if (event.signal == signal::kOverheating) {
    if (!temperature) return Text::tr("%1 is overheating").arg(name);
    return Text::tr("%1 is overheating: %2").arg(name, degrees);
  }
  if (event.signal == signal::kNormal) {
    if (!temperature) return Text::tr("%1 is back to normal").arg(name);
    return Text::tr("%1 is back to normal: %2").arg(name, degrees);
  }
  return {};
}

QString hotplug_summary(const Event& event) {
  const QString name = object_name(event);
  if (event.signal == signal::kAdd) return Text::tr("%1 was added").arg(name);
  if (event.signal == signal::kRemove) return Text::tr("%1 was removed").arg(name);
  if (event.signal == signal::kChange) return Text::tr("%1 has changed").arg(name);
  if (event.signal == signal::kMove) return Text::tr("%1 has a new name").arg(name);
  if (event.signal == signal::kOnline) return Text::tr("%1 went online").arg(name);
  if (event.signal == signal::kOffline) return Text::tr("%1 went offline").arg(name);
  if (event.signal == signal::kBind) return Text::tr("%1 has a driver").arg(name);
  if (event.signal == signal::kUnbind) return Text::tr("%1 has no driver any more").arg(name);
  return {};
}

QString loss_summary(const Event& event) {
  const QString source = detail_text(event, key::kSource);
  const std::uint64_t count = number_of<std::uint64_t>(event, key::kCount).value_or(0);
  if (count == 0) return Text::tr("Events of the source %1 were lost").arg(source);
  return Text::tr("%n event(s) of the source %1 were lost", nullptr, plural(count)).arg(source);
}

QString known_summary(const Event& event, bool fahrenheit) {
  switch (event.group) {
    case event::Group::kGeneral:
      return event::is_events_lost(event) ? loss_summary(event) : QString();
    case event::Group::kStorage:
      return storage_summary(event);
    case event::Group::kPower:
      return power_summary(event, fahrenheit);
    case event::Group::kFs:
      return mount_summary(event);
    case event::Group::kHotplug:
      return hotplug_summary(event);
  }
  return {};
}

}  // namespace

QString text_of(std::string_view bytes, qsizetype longest) {
  // QString::fromUtf8() would drop a byte order mark at the start.
  QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
  const QString text = decoder(QByteArray::fromStdString(event::display_text(bytes)));
  return elided(text, longest);
}

QString text_of(const QString& text, qsizetype longest) {
  return text_of(text.toStdString(), longest);
}

QString escaped_markup(const QString& text) {
  return QString::fromStdString(event::markup_text(text.toStdString()));
}

QString last_element(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == path.npos || slash + 1 == path.size()) return text_of(path);
  return text_of(path.substr(slash + 1));
}

QString object_name(const Event& event) {
  if (const auto processor = number_of<std::uint32_t>(event, key::kProcessor)) {
    return Text::tr("Processor %1").arg(*processor);
  }
  constexpr std::string_view kDevices = "/dev/";
  const std::string node = event.details.text_bytes(key::kDeviceNode).value_or(std::string());
  if (node.starts_with(kDevices) && node.size() > kDevices.size()) {
    return text_of(std::string_view(node).substr(kDevices.size()));
  }
  return last_element(event.object);
}

QString temperature_text(int millidegrees, bool fahrenheit) {
  const double celsius = millidegrees / 1000.0;
  const QLocale locale;
  if (!fahrenheit) return Text::tr("%1 °C").arg(locale.toString(celsius, 'f', 1));
  return Text::tr("%1 °F").arg(locale.toString(celsius * 9 / 5 + 32, 'f', 1));
}

QString size_text(std::uint64_t bytes) {
  const auto size = static_cast<qint64>(std::min<std::uint64_t>(bytes, LLONG_MAX));
  return QLocale().formattedDataSize(size, 1, QLocale::DataSizeSIFormat);
}

int plural(std::uint64_t count) {
  return static_cast<int>(std::min<std::uint64_t>(count, INT_MAX));
}

QString event_summary(const Event& event, bool fahrenheit) {
  const QString signal = text_of(event.signal);
  if (!is_of_kernel(event)) {
    return Text::tr("%1: %2, says a program").arg(object_name(event), signal);
  }
  const QString summary = known_summary(event, fahrenheit);
  return summary.isEmpty() ? Text::tr("%1: %2").arg(object_name(event), signal) : summary;
}

QString detail_text(const Event& event, std::string_view key) {
  return text_of(event.details.text_bytes(key).value_or(std::string()));
}

bool is_synthesized(const Event& event) {
  const auto* synthesized = event.details.get<bool>(key::kSynthesized);
  return synthesized != nullptr && *synthesized;
}

bool is_of_kernel(const Event& event) {
  const auto* source = event.details.get<std::string>(key::kSource);
  return source == nullptr || *source != "user";
}

}  // namespace kevent::gui
