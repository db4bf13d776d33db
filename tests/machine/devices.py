# SPDX-License-Identifier: LGPL-2.1-or-later
# What is plugged into the machine and pulled out of it: files of the host as disks, sticks, cards, CDs.
import pathlib
import shutil
import struct
import subprocess

MIB = 1 << 20


def disk_file(machine, name, size=64 * MIB, filesystem=None):
    """An empty file of this size in the machine's folder, made anew, with a filesystem if asked for."""
    path = machine.folder / f"{name}.img"
    path.unlink(missing_ok=True)
    with open(path, "wb") as file:
        file.truncate(size)
    if filesystem == "vfat":
        subprocess.run(["/sbin/mkfs.vfat", "-n", name.upper(), path], check=True, capture_output=True)
    elif filesystem:
        subprocess.run([f"/sbin/mkfs.{filesystem}", "-q", "-L", name, path], check=True)
    return path


def partitioned(machine, name, size=64 * MIB):
    """The same with one partition of type FAT, from the first mebibyte to the end."""
    path = disk_file(machine, name, size)
    first, sectors = MIB // 512, (size - MIB) // 512
    entry = struct.pack("<B3sB3sII", 0, b"\xfe\xff\xff", 0x0C, b"\xfe\xff\xff", first, sectors)
    with open(path, "r+b") as file:
        file.seek(446)
        file.write(entry)
        file.seek(510)
        file.write(b"\x55\xaa")
    subprocess.run(["/sbin/mkfs.vfat", "-n", name.upper(), f"--offset={first}", path, str(sectors // 2)],
                   check=True, capture_output=True)
    return path


def cd_file(folder, name, mebibytes):
    """An ISO image that holds one file of this size."""
    path = pathlib.Path(folder) / f"{name}.iso"
    content = path.with_suffix(".d")
    shutil.rmtree(content, ignore_errors=True)
    content.mkdir(parents=True)
    (content / "data").write_bytes(b"\0" * (mebibytes * MIB))
    subprocess.run(["genisoimage", "-quiet", "-V", name.upper(), "-R", "-o", path, content], check=True)
    return path


class Disk:
    """A disk that comes and goes: `driver` is QEMU's name of the kind of device."""

    def __init__(self, machine, name, driver, file, block=None, **properties):
        self.machine, self.name, self.driver, self.properties = machine, name, driver, properties
        self.block = block or {"driver": "raw", "file": {"driver": "file", "filename": str(file)}}
        self.plugged = False

    def plug(self):
        self.machine.qmp("blockdev-add", node_name=f"{self.name}-disk", **self.block)
        self.plugged = True
        self.machine.qmp("device_add", driver=self.driver, id=self.name, drive=f"{self.name}-disk",
                         **self.properties)

    def pull(self):
        """Takes it out without a question; returns when the machine has let go of it."""
        self.machine.qmp("device_del", id=self.name)
        self.machine.wait_for_qmp_event("DEVICE_DELETED", device=self.name)
        self.machine.qmp("blockdev-del", node_name=f"{self.name}-disk")
        self.plugged = False


def usb_stick(machine, name, file=None, **options):
    """Controller: -device qemu-xhci,id=usb"""
    return Disk(machine, name, "usb-storage", file or disk_file(machine, name, **options), bus="usb.0",
                removable=True, serial=name)


def scsi_disk(machine, name, block=None, **options):
    """Controller: -device virtio-scsi-pci,id=scsi"""
    file = None if block else disk_file(machine, name, **options)
    return Disk(machine, name, "scsi-hd", file, block, bus="scsi.0", serial=name,
                rerror="report", werror="report")


def nvme(machine, name, **options):
    """Port: -device pcie-root-port,id=pcie,chassis=1"""
    return Disk(machine, name, "nvme", disk_file(machine, name, **options), bus="pcie", serial=name)
