# SPDX-License-Identifier: LGPL-2.1-or-later
# A whole Debian 12 under QEMU's software emulation: systemd is process 1, and the project is installed
# in it as a user would have it.
#
#     with Machine(folder, devices=["-device", "qemu-xhci,id=usb"]) as machine:
#         machine.run("systemctl start keventd")    # in the machine: what it printed, or Failed
#         machine.until("test -b /dev/sda")         # polls there, with a deadline
#         machine.qmp("device_del", id="stick")     # QEMU's monitor
#
# The folder keeps the serial console and QEMU's own messages. QEMU ends with the `with` block, and with
# this process in any case.
import base64
import collections
import ctypes
import itertools
import json
import pathlib
import signal
import socket
import subprocess
import time

import overlay

BOOT_SECONDS = 150  # beside a compiler; alone it takes seven
PR_SET_PDEATHSIG = 1


class Failed(Exception):
    """What was asked of the machine did not happen."""


class NoBoot(Failed):
    """The machine ended, or was not there in time, before anything was asked of it."""


def build_image():
    """The folder of the image, which is made when it is not there."""
    made = subprocess.run([overlay.HERE / "image"], check=True, stdout=subprocess.PIPE, text=True)
    return pathlib.Path(made.stdout.strip())


def end_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Port:
    """A socket of QEMU, read by lines with a deadline."""

    def __init__(self, path, process):
        end = time.monotonic() + 20
        while True:
            self.socket = socket.socket(socket.AF_UNIX)
            try:
                self.socket.connect(str(path))
                break
            except OSError as error:
                self.socket.close()
                try:
                    process.wait(0.05)
                except subprocess.TimeoutExpired:
                    if time.monotonic() < end:
                        continue
                raise NoBoot(f"QEMU did not start: {error}") from error
        self.buffer = b""

    def close(self):
        self.socket.close()

    def send(self, line):
        self.socket.sendall(line.encode() + b"\n")

    def line(self, deadline):
        """The next line; None when there is none in time. Without a deadline it waits for ever."""
        while b"\n" not in self.buffer:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                return None
            self.socket.settimeout(left)
            try:
                data = self.socket.recv(1 << 16)
            except TimeoutError:
                return None
            except OSError:
                data = b""
            if not data:
                raise Failed("the machine has ended")
            self.buffer += data
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.decode()


