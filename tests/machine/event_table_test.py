# SPDX-License-Identifier: LGPL-2.1-or-later
# event_table.py: a table that differs from what came must never pass.
import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from event_table import count, differences  # noqa: E402


def event(priority, group, signal, path, **details):
    return {"priority": priority, "group": group, "signal": signal, "sysfs_path": "/sys/devices/" + path,
            "details": details}


MOUNT = event(5, "Fs", "mount", "x/block/sda", MountPoint="/mnt/a", Mounts=1, MountId=7)
ADD = event(6, "Hotplug", "add", "x/block/sda", Size=1)
BIND = event(7, "Hotplug", "bind", "x/1-1")
LOST = event(3, "Storage", "removed_while_mounted", "x/block/sda", MountPoints=["/a", "/b c"])


class EventTable(unittest.TestCase):
    def expect(self, table, *events):
        self.assertEqual([], differences(table, events))

    def expect_differences(self, table, *events):
        self.assertNotEqual([], differences(table, events))

    def test_rows_match_in_order(self):
        self.expect("6 Hotplug add block/sda\n5 Fs mount sda MountPoint=/mnt/a Mounts=1", ADD, MOUNT)
        self.expect_differences("6 Hotplug add block/sda\n5 Fs mount sda MountPoint=/mnt/a Mounts=1", MOUNT, ADD)

    def test_each_column_counts(self):
        for row in ("4 Fs mount block/sda MountPoint=/mnt/a Mounts=1",
                    "5 Storage mount block/sda MountPoint=/mnt/a Mounts=1",
                    "5 Fs umount block/sda MountPoint=/mnt/a Mounts=1",
                    "5 Fs mount block/sdb MountPoint=/mnt/a Mounts=1",
                    "5 Fs mount lock/sda MountPoint=/mnt/a Mounts=1",
                    "5 Fs mount block/sda MountPoint=/mnt/b Mounts=1",
                    "5 Fs mount block/sda MountPoint=/mnt/a Mounts=2"):
            self.expect_differences(row, MOUNT)

    def test_missing_and_unlisted_events(self):
        self.expect_differences("6 Hotplug add block/sda")
        self.expect_differences("", ADD)
        self.expect_differences("6 Hotplug add block/sda", ADD, ADD)

    def test_unlisted_details(self):
        self.expect_differences("5 Fs mount block/sda MountPoint=/mnt/a", MOUNT)
        self.expect("6 Hotplug add block/sda", ADD)

    def test_rows_in_braces_have_no_order(self):
        table = "{\n6 Hotplug add block/sda\n7 Hotplug bind 1-*\n}"
        self.expect(table, ADD, BIND)
        self.expect(table, BIND, ADD)
        self.expect_differences(table, ADD, ADD)
        self.expect_differences(table + "\n5 Fs mount sda MountPoint=/mnt/a Mounts=1", ADD, MOUNT, BIND)

    def test_optional_rows(self):
        table = "{\n6 Hotplug add block/sda\n? 7 Hotplug bind 1-1\n}"
        self.expect(table, ADD)
        self.expect(table, BIND, ADD)
        self.expect_differences(table, BIND, BIND, ADD)
        self.assertEqual(1, count(table))

    def test_star_is_part_of_one_element(self):
        self.expect("7 Hotplug bind *-*", BIND)
        self.expect_differences("6 Hotplug add *sda", event(6, "Hotplug", "add", "sda/x"))

    def test_lists_and_spaces(self):
        self.expect('3 Storage removed_while_mounted block/sda MountPoints=["/a","/b c"]', LOST)
        self.expect_differences('3 Storage removed_while_mounted block/sda MountPoints=["/a"]', LOST)

    def test_variables_of_the_uevent(self):
        change = event(7, "Hotplug", "change", "nvme0", Uevent={"NVME_AEN": "0x1"})
        self.expect("7 Hotplug change nvme0 Uevent.NVME_AEN=0x1", change)
        self.expect_differences("7 Hotplug change nvme0 Uevent.NVME_AEN=0x2", change)


unittest.main()
