"""Repeated blocks in HTML: what is written inside an element repeats the element.

People write ``{{each process.steps}}`` and ``{{end}}`` where their editor lets them: inside the list item, the table
row or the paragraph that is to be repeated, or in paragraphs of their own around what is to be repeated.
"""

import re

from lxml import html

REPEATED = ("li", "tr", "p")
TAG = re.compile(r"\{\{\s*(each\b[^{}]*|end)\s*\}\}")
OPENING = re.compile(r"\s*(\{\{\s*each\b[^{}]*\}\})")
CLOSING = re.compile(r"(\{\{\s*end\s*\}\})\s*\Z")


def lift(text):
    """Return HTML in which the tags of repeated blocks stand around the elements that they repeat.

    :param str text: HTML as an editor saves it
    :rtype: str
    """
    if not text or not text.strip():
        return ""
    root = html.fragment_fromstring(text, create_parent="div")
    if TAG.search(text):
        for element in list(root.iter(*REPEATED)):
            _lift_element(element)
    return inner(root)


def inner(root):
    """Return what is inside an element as HTML."""
    parts = [html_escape(root.text)] if root.text else []
    parts += [html.tostring(child, encoding="unicode") for child in root]
    return "".join(parts)


def html_escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _lift_element(element):
    content = element.text_content().replace("\xa0", " ").strip()
    if TAG.fullmatch(content):
        _replace(element, content)
    elif _is_one_block(content):
        opening, closing = _cut(element, OPENING, first=True), _cut(element, CLOSING, first=False)
        if opening and closing:
            _put_before(element, opening)
            element.tail = closing + (element.tail or "")


def _is_one_block(content):
    """Tell whether the text begins with a block that ends where the text ends."""
    depth, tags = 0, list(TAG.finditer(content))
    if not tags or tags[0].start() or tags[-1].end() != len(content):
        return False
    for tag in tags:
        depth += -1 if tag[1] == "end" else 1
        if depth <= 0:
            return tag is tags[-1]
    return False


def _cut(element, pattern, first):
    """Take the tag out of the first or last text inside the element and return it."""
    filled = [place for place in _in_order(element) if (getattr(*place) or "").strip()]
    if not filled:
        return ""
    node, name = filled[0 if first else -1]
    found = pattern.match(getattr(node, name)) if first else pattern.search(getattr(node, name))
    if not found:
        return ""
    text = getattr(node, name)
    setattr(node, name, text[found.end() :] if first else text[: found.start()])
    return found[1].strip()


def _in_order(element):
    """Yield the texts inside an element in the order in which they are read."""
    yield element, "text"
    for child in element:
        if isinstance(child.tag, str):
            yield from _in_order(child)
        yield child, "tail"


def _put_before(element, text):
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _replace(element, text):
    _put_before(element, text + (element.tail or ""))
    element.tail = None
    element.getparent().remove(element)
