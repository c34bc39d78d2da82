"""The wording of the authority's own copy of a standard: a table of two columns, code and text."""

import csv
import io

from ..workbook import Column, Sheet, write

SHEET = "wording"


def wording_sheet():
    """Return the sheet that is filled in (``lib.workbook.Sheet``)."""
    return Sheet(SHEET, (Column("code", "code", required=True), Column("text")))


def pack_wording(content):
    """Pack a CSV file into a workbook, so that it goes through the same checks.

    :param bytes content: UTF-8 with a header row; columns separated by comma, semicolon or tab
    :return: the workbook
    :rtype: bytes
    :raises UnicodeDecodeError: if the file is not UTF-8
    """
    text = content.decode("utf-8-sig")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    return write([wording_sheet()], {SHEET: list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))})
