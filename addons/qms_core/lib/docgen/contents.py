"""The table of contents of a body: headings get anchors, the table names them."""

from dataclasses import dataclass

from lxml import html

from .blocks import inner

HEADINGS = ("h2", "h3", "h4")


@dataclass(frozen=True)
class Entry:
    """A heading: ``level`` 1 is the highest, ``anchor`` is the id that it was given."""

    level: int
    title: str
    anchor: str


def contents(body, deepest=2):
    """Return the body with anchors at its headings, and the entries of the table of contents.

    :param int deepest: headings of a deeper level are not in the table
    :return: ``(html, [Entry])``
    """
    if not body or not body.strip():
        return "", []
    root = html.fragment_fromstring(body, create_parent="div")
    entries = []
    for number, heading in enumerate(root.iter(*HEADINGS), start=1):
        title = " ".join(heading.text_content().split())
        level = HEADINGS.index(heading.tag) + 1
        if title and level <= deepest:
            anchor = f"section-{number}"
            heading.set("id", anchor)
            entries.append(Entry(level, title, anchor))
    return inner(root), entries
