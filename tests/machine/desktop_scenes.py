# SPDX-License-Identifier: LGPL-2.1-or-later
# The applet and the automounter at a stick that is plugged in, mounted, unmounted and pulled; at one that
# is pulled too early; and at a CD. udisks2 is the machine's own. The events of all this are in the tables of
# disks_scenes.py and media_scenes.py; here they are only taken out of the log.
import desktop
import devices
from desktop import Desktop
from scene import Boot

BOOT = Boot(
    devices=["-device", "qemu-xhci,id=usb", "-drive", "id=cd0,if=none,media=cdrom",
             "-device", "ide-cd,bus=ide.0,drive=cd0,id=cd", *desktop.NETWORK],
    append=desktop.APPEND,
    prepare="modprobe -a vfat nls_cp437 nls_ascii usb-storage uas sd_mod sr_mod isofs\n" + desktop.PREPARE)


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


def take_events(scene):
    scene.problems += scene.log.read(0)[1]


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
        scene.equal("notices", ["STICK was mounted", "STICK was unmounted"], session.summaries())
        scene.equal("kevent-automount", ["ready", "mounted", "unmounted"],
                    [line["event"] for line in session.mounter_lines()])
    take_events(scene)


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
                    session.summaries())
        scene.equal("kevent-automount", ["ready", "mounted", "removed_while_mounted", "mounted"],
                    [line["event"] for line in session.mounter_lines()])
        scene.machine.run(f"umount {place}")
        stick.pull()
    take_events(scene)


def insert_cd(scene, file):
    scene.machine.qmp("blockdev-change-medium", id="cd", filename=str(file), format="raw")


@BOOT.scene
def cd_in_and_out(scene):
    file = devices.cd_file(scene.machine.folder, "one", 8)
    told = []
    with Desktop(scene.machine, automount=False) as session:
        # Twice, and it is the same CD: each insertion is one notice, and an ejection is none of these.
        for summary in 2 * ["New medium in sr0", "The medium was removed from sr0"]:
            if summary.startswith("New"):
                insert_cd(scene, file)
            else:
                scene.machine.run("eject /dev/sr0")
            told.append(summary)
            session.dunst.wait_for(lambda _: len(session.notices()) >= len(told), summary)
            scene.machine.run("udevadm settle")
        session.take_picture("cd")
        scene.equal("notices", told, session.summaries())
    take_events(scene)


@BOOT.scene
def cd_mounted_and_its_button_pressed(scene):
    file = devices.cd_file(scene.machine.folder, "two", 16)
    with Desktop(scene.machine) as session:
        insert_cd(scene, file)
        place = session.mounter_prints(event="mounted", label="TWO")["mount_point"]
        session.notice(summary="TWO was mounted")
        scene.machine.hmp("eject cd0")  # is refused, since the drive is locked; the machine does it
        session.mounter_prints(event="unmounted", mount_point=place)
        session.mounter_prints(event="ejected", label="TWO")
        session.notice(summary="TWO was unmounted")
        scene.machine.run("udevadm settle")
        scene.equal("the tray is open", True, "tray open" in scene.machine.hmp("info block cd0"))
        scene.equal("offers of a medium", 1, session.summaries().count("New medium in sr0"))
        scene.equal("kevent-automount", ["ready", "mounted", "unmounted", "ejected"],
                    [line["event"] for line in session.mounter_lines()])
    take_events(scene)
