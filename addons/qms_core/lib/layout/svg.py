"""SVG 1.1 of a diagram, for web pages and for print.

Only features that browsers and WeasyPrint have in common: no style sheet (it would leak into the page), no scripts, no
foreign objects; colours are presentation attributes. The identifiers contain a hash of the content, so that several
drawings can stand on one page.
"""

from hashlib import sha256
from html import escape

from .placing import EVENTS
from .text import LINE_HEIGHT, clean

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
    width, height = _number(diagram.width), _number(diagram.height)
    name = _escape(title)
    unique = "m" + sha256(f"{width} {height} {lang} {name} {body}".encode()).hexdigest()[:12]
    labelled = f' aria-labelledby="{unique}-title"' if name else ""
    heading = f'<title id="{unique}-title">{name}</title>' if name else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img"{labelled} xml:lang="{_escape(lang)}" '
        f'lang="{_escape(lang)}" viewBox="0 0 {width} {height}" width="100%" '
        f'style="max-width:{width}px;height:auto" font-family="{FONT}" fill="{INK}">{heading}'
        f"<defs>{_arrowhead(unique, 'arrow', LINE)}{_arrowhead(unique, 'loop', LOOP)}</defs>"
        f"{body.replace(mark, unique)}</svg>"
    )


def _arrowhead(unique, name, color):
    return (
        f'<marker id="{unique}-{name}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.5L8 4L0 7.5z" fill="{color}"/></marker>'
    )


def _frame(box):
    return _rect(box, 'fill="none" stroke="#6b7c8d" stroke-width="1.2"')


def _lane(placed):
    return (
        f'<g data-lane="{_escape(placed.lane.key)}"><title>{_escape(placed.lane.name)}</title>'
        + _rect(placed.box, 'fill="#fcfdfe" stroke="#b4c0cc"')
        + _rect(placed.header, 'fill="#e3ecf4" stroke="#b4c0cc"')
        + _text(placed.label)
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
                way = "L".join(f"{_number(x)} {_number(y)}" for x, y in part)
                yield f'<path d="M{way}" marker-end="url(#{mark}-{name})"/>'
            yield "</g>"


def _connectors(diagram, words):
    names = {placed.node.key: placed.node.name for placed in diagram.nodes}
    for connector in diagram.connectors:
        x, y = connector.box.center
        hint = words["from" if connector.entering else "to"] % names[connector.target]
        yield (
            f"<g><title>{_escape(hint)}</title>"
            f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(connector.box.width / 2)}" fill="#eceff3" '
            f'stroke="{LINE}"/><text x="{_number(x)}" y="{_number(y + 3.4)}" font-size="9.5" text-anchor="middle">'
            f"{connector.name}</text></g>"
        )


def _node(placed, words):
    node, box = placed.node, placed.box
    kind = node.kind if node.kind in SHAPES else "task"
    fill, stroke, width = SHAPES[kind]
    paint = f'fill="{fill}" stroke="{stroke}" stroke-width="{width}"'
    x, y = box.center
    if kind in EVENTS:
        shape = f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(box.width / 2)}" {paint}/>'
        if kind == "event":
            shape += _ring(x, y, box.width / 2 - 3, stroke)
    elif kind == "decision":
        corners = ((x, box.y), (box.right, y), (x, box.bottom), (box.x, y))
        points = " ".join(f"{_number(px)},{_number(py)}" for px, py in corners)
        shape = f'<polygon points="{points}" {paint} stroke-linejoin="round"/>' + _cross(x, y, stroke)
    else:
        shape = _rect(box, f'rx="6" {paint}')
        if kind == "subprocess":
            shape += _plus(x, box.bottom - 9, stroke)
    hints = [node.name, node.note, words["marked"] if node.marked else ""]
    return (
        f'<g data-key="{_escape(node.key)}"><title>{_escape(" — ".join(filter(None, map(clean, hints))))}</title>'
        f"{shape}{_text(placed.label)}{_badge(placed) if node.marked else ''}</g>"
    )


def _ring(x, y, radius, stroke):
    """Return the inner circle of an intermediate event."""
    return f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}" fill="none" stroke="{stroke}"/>'


def _cross(x, y, stroke):
    """Return the sign of an exclusive gateway."""
    return (
        f'<path d="M{_number(x - 6)} {_number(y - 7)}L{_number(x + 6)} {_number(y + 7)}'
        f'M{_number(x + 6)} {_number(y - 7)}L{_number(x - 6)} {_number(y + 7)}" fill="none" stroke="{stroke}" '
        'stroke-width="2.4"/>'
    )


def _plus(x, y, stroke):
    """Return the sign of a collapsed subprocess."""
    return (
        f'<path d="M{_number(x - 6)} {_number(y - 6)}h12v12h-12zM{_number(x - 3.5)} {_number(y)}h7'
        f'M{_number(x)} {_number(y - 3.5)}v7" fill="none" stroke="{stroke}"/>'
    )


def _badge(placed):
    """Return the check mark of a control point, at the upper right of the shape."""
    box = placed.box
    inset = 6 if placed.node.kind not in (*EVENTS, "decision") else box.width / 5
    x, y = box.right - inset, box.y + inset
    return (
        f'<circle cx="{_number(x)}" cy="{_number(y)}" r="7.5" fill="#1f6f8b" stroke="#ffffff" stroke-width="1"/>'
        f'<path d="M{_number(x - 3.5)} {_number(y + 0.2)}l2.5 2.8l4.6 -5.6" fill="none" stroke="#ffffff" '
        'stroke-width="1.7"/>'
    )


def _edge_label(route):
    box = route.label.box
    return (
        f"<g><title>{_escape(route.edge.label)}</title>"
        f'<rect x="{_number(box.x - 1)}" y="{_number(box.y)}" width="{_number(box.width + 2)}" '
        f'height="{_number(box.height)}" fill="#fcfdfe" fill-opacity="0.85"/>{_text(route.label)}</g>'
    )


def _text(label):
    if not label.lines:
        return ""
    box, step = label.box, label.size * LINE_HEIGHT
    x = {"start": box.x, "end": box.right}.get(label.anchor, box.center[0])
    # The base line lies about 0.93 em below the top of a line of 1.2 em in the fonts asked for.
    lines = "".join(
        f'<text x="{_number(x)}" y="{_number(box.y + index * step + 0.93 * label.size)}">{_escape(line)}</text>'
        for index, line in enumerate(label.lines)
    )
    return f'<g font-size="{_number(label.size)}" text-anchor="{label.anchor}">{lines}</g>'


def _rect(box, paint):
    return (
        f'<rect x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" '
        f'height="{_number(box.height)}" {paint}/>'
    )


def _escape(text):
    return escape(clean(text))


def _number(value):
    return f"{value:.2f}".rstrip("0").rstrip(".")
