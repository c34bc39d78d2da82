"""SVG 1.1 of a diagram, for web pages and for print.

Only features that browsers and WeasyPrint have in common: no style sheet (it would leak into the page), no scripts, no
foreign objects; colours are presentation attributes. The identifiers contain a hash of the content, so that several
drawings can stand on one page.
"""

from hashlib import sha256

from .markup import arrowhead, escaped, lines_of, number, rect
from .placing import EVENTS
from .text import clean

FONT = "DejaVu Sans, Noto Sans, Arial, sans-serif"
INK, LINE, LOOP = "#1f2a36", "#46586b", "#9a4b12"
SHAPES = {
    "start": ("#e2f3e5", "#2b7a3f", 1.6),
    "event": ("#f3ecfa", "#6b4a94", 1.4),
    "end": ("#fbe5e2", "#a2352b", 3),
    "decision": ("#ffeecb", "#a46a00", 1.4),
    "subprocess": ("#eef3f9", "#3f5f80", 1.2),
    "task": ("#ffffff", "#3f5f80", 1.2),
}
WORDS = {"marked": "Control point", "to": "Continued at: %s", "from": "Continued from the previous part: %s"}


def to_svg(diagram, title="", lang="uk", words=None):
    """Return the drawing as the text of a self-contained SVG element.

    It is scalable: as wide as its place allows, at most its natural size.

    :param Diagram diagram: result of ``place``
    :param str title: name of the drawing for screen readers and as tooltip
    :param str lang: language of the names of the steps
    :param dict words: translations of :data:`WORDS`
    """
    words = {**WORDS, **(words or {})}
    mark = "@ID@"
    body = "".join(
        [
            *map(_lane, diagram.lanes),
            *(_frame(box) for box in diagram.bands),
            *_routes(diagram, mark),
            *_connectors(diagram, words),
            *(_node(placed, words) for placed in diagram.nodes),
            *(_edge_label(route) for route in diagram.routes if route.label),
        ]
    )
    width, height = number(diagram.width), number(diagram.height)
    name = escaped(title)
    unique = "m" + sha256(f"{width} {height} {lang} {name} {body}".encode()).hexdigest()[:12]
    labelled = f' aria-labelledby="{unique}-title"' if name else ""
    heading = f'<title id="{unique}-title">{name}</title>' if name else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img"{labelled} xml:lang="{escaped(lang)}" '
        f'lang="{escaped(lang)}" viewBox="0 0 {width} {height}" width="100%" '
        f'style="max-width:{width}px;height:auto" font-family="{FONT}" fill="{INK}">{heading}'
        f"<defs>{arrowhead(unique, 'arrow', LINE)}{arrowhead(unique, 'loop', LOOP)}</defs>"
        f"{body.replace(mark, unique)}</svg>"
    )


def _frame(box):
    return rect(box, 'fill="none" stroke="#6b7c8d" stroke-width="1.2"')


def _lane(placed):
    return (
        f'<g data-lane="{escaped(placed.lane.key)}"><title>{escaped(placed.lane.name)}</title>'
        + rect(placed.box, 'fill="#fcfdfe" stroke="#b4c0cc"')
        + rect(placed.header, 'fill="#e3ecf4" stroke="#b4c0cc"')
        + lines_of(placed.label)
        + "</g>"
    )


def _routes(diagram, mark):
    """Yield the lines, loops last so that they stay visible; a part shared by several arrows is drawn once."""
    for back, name, color in ((False, "arrow", LINE), (True, "loop", LOOP)):
        drawn = dict.fromkeys(part for route in diagram.routes if route.back == back for part in route.parts)
        if drawn:
            yield f'<g fill="none" stroke="{color}" stroke-width="1.2" stroke-linejoin="round">'
            for part in drawn:
                # Paths, because WeasyPrint turns the arrowhead of a polyline by 90 degrees.
                way = "L".join(f"{number(x)} {number(y)}" for x, y in part)
                yield f'<path d="M{way}" marker-end="url(#{mark}-{name})"/>'
            yield "</g>"


