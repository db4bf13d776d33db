# SPDX-License-Identifier: LGPL-2.1-or-later
# Media that come and go while their drive stays: CDs, and the card of a reader.
#
# Of a CD, the kernel's uevents come before the size in sysfs is right: it reads the size of a new medium
# when udevd opens the drive, and never sets it to 0. So the size comes with udevd's message, as an event
# of its own.
import devices
from scene import Boot


def drives(folder):
    card = folder / "card.img"
    card.write_bytes(b"\0" * (64 * devices.MIB))
    return ["-drive", "id=cd0,if=none,media=cdrom", "-device", "ide-cd,bus=ide.0,drive=cd0,id=cd",
            "-device", "sdhci-pci", "-drive", f"id=sd0,if=none,format=raw,file={card}",
            "-device", "sd-card,drive=sd0"]


BOOT = Boot(devices=drives, prepare="modprobe -a isofs sr_mod mmc_block vfat nls_cp437 nls_ascii")


class Cd:
    """What goes into the drive, and what its insertion emits: two uevents, the second when udevd opens
    the drive, and the size when it has looked."""

    def __init__(self, scene, name, mebibytes):
        self.machine = scene.machine
        self.file = devices.cd_file(scene.machine.folder, name, mebibytes)
        self.size = self.file.stat().st_size
        self.inserted = f"""
            5 Storage media_change block/sr0
            5 Storage media_change block/sr0
            5 Storage media_change block/sr0 Size={self.size} Synthesized=true
            """

    def insert(self):
        self.machine.qmp("blockdev-change-medium", id="cd", filename=str(self.file), format="raw")


def press_button(scene):
    return lambda: scene.machine.hmp("eject cd0")


EJECTED = """
    5 Storage media_change block/sr0
    5 Storage media_change block/sr0 Size=0 Synthesized=true
    """


@BOOT.scene
def cd_in_and_ejected_by_the_machine(scene):
    cd = Cd(scene, "one", 8)
    scene.shows("/dev/sr0", Size=0, Removable=True)
    scene.step(cd.insert, cd.inserted)
    scene.shows("/dev/sr0", Size=cd.size)
    scene.step("mount -r /dev/sr0 /mnt/a", "5 Fs mount block/sr0 MountPoint=/mnt/a FileSystem=iso9660 Mounts=1")
    scene.shows("/dev/sr0", MountPoints=["/mnt/a"])
    scene.step("umount /mnt/a", "5 Fs umount block/sr0 MountPoint=/mnt/a FileSystem=iso9660 Mounts=0")
    scene.step("eject /dev/sr0", EJECTED)
    scene.shows("/dev/sr0", Size=0)


@BOOT.scene
def cd_button_while_free(scene):
    cd = Cd(scene, "two", 16)
    scene.step(cd.insert, cd.inserted)
    # udevd ejects what it is asked for.
    scene.step(press_button(scene), f"7 Storage eject_request block/sr0 Size={cd.size}" + EJECTED, "button")
    scene.shows("/dev/sr0", Size=0)


@BOOT.scene
def cd_button_while_mounted(scene):
    cd = Cd(scene, "one", 8)
    scene.step(cd.insert, cd.inserted)
    scene.step("mount -r /dev/sr0 /mnt/a", "5 Fs mount block/sr0 MountPoint=/mnt/a FileSystem=iso9660 Mounts=1")
    # udevd ejects it all the same, and then systemd unmounts it.
    scene.step(press_button(scene), f"""
        7 Storage eject_request block/sr0 Size={cd.size}
        5 Storage media_change block/sr0
        {{
        5 Storage media_change block/sr0 Size=0 Synthesized=true
        5 Fs umount block/sr0 MountPoint=/mnt/a FileSystem=iso9660 Mounts=0
        }}
        """, "button")
    scene.shows("/dev/sr0", Size=0, MountPoints=[])


@BOOT.scene
def cd_pulled_out_by_force(scene):
    one, two = Cd(scene, "one", 8), Cd(scene, "two", 16)
    scene.step(two.insert, two.inserted)
    # No event: the drive gives no notice of it.
    scene.step(lambda: scene.machine.hmp("eject -f cd0"), name="by force")
    scene.step(one.insert, one.inserted)
    scene.step("mount -r /dev/sr0 /mnt/a", "5 Fs mount block/sr0 MountPoint=/mnt/a FileSystem=iso9660 Mounts=1")
    scene.step(lambda: scene.machine.hmp("eject -f cd0"), name="by force while mounted")
    # The kernel finds it gone when it lets go of the drive.
    scene.step("umount /mnt/a", "5 Fs umount block/sr0 MountPoint=/mnt/a FileSystem=iso9660 Mounts=0" + EJECTED)
    scene.shows("/dev/sr0", Size=0)


def card_removed(lost=""):
    return f"""
        6 Hotplug remove bdi/179:0
        {lost}
        6 Hotplug remove block/mmcblk0
        7 Hotplug unbind mmc0/mmc0:*
        6 Hotplug remove mmc0/mmc0:*
        """


@BOOT.scene
def sd_card(scene):
    card = devices.disk_file(scene.machine, "card2", 128 * devices.MIB, "vfat")
    scene.step(lambda: scene.machine.hmp("eject -f sd0"), card_removed(), name="card out")
    scene.step(lambda: scene.machine.hmp(f"change sd0 {card} raw"), """{
        6 Hotplug add mmc0/mmc0:*
        6 Hotplug add bdi/179:0
        6 Hotplug add block/mmcblk0
        7 Hotplug bind mmc0/mmc0:*
        }""", name="card in")
    scene.shows("/dev/mmcblk0", Size=128 * devices.MIB, MountPoints=[])
    scene.step("mount /dev/mmcblk0 /mnt/a", "5 Fs mount block/mmcblk0 MountPoint=/mnt/a FileSystem=vfat Mounts=1")
    scene.step(lambda: scene.machine.hmp("eject -f sd0"), card_removed("""
        3 Storage removed_while_mounted block/mmcblk0 MountPoints=["/mnt/a"] FileSystem=vfat
        """), name="card out while mounted")
    scene.step("umount /mnt/a", "5 Fs umount block/mmcblk0 MountPoint=/mnt/a FileSystem=vfat Mounts=0")
