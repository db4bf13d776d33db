# SPDX-License-Identifier: LGPL-2.1-or-later
# The contract in dbus/*.xml: every interface and member is documented where it stands (a comment
# before it that names it, with @since; each argument of a method by @name), and every property
# says when it changes.
import re
import xml.etree.ElementTree as ElementTree

import house

MEMBERS = ("method", "property", "signal")
ANNOTATION = "org.freedesktop.DBus.Property.EmitsChangedSignal"

# Properties without the annotation send their new value in PropertiesChanged. This is meant of
# these:
ANNOUNCED = {"Block.Size", "Block.ReadOnly", "CoolingDevice.State", "Device.Driver",
             "Device.Initialized", "ThermalZone.Overheating"}


def documented(parent):
    """Each child element of `parent` with the comment right before it ('' without one)."""
    comment = ""
    for child in parent:
        if child.tag is ElementTree.Comment:
            comment = child.text or ""
        else:
            yield child, comment
            comment = ""


def member_findings(where, element, comment):
    name = element.get("name", "")
    lines = [line.strip() for line in comment.strip().splitlines()]
    if not lines or lines[0] != name + ":":
        return [f"{where}: no comment 'NAME:' right before it"]
    found = []
    if not re.search(r"^\s*@since: \d+\.\d+$", comment, re.MULTILINE):
        found.append(f"{where}: no @since")
    text = [line for line in lines[1:] if line and not line.startswith("@since")]
    if not text:
        found.append(f"{where}: the comment says nothing")
    if element.tag != "property":
        for argument in element.findall("arg"):
            label = argument.get("name")
            if not label or not re.search(rf"^\s*@{re.escape(label)}: \S", comment, re.MULTILINE):
                found.append(f"{where}: argument {label} is not documented")
    return found


def property_findings(where, element, comment):
    values = [a.get("value") for a in element.findall("annotation") if a.get("name") == ANNOTATION]
    found = []
    if element.get("access") != "read":
        found.append(f"{where}: privileged change is a method, never a writable property")
    if values and values[0] not in ("true", "invalidates", "const", "false"):
        found.append(f"{where}: {ANNOTATION} has no value {values[0]}")
    if not values and where not in ANNOUNCED:
        found.append(f"{where}: no {ANNOTATION}, and it is not in ANNOUNCED")
    on_demand = bool(re.search(r"read on\s+demand", comment, re.IGNORECASE))
    if (values == ["false"]) != on_demand:
        found.append(f"{where}: 'Read on demand' and {ANNOTATION} contradict each other")
    return found


def findings(name, text):
    parser = ElementTree.XMLParser(target=ElementTree.TreeBuilder(insert_comments=True))
    try:
        root = ElementTree.fromstring(text, parser)
    except ElementTree.ParseError as error:
        return [f"{name}: {error}"]
    found = []
    for interface, comment in documented(root):
        found += member_findings(f"{name}: {interface.get('name')}", interface, comment)
        short = interface.get("name", "").rpartition(".")[2]
        for member, about in documented(interface):
            where = f"{short}.{member.get('name')}"
            if member.tag in MEMBERS:
                found += member_findings(where, member, about)
            if member.tag == "property":
                found += property_findings(where, member, about)
    return found


def check_itself():
    def sample(members):
        return ("<node><!-- a.B:\n@since: 0.1\n\nAbout. --><interface name='a.B'>" + members +
                "</interface></node>")

    const = f"<annotation name='{ANNOTATION}' value='const'/>"
    house.expect(findings("x", "<node>"), "XML that is not whole")
    for members, what in [
        ("<method name='M'/>", "no comment"),
        ("<!-- N:\n@since: 0.1\n\nText. --><method name='M'/>", "the comment of another"),
        ("<!-- M:\n\nText. --><method name='M'/>", "no @since"),
        ("<!-- M:\n@since: 0.1 --><method name='M'/>", "an empty comment"),
        ("<!-- M:\n@since: 0.1\n\nText. --><method name='M'><arg name='a' type='s'/></method>",
         "an argument"),
        ("<!-- P:\n@since: 0.1\n\nText. --><property name='P' access='read'/>", "no annotation"),
        ("<!-- P:\n@since: 0.1\n\nRead on demand. --><property name='P' access='read'>" + const +
         "</property>", "a contradiction"),
        ("<!-- P:\n@since: 0.1\n\nText. --><property name='P' access='readwrite'>" + const +
         "</property>", "a writable property"),
    ]:
        house.expect(findings("x", sample(members)), what)
    good = ("<!-- P:\n@since: 0.1\n\nText. --><property name='P' access='read'>" + const +
            "</property>")
    house.expect(not findings("x", sample(good)), "a documented property is right")


check_itself()
interfaces = [(name, text) for name, text in house.texts()
              if name.startswith("dbus/") and name.endswith(".xml")]
house.expect(interfaces, "there are interfaces")
house.report(finding for name, text in interfaces for finding in findings(name, text))
