"""Pages of a printed document: what stands on them and where, and pictures of them."""

import os
import re

import pypdfium2
from client import PICTURES
from PIL import Image

POINTS_OF_MM = 72 / 25.4
# Within these millimetres of the edge nothing is printed, by no printer.
EDGE = 8
SHEET_COLUMNS, SHEET_ROWS, SHEET_PAGE = 6, 3, 300  # pictures beside and below one another, their width in pixels
PAGE_WIDTH = 700
GREYS = 16
ENTRY = re.compile(r"^(\S.*?)\s*(?:\.\s?){4,}\s*(\d+)$", re.MULTILINE)


class Page:
    """A page: its text, and where it stands."""

    def __init__(self, page):
        self.page = page
        self.width, self.height = page.get_size()
        self.reader = page.get_textpage()
        self.text = _plain(self.reader.get_text_bounded())
        lines = ENTRY.findall(self.reader.get_text_bounded().replace("\r", ""))
        # ``(title, page)`` of the lines of a table of contents.
        self.entries = [(_plain(title), int(number)) for title, number in lines]

    def boxes(self):
        """Return ``(left, bottom, right, top)`` of each piece of text, in points from the lower left corner."""
        return [self.reader.get_rect(index) for index in range(self.reader.count_rects())]

    def place(self, text):
        """Return the box of the first place where a text stands, None if it does not."""
        found = self.reader.search(text).get_next()
        if not found:
            return None
        boxes = [self.reader.get_charbox(index) for index in range(found[0], found[0] + found[1])]
        return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)

    def below(self, height):
        """Return what stands below a height, without the footer."""
        return _plain(self.reader.get_text_bounded(bottom=20 * POINTS_OF_MM, top=height))

    def within_edges(self):
        edge = EDGE * POINTS_OF_MM
        return all(left >= edge and right <= self.width - edge for left, _bottom, right, _top in self.boxes())

    def picture(self, width):
        return self.page.render(scale=width / self.width).to_pil().convert("L")


def pages_of(pdf):
    """Return the pages of a PDF file."""
    return [Page(page) for page in pypdfium2.PdfDocument(pdf)]


def _plain(text):
    """Return a text as one line; a word divided at the end of a line is one word."""
    return " ".join(text.replace("\ufffe", "").replace("\u00ad", "").split())


def write_pictures(name, pages, chosen):
    """Write pictures for the documents, when they are being written: all pages small, some of them to be read.

    :param dict chosen: ``{what it shows: page}``
    """
    if "pictures" not in os.environ.get("QMS_WRITE", ""):
        return
    for old in PICTURES.glob(f"{name}_*.png"):
        old.unlink()
    step = SHEET_COLUMNS * SHEET_ROWS
    for number, start in enumerate(range(0, len(pages), step), start=1):
        _write(_sheet(pages[start : start + step]), f"{name}_pages_{number}")
    for what, page in chosen.items():
        _write(page.picture(PAGE_WIDTH), f"{name}_{what}")


def _sheet(pages):
    pictures = [page.picture(SHEET_PAGE) for page in pages]
    height = max(picture.height for picture in pictures)
    rows = -(-len(pictures) // SHEET_COLUMNS)
    gap = 8
    sheet = Image.new("L", (SHEET_COLUMNS * (SHEET_PAGE + gap) + gap, rows * (height + gap) + gap), 128)
    for index, picture in enumerate(pictures):
        row, column = divmod(index, SHEET_COLUMNS)
        sheet.paste(picture, (gap + column * (SHEET_PAGE + gap), gap + row * (height + gap)))
    return sheet


def _write(picture, name):
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture.quantize(GREYS).save(PICTURES / f"{name}.png", optimize=True)
