"""The files in which templates are shipped: one XML file for each kind of document and language."""

from dataclasses import dataclass

from lxml import etree

from .document import STYLES, Section
from .problem import TemplateProblem

ATTRIBUTES = {"key", "title", "level", "condition", "number", "block"}


@dataclass
class Shipped:
    """A template as its file has it; ``sections`` are pairs of key and Section."""

    name: str
    title: str
    provider: str
    type_code: str
    style: str
    contents: bool
    header: str
    sections: list


def read(content):
    """Return the template of a file.

    :param bytes content: the file
    :rtype: Shipped
    :raises TemplateProblem: for a file that is no template
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    root = etree.fromstring(content, parser)
    style = root.get("numbering", "decimal")
    if root.tag != "document" or style not in STYLES:
        raise TemplateProblem("file", placeholder=root.tag)
    header = root.find("header")
    return Shipped(
        name=root.attrib["name"],
        title=root.attrib["title"],
        provider=root.attrib["provider"],
        type_code=root.attrib["type"],
        style=style,
        contents=root.get("contents") == "1",
        header=_inner(header) if header is not None else "",
        sections=[_section(element) for element in root.findall("section")],
    )


def _section(element):
    if set(element.attrib) - ATTRIBUTES or not element.get("key"):
        raise TemplateProblem("file", element.get("title", ""), ", ".join(element.attrib))
    section = Section(
        title=element.get("title", ""),
        text=_inner(element),
        level=int(element.get("level", "1")),
        condition=element.get("condition", ""),
        number=element.get("number", ""),
        block=element.get("block", ""),
    )
    return element.get("key"), section


def _inner(element):
    # Line breaks and indents of the file are no part of the text.
    parts = [element.text or ""]
    parts += [etree.tostring(child, encoding="unicode") for child in element]
    lines = (line.strip() for line in "".join(parts).splitlines())
    return "\n".join(line for line in lines if line)
