# SPDX-License-Identifier: LGPL-2.1-or-later
# Disks and sticks that come, go, and go too early.
import devices
from hotplug import (HOST_REMOVED, NVME_ADDED, nvme_removed, scsi_disk_added, scsi_disk_removed,
                     unordered, usb_stick_added, usb_stick_removed)
from scene import Boot

BOOT = Boot(
    devices=["-device", "qemu-xhci,id=usb", "-device", "virtio-scsi-pci,id=scsi",
             "-device", "pcie-root-port,id=pcie,chassis=1"],
    # Modules that would be loaded, and add objects, in the middle of a scene; and the kernel says when
    # it sleeps.
    prepare="""
        modprobe -a loop vfat nls_cp437 nls_ascii usb-storage uas sd_mod sg nvme raid1
        echo N >/sys/module/printk/parameters/console_suspend
        echo 1 >/sys/power/pm_debug_messages
        dmesg -n 8
    """,
    tidy="mdadm -S --scan; losetup -D")


@BOOT.scene
def loop_mount(scene):
    scene.machine.run("truncate -s 20M /run/scene/disk; mkfs.ext4 -q /run/scene/disk")
    scene.step("losetup /dev/loop0 /run/scene/disk", """
        7 Hotplug change block/loop0 Size=20971520
        ? 7 Hotplug change block/loop0 Size=20971520
        """)
    scene.shows("/dev/loop0", MountPoints=[], Size=20 * devices.MIB)
    scene.step("mount /dev/loop0 /mnt/a", "5 Fs mount block/loop0 MountPoint=/mnt/a FileSystem=ext4 Mounts=1")
    scene.shows("/dev/loop0", MountPoints=["/mnt/a"])
    scene.shows("/dev/vda", MountPoints=["/"])
    scene.step("mount -o remount,ro /mnt/a", """
        7 Fs remount block/loop0 MountPoint=/mnt/a FileSystem=ext4 Mounts=1
        """)
    scene.step("umount /mnt/a", "5 Fs umount block/loop0 MountPoint=/mnt/a FileSystem=ext4 Mounts=0")
    scene.step("losetup -d /dev/loop0", """
        7 Hotplug change block/loop0 Size=0
        5 Storage media_change block/loop0 Size=0
        """)
    scene.shows("/dev/loop0", MountPoints=[], Size=0)


@BOOT.scene
def usb_stick(scene):
    stick = scene.disk(devices.usb_stick(scene.machine, "stick", filesystem="vfat"))
    scene.step(stick.plug, usb_stick_added("sda"))
    scene.shows("/dev/sda", Removable=True, ReadOnly=False, Size=64 * devices.MIB, MountPoints=[])
    scene.step("mount /dev/sda /mnt/a", "5 Fs mount block/sda MountPoint=/mnt/a FileSystem=vfat Mounts=1")
    scene.shows("/dev/sda", MountPoints=["/mnt/a"])
    scene.step("mount --bind /mnt/a /mnt/b", "5 Fs mount block/sda MountPoint=/mnt/b FileSystem=vfat Mounts=2")
    scene.shows("/dev/sda", MountPoints=["/mnt/a", "/mnt/b"])
    scene.step("umount /mnt/a", "5 Fs umount block/sda MountPoint=/mnt/a FileSystem=vfat Mounts=1")
    scene.shows("/dev/sda", MountPoints=["/mnt/b"])
    scene.step("umount /mnt/b", "5 Fs umount block/sda MountPoint=/mnt/b FileSystem=vfat Mounts=0")
    scene.shows("/dev/sda", MountPoints=[])
    scene.step(stick.pull, usb_stick_removed("sda"))
    scene.is_gone("/dev/sda")


