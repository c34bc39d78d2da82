"""Fields of a word processor: page numbers and the table of contents, which it computes itself."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Twips


def add_field(paragraph, instruction, shown=""):
    """Add a field to a paragraph.

    :param str instruction: as ``PAGE``
    :param str shown: what stands there until the program computes it
    """
    _character(paragraph, "begin")
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {instruction} "
    paragraph.add_run()._r.append(text)
    _character(paragraph, "separate")
    paragraph.add_run(shown)
    _character(paragraph, "end")


def _character(paragraph, kind):
    character = OxmlElement("w:fldChar")
    character.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(character)


def update_on_opening(document):
    """Have the program compute all fields when the file is opened."""
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    _put_into_settings(document, update, "compat")


def hyphenate(document):
    """Have the program divide words at the ends of lines, as the language of the text has it."""
    automatic = OxmlElement("w:autoHyphenation")
    automatic.set(qn("w:val"), "true")
    _put_into_settings(document, automatic, "characterSpacingControl")


def _put_into_settings(document, element, follower):
    """Put a setting before another of the empty document: the format has an order for them."""
    document.settings.element.find(qn(f"w:{follower}")).addprevious(element)


def repeat_row(row):
    """Have a row of a table repeated at the top of each page."""
    properties = row._tr.get_or_add_trPr()
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    properties.append(header)


def keep_row(row):
    """Keep the lines of a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def shade(cell, colour):
    """Give a cell of a table a background."""
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shading)


def keep_with_next(row):
    """Keep a row of a table on the page of the next one."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def pad_cells(table, space):
    """Keep the text of all cells of a table away from the lines above and below it.

    :param int space: in the units of DOCX
    """
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(int(space / Twips(1))))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    # In the order that the format asks for: before the look.
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(margins)


def new_counter(document, style):
    """Return the number of a counter that begins at 1 and looks like that of a list style.

    The style alone would go on counting where the list before it ended.
    """
    numbering = document.part.numbering_part.element
    own = document.styles[style].element.pPr.numPr.numId.val
    counter = numbering.add_num(numbering.num_having_numId(own).abstractNumId.val)
    counter.add_lvlOverride(ilvl=0).add_startOverride(1)
    return counter.numId


def count_by(paragraph, counter):
    """Have a paragraph counted by a counter of its list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = counter


def set_font(style, name):
    """Have a style use one font for all scripts; the theme's fonts, which would win over it, are taken out."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), name)


def set_language(document, lang):
    """Tell the language of the text, for spelling and hyphenation."""
    properties = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), lang.replace("_", "-"))
