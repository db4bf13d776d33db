# SPDX-License-Identifier: LGPL-2.1-or-later
# keventd as a unit of systemd: how it starts, ends, and lives on. The log and its numbers go on over all
# of this; each scene is compared with the log of the scene before.
import base64

import bus_name
from scene import Boot

BOOT = Boot(start=False, prepare="""
    modprobe -a loop
    for number in 0 1; do truncate -s 20M /run/scene/disk$number; mkfs.ext4 -q /run/scene/disk$number; done
    losetup /dev/loop0 /run/scene/disk0
    udevadm settle
    """, tidy="losetup -d /dev/loop1")

MOUNT = "mount /dev/loop0 /mnt/a"
MOUNTED = "5 Fs mount block/loop0 MountPoint=/mnt/a FileSystem=ext4 Mounts=1"
UMOUNT = "umount /mnt/a"
UMOUNTED = "5 Fs umount block/loop0 MountPoint=/mnt/a FileSystem=ext4 Mounts=0"
ATTACH = "losetup /dev/loop1 /run/scene/disk1"
# The second one is udevd's, unless it was still busy with the first.
ATTACHED = "7 Hotplug change block/loop1\n ? 7 Hotplug change block/loop1"
DETACH = "losetup -d /dev/loop1"
DETACHED = "7 Hotplug change block/loop1\n 5 Storage media_change block/loop1 Size=0"


def property_of(scene, name):
    return scene.machine.run(f"systemctl show -P {name} keventd").strip()


def problems_of(scene):
    return scene.machine.run(
        "keventctl status --json | jq -r '.Sources | to_entries[] | select(.value.Problem != \"\") | "
        "\"\\(.key): \\(.value.Problem)\"'").splitlines()


# What a stock kernel of this version does not have.
USUAL_PROBLEMS = [
    "kernel: no events layer (CONFIG_KERNEL_EVENTS)",
    "mount: the whole mount table is read at each change: fanotify_init: Invalid argument "
    "(needs Linux 6.15 and CAP_SYS_ADMIN)",
]


def is_whole(scene):
    """The service sees devices and mounts, and is without capabilities."""
    scene.prints("systemctl is-active keventd", "active")
    scene.shows("/dev/vda", MountPoints=["/"])
    scene.prints("awk '/^Cap(Prm|Eff)/ {print $2}' /proc/$(systemctl show -P MainPID keventd)/status | uniq",
                 "0000000000000000")
    scene.equal("Problem", USUAL_PROBLEMS, problems_of(scene))


def works(scene):
    scene.step(MOUNT, MOUNTED)
    scene.step(UMOUNT, UMOUNTED)


@BOOT.scene
def activated_by_an_ordinary_user(scene):
    scene.prints("systemctl is-active keventd || true", "inactive")
    scene.machine.run("setpriv --reuid=nobody --regid=nogroup --clear-groups keventctl status")
    scene.step("")
    is_whole(scene)
    works(scene)
    scene.machine.run("setpriv --reuid=nobody --regid=nogroup --clear-groups keventctl show /dev/loop0")
    last = scene.machine.run(
        "setpriv --reuid=nobody --regid=nogroup --clear-groups keventctl log --json | jq -r .signal | tail -n 2")
    scene.equal("the log for a user", ["umount", "change"], last.split())


@BOOT.scene
def stopped_and_started(scene):
    scene.machine.run("systemctl stop keventd")
    scene.prints("systemctl is-active keventd || true", "inactive")
    # What happened meanwhile is found by a comparison.
    scene.step(MOUNT + "; systemctl start keventd", MOUNTED + " Synthesized=true")
    is_whole(scene)
    scene.shows("/dev/loop0", MountPoints=["/mnt/a"])
    scene.step(UMOUNT, UMOUNTED)


@BOOT.scene
def restarted(scene):
    scene.step("systemctl restart keventd")
    is_whole(scene)
    works(scene)


@BOOT.scene
def reloaded(scene):
    scene.step("systemctl daemon-reload; systemctl reload-or-restart keventd")
    is_whole(scene)
    works(scene)


