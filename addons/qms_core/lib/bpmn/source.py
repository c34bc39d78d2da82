"""The XML of a file from anywhere: nothing is expanded, fetched or run, and size and depth are limited."""

import re

from lxml import etree

from .model import BpmnError
from .names import q

LIMIT = 5 * 1024 * 1024
DEPTH = 100

_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)")
_OPTIONS = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def parse(data, limit=LIMIT):
    """Return the root element ``definitions`` of a BPMN file.

    :param data: the file as bytes, or as text
    :param int limit: most bytes
    :raise BpmnError: if it is none, or is built to do harm
    """
    check_size(len(data), limit)
    options = dict(_OPTIONS)
    if isinstance(data, str):
        # Text has no encoding any more, whatever its declaration says.
        data = data.encode("utf-8", "surrogatepass")
        check_size(len(data), limit)
        options["encoding"] = "utf-8"
    # Before parsing, so that no entity is ever built; zeros go because of UTF-16.
    if _DECLARATION.search(data.replace(b"\0", b"")):
        raise _doctype()
    try:
        root = etree.fromstring(data, etree.XMLParser(**options))
    except (etree.XMLSyntaxError, ValueError) as error:
        if "depth" in str(error):
            raise _too_deep() from error
        raise BpmnError("not_xml", "The file is no well-formed XML.") from error
    if root.getroottree().docinfo.doctype:
        raise _doctype()
    _check_depth(root)
    if root.tag != q("definitions"):
        raise BpmnError("no_process", "The file holds no BPMN 2.0 process.")
    return root


def check_size(size, limit=LIMIT):
    """Refuse what is larger than ``limit`` bytes."""
    if size > limit:
        raise BpmnError("too_large", f"The file is larger than {limit // 1024**2} MB.", limit=limit // 1024**2)


def _check_depth(root):
    depth = 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEPTH:
            raise _too_deep()


def _too_deep():
    return BpmnError("too_deep", f"The elements of the file are nested deeper than {DEPTH} levels.", limit=DEPTH)


def _doctype():
    return BpmnError("doctype", "The file contains a DOCTYPE or entities, which no BPMN file needs.")
