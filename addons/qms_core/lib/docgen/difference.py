"""Two texts of a document side by side, paragraph by paragraph, changed words marked.

Only what people read counts: paragraphs, headings, list items and table rows. Attributes and the shape of the HTML
don't, so a text that a sanitiser has rewritten is the same text.
"""

import re
from functools import lru_cache

from lxml import html

from ..compare import changed_words, opcodes
from .blocks import html_escape

UNITS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr"}
# What only holds other elements; text that stands loose in it is read as a paragraph.
FRAMES = {"div", "section", "article", "figure", "blockquote", "ul", "ol", "table", "thead", "tbody", "tfoot"}
NESTED = {"ul", "ol", "table"}
DRAWN = "drawn"
# A picture is told by its end; what comes before would take longer to parse than all the rest of a text.
TOLD = 64
HELD = re.compile(r'(<img\b[^<>]*?\ssrc="data:image/\w+;base64,)([A-Za-z0-9+/=]+)')
KEPT = 1  # paragraphs shown around a change
# A name that changed stands in many documents of a batch; each pair of lines is compared once.
REMEMBERED = 2048


def units(body):
    """Return ``[(tag, text)]`` of what is read in a body, in its order; pictures count by their content."""
    result = []
    if body and body.strip():
        short = HELD.sub(lambda picture: picture[1] + picture[2][-TOLD:], body)
        _read(html.fragment_fromstring(short, create_parent="div"), result)
    return result


def _read(frame, result):
    loose = [frame.text or ""]
    for child in frame:
        if child.tag in UNITS or child.tag in FRAMES:
            _add("p", "".join(loose), result)
            loose = []
            (_read if child.tag in FRAMES else _read_unit)(child, result)
        elif isinstance(child.tag, str):
            loose.append("\n" if child.tag == "br" else _content(child))
            _add_pictures(child, result)
        loose.append(child.tail or "")
    _add("p", "".join(loose), result)


def _read_unit(element, result):
    if not len(element):
        _add(element.tag, element.text or "", result)
        return
    if element.tag == "tr":
        cells = [" ".join(_content(cell).split()) for cell in element if cell.tag in ("td", "th")]
        _add("tr", " | ".join(cells) if any(cells) else "", result)
    else:
        parts = [element.text or ""]
        for child in element:
            if child.tag not in NESTED:
                parts.append("\n" if child.tag == "br" else _content(child))
            parts.append(child.tail or "")
        _add(element.tag, "".join(parts), result)
        for child in element:
            if child.tag in NESTED:
                _read(child, result)
    _add_pictures(element, result)


def _content(element):
    # Most elements hold nothing but text, which is had without a walk through the tree.
    return element.text_content() if len(element) else (element.text or "")


def _add(tag, text, result):
    text = " ".join(text.split())
    if text:
        result.append((tag, text))


def _add_pictures(element, result):
    if len(element) or element.tag == "img":
        result += [("img", _picture(picture)) for picture in element.iter("img")]


def _picture(element):
    """Return what makes a picture another one: of those that we draw their name, which says what they show."""
    if DRAWN in (element.get("class") or "").split():
        return element.get("alt") or ""
    return (element.get("src") or "")[-TOLD:]


def same(old, new):
    """Tell whether two bodies read the same."""
    return units(old) == units(new)


def difference(old, new):
    """Return what differs between two bodies as HTML: removed text in ``del``, new text in ``ins``.

    :return: empty if they read the same
    :rtype: str
    """
    return difference_of_units(units(old), units(new))


def difference_of_units(before, after):
    """Return what differs between two bodies that ``units`` has read already, as ``difference`` does."""
    if before == after:
        return ""
    result = []
    for tag, i, j, k, m in opcodes(before, after):
        if tag == "equal":
            result += _context(before[i:j], at_start=i == 0, at_end=j == len(before))
        elif tag == "replace":
            result += _replaced(before[i:j], after[k:m])
        else:
            result += [_marked(text, "del") for _tag, text in before[i:j]]
            result += [_marked(text, "ins") for _tag, text in after[k:m]]
    return "\n".join(result)


def _context(rows, at_start, at_end):
    """Return the paragraphs next to a change; what lies further is left out."""
    head = [] if at_start else rows[:KEPT]
    tail = [] if at_end else rows[max(len(head), len(rows) - KEPT) :]
    shown = [f"<p>{html_escape(text)}</p>" for _tag, text in head]
    if len(head) + len(tail) < len(rows):
        shown.append("<p>…</p>")
    return shown + [f"<p>{html_escape(text)}</p>" for _tag, text in tail]


def _replaced(before, after):
    paired = min(len(before), len(after))
    result = [_words(old, new) for (_t, old), (_u, new) in zip(before, after, strict=False)]
    result += [_marked(text, "del") for _tag, text in before[paired:]]
    return result + [_marked(text, "ins") for _tag, text in after[paired:]]


@lru_cache(maxsize=REMEMBERED)
def _words(old, new):
    left, right = changed_words(old, new)
    if not any(not flag and piece.strip() for piece, flag in left):
        return _marked(old, "del") + _marked(new, "ins")
    return f"<p>{_merged(left, right)}</p>"


def _merged(left, right):
    """Merge the pieces of both sides: what is common once, what was removed before what was added."""
    result, rest = [], list(right)
    for piece, removed in left:
        if removed:
            result.append(f"<del>{html_escape(piece)}</del>")
            continue
        while rest and rest[0][1]:
            result.append(f"<ins>{html_escape(rest.pop(0)[0])}</ins>")
        if rest:
            result.append(html_escape(rest.pop(0)[0]))
    result += [f"<ins>{html_escape(piece)}</ins>" for piece, _added in rest]
    return "".join(result)


def _marked(text, tag):
    return f"<p><{tag}>{html_escape(text)}</{tag}></p>"
