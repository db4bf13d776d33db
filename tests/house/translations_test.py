# SPDX-License-Identifier: LGPL-2.1-or-later
# The applet's translations are complete: every text of the sources has its translation, with all
# forms of a plural and all its arguments. translations_test.py BUILD LUPDATE: lupdate looks for new
# texts in a copy.
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

import house

ARGUMENT = re.compile(r"%(?:\d|n)")


def message_findings(name, context, message):
    source = message.findtext("source")
    translation = message.find("translation")
    forms = [form.text or "" for form in translation.iter("numerusform")]
    texts = forms or [translation.text or ""]
    if translation.get("type") or not all(texts):
        return [f"{name}: {context}: not translated: {source}"]
    return [f"{name}: {context}: another set of arguments: {source}"
            for text in texts if set(ARGUMENT.findall(text)) != set(ARGUMENT.findall(source))]


def findings(name, root):
    return [finding for context in root.findall("context")
            for message in context.findall("message")
            for finding in message_findings(name, context.findtext("name"), message)]


def check_itself():
    def of(translation):
        return findings("a", xml.fromstring(
            "<TS><context><name>C</name><message><source>%1 on</source>"
            f"{translation}</message></context></TS>"))
    house.expect(of('<translation type="unfinished">%1</translation>'), "unfinished")
    house.expect(of("<translation></translation>"), "empty")
    house.expect(of("<translation>%2 an</translation>"), "another argument")
    house.expect(of("<translation><numerusform>%1</numerusform><numerusform/></translation>"),
                 "a form of a plural that is missing")
    house.expect(not of("<translation>%1 an</translation>"), "a good one")


def updated(lupdate, original, folder):
    copy = pathlib.Path(folder, original.name)
    shutil.copy(original, copy)
    sources = [str(path) for path in sorted(house.ROOT.glob("gui/*/*"))
               if path.suffix in (".cc", ".h")]
    plurals = ["-pluralonly"] if original.stem.endswith("_en") else []
    subprocess.run([lupdate, "-silent", "-I", str(house.ROOT), "-locations", "none",
                    "-no-obsolete", *plurals, *sources, "-ts", str(copy)],
                   check=True, timeout=50, capture_output=True)
    return xml.parse(copy).getroot()


check_itself()
translations = sorted((house.ROOT / "gui/translations").glob("*.ts"))
house.expect(len(translations) >= 3, "there are translations")
with tempfile.TemporaryDirectory() as temporary:
    found = [finding for file in translations
             for finding in findings(file.name, updated(sys.argv[2], file, temporary))]
house.report(found)
