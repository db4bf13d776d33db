# SPDX-License-Identifier: LGPL-2.1-or-later
# What the house tests share: the project's files, and how findings are reported. A test is a
# function from one file's text to its findings; `expect` lets it prove on a small bad sample that
# it can fail.
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOT_OURS = {"build", ".git", "__pycache__"}


def files():
    """Every file of the project as (path below the top, with slashes; pathlib.Path), sorted."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(set(folders) - NOT_OURS)
        for name in sorted(set(names) - NOT_OURS):
            path = pathlib.Path(folder, name)
            yield path.relative_to(ROOT).as_posix(), path


def texts():
    """As files(), with the text; files that are no UTF-8 text are passed over."""
    for name, path in files():
        try:
            yield name, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            pass


def expect(condition, what):
    """The self-check of a test: ends it when the test would not see what it is for."""
    if not condition:
        sys.exit(f"self-check failed: {what}")


def report(findings):
    """Ends the test: prints the findings, and fails if there are any."""
    findings = list(findings)
    for finding in findings:
        print(finding)
    sys.exit(1 if findings else 0)
