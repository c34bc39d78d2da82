"""DOCX as LibreOffice opens it, which ./qms test sets up: what a reader gets, not what we believe to have written."""

import io
import os
import subprocess
import tempfile
import zipfile
from pathlib import Path
from unittest import SkipTest

from lxml import etree, html

SECONDS = 180
NAMES = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "style", "table", "text")}
TEXT = f"{{{NAMES['text']}}}"
SPACES = {f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"}
HTML_BLOCKS = {"p", "div", "li", "td", "th", "tr", "br", "ul", "ol", *(f"h{level}" for level in range(1, 7))}


def converted(content, kind):
    """Return a DOCX file in another format; skips the test where nobody set LibreOffice up.

    :param str kind: as ``odt`` or ``pdf``
    :rtype: bytes
    """
    if "QMS_OFFICE" not in os.environ:
        raise SkipTest("QMS_OFFICE names no LibreOffice: ./qms test sets one up and runs this test with it.")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "file.docx").write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [os.environ["QMS_OFFICE"], profile, "--headless", "--convert-to", kind, "--outdir", folder]
        subprocess.run([*command, f"{folder}/file.docx"], check=True, timeout=SECONDS, capture_output=True)
        return Path(folder, f"file.{kind}").read_bytes()


class Opened:
    """A DOCX file as LibreOffice has read it.

    ``headings`` are ``(level, text)``, ``tables`` lists of rows of texts, ``heads`` the number of rows that each table
    repeats on every page, ``items`` the texts of list items, ``words`` all words of the text, ``header`` and ``footer``
    what stands around it on each page, ``fields`` what is computed there.
    """

    def __init__(self, content):
        with zipfile.ZipFile(io.BytesIO(converted(content, "odt"))) as file:
            body = etree.fromstring(file.read("content.xml")).find(".//office:text", NAMES)
            page = etree.fromstring(file.read("styles.xml")).find(".//style:master-page", NAMES)
        self.headings = [(int(found.get(f"{TEXT}outline-level")), _text(found)) for found in body.iter(f"{TEXT}h")]
        tables = body.findall(".//table:table", NAMES)
        self.tables = [
            [[_text(cell) for cell in row.findall("table:table-cell", NAMES)] for row in _rows(table)]
            for table in tables
        ]
        self.heads = [len(table.findall("table:table-header-rows/table:table-row", NAMES)) for table in tables]
        self.items = [_text(found) for found in body.findall(".//text:list-item", NAMES)]
        self.words = _text(body).split()
        self.header = _text(page.find("style:header", NAMES))
        self.footer = _text(page.find("style:footer", NAMES))
        self.fields = {found.tag.removeprefix(TEXT) for found in page.iter(f"{TEXT}page-number", f"{TEXT}page-count")}


def _rows(table):
    return [row for row in table.iter(f"{{{NAMES['table']}}}table-row")]


def _text(element):
    """Return the text of an element, paragraphs parted by a space."""
    parts = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            parts.append(" " if node.tag in SPACES else "")
            parts.append(node.text or "")
        else:
            parts.append(" " if node.tag in (f"{TEXT}p", f"{TEXT}h") else "")
            parts.append(node.tail or "" if node is not element else "")
    return " ".join("".join(parts).split())


def words_of_html(body):
    """Return all words of HTML; blocks part words."""
    root = html.fragment_fromstring(body, create_parent="div")
    for element in root.iter(*HTML_BLOCKS):
        element.text = f" {element.text or ''}"
        element.tail = f" {element.tail or ''}"
    return root.text_content().split()
