# SPDX-License-Identifier: LGPL-2.1-or-later
# A program that takes a name on the bus away from its owner: what it writes to the bus's socket. Debian
# has no small program that does so and stays.
import struct

REPLACE_EXISTING, DO_NOT_QUEUE = 2, 4


def padded(data, size):
    return data + b"\0" * (-len(data) % size)


def text(value):
    return struct.pack("<I", len(value)) + value.encode() + b"\0"


def call(serial, member, signature="", body=b""):
    """A method call to the bus driver, by the D-Bus Specification, "Message Format"."""
    fields = b""
    for code, kind, value in [(1, "o", "/org/freedesktop/DBus"), (6, "s", "org.freedesktop.DBus"),
                              (2, "s", "org.freedesktop.DBus"), (3, "s", member), (8, "g", signature)]:
        encoded = bytes([len(value)]) + value.encode() + b"\0" if kind == "g" else text(value)
        fields = padded(fields, 8) + bytes([code, 1, ord(kind), 0]) + encoded
    head = struct.pack("<4BIII", ord("l"), 1, 0, 1, len(body), serial, len(fields))
    return padded(head + fields, 8) + body


def taking(name):
    """What root writes to take this name from an owner that allows it."""
    body = padded(text(name), 4) + struct.pack("<I", REPLACE_EXISTING | DO_NOT_QUEUE)
    return (b"\0AUTH EXTERNAL 30\r\nBEGIN\r\n" + call(1, "Hello")
            + call(2, "RequestName", "su", body))
