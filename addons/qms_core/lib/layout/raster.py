"""The drawing of a diagram as pictures (PNG), for documents that can't hold SVG: one for each band.

The same shapes and colours as in ``svg``. Shapes are drawn larger than they are shown, so that their edges are smooth;
letters are smooth by themselves.
"""

import io
import math
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from .markup import baselines
from .placing import EVENTS
from .svg import INK, LINE, LOOP, SHAPES

SCALE = 2  # pixels of the picture for one of the diagram
FINER = 2  # how much larger shapes are drawn
MARGIN = 8  # around a band
COLOURS = 128
PAPER = "#ffffff"


def to_pictures(diagram, font, width=0):
    """Return one PNG for each band of a diagram, all of the same width.

    :param Diagram diagram: result of ``place``
    :param str font: path of a TrueType font with the letters of the names
    :param int width: the least width in pixels of the diagram, so that small ones are not shown larger than others
    :rtype: list[bytes]
    """
    return [_png(_Band(diagram, box, font, max(width, diagram.width)).draw()) for box in diagram.bands]


def _png(image):
    content = io.BytesIO()
    # A palette: less than half the size.
    image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(content, "PNG")
    return content.getvalue()


@lru_cache(maxsize=64)
def _font(path, size):
    # The other engine (Raqm) takes the dot off the Ukrainian "і".
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


class _Band:
    """One band; what lies outside falls off its picture."""

    def __init__(self, diagram, box, font, width):
        self.diagram = diagram
        self.font = font
        self.left, self.top, self.bottom = 0, box.y - MARGIN, box.bottom + MARGIN
        self.size = (math.ceil(width * SCALE), math.ceil((box.height + 2 * MARGIN) * SCALE))
        self.fine = Image.new("RGB", [length * FINER for length in self.size], PAPER)
        self.pen = ImageDraw.Draw(self.fine)

    def draw(self):
        self._shapes()
        image = self.fine.reduce(FINER)
        self.pen = ImageDraw.Draw(image)
        self._texts()
        return image

    def _shapes(self):
        for lane in self.diagram.lanes:
            self._rect(lane.box, "#fcfdfe", "#b4c0cc")
            self._rect(lane.header, "#e3ecf4", "#b4c0cc")
        for box in self.diagram.bands:
            self._rect(box, None, "#6b7c8d", 1.2)
        for back in (False, True):
            for route in self.diagram.routes:
                if route.back == back:
                    for part in route.parts:
                        self._arrow(part, LOOP if back else LINE)
        for connector in self.diagram.connectors:
            self._circle(connector.box.center, connector.box.width / 2, "#eceff3", LINE)
        for placed in self.diagram.nodes:
            self._node(placed)
        for route in self.diagram.routes:
            if route.label:
                self._rect(route.label.box, "#fcfdfe", None)

    def _texts(self):
        labels = [placed.label for placed in (*self.diagram.lanes, *self.diagram.nodes)]
        labels += [route.label for route in self.diagram.routes if route.label]
        for label in labels:
            # Letters are the dearest of a drawing: those of other bands are left out.
            if self._shows(label.box):
                for x, y, line in baselines(label):
                    self._text(x, y, line, label.size, label.anchor)
        for connector in self.diagram.connectors:
            x, y = connector.box.center
            self._text(x, y + 3.4, connector.name, 9.5, "middle")

    def _shows(self, box):
        return box.bottom > self.top and box.y < self.bottom

    # === PENS === #

    def _fine(self, x, y):
        return (x - self.left) * SCALE * FINER, (y - self.top) * SCALE * FINER

    def _line_width(self, width):
        return max(1, round(width * SCALE * FINER))

    def _rect(self, box, fill, stroke, width=1, radius=0):
        corners = [self._fine(box.x, box.y), self._fine(box.right, box.bottom)]
        self.pen.rounded_rectangle(
            corners, radius * SCALE * FINER, fill, stroke, self._line_width(width) if stroke else 0
        )

    def _circle(self, center, radius, fill, stroke, width=1):
        x, y = center
        corners = [self._fine(x - radius, y - radius), self._fine(x + radius, y + radius)]
        self.pen.ellipse(corners, fill, stroke, self._line_width(width))

    def _line(self, points, stroke, width):
        self.pen.line([self._fine(*point) for point in points], stroke, self._line_width(width), "curve")

    def _arrow(self, points, stroke):
        self._line(points, stroke, 1.2)
        (x, y), (end_x, end_y) = points[-2:]
        length = math.hypot(end_x - x, end_y - y) or 1
        along_x, along_y = (end_x - x) / length, (end_y - y) / length
        back_x, back_y = end_x - 8 * along_x, end_y - 8 * along_y
        tip = [
            (end_x, end_y),
            (back_x - 3.5 * along_y, back_y + 3.5 * along_x),
            (back_x + 3.5 * along_y, back_y - 3.5 * along_x),
        ]
        self.pen.polygon([self._fine(*point) for point in tip], stroke)

    def _text(self, x, y, line, size, anchor):
        place = (x - self.left) * SCALE, (y - self.top) * SCALE
        letters = {"start": "ls", "middle": "ms", "end": "rs"}[anchor]
        self.pen.text(place, line, INK, _font(self.font, size * SCALE), letters)

    # === SHAPES === #

    def _node(self, placed):
        node, box = placed.node, placed.box
        kind = node.kind if node.kind in SHAPES else "task"
        fill, stroke, width = SHAPES[kind]
        x, y = box.center
        if kind in EVENTS:
            self._circle((x, y), box.width / 2, fill, stroke, width)
            if kind == "event":
                self._circle((x, y), box.width / 2 - 3, None, stroke)
        elif kind == "decision":
            corners = [(x, box.y), (box.right, y), (x, box.bottom), (box.x, y)]
            self.pen.polygon([self._fine(*corner) for corner in corners], fill, stroke, self._line_width(width))
            for sign in (1, -1):
                self._line([(x - 6 * sign, y - 7), (x + 6 * sign, y + 7)], stroke, 2.4)
        else:
            self._rect(box, fill, stroke, width, 6)
            if kind == "subprocess":
                self._plus(x, box.bottom - 9, stroke)
        if node.marked:
            self._badge(placed)

    def _plus(self, x, y, stroke):
        corners = [(x - 6, y - 6), (x + 6, y - 6), (x + 6, y + 6), (x - 6, y + 6), (x - 6, y - 6)]
        for points in (corners, [(x - 3.5, y), (x + 3.5, y)], [(x, y - 3.5), (x, y + 3.5)]):
            self._line(points, stroke, 1)

    def _badge(self, placed):
        box = placed.box
        inset = 6 if placed.node.kind not in (*EVENTS, "decision") else box.width / 5
        x, y = box.right - inset, box.y + inset
        self._circle((x, y), 7.5, "#1f6f8b", PAPER)
        self._line([(x - 3.5, y + 0.2), (x - 1, y + 3), (x + 3.6, y - 2.6)], PAPER, 1.7)
