"""The table of contents: lines that lead to the headings, with page numbers that the program computes itself.

No field of its own (``TOC``): a program that opens the file shows in it what was stored, and page numbers are known to
who lays the pages out only. A line that refers to a page is computed by all of them, LibreOffice at once, Word when it
asks on opening.
"""

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from . import fields

LEVELS = 2
INDENT = Mm(6)


def mark(paragraph, number):
    """Make a heading the aim of the line of that number."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), number)
    start.set(qn("w:name"), _name(number))
    properties = paragraph._p.get_or_add_pPr()
    properties.addnext(start)
    paragraph._p.append(end)


def add_styles(document, width):
    """Give a document the styles of the lines, one for each level.

    :param int width: of the text; there the page numbers stand
    """
    for level in range(1, LEVELS + 1):
        style = document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style = document.styles["Normal"]
        form = style.paragraph_format
        form.left_indent = INDENT * (level - 1)
        form.right_indent = Mm(12)
        form.space_after = Pt(3)
        form.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def add_line(document, level, title, number):
    """Add the line of a heading.

    :param int level: 1 or 2
    :param str number: as given to ``mark``
    """
    paragraph = document.add_paragraph(style=f"toc {level}")
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), _name(number))
    paragraph.add_run(title)
    paragraph.add_run("\t")
    fields.add_field(paragraph, f"PAGEREF {_name(number)} \\h")
    for run in paragraph._p.findall(qn("w:r")):
        link.append(run)
    paragraph._p.append(link)


def _name(number):
    return f"_Toc{number}"
