# SPDX-License-Identifier: LGPL-2.1-or-later
# Scenes: what is done to the machine, and what keventd must make of it.
#
#     BOOT = Boot(devices=["-device", "qemu-xhci,id=usb"], prepare="modprobe usb-storage")
#
#     @BOOT.scene
#     def loop_mount(scene):
#         scene.step("mount /dev/loop0 /mnt/a", "5 Fs mount block/loop0 MountPoint=/mnt/a ...")
#         scene.shows("/dev/loop0", MountPoints=["/mnt/a"])
#
# A step must cause the events of its table and no others (event_table.py), without a hole in their
# sequence and in the log that was there before. A scene must leave nothing in the journal of keventd at
# warning or above but what scene.journal() lists. A scene goes on after a difference, and a boot after a
# scene that failed.
import difflib
import json
import re
import time
import traceback

import event_table
from machine import Failed, Machine

LATE_SECONDS = 5

NAME_WIDTH = 44

PREPARE = """
mkdir -p /mnt/a /mnt/b /run/scene
"""

DROP_IN = "etc/systemd/system/keventd.service.d/run.conf"

# After a scene that failed: nothing mounted, the service as installed.
TIDY = """
rm -rf /run/systemd/system/keventd.service.d
systemctl daemon-reload
for mount in $(tac /proc/self/mounts | awk '$2 ~ "^/mnt/" {print $2}'); do umount -l $mount; done
systemctl reset-failed keventd
systemctl start keventd
true
"""


class Boot:
    def __init__(self, prepare="", start=True, tidy="", **machine):
        """`prepare`: shell commands before the first scene; `start`: and starts keventd then; `tidy`:
        after a scene that failed. The rest are arguments of Machine, or functions that make them in the machine's folder."""
        self.prepare, self.start, self.tidy, self.arguments = prepare, start, tidy, machine
        self.scenes = {}

    def scene(self, function):
        self.scenes[function.__name__] = function
        return function

    def run(self, folder, names, drop_in=()):
        """Runs these scenes, or all, and prints a line for each; True when all are as they must be."""
        folder.mkdir(parents=True, exist_ok=True)
        arguments = {key: value(folder) if callable(value) else value
                     for key, value in self.arguments.items()}
        if drop_in:
            arguments["files"] = {DROP_IN: "[Service]\n" + "\n".join(drop_in) + "\n"}
        machine = Machine(folder, **arguments)
        try:
            with machine:
                print(f"{'boot':{NAME_WIDTH}} {machine.boot_seconds:5.1f} s", flush=True)
                good = self.run_scenes(machine, names)
        except Failed as error:
            print(error)
            good = False
        if not good:
            print(f"-- the end of the console, {folder}/console")
            print("\n".join(machine.console().splitlines()[-20:]))
        return good

    def run_scenes(self, machine, names):
        machine.run(PREPARE + self.prepare)
        if self.start:
            machine.run("systemctl start keventd; udevadm settle")
        log, good = Log(machine), True
        for name, function in self.scenes.items():
            if not names or name in names:
                good = Scene(machine, log, name).run(function, f"{self.tidy}\n{TIDY}") and good
        return good


class Log:
    """The log as the host knows it. It lives over all scenes of a boot, whatever happens to the service."""

    def __init__(self, machine):
        self.machine = machine
        self.log_id, self.since, self.marks = None, 0, 0

    def read(self, count):
        """The events since the last call, as soon as there are `count`; and what is wrong with them."""
        self.marks += 1
        problems = []
        log_id = self.machine.run("keventctl status --json | jq -r .LogId").strip()
        if log_id != self.log_id:
            if self.log_id:
                problems.append("the log was replaced")
            self.log_id, self.since = log_id, 0
        text = self.machine.run(f"take_events {self.since} {count + 1} {self.marks} {LATE_SECONDS}")
        events = [json.loads(line) for line in text.splitlines()]
        sequences = [event["sequence"] for event in events]
        first = self.since + 1 if self.since else sequences[0]
        if sequences != list(range(first, first + len(events))):
            problems.append(f"sequences after {self.since}: {sequences}")
        self.since = sequences[-1]
        return [event for event in events
                if "SYNTH_ARG_MARK" not in event["details"].get("Uevent", {})], problems


