# SPDX-License-Identifier: LGPL-2.1-or-later
# A panic, and what the next boot finds of it.
from scene import Boot


def persistent_store(folder):
    store = folder / "erst"
    store.unlink(missing_ok=True)
    return ["-object", f"memory-backend-file,id=erst,mem-path={store},size=0x10000,share=on",
            "-device", "acpi-erst,memdev=erst"]


BOOT = Boot(devices=persistent_store)


@BOOT.scene
def panic_leaves_a_record(scene):
    machine = scene.machine
    before = machine.run("keventctl status --json | jq -r .LogId")
    machine.start("echo c >/proc/sysrq-trigger")
    machine.wait_for_end()
    machine.boot_again()
    machine.run("systemctl start keventd; udevadm settle")
    # No event yet: the record lies where systemd-pstore has moved it.
    scene.prints("ls /var/lib/systemd/pstore/*/dmesg.txt | wc -l", "1")
    scene.prints("grep -c 'sysrq: Trigger a crash' /var/lib/systemd/pstore/*/dmesg.txt", "1")
    scene.equal("another log after a reboot", True,
                before != machine.run("keventctl status --json | jq -r .LogId"))
    scene.reboot()
    scene.step("")
