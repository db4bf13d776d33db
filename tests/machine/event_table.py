# SPDX-License-Identifier: LGPL-2.1-or-later
# Tables of events: what must come, row by row, and how that differs from what came.
#
#     5 Fs mount block/sda MountPoint=/mnt/a FileSystem=vfat Mounts=1
#     {
#     6 Hotplug add block/sda
#     6 Hotplug add scsi_disk/*
#     }
#
# A row is priority, group, signal, the end of the object's path in sysfs, details. `*` in a path stands
# for part of one element. Rows in braces come in any order. Lines that begin with `#` are comments.
# A row of group Hotplug lists the details that matter; a row of any other group lists all details but
# those in USUAL, which each such event has or may have.
import difflib
import json
import re
import shlex

USUAL = {"DeviceNode", "DeviceNumber", "DeviceType", "MountId", "MountSource", "Options", "Scope",
         "Subsystem", "Uevent", "UeventSeqnum"}


class Row:
    def __init__(self, line):
        self.line = line
        priority, self.group, self.signal, path, *details = shlex.split(line)
        self.priority = int(priority)
        self.path = path
        self.pattern = re.compile("(^|.*/)" + "[^/]*".join(map(re.escape, path.split("*"))) + "$")
        self.details = dict(map(detail_of, details))

    def matches(self, event):
        seen = event["details"]
        if (self.priority, self.group, self.signal) != (event["priority"], event["group"], event["signal"]):
            return False
        if not self.pattern.match(event["sysfs_path"]):
            return False
        if any(key not in seen or seen[key] != value for key, value in self.details.items()):
            return False
        return self.group == "Hotplug" or set(seen) <= USUAL | set(self.details)


def detail_of(text):
    key, value = text.split("=", 1)
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
    return sum(map(len, rows_of(table)))


def line_of(event):
    """An event in the form of a row."""
    path = "/".join(event["sysfs_path"].split("/")[-2:])
    details = {key: value for key, value in event["details"].items()
               if key not in USUAL and (event["group"] != "Hotplug" or key != "Uevent")}
    texts = [f"{key}={value if isinstance(value, str) else json.dumps(value, separators=(',', ':'))}"
             for key, value in details.items()]
    words = [str(event["priority"]), event["group"], event["signal"], path, *map(shlex.quote, texts)]
    return " ".join(words)


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
                for row in sorted(group, key=lambda row: place.get(row, len(seen)))]
    if expected == seen:
        return []
    return [line for line in difflib.ndiff(expected, seen) if not line.startswith("?")]
