# SPDX-License-Identifier: LGPL-2.1-or-later
# keventd without each line of its sandbox, and with lines that it does not have: the same events and the
# same objects, or it says what is missing, in `Problem` of a source or as an error in the journal.
#
# Lines that give the service a mount namespace (ProtectSystem=, ProtectKernelLogs=, ProtectKernelModules=,
# ProtectKernelTunables=, ProtectControlGroups=, ProtectHome=, ProtectProc=, PrivateTmp=, PrivateDevices=,
# PrivateIPC=, PrivateMounts=, NoExecPaths=, ReadOnlyPaths=, ...) are left out on purpose: it would see
# other mounts than the machine's.
import functools

from overlay import PROJECT
from scene import Boot
from service_scenes import MOUNT, MOUNTED, UMOUNT, UMOUNTED, problems_of, USUAL_PROBLEMS

# Of the unit's section [Service], what is no restriction.
PLAIN = ("Type", "BusName", "ExecStart", "WatchdogSec", "Restart", "RestartSec", "RestartPreventExitStatus",
         "RuntimeDirectory", "RuntimeDirectoryPreserve", "RuntimeDirectoryMode")

ADDED = [
    "CapabilityBoundingSet=",
    "LimitMEMLOCK=0",
    "LimitNOFILE=64",
    "LimitNPROC=1",
    "PrivateUsers=yes",
    "ProtectClock=yes",
    "RestrictAddressFamilies=~AF_NETLINK",
    "SecureBits=noroot",
    "SystemCallFilter=~fanotify_init fanotify_mark",
    "SystemCallFilter=~openat2",
    "SystemCallFilter=~statx",
]

UNIT = "/run/systemd/system/keventd.service"

BOOT = Boot(start=False, prepare="""
    modprobe -a loop
    truncate -s 20M /run/scene/disk0
    mkfs.ext4 -q /run/scene/disk0
    losetup /dev/loop0 /run/scene/disk0
    udevadm settle
    """, tidy=f"rm -f {UNIT}; umount /mnt/a")


def restrictions():
    text = (PROJECT / "service/app/keventd.service.in").read_text()
    section = text.split("[Service]\n")[1].split("\n[")[0]
    return [line for line in section.splitlines()
            if "=" in line and not line.startswith("#") and line.split("=")[0] not in PLAIN]


def same_or_said(scene, edit):
    """With the unit as `sed` makes it of the installed one."""
    machine = scene.machine
    scene.journal_is_free = True
    machine.run(f"sed '{edit}' /lib/systemd/system/keventd.service >{UNIT}; systemctl daemon-reload")
    if machine.try_run("systemctl restart keventd")[0]:
        messages = machine.run(f"journalctl -q -u keventd _COMM=keventd -p err -o cat --after-cursor '{scene.cursor}'")
        scene.equal("a message that says why it does not start", True, bool(messages.strip()))
        machine.run(f"systemctl stop keventd; rm {UNIT}; systemctl daemon-reload; systemctl reset-failed keventd || true; "
                    "systemctl start keventd")
        scene.step("")
        return
    scene.step("")
    scene.step(MOUNT, MOUNTED)
    scene.shows("/dev/vda", MountPoints=["/"])
    scene.shows("/dev/loop0", MountPoints=["/mnt/a"])
    scene.step(UMOUNT, UMOUNTED)
    said = set(problems_of(scene)) - set(USUAL_PROBLEMS)
    if said:
        scene.problems.clear()
    elif scene.problems:
        scene.problems.append("and no Problem says so")


for restriction in restrictions():
    BOOT.scenes[f"without {restriction}"] = functools.partial(
        same_or_said, edit="\\:^" + restriction.replace("*", "\\*") + "$:d")
for restriction in ADDED:
    BOOT.scenes[f"with {restriction}"] = functools.partial(same_or_said, edit=f"/^KeyringMode/a {restriction}")
