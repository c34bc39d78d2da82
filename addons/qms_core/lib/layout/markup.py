"""Pieces of SVG that all drawings share: numbers, escaped texts, boxes, arrowheads."""

from html import escape

from .text import LINE_HEIGHT, clean


def number(value):
    """Return a coordinate with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def escaped(text):
    """Return ``text`` for the content of an element or an attribute."""
    return escape(clean(text))


def rect(box, paint):
    """Return a rectangle; ``paint`` are its further attributes."""
    return (
        f'<rect x="{number(box.x)}" y="{number(box.y)}" width="{number(box.width)}" '
        f'height="{number(box.height)}" {paint}/>'
    )


def baselines(label):
    """Yield ``(x, y, line)``: where each line of a label is anchored.

    The base line lies about 0.93 em below the top of a line of 1.2 em in the fonts asked for.
    """
    box, step = label.box, label.size * LINE_HEIGHT
    x = {"start": box.x, "end": box.right}.get(label.anchor, box.center[0])
    for index, line in enumerate(label.lines):
        yield x, box.y + index * step + 0.93 * label.size, line


def lines_of(label):
    """Return the text elements of a label."""
    if not label.lines:
        return ""
    lines = "".join(f'<text x="{number(x)}" y="{number(y)}">{escaped(line)}</text>' for x, y, line in baselines(label))
    return f'<g font-size="{number(label.size)}" text-anchor="{label.anchor}">{lines}</g>'


def arrowhead(unique, name, color):
    """Return the marker ``unique-name`` at the end of a path."""
    return (
        f'<marker id="{unique}-{name}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.5L8 4L0 7.5z" fill="{color}"/></marker>'
    )
