// SPDX-License-Identifier: LGPL-2.1-or-later
// Bytes and events as text for a person, translated. Everything else that shows foreign text
// (labels, paths, names of sources, the words of another program) takes it from here.
//
// Rules:
//   T1  Foreign text is event::display_text(): it does not reorder, hide or end what is around it.
//   T2  What is longer than `longest` characters loses its middle to one ellipsis.
//   T3  Foreign text is never a format: it goes into a sentence by one call of arg() with all
//       arguments, so that "%1" and "%n" in a label stay what they are.
//   T4  The result is plain text. Who shows it as markup escapes it, by escaped_markup().
#pragma once

#include <QString>
#include <cstdint>
#include <string>
#include <string_view>

#include "lib/event/event.h"

namespace kevent::gui {

inline constexpr qsizetype kLongestText = 80;

// T1, T2.
QString text_of(std::string_view bytes, qsizetype longest = kLongestText);

// For text that is Unicode already, such as the message of another service.
QString text_of(const QString& text, qsizetype longest = kLongestText);

// For notification servers that understand markup, and for Qt's rich text: & < > " '
QString escaped_markup(const QString& text);

// What a person calls the object that an event is about: "sda1", "thermal_zone0", "tmpfs",
// "Processor 3". A label, or the type of a thermal zone, is not in an event: who knows one says
// that.
QString object_name(const event::Event& event);

// The last element of a path: "STICK" of "/media/ann/STICK"; "/" of "/".
QString last_element(std::string_view path);

// "95.5 °C", as the locale writes it.
QString temperature_text(int millidegrees, bool fahrenheit);

// "31.9 GB", as the locale writes it.
QString size_text(std::uint64_t bytes);

// A count as the number of tr(), which takes an int: the largest int for what is beyond.
int plural(std::uint64_t count);

// One line: "sda1 mounted on /media/ann/STICK". A signal that is not known here is told by its
// name.
QString event_summary(const event::Event& event, bool fahrenheit = false);

// A detail that is text, as T1 and T2 have it; empty where there is none.
QString detail_text(const event::Event& event, std::string_view key);

// Found by a later look at the kernel: it may have happened long ago.
bool is_synthesized(const event::Event& event);

// The event as the kernel told it, and not emitted by a program (Manager.Emit).
bool is_of_kernel(const event::Event& event);

}  // namespace kevent::gui
