from itertools import combinations

from lxml import etree

from odoo.tests import BaseCase

from ...lib.fishbone import Bone, Cause, Fishbone, place, to_svg
from ...lib.layout.geometry import Box
from ...lib.layout.text import text_width

LONG = "Внутрішньовідомчого нормативно-правового забезпечення адміністративних послуг населенню не переглянуто"
NAMES = ("Люди", "Методи та порядок роботи", "Обладнання й інформаційні системи", "Матеріали", "Середовище", "Облік")


def make(*causes, names=NAMES, problem="Заявнику не видано опис"):
    """A fishbone whose first bone has one cause, its second two, and so on, each with a chain of three."""
    chain = causes or (Cause(LONG, (Cause("Чому?", (Cause(LONG, root=True),)), Cause("Друга"))),)
    return Fishbone(problem, tuple(Bone(name, chain * index) for index, name in enumerate(names)))


def crosses(line, box):
    """Tell whether a line comes into a box, by points on it."""
    for start, end in zip(line, line[1:], strict=False):
        for part in range(101):
            x = start[0] + (end[0] - start[0]) * part / 100
            y = start[1] + (end[1] - start[1]) * part / 100
            if box.x < x < box.right and box.y < y < box.bottom:
                return True
    return False


class TestFishbone(BaseCase):
    def _boxes(self, drawing):
        labels = [cause.label.box for bone in drawing.bones for cause in bone.causes]
        return [*labels, *(bone.box for bone in drawing.bones), drawing.head]

    def test_nothing_overlaps(self):
        for count in (1, 2, 3, 6, 7):
            with self.subTest(count):
                drawing = place(make(names=(NAMES * 2)[:count]))
                wrong = [pair for pair in combinations(self._boxes(drawing), 2) if pair[0].overlaps(pair[1])]
                self.assertEqual(wrong, [])

    def test_no_line_runs_through_a_text(self):
        drawing = place(make())
        lines = [bone.line for bone in drawing.bones]
        lines += [cause.line for bone in drawing.bones for cause in bone.causes]
        lines.append(drawing.spine)
        texts = [cause.label.box for bone in drawing.bones for cause in bone.causes]
        self.assertEqual([(line, box) for line in lines for box in texts if crosses(line, box)], [])

    def test_everything_lies_on_the_sheet(self):
        for fishbone in (make(), make(Cause("Коротко")), make(problem=LONG * 5)):
            drawing = place(fishbone)
            sheet = Box(0, 0, drawing.width, drawing.height)
            self.assertTrue(all(sheet.contains(box) for box in self._boxes(drawing)))

    def test_long_words_are_wrapped(self):
        drawing = place(make(Cause("Неперервнодовгенормативноправовевідомчеслово"), Cause(LONG)))
        for bone in drawing.bones:
            for cause in bone.causes:
                self.assertFalse(cause.label.clipped)
                for line in cause.label.lines:
                    self.assertLessEqual(text_width(line, cause.label.size), 168)

    def test_a_story_ends_with_an_ellipsis_and_is_told_by_the_tooltip(self):
        story = "Дуже довга історія. " * 40
        svg = to_svg(place(make(Cause(story))))
        self.assertIn("…", svg)
        self.assertIn(story.strip(), svg)

    def test_a_chain_of_twelve_whys_keeps_its_words(self):
        cause = Cause("Дванадцяте чому")
        for index in range(11):
            cause = Cause(f"Чому {index}", (cause,))
        drawing = place(make(cause))
        self.assertEqual([row.depth for row in drawing.bones[1].causes], [0, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5])
        self.assertFalse([pair for pair in combinations(self._boxes(drawing), 2) if pair[0].overlaps(pair[1])])

    def test_empty_bones_and_no_bones_are_drawn(self):
        for fishbone in (Fishbone("", ()), Fishbone("Що?", (Bone("Люди"),)), make(names=NAMES[:1])):
            etree.fromstring(to_svg(place(fishbone)))

    def test_texts_are_escaped(self):
        nasty = "<script>alert(1)</script>\x00 & \"'"
        svg = to_svg(place(Fishbone(nasty, (Bone(nasty, (Cause(nasty, root=True),)),))), title=nasty)
        self.assertNotIn("<script", svg)
        etree.fromstring(svg)

    def test_root_causes_are_marked(self):
        svg = to_svg(place(make(Cause("Порядок застарів", root=True), names=NAMES[:2])), root="Корінна причина")
        self.assertIn("Корінна причина: Порядок застарів", svg)
