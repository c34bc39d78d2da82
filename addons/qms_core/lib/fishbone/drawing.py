"""SVG 1.1 of a fishbone, only of what browsers and WeasyPrint have in common (see the SVG of process maps)."""

from hashlib import sha256

from ..layout.geometry import Box
from ..layout.markup import arrowhead, escaped, lines_of, number, rect

FONT = "DejaVu Sans, Noto Sans, Arial, sans-serif"
INK, LINE, BONE, ROOT = "#1f2a36", "#7d8b99", "#3f5f80", "#a2352b"


def to_svg(drawing, title="", lang="uk", root="Root cause"):
    """Return the drawing as the text of a self-contained SVG element.

    :param Drawing drawing: result of ``place``
    :param str title: name of the picture for screen readers
    :param str lang: language of the texts
    :param str root: what a root cause is called, in the tooltips
    """
    mark = "@ID@"
    body = "".join([_spine(drawing, mark), *(_bone(bone, mark, root) for bone in drawing.bones), _head(drawing)])
    width, height = number(drawing.width), number(drawing.height)
    unique = "f" + sha256(f"{width} {height} {lang} {title} {body}".encode()).hexdigest()[:12]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{unique}-title" lang="{escaped(lang)}" '
        f'viewBox="0 0 {width} {height}" width="100%" style="max-width:{width}px;height:auto" font-family="{FONT}" '
        f'fill="{INK}"><title id="{unique}-title">{escaped(title)}</title>'
        f"<defs>{arrowhead(unique, 'bone', BONE)}{arrowhead(unique, 'twig', LINE)}</defs>"
        f"{body.replace(mark, unique)}</svg>"
    )


def _way(points):
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def _spine(drawing, mark):
    return f'<path d="{_way(drawing.spine)}" stroke="{BONE}" stroke-width="3" fill="none"/>'


def _head(drawing):
    return (
        f"<g><title>{escaped(drawing.problem)}</title>"
        + rect(drawing.head, f'rx="8" fill="#fbe5e2" stroke="{ROOT}" stroke-width="1.4"')
        + f'<g font-weight="bold">{lines_of(drawing.head_label)}</g></g>'
    )


def _bone(placed, mark, root):
    return (
        f'<path d="{_way(placed.line)}" stroke="{BONE}" stroke-width="1.8" fill="none" '
        f'marker-end="url(#{mark}-bone)"/>'
        f'<g data-bone="{escaped(placed.bone.name)}">'
        + rect(placed.box, f'rx="6" fill="#e3ecf4" stroke="{BONE}"')
        + f'<g font-weight="bold">{lines_of(placed.label)}</g></g>'
        + "".join(_cause(cause, mark, root) for cause in placed.causes)
    )


def _cause(placed, mark, root):
    hint = f"{root}: {placed.cause.text}" if placed.cause.root else placed.cause.text
    end = "" if placed.depth else f' marker-end="url(#{mark}-twig)"'
    frame, color = "", ""
    if placed.cause.root:
        box = placed.label.box
        frame = rect(
            Box(box.x - 3, box.y - 1, box.width + 6, box.height + 2),
            f'rx="3" fill="#fbe5e2" stroke="{ROOT}" stroke-width="0.8"',
        )
        color = f' fill="{ROOT}"'
    return (
        f'<path d="{_way(placed.line)}" stroke="{LINE}" stroke-width="1" fill="none"{end}/>'
        f"<g{color}><title>{escaped(hint)}</title>{frame}{lines_of(placed.label)}</g>"
    )
