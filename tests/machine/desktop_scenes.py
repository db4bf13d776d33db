# SPDX-License-Identifier: LGPL-2.1-or-later
# The applet and the automounter at a stick that is plugged in, mounted, unmounted and pulled; and at one
# that is pulled too early. udisks2 is the machine's own.
import desktop
import devices
from desktop import Desktop
from scene import Boot

BOOT = Boot(devices=["-device", "qemu-xhci,id=usb", *desktop.NETWORK],
            prepare="modprobe -a vfat nls_cp437 nls_ascii usb-storage uas sd_mod\n" + desktop.PREPARE)


def plugged(scene, session, name):
    """A stick with this label, mounted by the automounter and noticed: the stick, and where it is mounted."""
    label = name.upper()
    stick = scene.disk(devices.usb_stick(scene.machine, name, filesystem="vfat"))
    stick.plug()
    place = session.mounter_prints(event="mounted", label=label)["mount_point"]
    scene.prints(f"findmnt -no FSTYPE {place}", "vfat")
    notice = session.notice(summary=f"{label} was mounted")
    scene.equal("the body", f"sda (vfat) on {place}", notice["body"])
    return stick, place


@BOOT.scene
def stick_unmounted_and_pulled(scene):
    with Desktop(scene.machine) as session:
        stick, place = plugged(scene, session, "stick")
        session.take_picture("mounted")
        scene.machine.run("udisksctl unmount -b /dev/sda")
        session.mounter_prints(event="unmounted", mount_point=place)
        session.notice(summary="STICK was unmounted")
        session.take_picture("unmounted")
        stick.pull()
        session.wait_until_displayed(0)
        scene.equal("notices", ["STICK was mounted", "STICK was unmounted"],
                    [notice["summary"] for notice in session.notices()])
        scene.equal("kevent-automount", ["ready", "mounted", "unmounted"],
                    [line["event"] for line in session.mounts()])


@BOOT.scene
def stick_pulled_while_mounted(scene):
    with Desktop(scene.machine) as session:
        stick, place = plugged(scene, session, "stick")
        scene.machine.run(f"echo text >{place}/file")
        stick.pull()
        notice = session.notice(summary="STICK was removed while it was mounted")
        scene.equal("the body", f"It was mounted on {place}. Data not yet written to it is lost. Check the files "
                    "that were changed last.", notice["body"])
        scene.equal("the urgency", "CRITICAL", notice["urgency"])
        printed = session.mounter_prints(event="removed_while_mounted", mount_point=place)
        scene.equal("the reason", "data not yet written to it is lost", printed["reason"])
        # udisks2 unmounts what is left.
        scene.machine.until(f"! findmnt {place}")
        session.wait_until_displayed(1)
        session.take_picture("removed")
        # A later notice shows that none came in between.
        stick, place = plugged(scene, session, "next")
        session.wait_until_displayed(2)
        scene.equal("notices", ["STICK was mounted", "STICK was removed while it was mounted", "NEXT was mounted"],
                    [notice["summary"] for notice in session.notices()])
        scene.equal("kevent-automount", ["ready", "mounted", "removed_while_mounted", "mounted"],
                    [line["event"] for line in session.mounts()])
        scene.machine.run(f"umount {place}")
        stick.pull()
