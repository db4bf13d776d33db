# SPDX-License-Identifier: LGPL-2.1-or-later
# Memory and processors that come and go, and one that errs.
import devices
from scene import Boot

BOOT = Boot(memory="1024M,slots=4,maxmem=4G", append="memhp_default_state=online_movable")

MORE_MEMORY = 256 * devices.MIB


@BOOT.scene
def memory_plugged_and_unplugged(scene):
    machine = scene.machine

    def plug():
        machine.qmp("object-add", qom_type="memory-backend-ram", id="memory1", size=MORE_MEMORY)
        machine.qmp("device_add", driver="pc-dimm", id="dimm1", memdev="memory1")
        machine.until("(($(awk '/MemTotal/ {print $2}' /proc/meminfo) > 1100000))")

    def unplug():
        machine.qmp("device_del", id="dimm1")
        machine.wait_for_qmp_event("DEVICE_DELETED", device="dimm1")
        machine.qmp("object-del", id="memory1")

    scene.step(plug, """
        6 Hotplug add memory/memory32
        6 Hotplug add memory/memory33
        7 Hotplug online memory/memory32
        7 Hotplug online memory/memory33
        7 Hotplug online container/PNP0A06:*
        """)
    scene.step(unplug, """
        7 Hotplug offline memory/memory32
        7 Hotplug offline memory/memory33
        6 Hotplug remove memory/memory32
        6 Hotplug remove memory/memory33
        """)


@BOOT.scene
def processor_off_and_on(scene):
    scene.step("echo 0 >/sys/devices/system/cpu/cpu1/online", """
        6 Hotplug remove machinecheck/machinecheck1
        7 Hotplug offline cpu/cpu1
        """)
    scene.step("echo 1 >/sys/devices/system/cpu/cpu1/online", """
        6 Hotplug add machinecheck/machinecheck1
        7 Hotplug online cpu/cpu1
        """)


@BOOT.scene
def corrected_machine_check(scene):
    def machine_check():
        scene.machine.hmp("mce 0 9 0x9c00000000000090 0x0 0x12340000 0x8c")
        scene.machine.until("dmesg | grep 'Hardware Error'")

    scene.step("echo 1 >/sys/devices/system/machinecheck/machinecheck0/check_interval")
    # No event yet: a stock kernel has the tracepoint mce_record, and no uevent.
    scene.step(machine_check)