@BOOT.scene
def usb_stick_pulled_while_mounted(scene):
    file = devices.partitioned(scene.machine, "part")
    stick = scene.disk(devices.usb_stick(scene.machine, "part", file))
    scene.step(stick.plug, usb_stick_added("sda", "sda1"))
    scene.step("mount /dev/sda1 /mnt/a", "5 Fs mount sda/sda1 MountPoint=/mnt/a FileSystem=vfat Mounts=1")
    scene.step("mount --bind /mnt/a /mnt/b", "5 Fs mount sda/sda1 MountPoint=/mnt/b FileSystem=vfat Mounts=2")
    scene.shows("/dev/sda1", MountPoints=["/mnt/a", "/mnt/b"])
    scene.shows("/dev/sda", MountPoints=[])
    scene.step(stick.pull, usb_stick_removed("sda", ["sda1"], """
        3 Storage removed_while_mounted sda/sda1 MountPoints=["/mnt/a","/mnt/b"] FileSystem=vfat
        """))
    scene.step("umount /mnt/b", "5 Fs umount sda/sda1 MountPoint=/mnt/b FileSystem=vfat Mounts=1")
    scene.step("umount /mnt/a", "5 Fs umount sda/sda1 MountPoint=/mnt/a FileSystem=vfat Mounts=0" + HOST_REMOVED)


@BOOT.scene
def usb_stick_pulled_while_mounted_read_only(scene):
    stick = scene.disk(devices.usb_stick(scene.machine, "readonly", filesystem="vfat"))
    scene.step(stick.plug, usb_stick_added("sda"))
    scene.step("mount -r /dev/sda /mnt/a", "5 Fs mount block/sda MountPoint=/mnt/a FileSystem=vfat Mounts=1")
    scene.step(stick.pull, usb_stick_removed("sda", lost="""
        3 Storage removed_while_mounted block/sda MountPoints=["/mnt/a"] FileSystem=vfat ReadOnly=true
        """))
    scene.step("umount /mnt/a", "5 Fs umount block/sda MountPoint=/mnt/a FileSystem=vfat Mounts=0" + HOST_REMOVED)


@BOOT.scene
def usb_stick_pulled_while_written(scene):
    stick = scene.disk(devices.usb_stick(scene.machine, "written", filesystem="ext4"))
    scene.step(stick.plug, usb_stick_added("sda"))
    scene.step("mount /dev/sda /mnt/a", "5 Fs mount block/sda MountPoint=/mnt/a FileSystem=ext4 Mounts=1")
    scene.machine.run("""
        systemd-run -q --unit=writer sh -c 'while dd if=/dev/zero of=/mnt/a/file bs=1M count=40 conv=fsync; do :; done'
        until_true 60 '(($(stat -c %b /mnt/a/file) > 2048))'
        """)
    scene.step(stick.pull, usb_stick_removed("sda", lost="""
        3 Storage removed_while_mounted block/sda MountPoints=["/mnt/a"] FileSystem=ext4
        """))
    scene.machine.run("until_true 60 '! systemctl is-active writer'; systemctl reset-failed writer || true")
    scene.step("umount /mnt/a", "5 Fs umount block/sda MountPoint=/mnt/a FileSystem=ext4 Mounts=0" + HOST_REMOVED)


@BOOT.scene
def next_stick_gets_another_name(scene):
    first = scene.disk(devices.usb_stick(scene.machine, "first", filesystem="ext4"))
    second = scene.disk(devices.usb_stick(scene.machine, "second", filesystem="vfat"))
    scene.step(first.plug, usb_stick_added("sda"))
    scene.step("mount /dev/sda /mnt/a", "5 Fs mount block/sda MountPoint=/mnt/a FileSystem=ext4 Mounts=1")
    scene.step(first.pull, usb_stick_removed("sda", lost="""
        3 Storage removed_while_mounted block/sda MountPoints=["/mnt/a"] FileSystem=ext4
        """))
    scene.step(second.plug, usb_stick_added("sdb"))
    scene.shows("/dev/sdb", MountPoints=[])
    scene.step("mount /dev/sdb /mnt/b", "5 Fs mount block/sdb MountPoint=/mnt/b FileSystem=vfat Mounts=1")
    scene.shows("/dev/sdb", MountPoints=["/mnt/b"])
    scene.step("umount /mnt/a", "5 Fs umount block/sda MountPoint=/mnt/a FileSystem=ext4 Mounts=0" + HOST_REMOVED)
    scene.step("umount /mnt/b", "5 Fs umount block/sdb MountPoint=/mnt/b FileSystem=vfat Mounts=0")
    scene.step(second.pull, usb_stick_removed("sdb"))


