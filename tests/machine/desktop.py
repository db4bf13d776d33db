# SPDX-License-Identifier: LGPL-2.1-or-later
# A person's session beside the machine: kevent-tray and kevent-automount of the build, on a screen
# (Xvfb), with a session bus and a notification server (dunst). Their system bus is the machine's, which
# comes out of it by a network card that leads nowhere else:
#
#     BOOT = Boot(devices=["-device", "qemu-xhci,id=usb", *desktop.NETWORK], append=desktop.APPEND,
#                 prepare=desktop.PREPARE)
#     with Desktop(scene.machine) as session:
#         session.mounter_prints(event="mounted", label="STICK")
#         session.notice(summary="STICK was mounted")
#
# Everything ends with the `with` block. Needs root: socat in the machine is root, and the bus believes
# nobody else who comes through it.
import json
import os
import pathlib
import re
import shutil
import subprocess
import time

from machine import Failed, end_with_parent
from overlay import PROJECT

BUILD = pathlib.Path(os.environ.get("KEVENT_DESKTOP_BUILD", PROJECT / "build" / "dev"))
PROGRAMS = ("Xvfb", "busctl", "dbus-daemon", "dunst", "import")

BUS_PORT = 7777
NETWORK = ["-netdev", f"user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:0-:{BUS_PORT}",
           "-device", "virtio-net-pci,netdev=net,romfile="]
APPEND = "net.ifnames=0"  # else udevd renames the card at some time
PREPARE = f"""
modprobe virtio_net
until_true 20 'test -e /sys/class/net/eth0'
ip address add 10.0.2.15/24 dev eth0
ip link set eth0 up
systemd-run -q --unit=bus-port socat TCP-LISTEN:{BUS_PORT},fork,reuseaddr UNIX-CONNECT:/run/dbus/system_bus_socket
until_true 20 'ss -Hltn sport = :{BUS_PORT} | grep -q .'
"""

PATIENCE_SECONDS = 60

# A notice stays until it is closed, and none hides another.
DUNST = """\
[global]
    origin = top-right
    offset = 12x12
    width = 420
    height = 300
    notification_limit = 20
    font = DejaVu Sans 10
    format = "<b>%s</b>\\n%b"
    markup = full
    stack_duplicates = false
    idle_threshold = 0
    sort = false
[urgency_low]
    timeout = 0
[urgency_normal]
    timeout = 0
[urgency_critical]
    background = "#7a1d1d"
    timeout = 0
"""
NOTICE = re.compile(r"\tsummary: '(.*)'\n\tbody: '(.*)'\n\ticon: .*\n(?:.*\n)*?\turgency: (.*)\n")


