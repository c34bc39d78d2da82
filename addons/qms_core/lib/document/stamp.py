import io
from functools import lru_cache

MARGIN = 14  # points from the edge
SIZE = 8
FONT = "QmsStamp"


class PdfProblem(Exception):
    """A PDF file that can't be opened or stamped; ``kind`` is ``broken`` or ``locked``."""

    def __init__(self, kind):
        super().__init__(kind)
        self.kind = kind


def stamp(content, text, font, colour=(0.71, 0.33, 0.04), at_foot=False):
    """Return a PDF file with a line of text at the head of each page, turned as one reads the page.

    :param bytes content: the PDF file
    :param str text: the line, such as "Uncontrolled copy"
    :param str font: path of a TrueType font with the letters of the text
    :param tuple colour: red, green, blue between 0 and 1
    :param bool at_foot: write it at the foot instead
    :rtype: bytes
    :raises PdfProblem: for a file that is broken or locked by a password
    """
    writer = _writer(content)
    overlays = {}
    for page in writer.pages:
        page.transfer_rotation_to_content()
        box = page.cropbox
        size = (round(float(box.width), 1), round(float(box.height), 1))
        corner = (float(box.left), float(box.bottom))
        key = (size, corner)
        if key not in overlays:
            overlays[key] = _overlay(size, corner, text, font, colour, at_foot)
        page.merge_page(overlays[key])
    return _written(writer)


def join(contents):
    """Return one PDF file of several, their pages one after another.

    :param contents: PDF files as bytes
    :raises PdfProblem: for a file that is broken or locked by a password
    """
    first, *others = contents
    writer = _writer(first)
    for content in others:
        for page in _writer(content).pages:
            writer.add_page(page)
    return _written(writer)


def page_count(content):
    """Return how many pages a PDF file has.

    :raises PdfProblem: for a file that is broken or locked by a password
    """
    return len(_writer(content).pages)


def _writer(content):
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 slow to load: only where a file is stamped
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise PdfProblem("locked")
        writer = PdfWriter()
        for page in reader.pages:
            writer.add_page(page)
    except PdfProblem:
        raise
    # pypdf tells of broken files by whatever it stumbles over.
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise PdfProblem("broken") from error
    if not writer.pages:
        raise PdfProblem("broken")
    return writer


def _written(writer):
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


def _overlay(size, corner, text, font, colour, at_foot):
    from pypdf import PdfReader  # noqa: PLC0415 as above
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    _register(font)
    sheet = io.BytesIO()
    width, height = size
    canvas = Canvas(sheet, pagesize=(corner[0] + width, corner[1] + height))
    room = width - 2 * MARGIN
    points = min(SIZE, SIZE * room / max(stringWidth(text, FONT, SIZE), 1))
    canvas.setFont(FONT, points)
    canvas.setFillColorRGB(*colour)
    height_of_line = MARGIN if at_foot else height - MARGIN - points
    canvas.drawCentredString(corner[0] + width / 2, corner[1] + height_of_line, text)
    canvas.save()
    return PdfReader(sheet).pages[0]


@lru_cache(maxsize=4)
def _register(font):
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 as above
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    pdfmetrics.registerFont(TTFont(FONT, font))
