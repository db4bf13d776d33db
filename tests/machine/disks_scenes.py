# SPDX-License-Identifier: LGPL-2.1-or-later
# Disks that come, go, and go too early.
import devices
from scene import Boot

BOOT = Boot(
    devices=["-device", "qemu-xhci,id=usb", "-device", "virtio-scsi-pci,id=scsi",
             "-device", "pcie-root-port,id=pcie,chassis=1"],
    prepare="""
        modprobe -a loop vfat nls_cp437 nls_ascii isofs usb-storage uas sd_mod sr_mod nvme raid1
    """)


@BOOT.scene
def usb_stick(scene):
    stick = scene.disk(devices.usb_stick(scene.machine, "stick", filesystem="vfat"))
    scene.step(stick.plug, "")
    scene.step("mount /dev/sda /mnt/a", "5 Fs mount block/sda MountPoint=/mnt/a FileSystem=vfat Mounts=1")
    scene.shows("/dev/sda", MountPoints=["/mnt/a"])
    scene.step("mount --bind /mnt/a /mnt/b", "5 Fs mount block/sda MountPoint=/mnt/b FileSystem=vfat Mounts=2")
    scene.step("umount /mnt/a", "")
    scene.step("umount /mnt/b", "")
    scene.step(stick.pull, "")
