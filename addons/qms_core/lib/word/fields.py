"""Fields of a word processor: page numbers and the table of contents, which it computes itself."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


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
    document.settings.element.append(update)


def repeat_row(row):
    """Have a row of a table repeated at the top of each page."""
    properties = row._tr.get_or_add_trPr()
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    properties.append(header)


def keep_row(row):
    """Keep the lines of a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def set_language(document, lang):
    """Tell the language of the text, for spelling and hyphenation."""
    properties = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), lang.replace("_", "-"))
