# SPDX-License-Identifier: LGPL-2.1-or-later
# Every file says its licence and what it is for; none holds a reminder or a path of somebody's
# machine; no test sleeps. The words that are looked for are put together here, so that this file
# passes.
import re

import house

LICENCE = re.compile(r"SPDX-License-Identifier: (LGPL-2\.1-or-later|GPL-2\.0-only)\b")
# The kernel's own licence of what user space includes, in a copy of such a header.
UAPI_LICENCE = re.compile(r"SPDX-License-Identifier: \(\(GPL-2\.0 WITH Linux-syscall-note\) "
                          r"OR BSD-3-Clause\)")
LICENCE_LINES = 6  # XML begins with its document type

# What can't hold a comment, or is a text in its own right, or data.
NO_LICENCE_ENDINGS = (".md", ".json", ".txt", ".patch", ".png", ".ts")
DATA = re.compile(r"^LICENSES/|^tests/.*/(data|corpus)/|^tests/fuzz/corpus/")

REMINDER = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b")
MACHINE = re.compile("(?<![A-Za-z0-9_.])/" + "(wo" + "rk/|ho" + "me/[a-z]+/(?!usb)|tm" + "p/b-)")
NAP = re.compile(r"\b(u|nano)?sle" + r"ep(_for|_until)?\s*\(")

CODE = (".cc", ".h", ".c", ".py")


def is_data(name):
    return bool(DATA.match(name))


def licence_findings(name, text):
    if is_data(name) or name.endswith(NO_LICENCE_ENDINGS):
        return []
    licence = UAPI_LICENCE if name.startswith("service/uapi/") else LICENCE
    if licence.search("\n".join(text.splitlines()[:LICENCE_LINES])):
        return []
    return [f"{name}: no SPDX line at the top"]


def says_its_job(name, text):
    lines = [line for line in text.splitlines()[:6] if not line.startswith("#!")]
    comment = r"(//|/\*) ?\S" if name.endswith((".cc", ".h", ".c")) else r"# ?\S"
    return len(lines) > 1 and re.match(comment, lines[1]) is not None


def explained_elsewhere(name, names):
    """A source file by the header beside it, a unit test by the header of what it tests."""
    folder, _, file = name.rpartition("/")
    if not file.endswith((".cc", ".c")):
        return False
    header = re.sub(r"\.cc?$", ".h", file)
    return f"{folder}/{header}" in names or (
        file.endswith("_test.cc") and any(other.endswith("/" + header.replace("_test.h", ".h"))
                                          for other in names))


def opening_findings(name, text, names):
    if is_data(name) or not (text.startswith("#!") or name.endswith(CODE)):
        return []
    if explained_elsewhere(name, names) or says_its_job(name, text):
        return []
    return [f"{name}: does not open with what it is for (after the SPDX line)"]


def word_findings(name, text):
    found = []
    if name.startswith("LICENSES/"):
        return found
    for number, line in enumerate(text.splitlines(), 1):
        if REMINDER.search(line) and not is_data(name):
            found.append(f"{name}:{number}: a reminder")
        if MACHINE.search(line):
            found.append(f"{name}:{number}: a path of one machine")
        if name.startswith("tests/") and name.endswith(CODE) and NAP.search(line):
            found.append(f"{name}:{number}: a test waits on a condition, with a deadline")
    return found


def findings(name, text, names):
    return (licence_findings(name, text) + opening_findings(name, text, names)
            + word_findings(name, text))


def check_itself():
    licence = "// SPDX-License-Identifier: LGPL-2.1-or-later\n"
    good = licence + "// What it is for.\n"
    for name, text in [
        ("a/a.h", "// What it is for.\n"),
        ("a/a.h", licence + "#pragma once\n"),
        ("service/uapi/linux/a.h", good),
        ("a/main.cc", licence + "int main() {}\n"),
        ("a/a.h", good + "// " + "TO" + "DO: more\n"),
        ("a/a.h", good + "// see /" + "wo" + "rk/x\n"),
        ("tests/a/a.cc", good + "us" + "leep(1);\n"),
        ("tests/a/a.cc", good + "std::this_thread::sle" + "ep_for(1s);\n"),
    ]:
        house.expect(findings(name, text, set()), f"{name}: {text}")
    house.expect(not findings("a/a.h", good, set()), "a good header")
    house.expect(not findings("a/a.cc", licence + "int a;\n", {"a/a.h"}), "a source with a header")
    house.expect(not findings("tests/b/a_test.cc", licence + "int a;\n", {"b/a.h"}), "its test")
    house.expect(not findings("tests/a/a.cc", good + "mkdtemp(\"/tmp/x-XXXXXX\");", set()),
                 "a template of mkdtemp")


check_itself()
project = list(house.texts())
all_names = {name for name, _ in project}
house.report(finding for name, text in project for finding in findings(name, text, all_names))
