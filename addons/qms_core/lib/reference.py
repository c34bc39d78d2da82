"""The reference set: processes common to public authorities, as a CSV file with texts in several languages."""

import csv
from dataclasses import dataclass

SOURCE = "en"


@dataclass(frozen=True)
class Entry:
    """A process of the reference set; ``texts`` holds ``{field: {language: text}}``."""

    code: str
    parent: str
    kind: str
    nature: str
    scope: str
    texts: dict

    def text(self, field, lang):
        """Return a text in a language of Odoo (``uk_UA``), else in English."""
        by_lang = self.texts[field]
        return by_lang.get(_short(lang)) or by_lang[SOURCE]

    def parts(self, field, lang):
        """Return a list that is written in one cell, separated by semicolons."""
        return [part.strip() for part in self.text(field, lang).split(";") if part.strip()]

    def names(self):
        """Return the names in all languages, for finding processes that are called the same."""
        return {name.casefold() for name in self.texts["name"].values()}


def read(path):
    """Return the entries of a file, headings before their parts.

    :param str path: CSV with the columns code, parent, kind, nature, scope and ``<field>@<language>``
    :rtype: list[Entry]
    """
    with open(path, encoding="utf-8", newline="") as source:
        return sorted((_entry(row) for row in csv.DictReader(source)), key=lambda entry: entry.code)


def with_headings(entries, codes):
    """Return the chosen entries and the headings they stand under, in order.

    :param list entries: all entries
    :param codes: the codes chosen
    """
    by_code = {entry.code: entry for entry in entries}
    wanted = set()
    for code in codes:
        while code and code not in wanted:
            wanted.add(code)
            code = by_code[code].parent
    return [entry for entry in entries if entry.code in wanted]


def _entry(row):
    texts = {}
    for column, value in row.items():
        field, _at, lang = column.partition("@")
        if lang:
            texts.setdefault(field, {})[lang] = value
    return Entry(row["code"], row["parent"], row["kind"], row["nature"], row["scope"], texts)


def _short(lang):
    return (lang or SOURCE).partition("_")[0]