class Machine:
    def __init__(self, folder, devices=(), append="", memory="1024M", processors="2", serial=None, **files):
        self.folder = pathlib.Path(folder)
        self.devices, self.append, self.memory, self.processors = list(devices), append, memory, processors
        self.serial = serial  # None: into a file
        self.files = files
        self.process = None
        self.ports = []
        self.ids = itertools.count(1)
        self.qmp_events = collections.deque()

    def __enter__(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        self.image = build_image()
        overlay.write_initramfs(self.image, self.folder / "initramfs", **self.files)
        try:
            return self.boot()
        except NoBoot as error:
            # 1 boot in 25 dies in its first second: emulated processors that run side by side miss that
            # the kernel rewrote its own code ("Oops: int3"). Then once more.
            print(f"machine: boots again: {error}", flush=True)
            self.end()
            return self.boot()

    def __exit__(self, *ignored):
        self.end()

    def boot(self):
        for name in ("qmp", "agent", "stream"):
            (self.folder / name).unlink(missing_ok=True)
        began = time.monotonic()
        with open(self.folder / "qemu.out", "w") as messages:
            self.process = subprocess.Popen(
                self.command(), stdout=None if self.serial else messages,
                stdin=None if self.serial else subprocess.DEVNULL,
                stderr=messages, preexec_fn=end_with_parent)
        try:
            self.connect(began + BOOT_SECONDS)
        except NoBoot:
            raise
        except Failed as error:
            raise NoBoot(str(error)) from error
        except BaseException:
            self.end()
            raise
        self.boot_seconds = time.monotonic() - began
        return self

    def command(self):
        port = itertools.count()
        ports = []
        for name in ("agent", "stream"):
            ports += ["-chardev", f"socket,id={name},path={self.folder}/{name},server=on,wait=off",
                      "-device", f"virtserialport,chardev={name},name={name},nr={next(port) + 1}"]
        return [
            "qemu-system-x86_64", "-nodefaults", "-display", "none", "-nic", "none", "-no-reboot",
            "-machine", "q35", "-accel", "tcg,thread=multi", "-cpu", "max",
            "-smp", self.processors, "-m", self.memory,
            "-kernel", f"{self.image}/vmlinuz", "-initrd", f"{self.folder}/initramfs",
            "-append", f"console=ttyS0 panic=-1 systemd.show_status=false oops=panic {self.append}",
            "-drive", f"file={self.image}/root.img,format=raw,if=virtio,snapshot=on,cache=unsafe",
            "-device", "virtio-serial-pci", *ports,
            "-qmp", f"unix:{self.folder}/qmp,server=on,wait=off",
            "-serial", self.serial or f"file:{self.folder}/console", *self.devices]

    def connect(self, deadline):
        self.monitor = self.port("qmp")
        self.stream = self.port("stream")
        self.agent = self.port("agent")
        if self.monitor.line(deadline) is None:
            raise NoBoot("no greeting from QEMU's monitor")
        self.qmp("qmp_capabilities")
        self.answer(0, deadline)

    def port(self, name):
        self.ports.append(Port(self.folder / name, self.process))
        return self.ports[-1]

    def end(self):
        for port in self.ports:
            port.close()
        self.ports = []
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def boot_again(self):
        """After its end: from the same image, with the same devices."""
        self.end()
        return self.boot()

    def rest_of_stream(self):
        """The lines that were written to /dev/virtio-ports/stream and not read."""
        deadline, lines = time.monotonic() + 20, []
        try:
            while (line := self.stream.line(deadline)) is not None:
                lines.append(line)
        except Failed:
            pass  # it has ended
        return lines

    def wait_for_end(self, seconds=90):
        """Until the machine has powered itself off, or was ended by a panic."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise Failed(f"still running after {seconds} s") from error

    def console(self):
        path = self.folder / "console"
        return path.read_text(errors="replace") if path.exists() else ""

    def wait_for_console(self, text, seconds=60):
        """Until the kernel has printed this."""
        deadline = time.monotonic() + seconds
        while text not in self.console():
            if time.monotonic() > deadline:
                raise Failed(f"the kernel did not print '{text}' within {seconds} s")
            try:
                self.process.wait(0.05)
                raise Failed("the machine has ended")
            except subprocess.TimeoutExpired:
                pass

    # The monitor.

    def qmp(self, command, **arguments):
        """Calls QMP; an underscore in a name of an argument is a hyphen there."""
        arguments = {name.replace("_", "-"): value for name, value in arguments.items()}
        self.monitor.send(json.dumps({"execute": command, "arguments": arguments}))
        deadline = time.monotonic() + 60
        while (line := self.monitor.line(deadline)) is not None:
            answer = json.loads(line)
            if "event" in answer:
                self.qmp_events.append(answer)
            elif "error" in answer:
                raise Failed(f"{command} {arguments}: {answer['error']['desc']}")
            else:
                return answer["return"]
        raise Failed(f"{command}: no answer")

    def hmp(self, line):
        """Runs a line of QEMU's monitor for people; returns what it says."""
        return self.qmp("human-monitor-command", command_line=line)

    def wait_for_qmp_event(self, name, seconds=60, **data):
        """Takes this event of QEMU, which may have come already."""
        deadline = time.monotonic() + seconds
        while True:
            for event in self.qmp_events:
                if event["event"] == name and data.items() <= event.get("data", {}).items():
                    self.qmp_events.remove(event)
                    return
            line = self.monitor.line(deadline)
            if line is None:
                raise Failed(f"no {name} {data} within {seconds} s")
            self.qmp_events.append(json.loads(line))

    # The agent.

    def start(self, command):
        """Begins to run a command; its answer is for finish()."""
        number = next(self.ids)
        self.agent.send(f"{number} {base64.b64encode(command.encode()).decode()}")
        return number

    def answer(self, number, deadline):
        while (line := self.agent.line(deadline)) is not None:
            fields = line.split(" ")
            if fields[0] == str(number):
                return int(fields[1]), base64.b64decode(fields[2]).decode(errors="replace")
        raise Failed("no answer from the machine")

    def finish(self, number, seconds=120):
        return self.answer(number, seconds and time.monotonic() + seconds)

    def try_run(self, command, seconds=120):
        """Runs a shell command: its status, and what it printed."""
        return self.finish(self.start(command), seconds)

    def run(self, command, seconds=120):
        status, text = self.try_run(command, seconds)
        if status:
            raise Failed(f"{command.strip().splitlines()[0]}: status {status}: {text.strip()}")
        return text

    def until(self, condition, seconds=60):
        """Waits until a shell condition is true in the machine."""
        quoted = "'" + condition.replace("'", "'\\''") + "'"
        if self.try_run(f"until_true {seconds} {quoted}", 4 * seconds)[0]:
            raise Failed(f"not within {seconds} s: {condition}")