def _connectors(diagram, words):
    names = {placed.node.key: placed.node.name for placed in diagram.nodes}
    for connector in diagram.connectors:
        x, y = connector.box.center
        hint = words["from" if connector.entering else "to"] % names[connector.target]
        yield (
            f"<g><title>{escaped(hint)}</title>"
            f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(connector.box.width / 2)}" fill="#eceff3" '
            f'stroke="{LINE}"/><text x="{number(x)}" y="{number(y + 3.4)}" font-size="9.5" text-anchor="middle">'
            f"{connector.name}</text></g>"
        )


def _node(placed, words):
    node, box = placed.node, placed.box
    kind = node.kind if node.kind in SHAPES else "task"
    fill, stroke, width = SHAPES[kind]
    paint = f'fill="{fill}" stroke="{stroke}" stroke-width="{width}"'
    x, y = box.center
    if kind in EVENTS:
        shape = f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(box.width / 2)}" {paint}/>'
        if kind == "event":
            shape += _ring(x, y, box.width / 2 - 3, stroke)
    elif kind == "decision":
        corners = ((x, box.y), (box.right, y), (x, box.bottom), (box.x, y))
        points = " ".join(f"{number(px)},{number(py)}" for px, py in corners)
        shape = f'<polygon points="{points}" {paint} stroke-linejoin="round"/>' + _cross(x, y, stroke)
    else:
        shape = rect(box, f'rx="6" {paint}')
        if kind == "subprocess":
            shape += _plus(x, box.bottom - 9, stroke)
    hints = [node.name, node.note, words["marked"] if node.marked else ""]
    signs = (_badge(placed) if node.marked else "") + (_sheet(placed) if node.linked else "")
    return (
        f'<g data-key="{escaped(node.key)}"><title>{escaped(" — ".join(filter(None, map(clean, hints))))}</title>'
        f"{shape}{lines_of(placed.label)}{signs}</g>"
    )


def _ring(x, y, radius, stroke):
    """Return the inner circle of an intermediate event."""
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="none" stroke="{stroke}"/>'


def _cross(x, y, stroke):
    """Return the sign of an exclusive gateway."""
    return (
        f'<path d="M{number(x - 6)} {number(y - 7)}L{number(x + 6)} {number(y + 7)}'
        f'M{number(x + 6)} {number(y - 7)}L{number(x - 6)} {number(y + 7)}" fill="none" stroke="{stroke}" '
        'stroke-width="2.4"/>'
    )


def _plus(x, y, stroke):
    """Return the sign of a collapsed subprocess."""
    return (
        f'<path d="M{number(x - 6)} {number(y - 6)}h12v12h-12zM{number(x - 3.5)} {number(y)}h7'
        f'M{number(x)} {number(y - 3.5)}v7" fill="none" stroke="{stroke}"/>'
    )


def _badge(placed):
    """Return the check mark of a control point, at the upper right of the shape."""
    box = placed.box
    inset = 6 if placed.node.kind not in (*EVENTS, "decision") else box.width / 5
    x, y = box.right - inset, box.y + inset
    return (
        f'<circle cx="{number(x)}" cy="{number(y)}" r="7.5" fill="#1f6f8b" stroke="#ffffff" stroke-width="1"/>'
        f'<path d="M{number(x - 3.5)} {number(y + 0.2)}l2.5 2.8l4.6 -5.6" fill="none" stroke="#ffffff" '
        'stroke-width="1.7"/>'
    )


def _sheet(placed):
    """Return the sign of documents, a sheet with two lines, at the lower left of the shape."""
    box = placed.box
    inset = 4 if placed.node.kind not in (*EVENTS, "decision") else box.width / 6
    x, y = number(box.x + inset), number(box.bottom - inset - 11)
    return (
        f'<g fill="#ffffff" stroke="{SHAPES["task"][1]}" stroke-width="1"><path d="M{x} {y}h6l3 3v9h-9z"/>'
        f'<path d="M{number(box.x + inset + 2)} {number(box.bottom - inset - 6)}h5m-5 2.5h5"/></g>'
    )


def _edge_label(route):
    box = route.label.box
    return (
        f"<g><title>{escaped(route.edge.label)}</title>"
        f'<rect x="{number(box.x - 1)}" y="{number(box.y)}" width="{number(box.width + 2)}" '
        f'height="{number(box.height)}" fill="#fcfdfe" fill-opacity="0.85"/>{lines_of(route.label)}</g>'
    )
