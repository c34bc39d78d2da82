"""The picture as plain data for the web client, and as SVG 1.1 for print.

The SVG uses only what browsers and WeasyPrint have in common (see the SVG of process maps).
"""

from hashlib import sha256
from itertools import pairwise
from math import hypot

from ..layout.markup import arrowhead, baselines, escaped, lines_of, number, rect
from .geometry import PROCESS
from .graph import GROUPS

FONT = "DejaVu Sans, Noto Sans, Arial, sans-serif"
INK, ALERT = "#1f2a36", "#b3261e"
# Line, strip and ground of each group; parties are grey.
COLORS = {
    "management": ("#7a8fb5", "#3f5f96", "#f3f6fb"),
    "core": ("#6fa394", "#2f7a65", "#f1f8f5"),
    "support": ("#b79f6e", "#8a6a1f", "#fbf8f0"),
    "measurement": ("#a58bb5", "#74498c", "#f8f4fa"),
    "": ("#9aa5b1", "#6b7785", "#ffffff"),
}
RADIUS = 5


def to_data(diagram):
    """Return the picture as numbers and texts for JSON: the client draws it without computing anything."""
    return {
        "width": round(diagram.width, 1),
        "height": round(diagram.height, 1),
        "headings": [_label(label) for label in diagram.headings],
        "bands": [{"group": band.group, **_box(band.box), "label": _label(band.label)} for band in diagram.bands],
        "nodes": [_node(node) for node in diagram.nodes],
        "edges": [
            {
                "source": route.edge.source,
                "target": route.edge.target,
                "items": list(route.edge.items),
                "one_sided": list(route.edge.one_sided),
                "group": route.group,
                "path": path(route.points),
                "badge": [round(value, 1) for value in route.badge],
            }
            for route in diagram.routes
        ],
    }


def _node(node):
    return {
        "key": node.key,
        "role": node.role,
        "group": node.group,
        "name": node.name,
        "context": node.context,
        **_box(node.box),
        "code": _label(node.code) if node.code else [],
        "label": _label(node.label),
        "stubs": [
            {"kind": kind, "path": stub_path(node.box, index), "label": _label(label)}
            for index, (kind, label) in enumerate(node.stubs)
        ],
    }


def _box(box):
    return {name: round(getattr(box, name), 1) for name in ("x", "y", "width", "height")}


def _label(label):
    return [{"x": round(x, 1), "y": round(y, 1), "text": line} for x, y, line in baselines(label)]


def path(points):
    """Return the description of a line through ``points`` with rounded corners."""
    points = [point for index, point in enumerate(points) if not index or point != points[index - 1]]
    parts = [f"M{_pair(points[0])}"]
    for (before, corner), (_corner, after) in pairwise(pairwise(points)):
        radius = min(RADIUS, _distance(before, corner) / 2, _distance(corner, after) / 2)
        parts.append(
            f"L{_pair(_towards(corner, before, radius))}Q{_pair(corner)} {_pair(_towards(corner, after, radius))}"
        )
    return "".join([*parts, f"L{_pair(points[-1])}"])


def stub_path(box, index):
    """Return the dashed line from a process to the words about its ``index``-th kind of missing ends."""
    x, y = box.x + 10, box.bottom + 16 * index + 10
    return f"M{_pair((x, box.bottom))}L{_pair((x, y))}L{_pair((x + 10, y))}"


def _pair(point):
    return f"{number(point[0])} {number(point[1])}"


def _distance(first, second):
    return hypot(first[0] - second[0], first[1] - second[1])


def _towards(point, other, length):
    distance = _distance(point, other) or 1
    return tuple(a + (b - a) * length / distance for a, b in zip(point, other, strict=True))


def to_svg(diagram, title="", lang="uk"):
    """Return the picture for print as the text of a self-contained SVG element.

    :param Diagram diagram: result of ``place``
    :param str title: name of the picture for screen readers
    :param str lang: language of the names
    """
    mark = "@ID@"
    body = "".join(
        [
            *(_band(band) for band in diagram.bands),
            *(f'<g font-weight="bold">{lines_of(label)}</g>' for label in diagram.headings),
            *(_route(route, mark) for route in diagram.routes),
            *(_drawn(node) for node in diagram.nodes),
            *(_count(route) for route in diagram.routes if len(route.edge.items) > 1),
        ]
    )
    width, height = number(diagram.width), number(diagram.height)
    unique = "n" + sha256(f"{width} {height} {lang} {title} {body}".encode()).hexdigest()[:12]
    heads = "".join(arrowhead(unique, group or "party", COLORS[group][0]) for group in (*GROUPS, ""))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{unique}-title" lang="{escaped(lang)}" '
        f'viewBox="0 0 {width} {height}" width="100%" style="max-width:{width}px;height:auto" font-family="{FONT}" '
        f'fill="{INK}"><title id="{unique}-title">{escaped(title)}</title>'
        f"<defs>{heads}{arrowhead(unique, 'alert', ALERT)}</defs>{body.replace(mark, unique)}</svg>"
    )


def _band(band):
    _line, strip, ground = COLORS[band.group]
    return (
        rect(band.box, f'rx="8" fill="{ground}" stroke="#d8dee6"')
        + f'<g font-weight="bold" fill="{strip}">{lines_of(band.label)}</g>'
    )


def _route(route, mark):
    line, name, dash = COLORS[route.group][0], route.group or "party", ""
    if route.edge.one_sided:
        line, name, dash = ALERT, "alert", ' stroke-dasharray="5 3"'
    return (
        f'<path d="{path(route.points)}" fill="none" stroke="{line}" stroke-width="1.2"{dash} '
        f'marker-end="url(#{mark}-{name})"/>'
    )


def _drawn(node):
    _line, strip, _ground = COLORS[node.group]
    box = node.box
    if node.role != PROCESS:
        return rect(box, f'rx="16" fill="#ffffff" stroke="{strip}"') + lines_of(node.label)
    dash = ' stroke-dasharray="3 3"' if node.context else ""
    stubs = "".join(
        f'<path d="{stub_path(box, index)}" fill="none" stroke="{ALERT}" stroke-width="1.4" stroke-dasharray="3 2"/>'
        f'<g fill="{ALERT}">{lines_of(label)}</g>'
        for index, (_kind, label) in enumerate(node.stubs)
    )
    return (
        rect(box, f'rx="4" fill="#ffffff" stroke="{strip}"{dash}')
        + f'<path d="M{number(box.x + 2.5)} {number(box.y)}V{number(box.bottom)}" stroke="{strip}" stroke-width="5"/>'
        + f'<g font-weight="bold" fill="{strip}">{lines_of(node.code)}</g>{lines_of(node.label)}{stubs}'
    )


def _count(route):
    x, y = route.badge
    color = ALERT if route.edge.one_sided else COLORS[route.group][1]
    return (
        f'<circle cx="{number(x)}" cy="{number(y)}" r="7" fill="#ffffff" stroke="{color}"/>'
        f'<text x="{number(x)}" y="{number(y + 4)}" font-size="11" text-anchor="middle">{len(route.edge.items)}</text>'
    )