class Program:
    """A process whose output can be waited for. It ends with this one."""

    def __init__(self, folder, name, command, environment):
        self.name, self.output = name, folder / f"{name}.out"
        with open(self.output, "w") as output, open(folder / f"{name}.err", "w") as errors:
            self.process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=output,
                                            stderr=errors, preexec_fn=end_with_parent)

    def text(self):
        return self.output.read_text(errors="replace")

    def wait_for(self, found, what):
        """Until found(), given the output, is true; returns that."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (value := found(self.text())):
            if time.monotonic() > deadline:
                raise Failed(f"{self.name}: no {what}; it printed:\n{self.text()}")
            try:
                self.process.wait(0.05)
                raise Failed(f"{self.name} ended: {self.output.with_suffix('.err').read_text()}")
            except subprocess.TimeoutExpired:
                pass
        return value

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def matches(found, wanted):
    """All of the texts that are wanted are somewhere in those of the same name."""
    return all(text in str(found.get(name, "")) for name, text in wanted.items())


class Desktop:
    def __init__(self, machine, automount=True):
        self.machine, self.automount = machine, automount
        self.folder = machine.folder / "desktop"
        self.programs = []

    def __enter__(self):
        missing = [name for name in PROGRAMS if not shutil.which(name)]
        if missing:
            raise Failed(f"needs {', '.join(missing)}: tools/setup --tests")
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "run").mkdir(mode=0o700, parents=True)
        (self.folder / "dunstrc").write_text(DUNST)
        home = str(self.folder)
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home,
            "XDG_CACHE_HOME": home, "XDG_RUNTIME_DIR": f"{home}/run", "QT_QPA_PLATFORM": "xcb",
            "LC_ALL": "C.UTF-8", "LANGUAGE": "en", "NO_AT_BRIDGE": "1"}
        try:
            self.start()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, *ignored):
        self.end()

    def end(self):
        for program in reversed(self.programs):
            program.end()
        self.programs = []

    def start(self):
        system_bus = f"tcp:host=127.0.0.1,port={self.bus_port()}"
        screen = self.program("Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp",
                              "-noreset")
        self.environment["DISPLAY"] = ":" + screen.wait_for(lambda text: text.endswith("\n") and text.strip(),
                                                            "display")
        bus = self.program("dbus-daemon", "--session", "--nofork", "--print-address")
        self.session_bus = bus.wait_for(lambda text: text.endswith("\n") and text.strip(), "address")
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self.session_bus
        self.dunst = self.program("dunst", "-print", "-config", str(self.folder / "dunstrc"))
        self.dunst.wait_for(lambda _: self.displayed() is not None, "name on the bus")
        self.start_applet(system_bus)
        if self.automount:
            self.mounter = self.program(BUILD / "bin/kevent-automount", "--bus", system_bus, "--json")
            self.mounter_prints(event="ready")

    def program(self, command, *arguments):
        name = pathlib.Path(command).name
        self.programs.append(Program(self.folder, name, [str(command), *arguments], self.environment))
        return self.programs[-1]

    def bus_port(self):
        """The host's end of the card: QEMU has chosen a port that was free."""
        for line in self.machine.hmp("info usernet").splitlines():
            fields = line.split()
            if fields and fields[0].startswith("TCP[HOST_FORWARD]") and fields[-3] == str(BUS_PORT):
                return int(fields[3])
        raise Failed("QEMU forwards no port to the machine's bus")

    def start_applet(self, system_bus):
        """Returns when the applet follows keventd: what happens from now on is news to it. For history
        it takes what the log had when it asked; keventd answers in order."""
        questions = self.program("busctl", f"--address={system_bus}", "--json=short",
                                 "--match=type='method_call',interface='org.freedesktop.DBus.Properties',"
                                 "arg0='org.kernel.Events1.Manager'", "monitor")
        errors = questions.output.with_suffix(".err")
        questions.wait_for(lambda _: "Monitoring" in errors.read_text(), "monitor")
        self.program(BUILD / "bin/kevent-tray", "--bus", system_bus, "--hidden")
        questions.wait_for(lambda text: text, "question of the applet")
        subprocess.run(["busctl", f"--address={system_bus}", "call", "org.kernel.Events1", "/org/kernel",
                        "org.freedesktop.DBus.Peer", "Ping"], check=True, stdout=subprocess.DEVNULL, timeout=60)

    def mounter_lines(self):
        """What kevent-automount has printed."""
        return [json.loads(line) for line in self.mounter.text().splitlines(keepends=True) if line.endswith("\n")]

    def mounter_prints(self, **wanted):
        """The first line of kevent-automount with these texts, waiting for it."""
        return self.mounter.wait_for(
            lambda _: next((line for line in self.mounter_lines() if matches(line, wanted)), None), wanted)

    def notices(self):
        """What dunst was told: summary, body, urgency."""
        return [dict(zip(("summary", "body", "urgency"), found)) for found in NOTICE.findall(self.dunst.text())]

    def notice(self, **wanted):
        """The first notice with these texts, waiting for it."""
        return self.dunst.wait_for(
            lambda _: next((notice for notice in self.notices() if matches(notice, wanted)), None), wanted)

    def summaries(self):
        return [notice["summary"] for notice in self.notices()]

    def displayed(self):
        """How many notices are on the screen; None without a notification server."""
        answer = subprocess.run(
            ["busctl", f"--address={self.session_bus}", "--auto-start=no", "call",
             "org.freedesktop.Notifications", "/org/freedesktop/Notifications",
             "org.freedesktop.DBus.Properties", "Get", "ss", "org.dunstproject.cmd0", "displayedLength"],
            capture_output=True, text=True, timeout=60)
        return None if answer.returncode else int(answer.stdout.split()[2])

    def wait_until_displayed(self, count):
        self.dunst.wait_for(lambda _: self.displayed() == count, f"screen with {count} notices")

    def take_picture(self, name):
        subprocess.run(["import", "-display", self.environment["DISPLAY"], "-window", "root",
                        self.folder.parent / f"{name}.png"], check=True, timeout=60)
