# SPDX-License-Identifier: LGPL-2.1-or-later
# `cmake --install DIR --prefix PREFIX` puts everything below that prefix, whatever was configured, and
# each file that names a path of the installation names the right one.
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import house

BUILD = sys.argv[1]
# What names a program of ours by an absolute path.
NAMES_A_PROGRAM = re.compile(r"^(?:ExecStart|Exec|TryExec)=(/\S*/(?:keventd|keventctl|kevent-\w+))",
                             re.MULTILINE)


def installed(prefix, root):
    """Installs below `root` as DESTDIR; the files as absolute paths of the installed system."""
    subprocess.run(["cmake", "--install", BUILD, "--prefix", prefix], check=True, capture_output=True,
                   env=os.environ | {"DESTDIR": root})
    return {"/" + path.relative_to(root).as_posix(): path
            for path in pathlib.Path(root).rglob("*") if path.is_file()}


def findings_of(prefix, files):
    etc = "/etc" if prefix == "/usr" else f"{prefix}/etc"
    unit = f"{prefix}/lib/systemd/system/keventd.service"
    for name in (f"{prefix}/sbin/keventd", f"{prefix}/bin/keventctl", unit,
                 f"{etc}/xdg/autostart/kevent-automount.desktop"):
        if name not in files:
            yield f"--prefix {prefix}: {name} is missing"
    for name in files:
        if not name.startswith((prefix + "/", etc + "/")):
            yield f"--prefix {prefix}: {name} is outside"
    for name, path in files.items():
        if name.endswith((".service", ".desktop")):
            for program in NAMES_A_PROGRAM.findall(path.read_text()):
                if program not in files:
                    yield f"--prefix {prefix}: {name} names {program}"
    if unit in files and f"ExecStart={prefix}/sbin/keventd" not in files[unit].read_text():
        yield f"--prefix {prefix}: {unit} does not start {prefix}/sbin/keventd"


def findings():
    for prefix in ("/usr", "/opt/kevent"):
        with tempfile.TemporaryDirectory() as root:
            yield from findings_of(prefix, installed(prefix, root))


house.expect(list(findings_of("/usr", {"/usr/local/sbin/keventd": None})), "a file outside the prefix")
house.report(findings())
