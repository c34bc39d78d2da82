"""How wide the columns of a table are, by the classes that the style sheets of the PDF know: both look alike."""

from docx.shared import Mm

# Millimetres, as in static/report/document.css and report.css; there the padding at both sides is not counted.
PADDING = 4
NAMED = {"w1": 15 + PADDING, "w2": 23 + PADDING, "w3": 34 + PADDING, "no": 7 + PADDING}
CARD = 38 + PADDING


def widths(table, head, room):
    """Return the widths of the columns of a table, in the units of DOCX; None where nothing is said about them.

    :param table: the HTML element
    :param list head: the cells of its first row in which none spans several columns
    :param int room: the width of the text
    :rtype: list[int]
    """
    classes = (table.get("class") or "").split()
    if not {"fixed", "card"} & set(classes):
        return None
    given = [_named(cell) for cell in head]
    if "card" in classes and len(head) > 1:
        given[-2] = CARD
    rest = room - sum(Mm(width) for width in given if width)
    share = rest // max(given.count(None), 1)
    return [Mm(width) if width else share for width in given]


def _named(cell):
    return next((NAMED[name] for name in (cell.get("class") or "").split() if name in NAMED), None)
