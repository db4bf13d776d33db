# SPDX-License-Identifier: LGPL-2.1-or-later
# A thermal zone that gets too hot, mains and battery: an ACPI table of our own (guest/thermal.asl).
import json
import subprocess

from overlay import HERE
from scene import Boot

TEMPERATURE, ON_BATTERY, DISCHARGING, REMAINING, NOTIFY = range(5)
ZONE = "thermal/thermal_zone0"
NORMAL = "7 Power normal thermal/thermal_zone0 Temperature=30000"


def acpi_table(folder):
    subprocess.run(["iasl", "-p", folder / "thermal", HERE / "guest/thermal.asl"], check=True,
                   stdout=subprocess.DEVNULL)
    return ["-acpitable", f"file={folder}/thermal.aml"]


BOOT = Boot(devices=acpi_table, append="memmap=64K$0x3f000000", start=False,
            prepare="modprobe -a ac battery; udevadm settle")


def write(scene, word, value):
    """Writes a word that the table reads."""
    octal = "".join(f"\\{byte:03o}" for byte in value.to_bytes(4, "little"))
    scene.machine.run(f"printf '{octal}' | dd of=/dev/mem bs=4 seek=$((0x3f000000 / 4 + {word})) "
                      "conv=notrunc status=none")


def heat(scene, celsius):
    write(scene, TEMPERATURE, celsius * 10 + 2732)
    scene.machine.until(f"(($(cat /sys/class/{ZONE}/temp) / 1000 == {celsius}))")


@BOOT.scene
def hot_before_the_service_starts(scene):
    scene.prints(f"grep -h . /sys/class/{ZONE}/trip_point_*_type", "critical\nhot\npassive")
    heat(scene, 95)
    scene.step("systemctl start keventd", """
        2 Power overheating thermal/thermal_zone0 Temperature=95000 Trip=1 TripType=hot Synthesized=true
        4 Power overheating thermal/thermal_zone0 Temperature=95000 Trip=2 TripType=passive Synthesized=true
        """)
    scene.shows(f"/sys/class/{ZONE}", Overheating=True, Type="acpitz")
    scene.step(lambda: heat(scene, 30), NORMAL, name="cool")
    scene.shows(f"/sys/class/{ZONE}", Overheating=False)


@BOOT.scene
def over_the_passive_trip_and_back(scene):
    scene.step(lambda: heat(scene, 70), """
        4 Power overheating thermal/thermal_zone0 Temperature=70000 Trip=2 TripType=passive
        """, name="passive")
    scene.shows(f"/sys/class/{ZONE}", Overheating=True)
    scene.step(lambda: heat(scene, 30), NORMAL, name="cool")


@BOOT.scene
def over_the_hot_trip_and_back(scene):
    scene.step(lambda: heat(scene, 95), """
        4 Power overheating thermal/thermal_zone0 Temperature=95000 Trip=2 TripType=passive
        2 Power overheating thermal/thermal_zone0 Temperature=95000 Trip=1 TripType=hot
        """, name="hot")
    scene.step(lambda: heat(scene, 70), name="still over the passive trip")
    scene.step(lambda: heat(scene, 30), NORMAL, name="cool")


@BOOT.scene
def mains_unplugged(scene):
    def unplug():
        write(scene, ON_BATTERY, 1)
        write(scene, DISCHARGING, 1)
        write(scene, REMAINING, 100)
        write(scene, NOTIFY, 1)

    scene.step(unplug, """
        7 Hotplug change power_supply/AC Uevent.POWER_SUPPLY_ONLINE=0
        7 Hotplug change power_supply/BAT0 Uevent.POWER_SUPPLY_STATUS=Discharging
        """)


@BOOT.scene
def over_the_critical_trip(scene):
    """The machine powers off in order. What came out of it last?"""
    scene.machine.run("""
        systemd-run -q --unit=monitor sh -c 'exec keventctl monitor --json >/dev/virtio-ports/stream'
        until_true 60 'keventctl status'
        """)
    write(scene, TEMPERATURE, 125 * 10 + 2732)
    scene.machine.wait_for_end()
    events = [json.loads(line) for line in scene.machine.rest_of_stream()]
    scene.compare("critical", """
        4 Power overheating thermal/thermal_zone0 Temperature=125000 Trip=2 TripType=passive
        2 Power overheating thermal/thermal_zone0 Temperature=125000 Trip=1 TripType=hot
        2 Power overheating thermal/thermal_zone0 Temperature=125000 Trip=0 TripType=critical
        """, events)
    scene.has_ended()
