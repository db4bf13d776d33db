# SPDX-License-Identifier: LGPL-2.1-or-later
# The layers: a folder includes only lib/, the folders before it on the way of an event, and the
# libraries of its job. docs/architecture.md has the picture.
import re

import house

OURS = ("lib", "service", "cli", "automount", "gui", "dbus", "tests", "bench")

# What each folder may include of the project, besides itself.
BASE = ["lib/base", "lib/event"]
MAY_INCLUDE = {
    "lib/base": [],
    "lib/event": ["lib/base"],
    "lib/client": BASE,
    "lib/terminal": BASE,
    "service/decode": BASE,
    "service/sysfs": BASE,
    "service/source": BASE + ["service/decode", "service/sysfs"],
    "service/log": BASE,
    "service/bus": BASE + ["service/sysfs", "service/log"],
    "service/app": BASE + ["service/sysfs", "service/source", "service/log", "service/bus"],
    "cli": BASE + ["lib/client", "lib/terminal"],
    "automount": BASE + ["lib/client", "lib/terminal"],
    "bench": BASE + ["tests"],
    "gui/model": ["lib/event", "lib/client"],
    "gui/bus": BASE + ["lib/client", "gui/model"],
    "gui/tray": ["lib/event", "lib/client", "gui/model"],
    "gui/app": BASE + ["lib/client", "gui/model", "gui/bus", "gui/tray"],
}

# Libraries with one place each: the folders that may include what matches.
ONLY_IN = [
    (re.compile(r"sdbus-c\+\+/"), ["service/bus", "lib/client", "cli", "automount"]),
    (re.compile(r"libudev\.h"), ["service/sysfs", "service/source"]),
    (re.compile(r"libmount/"), ["service/decode", "service/source"]),
    (re.compile(r"netlink/|linux/(generic)?netlink\.h|linux/genetlink\.h|linux/kevent\.h"),
     ["service/decode", "service/source"]),
    (re.compile(r"glib"), ["service/app", "service/bus", "automount"]),
    (re.compile(r"systemd/"), ["service/app", "service/bus"]),
    (re.compile(r"CLI/|CLI11"), ["service/app", "cli", "automount", "gui/app", "bench"]),
    (re.compile(r"nlohmann/"), ["lib/client", "lib/terminal", "cli", "automount", "gui/model",
                                "gui/bus", "bench"]),
    (re.compile(r"QDBus|lib/client/(bus_client|event_stream|message|watcher)\.h"),
     ["lib/client", "cli", "automount", "gui/bus", "gui/app"]),
    (re.compile(r"QtWidgets|QtCharts|QApplication|QWidget|QSystemTrayIcon|QtDBus"),
     ["gui/tray", "gui/app"]),
]

# Time is an argument there, and bytes come from the caller.
PURE = ["lib/event", "service/decode", "service/log"]
IMPURE = re.compile(r"lib/base/clock\.h|sys/(socket|un|time)\.h|chrono|c?time(\.h)?")

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)
# The system's own open and its kin: by global name, or by its flags. Classes have an open() too.
OPEN = re.compile(r"(?<![\w>])::(open|openat|openat2|fopen|creat)\s*\("
                  r"|\b(open|openat)\s*\([^;{}]*\bO_[A-Z]+"
                  r"|\b(fopen|std::(i|o)?fstream)\b")
# Only service/sysfs knows where sysfs is.
SYSFS = re.compile(r'"/sys["/]')
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)


def folder_of(name):
    parts = name.split("/")
    return "/".join(parts[:2]) if parts[0] in ("lib", "service", "gui") else parts[0]


def project_findings(name, folder, header):
    target = folder_of(header)
    if target.split("/")[0] not in OURS or target == folder or target in MAY_INCLUDE[folder]:
        return []
    return [f"{name}: {folder} must not include {header}"]


def library_findings(name, folder, header):
    found = [f"{name}: {header} belongs to {', '.join(places)}"
             for library, places in ONLY_IN
             if library.match(header) and folder not in places]
    if folder in PURE and IMPURE.fullmatch(header):
        found.append(f"{name}: {folder} has no clock and no socket, but includes {header}")
    return found


def findings(name, text):
    folder = folder_of(name)
    if folder not in MAY_INCLUDE or not name.endswith((".cc", ".h")):
        return []
    found = []
    for header in INCLUDE.findall(text):
        found += project_findings(name, folder, header) + library_findings(name, folder, header)
    if folder.startswith("service/") and folder != "lib/base":
        if OPEN.search(COMMENT.sub("", text)):
            found.append(f"{name}: only lib/base opens files")
        if folder != "service/sysfs" and SYSFS.search(COMMENT.sub("", text)):
            found.append(f"{name}: only service/sysfs reads /sys")
    return found


def check_itself():
    for name, text in [
        ("lib/event/a.cc", '#include "service/log/event_log.h"'),
        ("service/log/a.cc", '#include "service/source/source.h"'),
        ("lib/base/a.h", '#include "lib/event/event.h"'),
        ("lib/client/a.h", '#include "service/log/event_log.h"'),
        ("gui/model/a.h", '#include "service/log/event_log.h"'),
        ("automount/a.h", '#include "cli/options.h"'),
        ("service/app/a.cc", "#include <sdbus-c++/sdbus-c++.h>"),
        ("service/bus/a.cc", "#include <libudev.h>"),
        ("service/bus/a.cc", '#include "service/source/source.h"'),
        ("service/bus/a.cc", '#include "service/decode/thermal.h"'),
        ("bench/a.cc", '#include "service/log/event_log.h"'),
        ("service/decode/a.cc", '#include "lib/base/clock.h"'),
        ("service/log/a.cc", "#include <sys/socket.h>"),
        ("service/log/a.cc", 'int f() { return ::open("x", 0); }'),
        ("service/log/a.cc", 'int f() { return openat(at, "x", O_RDONLY); }'),
        ("service/log/a.cc", 'std::ifstream file("x");'),
        ("service/bus/a.cc", 'auto names = list_folder("/sys/block");'),
    ]:
        house.expect(findings(name, text), f"{name}: {text}")
    for name, text in [
        ("service/log/a.cc", '#include "lib/base/files.h"\nauto log = EventLog::open(path);'),
        ("service/log/a.cc", "auto file = open_file(path, O_RDWR);"),
        ("service/source/a.cc", "#include <libudev.h>\n// calls open() never\n"),
        ("tests/log/a.cc", '#include "service/bus/publisher.h"'),
    ]:
        house.expect(not findings(name, text), f"{name} is right: {text}")


check_itself()
house.report(finding for name, text in house.texts() for finding in findings(name, text))
