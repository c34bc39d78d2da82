"""What is kept about one person, packed for him. Plain Python: no database, no request."""

import io
import json
import zipfile

from .upload import clean_name

# Always the same, so that the same contents make the same file.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def build_archive(sections, files):
    """Pack what is kept about a person.

    :param dict sections: ``{title: list of {label: text}}``
    :param list files: tuples ``(folder, name, contents)``; names may repeat
    :return: a ZIP with ``data.json`` (for programs), ``data.txt`` (for people) and the files
    :rtype: bytes
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(archive, "data.json", json.dumps(sections, ensure_ascii=False, indent=2).encode())
        _write(archive, "data.txt", as_text(sections).encode())
        for path, content in _distinct(files):
            _write(archive, path, content)
    return stream.getvalue()


def as_text(sections):
    """Return the same for people who read.

    >>> print(as_text({"Appeals": [{"Number": "AP-1", "Text": "No light"}]}))
    Appeals
    <BLANKLINE>
    Number: AP-1
    Text: No light
    <BLANKLINE>
    """
    lines = []
    for title, rows in sections.items():
        lines += [title, ""]
        for row in rows:
            lines += [f"{label}: {value}" for label, value in row.items()] + [""]
    return "\n".join(lines)


def _write(archive, path, content):
    archive.writestr(zipfile.ZipInfo(path, _MOMENT), content, zipfile.ZIP_DEFLATED)


def _distinct(files):
    """Return ``(path, contents)``: a name that came before gets a number."""
    taken = set()
    for folder, name, content in files:
        # Those of the office were never judged: a name must not lead out of its folder.
        name = clean_name(name)
        stem, dot, extension = name.rpartition(".")
        path, number = f"files/{folder}/{name}", 1
        while path in taken:
            number += 1
            path = f"files/{folder}/{stem or name} ({number}){dot}{extension if stem else ''}"
        taken.add(path)
        yield path, content