@BOOT.scene
def udevd_restarted(scene):
    scene.step("systemctl stop systemd-udevd-kernel.socket systemd-udevd-control.socket systemd-udevd")
    # Events are those of the kernel, with udevd or without. One of the two changes is udevd's.
    scene.machine.run(ATTACH)
    scene.step("systemctl start systemd-udevd-kernel.socket systemd-udevd-control.socket systemd-udevd",
               "7 Hotplug change block/loop1")
    scene.step(DETACH, DETACHED)


@BOOT.scene
def bus_restarted(scene):
    pid = property_of(scene, "MainPID")
    scene.step("systemctl restart dbus; until_true 60 'keventctl status'")
    scene.equal("keventd's process", pid, property_of(scene, "MainPID"))
    is_whole(scene)
    works(scene)
    scene.journal(r"the bus has gone away: .*")


@BOOT.scene
def clock_set_back(scene):
    scene.step("date -s '-2 hours'; " + MOUNT, MOUNTED)
    scene.step("date -s '+2 hours'; " + UMOUNT, UMOUNTED)
    times = [int(time) for time in scene.machine.run(
        "keventctl log --json --group Fs | jq .time | tail -n 2").split()]
    scene.equal("two hours between mount and umount", True, 7000 < (times[1] - times[0]) / 1e6 < 7400)
    is_whole(scene)


@BOOT.scene
def name_taken_over(scene):
    machine = scene.machine
    pid = property_of(scene, "MainPID")
    words = base64.b64encode(bus_name.taking("org.kernel.Events1")).decode()
    owner = "busctl --json=short call org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus " \
            "GetConnectionUnixProcessID s org.kernel.Events1 | jq '.data[0]'"
    machine.run(f"""
        echo {words} | base64 -d >/run/scene/take
        systemd-run -q --unit=taker sh -c \\
            '(cat /run/scene/take; sleep infinity) | socat STDIO UNIX-CONNECT:/run/dbus/system_bus_socket >/dev/null'
        until_true 60 'test $({owner}) != {pid}'
        """)
    # It goes on: what happens is in the log when the name is back.
    machine.run(ATTACH + "; udevadm settle")
    machine.run(f"systemctl stop taker; until_true 60 'test $({owner}) = {pid}'")
    scene.events(ATTACHED)
    scene.equal("keventd's process", pid, property_of(scene, "MainPID"))
    scene.step(DETACH, DETACHED)
    is_whole(scene)
    scene.journal("lost the bus name to another process; waiting for it")


@BOOT.scene
def killed(scene):
    restarts = int(property_of(scene, "NRestarts"))
    scene.step("systemctl kill -s KILL keventd; "
               f"until_true 60 '(($(systemctl show -P NRestarts keventd) > {restarts}))'; until_true 60 'keventctl status'")
    is_whole(scene)
    works(scene)
    scene.journal(r"keventd\.service: Main process exited, code=killed, status=9/KILL",
                  r"keventd\.service: Failed with result 'signal'\.")


@BOOT.scene
def frozen_until_the_watchdog_acts(scene):
    scene.step("""
        mkdir -p /run/systemd/system/keventd.service.d
        printf '[Service]\\nWatchdogSec=3\\n' >/run/systemd/system/keventd.service.d/watchdog.conf
        systemctl daemon-reload
        systemctl restart keventd
        """)
    restarts = int(property_of(scene, "NRestarts"))
    scene.step("systemctl kill -s STOP keventd; "
               f"until_true 60 '(($(systemctl show -P NRestarts keventd) > {restarts}))'; until_true 60 'keventctl status'")
    is_whole(scene)
    scene.journal(r"keventd\.service: Watchdog timeout \(limit 3s\)!",
                  r"keventd\.service: Main process exited, code=killed, status=6/ABRT",
                  r"keventd\.service: Failed with result 'watchdog'\.")
    scene.step("rm -r /run/systemd/system/keventd.service.d; systemctl daemon-reload; systemctl restart keventd")
    works(scene)


@BOOT.scene
def numbers_went_on(scene):
    """Of all scenes before: one log, whose sequences have no hole."""
    sequences = [int(line) for line in scene.machine.run("keventctl log --json | jq .sequence").split()]
    scene.equal("sequences", list(range(1, len(sequences) + 1)), sequences)


@BOOT.scene
def stopped(scene):
    scene.machine.run("systemctl stop keventd")
    scene.prints("systemctl show -P Result keventd", "success")
    scene.prints("systemctl is-failed keventd || true", "inactive")
