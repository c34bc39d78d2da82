import io

from PIL import Image, ImageColor

from odoo.tests import BaseCase
from odoo.tools import file_path

from ...lib.layout import Graph, Lane, Node, place, to_pictures
from ...lib.layout.raster import MARGIN, SCALE
from ...lib.layout.svg import SHAPES
from .test_layout import chain, make_graph, random_graph

FONT = "web/static/fonts/sign/NotoSans-Reg.ttf"


class TestLayoutRaster(BaseCase):
    def _pictures(self, diagram, width=0):
        pictures = to_pictures(diagram, file_path(FONT), width)
        return [Image.open(io.BytesIO(picture)).convert("RGB") for picture in pictures]

    def _colour(self, picture, band, x, y):
        return picture.getpixel((round(x * SCALE), round((y - band.y + MARGIN) * SCALE)))

    def test_each_band_has_its_picture(self):
        diagram = place(chain(20), 760)
        pictures = self._pictures(diagram)
        self.assertGreater(len(pictures), 1)
        for picture, band in zip(pictures, diagram.bands, strict=True):
            self.assertAlmostEqual(picture.width, diagram.width * SCALE, delta=1)
            self.assertAlmostEqual(picture.height, (band.height + 2 * MARGIN) * SCALE, delta=1)

    def test_small_maps_are_not_blown_up(self):
        diagram = place(make_graph("a", "x:a y:a", "x>y"), 760)
        self.assertLess(diagram.width, 700)
        [picture] = self._pictures(diagram, 760)
        self.assertEqual(picture.width, 760 * SCALE)

    def test_shapes_lie_where_the_layout_has_them(self):
        diagram = place(make_graph("a b", "s:a:start d:a:decision x:b e:b:end", "s>d d>x:yes d>e:no x>e"), 760)
        [picture], [band] = self._pictures(diagram), diagram.bands
        start = next(node for node in diagram.nodes if node.node.kind == "start")
        green = self._colour(picture, band, *start.box.center)
        self.assertGreater(green[1], max(green[0], green[2]))
        for node in diagram.nodes:
            left = self._colour(picture, band, node.box.x + 0.5, node.box.center[1])
            self.assertLess(sum(left), 3 * 200, f"no edge of {node.node.key}")
        for lane in diagram.lanes:
            header = self._colour(picture, band, lane.header.x + 4, lane.header.y + 4)
            self.assertGreater(header[2], header[0])

    def test_arrows_and_letters_are_drawn(self):
        diagram = place(make_graph("a", "x:a y:a", "x>y"), 760)
        [picture], [band] = self._pictures(diagram), diagram.bands
        [(_start, (end_x, end_y))] = [route.parts[0][-2:] for route in diagram.routes]
        self.assertLess(sum(self._colour(picture, band, end_x - 4, end_y)), 3 * 150)
        label = diagram.nodes[0].label.box
        top = (label.y - band.y + MARGIN) * SCALE
        box = (label.x * SCALE, top, label.right * SCALE, top + label.height * SCALE)
        self.assertLess(min(sum(colour) for _count, colour in picture.crop(box).getcolors(10**6)), 3 * 100)

    def test_the_ukrainian_i_has_its_dot(self):
        """Some engines take it off: the letter then ends below the height of an x."""
        diagram = place(Graph((Lane("a", "A"),), (Node("i", "ііі", "a", "task"),), ()), 760)
        [picture], [band] = self._pictures(diagram), diagram.bands
        label = diagram.nodes[0].label.box
        top = (label.y - band.y + MARGIN) * SCALE
        word = picture.crop((label.x * SCALE, top, label.right * SCALE, top + label.height * SCALE)).convert("L")
        rows = [min(word.crop((0, y, word.width, y + 1)).getdata()) < 128 for y in range(word.height)]
        drawn = rows[rows.index(True) : len(rows) - rows[::-1].index(True)]
        self.assertIn(False, drawn, "between the dot and the stem there is nothing")

    def test_colours_stay_what_they_are(self):
        diagram = place(make_graph("a b", "s:a:start d:a:decision x:b e:b:end", "s>d d>x:yes d>e:no x>e"), 760)
        [picture], [band] = self._pictures(diagram), diagram.bands
        for node in diagram.nodes:
            fill = SHAPES[node.node.kind if node.node.kind in SHAPES else "task"][0]
            x, y = node.box.center
            seen = self._colour(picture, band, x - node.box.width / 4, y + 1)
            for value, wanted in zip(seen, ImageColor.getrgb(fill), strict=True):
                self.assertAlmostEqual(value, wanted, delta=4, msg=f"{node.node.key}: {seen} instead of {fill}")

    def test_whatever_the_graph(self):
        for seed in range(12):
            diagram = place(random_graph(seed), 760)
            self.assertEqual(len(to_pictures(diagram, file_path(FONT))), len(diagram.bands))
