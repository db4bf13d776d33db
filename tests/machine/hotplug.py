# SPDX-License-Identifier: LGPL-2.1-or-later
# What the kernel (6.12) emits when a device comes or goes, as tables of events. Devices are added by
# several threads, so the order is not fixed; they are removed by one.


def unordered(*tables):
    return "{" + "\n".join(tables).replace("{", "").replace("}", "") + "}"


def scsi_added(block, *partitions):
    """Of every SCSI disk. A unit attention and a second look at the partition table may add changes."""
    rows = "\n".join(f"6 Hotplug add {block}/{partition}" for partition in partitions)
    return f"""
    6 Hotplug add host*/target*
    6 Hotplug add target*/*:*:*:*
    6 Hotplug add scsi_device/*:*:*:*
    6 Hotplug add scsi_disk/*:*:*:*
    6 Hotplug add scsi_generic/sg*
    6 Hotplug add bsg/*:*:*:*
    6 Hotplug add bdi/8:*
    6 Hotplug add block/{block}
    {rows}
    7 Hotplug bind target*/*:*:*:*
    ? 7 Hotplug change target*/*:*:*:*
    ? 7 Hotplug change target*/*:*:*:*
    ? 7 Hotplug change block/{block}
    ? 7 Hotplug change block/{block}
    """


def scsi_disk_added(block):
    return "{" + scsi_added(block) + "}"


def usb_stick_added(block, *partitions):
    return "{" + scsi_added(block, *partitions) + """
    6 Hotplug add usb*/*-*
    6 Hotplug add *-*/*-*:1.0
    6 Hotplug add workqueue/scsi_tmf_*
    6 Hotplug add *-*:1.0/host*
    6 Hotplug add scsi_host/host*
    7 Hotplug bind *-*/*-*:1.0
    7 Hotplug bind usb*/*-*
    }"""


def scsi_disk_removed(block, partitions=(), lost="", medium=""):
    """`lost`: what comes before the removal of what is mounted. `medium`: of the drive's medium."""
    rows = "\n".join(f"6 Hotplug remove {block}/{partition}" for partition in partitions)
    return f"""
    {{
    6 Hotplug remove bsg/*:*:*:*
    6 Hotplug remove scsi_generic/sg*
    6 Hotplug remove scsi_device/*:*:*:*
    6 Hotplug remove scsi_disk/*:*:*:*
    {medium}
    }}
    {lost if partitions else ''}
    {rows}
    6 Hotplug remove bdi/8:*
    {'' if partitions else lost}
    6 Hotplug remove block/{block}
    7 Hotplug unbind target*/*:*:*:*
    6 Hotplug remove target*/*:*:*:*
    6 Hotplug remove host*/target*
    """


def usb_stick_removed(block, partitions=(), lost="", medium=""):
    """While it is mounted its host lives on, without a name: HOST_REMOVED comes after the last umount."""
    return scsi_disk_removed(block, partitions, lost, medium) + f"""
    6 Hotplug remove scsi_host/host*
    6 Hotplug remove *-*:1.0/host*
    {'' if lost else HOST_REMOVED}
    7 Hotplug unbind *-*/*-*:1.0
    6 Hotplug remove *-*/*-*:1.0
    7 Hotplug unbind usb*/*-*
    6 Hotplug remove usb*/*-*
    """


HOST_REMOVED = """
    6 Hotplug remove workqueue/scsi_tmf_*
    """

NVME_ADDED = """{
    6 Hotplug add wakeup/wakeup*
    6 Hotplug add 0000:00:*/0000:01:00.0
    6 Hotplug add nvme/nvme0
    6 Hotplug add nvme-subsystem/nvme-subsys0
    6 Hotplug add nvme0/hwmon*
    7 Hotplug change nvme/nvme0
    6 Hotplug add bdi/259:0
    6 Hotplug add nvme0/nvme0n1
    6 Hotplug add nvme0/ng0n1
    7 Hotplug bind 0000:00:*/0000:01:00.0
    }"""


def nvme_removed(lost):
    return f"""
    6 Hotplug remove nvme0/ng0n1
    6 Hotplug remove bdi/259:0
    {lost}
    6 Hotplug remove nvme0/nvme0n1
    6 Hotplug remove nvme0/hwmon*
    6 Hotplug remove nvme/nvme0
    7 Hotplug unbind 0000:00:*/0000:01:00.0
    6 Hotplug remove wakeup/wakeup*
    6 Hotplug remove 0000:00:*/0000:01:00.0
    """
