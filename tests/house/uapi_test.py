# SPDX-License-Identifier: LGPL-2.1-or-later
# The header of the kernel's events layer that the service is compiled with is the one that the
# patch series makes: service/uapi/linux/kevent.h is what kernel-patch/series/*.patch add up to.
import re

import house

HEADER = "include/uapi/linux/kevent.h"
COPY = "service/uapi/linux/kevent.h"

HUNK = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@")


def hunks(patch, name):
    """The hunks of one file in a patch: (first line, number of lines, lines with their marks)."""
    found = []
    ours = False
    lines = iter(patch.splitlines())
    for line in lines:
        if line.startswith("diff --git "):
            ours = line.endswith(f" b/{name}")
        match = HUNK.match(line) if ours else None
        if not match:
            continue
        first, old, new = (1 if number is None else int(number) for number in match.groups())
        count = old
        body = []
        while old > 0 or new > 0:
            body.append(next(lines))
            old -= body[-1][:1] in ("-", " ", "")
            new -= body[-1][:1] in ("+", " ", "")
        found.append((first, count, body))
    return found


def applied(lines, patch, name):
    """`lines` with the patch's changes of the file; as git writes them, hunks fit exactly."""
    result = []
    position = 0
    for first, count, body in hunks(patch, name):
        start = first - 1 if count else first
        result += lines[position:start] + [line[1:] for line in body if line[:1] not in ("-", "\\")]
        position = start + count
    return result + lines[position:]


def problems(copy, header):
    """What is wrong with the copy of the header; a series without the header is wrong, too."""
    if not header:
        return [f"kernel-patch/series: no patch makes {HEADER}"]
    return [] if copy == header else [f"{COPY}: is not what the patches make of {HEADER}"]


def check_itself():
    made = ("diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1,3 @@\n"
            "+one\n+two\n+three\ndiff --git a/y b/y\n@@ -1 +1 @@\n-other\n+another\n-- \n2.39\n")
    changed = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n"
    lines = applied([], made, "x")
    house.expect(lines == ["one", "two", "three"], "a patch that makes a file")
    house.expect(applied(lines, changed, "x") == ["one", "2", "three"], "a patch that changes it")
    house.expect(applied(lines, changed, "y") == lines, "a patch of other files")
    house.expect(problems(lines, []), "a series without the header")
    house.expect(problems(lines, ["one"]), "another header")
    house.expect(not problems(lines, lines), "the header")


check_itself()
header = []
for path in sorted((house.ROOT / "kernel-patch/series").glob("*.patch")):
    header = applied(header, path.read_text(encoding="utf-8"), HEADER)
copy = (house.ROOT / COPY).read_text(encoding="utf-8").splitlines()
house.report(problems(copy, header))
