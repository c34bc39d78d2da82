"""The workbook that these tests read and write: units in a tree, and steps in them."""

import io

import openpyxl

from odoo.addons.qms_core.lib.workbook import Column, Sheet, write

UNITS = Sheet(
    "units",
    (
        Column("code", "code", required=True),
        Column("name", required=True, translated=True),
        Column("parent", "ref", ref="units"),
        Column("kind", "choice", choices=("big", "small"), default="big"),
        Column("places", "int", minimum=0, maximum=50),
        Column("rent", "float", minimum=0, maximum=1000, digits=2),
        Column("open", "bool", default=True),
    ),
    parent="parent",
)
STEPS = Sheet(
    "steps",
    (
        Column("unit", "ref", ref="units", required=True, local=True),
        Column("key", "code", required=True),
        Column("after", "ref", ref="steps", by=("unit", "after"), local=True),
        Column("helpers", "ref", ref="units", many=True),
    ),
    key=("unit", "key"),
)
SPEC = (UNITS, STEPS)
UNIT_HEADERS = ["code", "name@uk", "name@en", "parent", "kind", "places", "rent", "open"]
STEP_HEADERS = ["unit", "key", "after", "helpers"]


def units(*rows):
    return [UNIT_HEADERS, *[[*row, *[""] * (len(UNIT_HEADERS) - len(row))] for row in rows]]


def packed(unit_rows=(), step_rows=()):
    return write(SPEC, {"units": units(*unit_rows), "steps": [STEP_HEADERS, *step_rows]})


def by_hand(fill):
    """Return a workbook with right headers that ``fill`` has changed with openpyxl."""
    workbook = openpyxl.load_workbook(io.BytesIO(packed([("A", "Відділ", "Office")])))
    fill(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()
