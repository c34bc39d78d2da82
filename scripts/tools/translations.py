"""Keep the translations of the addons complete.

translations.py update ADDONS   merge i18n/<addon>.pot, just exported by Odoo, into i18n/<language>.po
translations.py check ADDONS    compare the two; needs no Odoo

Both print what is missing, fuzzy or has other placeholders than the source, and end with
status 1 if there is anything.
"""

import re
import sys
from pathlib import Path

import polib

LANGUAGES = ("ru", "uk")
# Of %-formats and str.format fields: those that a translation has to repeat.
PLACEHOLDER = re.compile(r"%\([a-z_A-Z0-9]+\)[sdrfi]|%[sdrfi]|\{\{.*?\}\}|\{[a-z_A-Z0-9]*\}")
# Of a file's header only these stay; dates would change it at each export.
HEADER = {"MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit"}
PLURALS = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"


def addons(folder):
    return sorted(manifest.parent for manifest in Path(folder).glob("*/__manifest__.py"))


def update(addon):
    """Put i18n/<addon>.pot into order and merge it into the .po files; translations are kept."""
    folder = addon / "i18n"
    pot = polib.pofile(str(folder / f"{addon.name}.pot"), wrapwidth=100)
    pot.metadata = {"Project-Id-Version": f"Odoo 19.0, {addon.name}", **HEADER}
    pot.sort()
    pot.save()
    for language in LANGUAGES:
        path = folder / f"{language}.po"
        po = polib.pofile(str(path), wrapwidth=100) if path.exists() else polib.POFile(wrapwidth=100)
        po.metadata = {**pot.metadata, "Language": language, "Plural-Forms": PLURALS}
        po.merge(pot)
        for entry in po.obsolete_entries():
            po.remove(entry)
        po.sort()
        po.save(str(path))


def problems(addon):
    """Yield one line for each thing that is wrong with the translations of an addon."""
    folder = addon / "i18n"
    pot_path = folder / f"{addon.name}.pot"
    if not pot_path.exists():
        yield f"{pot_path}: is missing; ./qms i18n makes it"
        return
    terms = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(pot_path))}
    for language in LANGUAGES:
        path = folder / f"{language}.po"
        if not path.exists():
            yield f"{path}: is missing; ./qms i18n makes it"
            continue
        entries = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}
        for term in sorted(terms, key=lambda term: term[1]):
            if wrong := problem(entries.get(term)):
                yield f"{path}: {wrong}: {term[1][:90]!r}"


def problem(entry):
    """What is wrong with one translation, or None."""
    if entry is None or not entry.msgstr.strip():
        return "not translated"
    if entry.fuzzy:
        return "fuzzy"
    source, target = (sorted(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgstr))
    if source != target:
        return f"placeholders {target} instead of {source}"
    return None


def main(what, folder):
    number = 0
    for addon in addons(folder):
        if what == "update":
            update(addon)
        for line in problems(addon):
            number += 1
            print(line)
    if number:
        print(f"{number} problems in the translations")
    return 1 if number else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
