# SPDX-License-Identifier: LGPL-2.1-or-later
# Tables of events: what must come, row by row, and how that differs from what came.
#
#     5 Fs mount block/sda MountPoint=/mnt/a FileSystem=vfat Mounts=1
#     3 Storage removed_while_mounted block/sda MountPoints=["/mnt/a"] FileSystem=vfat
#     {
#     6 Hotplug add block/sda
#     6 Hotplug add scsi_disk/*
#     }
#
# A row is priority, group, signal, the end of the object's path in sysfs, details. `*` in a path stands
# for part of one element. Rows in braces come in any order; one that begins with `?` may be missing.
# Lines that begin with `#` are comments. `Uevent.X=1` is a variable of the uevent.
# A row of group Hotplug lists the details that matter; a row of any other group lists all details but
# those in USUAL, which each such event has or may have.
import difflib
import json
import re

USUAL = {"DeviceNode", "DeviceNumber", "DeviceType", "MountId", "MountRoot", "MountSource", "Options",
         "Scope", "Source", "Subsystem", "Uevent", "UeventBytes", "UeventSeqnum"}
WORD = re.compile(r'(?:[^\s"]|"(?:\\.|[^"])*")+')


class Row:
    def __init__(self, line):
        self.line = line
        self.optional = line.startswith("? ")
        priority, self.group, self.signal, path, *details = WORD.findall(line.removeprefix("? "))
        self.priority = int(priority)
        self.path = path
        self.pattern = re.compile("(^|.*/)" + "[^/]*".join(map(re.escape, path.split("*"))) + "$")
        self.details = dict(map(detail_of, details))

    def matches(self, event):
        details = event["details"]
        variables = details.get("Uevent", {}).items()
        seen = {**details, **{f"Uevent.{key}": value for key, value in variables}}
        if (self.priority, self.group, self.signal) != (event["priority"], event["group"], event["signal"]):
            return False
        if not self.pattern.match(event["sysfs_path"]):
            return False
        if any(key not in seen or seen[key] != value for key, value in self.details.items()):
            return False
        return self.group == "Hotplug" or set(details) <= USUAL | set(self.details)


def detail_of(text):
    key, value = text.split("=", 1)
    if key.startswith("Uevent."):
        return key, value
    try:
        return key, json.loads(value)
    except ValueError:
        return key, value


def rows_of(table):
    """The table as a list of lists: rows of one list come in any order."""
    groups, inner = [], None
    for line in map(str.strip, table.splitlines()):
        if line == "{":
            inner = []
        elif line == "}":
            groups.append(inner)
            inner = None
        elif line and not line.startswith("#"):
            row = Row(line)
            if inner is None:
                groups.append([row])
            else:
                inner.append(row)
    return groups


def count(table):
    """How many events the table asks for, at least."""
    return sum(not row.optional for group in rows_of(table) for row in group)


def text_of(value):
    if isinstance(value, str) and not re.search(r'[\s"]', value):
        return value
    return json.dumps(value, separators=(",", ":"))


def line_of(event):
    """An event in the form of a row."""
    path = "/".join(event["sysfs_path"].split("/")[-2:])
    details = [f"{key}={text_of(value)}" for key, value in event["details"].items() if key not in USUAL]
    return " ".join([str(event["priority"]), event["group"], event["signal"], path, *details])


def differences(table, events):
    """The lines of a diff, from the table to what came; none when all is as it must be."""
    groups = rows_of(table)
    unused = [row for group in groups for row in group]
    place, seen = {}, []
    for event in events:
        row = next((row for row in unused if row.matches(event)), None)
        if row:
            unused.remove(row)
            place[row] = len(place)
        seen.append(row.line if row else line_of(event))
    expected = [row.line for group in groups
                for row in sorted(group, key=lambda row: place.get(row, len(seen)))
                if row in place or not row.optional]
    if expected == seen:
        return []
    return [line for line in difflib.ndiff(expected, seen) if not line.startswith("?")]
