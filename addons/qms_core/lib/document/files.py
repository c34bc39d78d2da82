import re

from lxml import etree, html

MOST_BYTES = 50 * 1024 * 1024
# What a document or its annex may be, with the beginnings of such files.
ZIP = (b"PK\x03\x04",)
OLE = (b"\xd0\xcf\x11\xe0",)
BEGINNINGS = {
    "pdf": (b"%PDF-",),
    "docx": ZIP,
    "xlsx": ZIP,
    "pptx": ZIP,
    "odt": ZIP,
    "ods": ZIP,
    "odp": ZIP,
    "asice": ZIP,
    "doc": OLE,
    "xls": OLE,
    "rtf": (b"{\\rtf",),
    "png": (b"\x89PNG",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "txt": (),
    "csv": (),
}
# Attributes from which a browser loads by itself, and styles that do: by an address, or hidden by an escape.
LOADED = ("src", "srcset", "background", "poster")
LOADING_STYLE = re.compile(r"url\s*\((?!\s*['\"]?data:image/)|image-set|\\", re.IGNORECASE)
PICTURE = re.compile(r'(<img\b[^>]*?\bsrc=")/web/image/(\d+)(?:[-/?#][^"]*)?(")')


def problem(name, content, most=MOST_BYTES):
    """Return what is wrong with a file that was uploaded: ``empty``, ``size``, ``type``, ``content``, or None.

    :param str name: its name
    :param bytes content: what is in it
    :param int most: bytes that are taken

    >>> problem("order.pdf", b"%PDF-1.7 ..."), problem("order.exe", b"MZ"), problem("order.pdf", b"MZ")
    (None, 'type', 'content')
    """
    if not content:
        return "empty"
    if len(content) > most:
        return "size"
    kind = name.rpartition(".")[2].lower() if "." in name else ""
    if kind not in BEGINNINGS:
        return "type"
    begins = BEGINNINGS[kind]
    if begins and not content.startswith(begins):
        return "content"
    return "content" if not begins and b"\0" in content[:4096] else None


def pictures(body, read):
    """Return HTML in which pictures of the system stand inside the text, so that nothing outside can change it.

    :param str body: HTML
    :param read: function of the id of a picture that returns its ``data:`` URL, or an empty text

    >>> pictures('<img src="/web/image/7-a1/x.png">', lambda id_: f"data:image/png;base64,{id_}")
    '<img src="data:image/png;base64,7">'
    """
    return PICTURE.sub(lambda match: match[1] + (read(int(match[2])) or "") + match[3], body)


def from_outside(body):
    """Return the first address in HTML from which a browser would load something by itself, or None.

    :param str body: HTML

    >>> from_outside('<p><img src="data:image/png;base64,7"></p>')
    >>> from_outside('<p><img src="https://example.com/x.png"></p>')
    'https://example.com/x.png'
    """
    for element in html.fromstring(f"<div>{body}</div>").iter(etree.Element):
        for name in LOADED:
            address = (element.get(name) or "").strip()
            if address and not address.lower().startswith("data:image/"):
                return address
        if LOADING_STYLE.search(element.get("style") or ""):
            return element.get("style")
    return None