@BOOT.scene
def mounted_stick_exchanged_while_asleep(scene):
    machine = scene.machine
    first = scene.disk(devices.usb_stick(machine, "evening", filesystem="ext4"))
    second = scene.disk(devices.usb_stick(machine, "morning", filesystem="vfat"))
    scene.step(first.plug, usb_stick_added("sda"))
    scene.step("mount /dev/sda /mnt/a", "5 Fs mount block/sda MountPoint=/mnt/a FileSystem=ext4 Mounts=1")

    def exchange_while_asleep():
        asleep = machine.start("echo freeze >/sys/power/state")
        machine.wait_for_console("PM: suspend-to-idle")
        first.pull()
        second.plug()
        machine.hmp("system_powerdown")
        machine.finish(asleep)

    # The kernel makes a virtual terminal for its sleep, once; and it may look for a medium before it sees
    # that the drive is gone.
    scene.step(exchange_while_asleep, """{
        6 Hotplug add vc/vcs63
        6 Hotplug add vc/vcsu63
        6 Hotplug add vc/vcsa63
        }""" + usb_stick_removed("sda", lost="""
        3 Storage removed_while_mounted block/sda MountPoints=["/mnt/a"] FileSystem=ext4
        """, medium="""
        ? 5 Storage media_change block/sda
        ? 5 Storage media_change block/sda Size=67108864
        """) + usb_stick_added("sdb"))
    scene.step("mount /dev/sdb /mnt/b", "5 Fs mount block/sdb MountPoint=/mnt/b FileSystem=vfat Mounts=1")
    scene.shows("/dev/sdb", MountPoints=["/mnt/b"])
    scene.step("umount /mnt/a", "5 Fs umount block/sda MountPoint=/mnt/a FileSystem=ext4 Mounts=0" + HOST_REMOVED)
    scene.step("umount /mnt/b", "5 Fs umount block/sdb MountPoint=/mnt/b FileSystem=vfat Mounts=0")
    scene.step(second.pull, usb_stick_removed("sdb"))


@BOOT.scene
def nvme_warns_and_is_pulled(scene):
    drive = scene.disk(devices.nvme(scene.machine, "nvme", filesystem="ext4"))

    def warning(value):
        scene.machine.qmp("qom-set", path="/machine/peripheral/nvme", property="smart_critical_warning",
                          value=value)

    scene.step(drive.plug, NVME_ADDED)
    scene.step("mount /dev/nvme0n1 /mnt/a", """
        5 Fs mount nvme0/nvme0n1 MountPoint=/mnt/a FileSystem=ext4 Mounts=1
        """)
    # The kernel enables the notices of SMART only when asked: no event before.
    scene.step(lambda: warning(8), name="unnoticed warning")
    scene.step(lambda: warning(0), name="end of the warning")
    scene.step("nvme set-feature /dev/nvme0 -f 0xb -v 0x1f")
    scene.step(lambda: warning(4), """
        7 Hotplug change nvme/nvme0 Uevent.NVME_AEN=0x020001
        """, name="warning")
    scene.step(drive.pull, nvme_removed("""
        3 Storage removed_while_mounted nvme0/nvme0n1 MountPoints=["/mnt/a"] FileSystem=ext4
        """))
    scene.step("umount /mnt/a", """
        5 Fs umount nvme0/nvme0n1 MountPoint=/mnt/a FileSystem=ext4 Mounts=0
        6 Hotplug remove nvme-subsystem/nvme-subsys0
        """)


