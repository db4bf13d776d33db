# SPDX-License-Identifier: LGPL-2.1-or-later
# What the documents say is so: the commands of docs/hacking.md that are fenced as `sh` work, and
# every relative link in a document leads to a file. docs_test.py BUILD: the build that stands for
# build/dev.
import re
import subprocess
import sys

import house

FENCE = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def commands(text):
    return FENCE.findall(text)


def command_findings(command, build):
    """Runs one block from the top of the tree; it must end with 0."""
    run = subprocess.run(["sh", "-e"], input=command.replace("build/dev", build), cwd=house.ROOT,
                         capture_output=True, text=True, timeout=30, check=False)
    if run.returncode == 0:
        return []
    return [f"docs/hacking.md: exit status {run.returncode}: {command}{run.stdout}{run.stderr}"]


def link_findings(name, text):
    folder = (house.ROOT / name).parent
    return [f"{name}: the link {target} leads nowhere"
            for target in LINK.findall(CODE.sub("", text))
            if "://" not in target and not (folder / target).exists()]


def check_itself():
    blocks_of_both = "a\n```sh\nfalse\n```\n```console\n$ b\n```\n"
    house.expect(commands(blocks_of_both) == ["false\n"], "blocks fenced as sh")
    house.expect(command_findings("false\ntrue\n", "b"), "a command that fails")
    house.expect(not command_findings("test build/dev = b\n", "b"), "a command that works")
    house.expect(link_findings("README.md", "[a](nowhere/at/all)"), "a dead link")
    links = "[a](https://example.org) [b](README.md#c) `[d](e)`"
    house.expect(not link_findings("README.md", links), "links that live")


check_itself()
blocks = commands((house.ROOT / "docs/hacking.md").read_text(encoding="utf-8"))
house.expect(blocks, "docs/hacking.md has commands")
found = [finding for block in blocks for finding in command_findings(block, sys.argv[1])]
for name, text in house.texts():
    if name.endswith(".md"):
        found += link_findings(name, text)
house.report(found)
