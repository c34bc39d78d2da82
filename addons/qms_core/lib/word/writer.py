import base64
import io
from dataclasses import dataclass, field

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor
from PIL.WebPImagePlugin import WebPImageFile

from . import columns, contents, fields
from .markup import FRAMES, HEADINGS, MARKS, parse

FONT = "DejaVu Sans"
MARGIN = Cm(2)
LIST_LEVELS = 3
HEAD_SHADE = "F3F4F6"
LOWEST = 4  # level of headings
CELL_PADDING = Mm(0.8)
NUMBER = "number"  # attribute of a heading while it is converted


@dataclass
class Page:
    """What stands around the text: title, lines above it, running header and footer."""

    title: str
    lang: str = "en_US"
    above: list = field(default_factory=list)  # lines at the right, above the title
    header: str = ""
    footer: str = ""
    contents_title: str = ""  # empty: no table of contents
    top_heading: int = 2  # this heading of the HTML is the highest of the document


def to_docx(body, page):
    """Return a document as DOCX.

    :param str body: HTML of the subset that ``markup`` names
    :param Page page: what stands around it
    :rtype: bytes
    :raises UnknownMarkup: for an element that can't be converted
    """
    root = parse(body)
    for number, element in enumerate(root.iter(*HEADINGS), start=1):
        element.set(NUMBER, str(number))
    document = Document()
    _set_up(document, page)
    for line in page.above:
        _add_beside(document, line)
    document.add_paragraph(page.title, style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    if page.footer:
        document.add_paragraph(page.footer).alignment = WD_ALIGN_PARAGRAPH.CENTER
    if page.contents_title:
        _add_contents(document, root, page)
    _Writer(document, page).blocks(root, document)
    _flatten_end(document)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _flatten_end(document):
    """Leave no room for the empty line below a last table: on a page that is full it would begin another one."""
    last = document.paragraphs[-1]
    if not last.text and last._p.getprevious() is not None and last._p.getprevious().tag == qn("w:tbl"):
        last.paragraph_format.line_spacing = Pt(1)


def _add_beside(document, line):
    """Add a line of the approval block, which stands in the right half."""
    form = document.add_paragraph(line).paragraph_format
    form.left_indent, form.space_after = Cm(9.5), Pt(2)


def _set_up(document, page):
    fields.set_language(document, page.lang)
    fields.hyphenate(document)
    document.core_properties.title = page.title
    document.core_properties.author = page.header
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.bottom_margin = MARGIN
    section.top_margin = MARGIN + Mm(5)  # the header stands in it
    for name in ("Normal", "Title", *(f"Heading {level}" for level in range(1, LOWEST + 1))):
        style = document.styles[name]
        style.font.name = FONT
        style.font.color.rgb = RGBColor(0x11, 0x18, 0x27)
        fields.set_font(style, FONT)
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Title"].font.size = Pt(18)
    section.header.paragraphs[0].text = page.header
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    footer.add_run(f"{page.footer}    " if page.footer else "")
    fields.add_field(footer, "PAGE", "1")
    footer.add_run(" / ")
    fields.add_field(footer, "NUMPAGES", "1")


def _add_contents(document, root, page):
    section = document.sections[0]
    contents.add_styles(document, section.page_width - section.left_margin - section.right_margin)
    document.add_paragraph(page.contents_title).runs[0].bold = True
    for element in root.iter(*HEADINGS):
        if (level := _level(element, page)) <= contents.LEVELS:
            contents.add_line(document, level, _plain(element), element.get(NUMBER))
    fields.update_on_opening(document)
    document.add_page_break()


def _level(element, page):
    """Return which heading of the document a heading of the HTML is."""
    return max(1, min(LOWEST, HEADINGS[element.tag] - page.top_heading + 1))


def _plain(element):
    return " ".join(element.text_content().split())


class _Writer:
    """Walks through the HTML and adds to a document or a cell of a table."""

    def __init__(self, document, page):
        self.document = document
        self.page = page
        section = document.sections[0]
        self.width = section.page_width - section.left_margin - section.right_margin

    # === BLOCKS === #

    def blocks(self, element, target):
        """Add what is inside an element; text between blocks makes paragraphs of its own."""
        paragraph = self._loose(element.text, None, target)
        for child in element:
            add = self._block_writer(child.tag)
            if add:
                add(child, target)
                paragraph = None
            else:
                paragraph = paragraph or target.add_paragraph()
                self.inline(child, paragraph, {})
            paragraph = self._loose(child.tail, paragraph, target)

    def _loose(self, text, paragraph, target):
        if not (text or "").strip():
            return paragraph
        paragraph = paragraph or target.add_paragraph()
        _add_text(paragraph, text, {})
        return paragraph

    def _block_writer(self, tag):
        if tag in HEADINGS:
            return self._heading
        if tag in FRAMES:
            return self.blocks
        return {"p": self._paragraph, "ul": self._list, "ol": self._list, "table": self._table, "hr": self._rule}.get(
            tag
        )

    def _heading(self, element, target):
        paragraph = target.add_paragraph(style=f"Heading {_level(element, self.page)}")
        self.contents(element, paragraph, {})
        contents.mark(paragraph, element.get(NUMBER))

    def _paragraph(self, element, target):
        paragraph = target.add_paragraph()
        self.contents(element, paragraph, {})
        following = element.getnext()
        # What introduces a table stays with it.
        paragraph.paragraph_format.keep_with_next = following is not None and following.tag == "table" or None

    def _rule(self, _element, target):
        target.add_paragraph()

    def _list(self, element, target, level=1):
        name = "List Bullet" if element.tag == "ul" else "List Number"
        style = name if level == 1 else f"{name} {min(level, LIST_LEVELS)}"
        counter = fields.new_counter(self.document, style) if element.tag == "ol" else None
        for item in element.iterchildren("li"):
            paragraph = target.add_paragraph(style=style)
            if counter is not None:
                fields.count_by(paragraph, counter)
            self._item(item, paragraph, target, level)

    def _item(self, item, paragraph, target, level):
        _add_text(paragraph, item.text, {})
        for child in item:
            if child.tag in ("ul", "ol"):
                self._list(child, target, level + 1)
            elif child.tag == "table":
                self._table(child, target)
            elif child.tag in ("p", "div"):
                if paragraph.text.strip():
                    paragraph.add_run().add_break()
                self.contents(child, paragraph, {})
            else:
                self.inline(child, paragraph, {})
            _add_text(paragraph, child.tail, {})

    # === TABLES === #

    def _table(self, element, target):
        rows = [row for row in element.iter("tr") if _table_of(row) is element]
        count = max((sum(_span(cell) for cell in _cells(row)) for row in rows), default=0)
        if not count:
            return
        table = target.add_table(len(rows), count)
        table.style = "Table Grid"
        head = next((cells for cells in map(_cells, rows) if len(cells) == count), None)
        widths = head and columns.widths(element, head, self.width)
        table.autofit = not widths
        for column, width in zip(table.columns, widths or (), strict=False):
            column.width = width
        fields.pad_cells(table, CELL_PADDING)
        for row, html_row in zip(table.rows, rows, strict=True):
            self._row(row, html_row, widths)
        gap = target.add_paragraph().paragraph_format
        gap.space_after, gap.line_spacing = Pt(0), Pt(8)

    def _row(self, row, html_row, widths):
        in_head = html_row.getparent().tag == "thead"
        # Before cells are merged, which adds their widths up.
        for cell, width in zip(row._tr.tc_lst, widths or (), strict=False):
            cell.width = width
        fields.keep_row(row)
        cells, column = row.cells, 0
        for html_cell in _cells(html_row):
            cell, span = cells[column], _span(html_cell)
            if span > 1:
                cell = cell.merge(cells[column + span - 1])
            column += span
            self.blocks(html_cell, cell)
            is_head = in_head or html_cell.tag == "th"
            self._tidy(cell, bold=is_head)
            if is_head:
                fields.shade(cell, HEAD_SHADE)
            if "number" in (html_cell.get("class") or "").split():
                for paragraph in cell.paragraphs:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if in_head:
            fields.repeat_row(row)
            fields.keep_with_next(row)

    def _tidy(self, cell, bold):
        """Take out the empty paragraph that each cell begins with; a cell needs one at least."""
        first = cell.paragraphs[0]
        if len(cell.paragraphs) > 1 and not first.text:
            first._p.getparent().remove(first._p)
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_after = Pt(0)
            for run in paragraph.runs:
                run.font.size = Pt(9)
                run.bold = run.bold or bold or None

    # === INLINE === #

    def contents(self, element, paragraph, marks):
        """Add text and inline elements inside an element to a paragraph."""
        _add_text(paragraph, element.text, marks)
        for child in element:
            self.inline(child, paragraph, marks)
            _add_text(paragraph, child.tail, marks)

    def inline(self, element, paragraph, marks):
        """Add an inline element to a paragraph."""
        if element.tag == "br":
            paragraph.add_run().add_break()
        elif element.tag == "img":
            self._picture(element, paragraph)
        else:
            marks = {**marks, MARKS[element.tag]: True} if element.tag in MARKS else marks
            if element.tag in ("sup", "sub"):
                marks = {**marks, "superscript" if element.tag == "sup" else "subscript": True}
            self.contents(element, paragraph, marks)

    def _picture(self, element, paragraph):
        kind, _comma, data = element.get("src").partition(",")
        content = base64.b64decode(data)
        if kind.startswith("data:image/webp"):
            content = _as_png(content)
        shape = paragraph.add_run().add_picture(io.BytesIO(content))
        if shape.width > self.width:
            shape.height = int(shape.height * self.width / shape.width)
            shape.width = self.width


def _as_png(content):
    """Return a WebP picture as PNG, which DOCX can hold."""
    result = io.BytesIO()
    # Opened as what it is: Odoo has Pillow know other formats only.
    WebPImageFile(io.BytesIO(content)).save(result, "PNG")
    return result.getvalue()


def _add_text(paragraph, text, marks):
    text = _spaced(text)
    if not paragraph.text or paragraph.text[-1].isspace():
        text = text.lstrip(" ")
    if not text:
        return
    run = paragraph.add_run(text)
    for name in marks:
        setattr(run.font, name, True)


def _spaced(text):
    """Return a text with the white space of HTML: any amount is one space."""
    if not text:
        return ""
    words = " ".join(text.split())
    return f"{' ' if text[0].isspace() and words else ''}{words}{' ' if text[-1].isspace() else ''}"


def _table_of(row):
    return next(parent for parent in row.iterancestors() if parent.tag == "table")


def _cells(row):
    return [cell for cell in row if cell.tag in ("td", "th")]


def _span(cell):
    try:
        return max(1, min(int(cell.get("colspan", 1)), 63))
    except ValueError:
        return 1