@BOOT.scene
def disk_with_read_errors(scene):
    file = devices.disk_file(scene.machine, "bad")
    bad = scene.disk(devices.scsi_disk(scene.machine, "bad", block={
        "driver": "blkdebug", "image": {"driver": "file", "filename": str(file)},
        "inject-error": [{"event": "none", "iotype": "read", "errno": 5, "sector": 2048, "once": False,
                          "immediately": False}]}))
    scene.step(bad.plug, scsi_disk_added("sda"))
    # No event yet: a stock kernel has the tracepoint block_rq_error, and no uevent.
    scene.step("! dd if=/dev/sda of=/dev/null bs=4k iflag=direct skip=256 count=1")
    scene.step(bad.pull, scsi_disk_removed("sda"))


@BOOT.scene
def disks_resized(scene):
    machine = scene.machine
    disk = scene.disk(devices.scsi_disk(machine, "grown"))
    scene.step(disk.plug, scsi_disk_added("sda"))
    # A SCSI disk says so by a unit attention, and the kernel reads its size again.
    scene.step(lambda: machine.qmp("block_resize", node_name="grown-disk", size=96 * devices.MIB), """
        {
        7 Hotplug change target*/*:*:*:*
        7 Storage resize block/sda Size=100663296
        ? 7 Hotplug change block/sda Size=100663296
        }
        """, name="SCSI disk")
    scene.shows("/dev/sda", Size=96 * devices.MIB)
    scene.step(disk.pull, scsi_disk_removed("sda"))
    scene.step(lambda: machine.hmp("block_resize virtio0 3G"), """
        7 Storage resize block/vda Size=3221225472
        """, name="virtio disk")
    scene.shows("/dev/vda", Size=3 << 30)


@BOOT.scene
def raid_member_pulled(scene):
    left, right = [scene.disk(devices.scsi_disk(scene.machine, name)) for name in ("left", "right")]
    scene.step(left.plug, scsi_disk_added("sda"))
    scene.step(right.plug, scsi_disk_added("sdb"))
    scene.step("""
        yes | mdadm -C /dev/md0 -l1 -n2 --assume-clean --metadata=1.2 /dev/sda /dev/sdb
        mkfs.ext4 -q /dev/md0
        """, """
        {
        6 Hotplug add bdi/9:0
        6 Hotplug add block/md0
        7 Hotplug change block/sda
        ? 7 Hotplug change block/sda
        7 Hotplug change block/sdb
        ? 7 Hotplug change block/sdb
        7 Hotplug change block/md0
        7 Hotplug change block/md0
        }
        """)
    scene.step("mount /dev/md0 /mnt/a", "5 Fs mount block/md0 MountPoint=/mnt/a FileSystem=ext4 Mounts=1")
    scene.shows("/dev/md0", MountPoints=["/mnt/a"])

    def pull_and_use():
        right.pull()
        scene.machine.run("touch /mnt/a/file; sync; until_true 60 'grep -q _ /proc/mdstat'")

    # A member is in use by the array, not by a mount. The disk that stays says at its next command that
    # there are fewer units now. No event yet that the array is degraded: a stock kernel writes it to its
    # log, and no uevent comes.
    scene.step(pull_and_use, unordered(scsi_disk_removed("sdb"), """
        ? 7 Hotplug change target*/*:*:*:*
        ? 7 Hotplug change block/sda
        """))
    scene.step("umount /mnt/a", "5 Fs umount block/md0 MountPoint=/mnt/a FileSystem=ext4 Mounts=0")
    scene.step("mdadm -S /dev/md0", """
        {
        6 Hotplug remove bdi/9:0
        6 Hotplug remove block/md0
        }
        """)
    scene.step(left.pull, scsi_disk_removed("sda"))
