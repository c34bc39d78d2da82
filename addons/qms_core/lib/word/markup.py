"""The HTML that becomes DOCX: headings, paragraphs, lists, tables, pictures, and emphasis inside them."""

from lxml import html

HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Frames that an editor puts around contents; what is inside counts.
FRAMES = {"div", "section", "article", "header", "footer", "main", "body", "figure", "figcaption"}
BLOCKS = {*HEADINGS, *FRAMES, "p", "ul", "ol", "table", "hr"}
TABLES = {"thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col"}
# Emphasis: the attribute of a run of text.
MARKS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "s": "strike"}
INLINE = {*MARKS, "span", "a", "br", "img", "sup", "sub", "small", "font", "code"}
PICTURES = tuple(f"data:image/{kind};base64," for kind in ("png", "jpeg", "gif", "webp"))
KNOWN = BLOCKS | TABLES | INLINE | {"li"}


class UnknownMarkup(Exception):
    """An element that has no counterpart: ``name`` says which, ``text`` where it stands."""

    def __init__(self, name, text=""):
        super().__init__(f"<{name}> {text}")
        self.name = name
        self.text = text


def parse(body):
    """Return the root element of a body whose elements are all known.

    :param str body: HTML
    :raises UnknownMarkup: for the first element that can't be converted
    """
    root = html.fragment_fromstring(body or "<p></p>", create_parent="div")
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            element.drop_tree()  # comments
        elif element.tag not in KNOWN:
            raise UnknownMarkup(element.tag, " ".join(element.text_content().split())[:60])
        elif element.tag in ("td", "th") and element.get("rowspan", "1") != "1":
            raise UnknownMarkup("rowspan", " ".join(element.text_content().split())[:60])
        elif element.tag == "img" and not is_picture(element.get("src")):
            raise UnknownMarkup("img", (element.get("src") or element.get("alt") or "")[:60])
    return root


def check(body):
    """Raise UnknownMarkup if a body holds what can't be converted."""
    parse(body)


def is_picture(address):
    """Tell whether a picture is inside the document itself, in a format that can be shown or turned into one."""
    return (address or "").startswith(PICTURES)
