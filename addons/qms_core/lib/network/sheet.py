"""The picture for paper: as many columns as make its texts largest, on the smallest sheet that lets them be read."""

from .placing import SMALL, place

# Width and height in mm between the margins of landscape sheets, from the smallest.
SHEETS = (("a4", 269, 160), ("a3", 392, 245), ("a2", 566, 368), ("a1", 813, 542), ("a0", 1161, 789))
LEAST_POINTS = 5.2  # of the codes; names are a tenth larger
MM_PER_POINT = 25.4 / 72
COLUMNS = range(4, 19)


def for_print(network, words=None):
    """Return ``(diagram, name of the sheet)``; see ``place`` for the parameters."""
    _name, width, height = SHEETS[0]
    drawings = [place(network, words, columns) for columns in COLUMNS if columns <= 2 * len(network.shown) + 4]
    diagram = max(drawings, key=lambda drawing: _scale(drawing, width, height))
    least = LEAST_POINTS * MM_PER_POINT / SMALL
    return diagram, next((name for name, *sizes in SHEETS if _scale(diagram, *sizes) >= least), SHEETS[-1][0])


def _scale(diagram, width, height):
    return min(width / diagram.width, height / diagram.height)
