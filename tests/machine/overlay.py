# SPDX-License-Identifier: LGPL-2.1-or-later
# What a boot adds to the image: the project, by its own install step, and the few files that make a
# Debian of packages into a machine for tests. It travels in the initramfs (guest/init copies it), so a
# keventd that was built anew needs no new image.
import os
import pathlib
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
BUILD = pathlib.Path(os.environ.get("KEVENT_MACHINE_BUILD", PROJECT / "build" / "guest"))

# Timers and services that have nothing to do here but take time at the start, or would interfere.
MASKED = [
    "apt-daily-upgrade.timer", "apt-daily.timer", "dpkg-db-backup.timer", "e2scrub_all.timer",
    "e2scrub_reap.service", "fstrim.timer", "getty@tty1.service", "mdadm-shutdown.service",
    "mdcheck_continue.timer", "mdcheck_start.timer", "mdmonitor-oneshot.timer", "modprobe@drm.service",
    "serial-getty@ttyS0.service", "systemd-binfmt.service", "systemd-hwdb-update.service",
    "systemd-machine-id-commit.service", "systemd-network-generator.service",
    "systemd-pcrphase-sysinit.service", "systemd-pcrphase.service", "systemd-random-seed.service",
    "systemd-timesyncd.service", "systemd-update-utmp-runlevel.service", "systemd-update-utmp.service",
]

FILES = {
    "etc/hostname": "machine\n",
    "etc/fstab": "LABEL=root / ext4 defaults 0 1\n",
    "etc/machine-id": "2b6d6f2f3f1f4e0e9d3f6d1b1a2c3d4e\n",
    # The power button wakes the machine.
    "etc/systemd/logind.conf.d/machine.conf": "[Login]\nHandlePowerKey=ignore\n",
}


def install_project(root):
    # GNUInstallDirs knows the prefix when the build is configured.
    subprocess.run(["cmake", "--install", BUILD, "--prefix", "/usr", "--strip"], check=True,
                   env={**os.environ, "DESTDIR": str(root)}, stdout=subprocess.DEVNULL)


def install_guest(root, files):
    unit = root / "etc/systemd/system"
    wants = unit / "multi-user.target.wants"
    wants.mkdir(parents=True)
    (root / "usr/local/sbin").mkdir(parents=True)
    (root / "usr/local/lib").mkdir(parents=True)
    shutil.copy(HERE / "guest/agent", root / "usr/local/sbin/agent")
    shutil.copy(HERE / "guest/machine.sh", root / "usr/local/lib/machine.sh")
    shutil.copy(HERE / "guest/agent.service", unit)
    (wants / "agent.service").symlink_to("../agent.service")
    (unit / "default.target").symlink_to("/lib/systemd/system/multi-user.target")
    for name in MASKED:
        if name not in files.get("unmasked", ()):
            (unit / name).symlink_to("/dev/null")
    for name in files.get("started", ()):
        (wants / name).symlink_to(f"/lib/systemd/system/{name}")
    for name, text in {**FILES, **files.get("files", {})}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def write_initramfs(image, path, **files):
    """Writes the image's initramfs and the overlay into `path`. Of `files`: `unmasked`, units that
    this boot needs; `started`, units that it starts; `files`, texts by name."""
    with tempfile.TemporaryDirectory(prefix="kevent-machine-") as folder:
        overlay = pathlib.Path(folder) / "overlay"
        overlay.mkdir()
        install_project(overlay)
        install_guest(overlay, files)
        names = subprocess.run(["find", "overlay"], cwd=folder, check=True, capture_output=True).stdout
        archive = subprocess.run(["busybox", "cpio", "-o", "-H", "newc"], cwd=folder, input=names,
                                 check=True, capture_output=True).stdout
    # The kernel takes archives one after another; each begins at a multiple of four bytes.
    first = (image / "initramfs").read_bytes()
    path.write_bytes(first + b"\0" * (-len(first) % 4) + archive)