class Scene:
    def __init__(self, machine, log, name):
        self.machine, self.log, self.name = machine, log, name
        self.problems = []
        self.journal_rows = []
        self.journal_is_free = False  # anything may be in it
        self.disks = []
        self.cursor = None
        self.ended = False

    def run(self, function, tidy):
        began = time.monotonic()
        try:
            self.begin()
            function(self)
            if not self.ended:
                self.end()
        except Failed as error:
            self.problems.append(str(error))
        except Exception:
            self.problems.append(traceback.format_exc())
        if self.problems and not self.ended:
            self.tidy(tidy)
        seconds = time.monotonic() - began
        print(f"{self.name:{NAME_WIDTH}} {seconds:5.1f} s  {'differs' if self.problems else 'ok'}", flush=True)
        for problem in self.problems:
            print("    " + problem.rstrip().replace("\n", "\n    "), flush=True)
        return not self.problems

    def begin(self):
        self.cursor = self.machine.run("journalctl --sync; journalctl -n 0 --show-cursor").split()[-1]
        if self.machine.try_run("systemctl is-active keventd")[0]:
            return
        if self.log.log_id:
            self.events("", "between the scenes")
        else:
            self.log.read(0)

    def end(self):
        if self.journal_is_free:
            return
        messages = self.machine.run(
            f"journalctl --sync; journalctl -q -u keventd -p warning -o cat --after-cursor '{self.cursor}'")
        lines = messages.splitlines()
        expected = [next((line for line in lines if re.fullmatch(row, line)), row)
                    for row in self.journal_rows]
        if lines != expected:
            self.differs("the journal", difflib.ndiff(expected, lines))

    def tidy(self, commands):
        try:
            for disk in self.disks:
                if disk.plugged:
                    disk.pull()
            self.machine.run("set +e\n" + commands)
            self.log.read(0)
        except Failed as error:
            self.problems.append(f"tidying: {error}")

    def differs(self, what, lines):
        self.problems.append("\n".join([f"{what}: (- must be, + is)", *lines]))

    # What a scene is made of.

    def step(self, action, table="", name=None):
        """Does it (a shell command, or a function), and takes the events that it causes."""
        if callable(action):
            action()
        elif action:
            self.machine.run(action)
        self.events(table, name or (action.strip() if isinstance(action, str) else action.__name__))

    def events(self, table, name="events"):
        """Takes the events since the step before."""
        seen, problems = self.log.read(event_table.count(table))
        self.problems += [f"{name}: {problem}" for problem in problems]
        self.compare(name, table, seen)

    def compare(self, name, table, seen):
        found = event_table.differences(table, seen)
        if found:
            self.differs(name, found)

    def reboot(self):
        """The machine was booted again: another log, another journal."""
        self.log.log_id = None
        self.begin()

    def has_ended(self):
        """The machine is off, and is meant to be."""
        self.ended = True

    def shows(self, name, **properties):
        """The object has these values in `keventctl show`."""
        status, text = self.machine.try_run(f"keventctl show --json '{name}'")
        if status:
            self.problems.append(f"keventctl show {name}: {text.strip()}")
            return
        values = {key: value for interface in json.loads(text)["interfaces"].values()
                  for key, value in interface.items()}
        for key, value in properties.items():
            self.equal(f"{name} {key}", value, values.get(key))

    def is_gone(self, name):
        """There is no such object (any more)."""
        if self.machine.try_run(f"keventctl show '{name}'")[0] == 0:
            self.problems.append(f"keventctl show {name}: it is still there")

    def prints(self, command, text):
        """The command succeeds and prints this."""
        self.equal(command, text, self.machine.run(command).strip())

    def equal(self, what, expected, seen):
        if expected != seen:
            self.differs(what, [f"- {expected}", f"+ {seen}"])

    def journal(self, *rows):
        """Regular expressions of the warnings that this scene causes, one for each."""
        self.journal_rows += rows

    def disk(self, disk):
        """Takes care that it is out after the scene."""
        self.disks.append(disk)
        return disk
