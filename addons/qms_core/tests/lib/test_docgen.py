import random
import re
import time
from pathlib import Path

from odoo.tests import BaseCase

from ...lib import docgen
from ...lib.docgen import Section, TemplateProblem

NAMES = {
    "process": {
        "name": "Name",
        "purpose": "Purpose",
        "legal_acts": ["Act"],
        "steps": [{"number": "Number", "name": "Step", "documents": ["Document"]}],
    }
}
DATA = {
    "process": {
        "name": "Тепло & <світло>",
        "purpose": "",
        "legal_acts": ["Закон 1", "Закон 2"],
        "steps": [
            {"number": 1, "name": "Прийняти", "documents": ["Заява"]},
            {"number": 2, "name": "Видати", "documents": []},
        ],
    }
}


def filled(text, data=DATA):
    pieces = docgen.read(text, "Steps")
    docgen.check(pieces, NAMES, "Steps")
    return docgen.fill(pieces, data, "Steps")


class TestPlaceholders(BaseCase):
    def assertProblem(self, code, text, **params):
        with self.assertRaises(TemplateProblem) as caught:
            filled(text)
        problem = caught.exception
        self.assertEqual((problem.code, problem.section), (code, "Steps"))
        self.assertLessEqual(params.items(), problem.params.items())
        return problem

    def test_values_are_escaped(self):
        self.assertEqual(filled("<p>{{process.name}}</p>"), "<p>Тепло &amp; &lt;світло&gt;</p>")

    def test_editors_put_spaces_that_do_not_break(self):
        self.assertEqual(filled("<p>{{&nbsp;process.name }}</p>"), "<p>Тепло &amp; &lt;світло&gt;</p>")

    def test_nothing_is_shown_as_a_dash(self):
        self.assertEqual(filled("<p>{{process.purpose}}</p>"), "<p>—</p>")

    def test_lines_stay_lines(self):
        self.assertEqual(filled("<p>{{process.name}}</p>", {"process": {"name": "a\nb"}}), "<p>a<br/>b</p>")

    def test_block_inside_an_item_repeats_the_item(self):
        text = "<ul><li>{{each process.steps}}{{item.number}}. <b>{{item.name}}</b>{{end}}</li></ul>"
        self.assertEqual(filled(text), "<ul><li>1. <b>Прийняти</b></li><li>2. <b>Видати</b></li></ul>")

    def test_block_from_the_first_to_the_last_cell_repeats_the_row(self):
        text = (
            "<table><tbody><tr><td>{{each process.steps}}{{item.number}}</td><td>{{item.name}}{{end}}</td></tr>"
            "</tbody></table>"
        )
        self.assertEqual(
            filled(text),
            "<table><tbody><tr><td>1</td><td>Прийняти</td></tr><tr><td>2</td><td>Видати</td></tr></tbody></table>",
        )

    def test_block_of_paragraphs_of_its_own(self):
        inner = "<p>{{item.name}}:</p><ul><li>{{each item.documents}}{{item}}{{end}}</li></ul>"
        text = f"<p>{{{{each process.steps}}}}</p>{inner}<p>{{{{end}}}}</p>"
        self.assertEqual(filled(text), "<p>Прийняти:</p><ul><li>Заява</li></ul><p>Видати:</p>")

    def test_two_blocks_in_one_paragraph_repeat_their_texts(self):
        text = "<p>{{each process.steps}}{{item.number}} {{end}}{{each process.legal_acts}}{{item}}; {{end}}</p>"
        self.assertEqual(filled(text), "<p>1 2 Закон 1; Закон 2; </p>")

    def test_unknown_name_is_told_with_what_is_alike(self):
        problem = self.assertProblem("unknown", "<p>{{process.nmae}}</p>", name="nmae", like="name")
        self.assertEqual(problem.placeholder, "process.nmae")
        self.assertProblem("unknown", "<p>{{item.name}}</p>")

    def test_attributes_of_values_are_no_names(self):
        self.assertProblem("unknown", "<p>{{process.name.upper}}</p>", name="upper")

    def test_what_begins_with_an_underscore_is_refused(self):
        for text in ("{{process._name}}", "{{__class__}}", "{{process.name.__class__}}", "{{a__b}}"):
            self.assertProblem("private", text)

    def test_calls_are_refused(self):
        for text in ("{{process.name.upper()}}", "{{process['name']}}", "{{env(1)}}", "{{process.name|upper}}"):
            self.assertProblem("call", text)

    def test_mistakes_of_syntax(self):
        for code, text in [
            ("unclosed", "<p>{{process.name</p>"),
            ("unclosed", "<p>process.name}}</p>"),
            ("no_end", "<p>{{each process.steps}} x</p>"),
            ("end_alone", "<p>x {{end}}</p>"),
            ("syntax", "<p>{{process name}}</p>"),
            ("syntax", "<p>{{process.}}</p>"),
            ("syntax", "<p>{{1 + 1}}</p>"),
            ("syntax", "<p>{{Process.name}}</p>"),
            ("empty", "<p>{{ }}</p>"),
            ("in_tag", '<p class="{{process.name}}">x</p>'),
            ("in_tag", '<a href="{{process.name}}">x</a>'),
            ("in_tag", "<p>{{process.<b>name</b>}}</p>"),
            ("no_list", "<p>{{each process.name}}x{{end}}</p>"),
            ("is_list", "<p>{{process.steps}}</p>"),
            ("is_group", "<p>{{process}}</p>"),
            (
                "too_deep",
                "{{each process.steps}}{{each item.documents}}{{each item}}{{each item}}{{end}}{{end}}{{end}}{{end}}",
            ),
            ("too_long", "x" * 200_001),
        ]:
            with self.subTest(text=text[:60]):
                self.assertProblem(code, text)

    def test_objects_are_never_entered(self):
        """Whatever the description says: a value that is no plain data is neither entered nor printed."""
        for text in ("{{process.name}}", "{{process.name.real}}"):
            with self.assertRaises(TemplateProblem):
                docgen.fill(docgen.read(text), {"process": {"name": Path("x")}})

    def test_a_long_list_takes_time_in_proportion(self):
        pieces = docgen.read("<ul><li>{{each process.steps}}{{item.name}}{{end}}</li></ul>")
        steps = [{"name": str(number)} for number in range(20_000)]
        start = time.process_time()
        self.assertEqual(docgen.fill(pieces, {"process": {"steps": steps}}).count("<li>"), 20_000)
        self.assertLess(time.process_time() - start, 2)

    def test_random_texts_either_fill_or_tell(self):
        dice = random.Random(6)
        parts = [
            "{{",
            "}}",
            "each ",
            "end",
            "process.steps",
            "item.name",
            "<p>",
            "</p>",
            "<li>",
            "a",
            " ",
            "_",
            "{",
            "&",
        ]
        for _round in range(2000):
            text = "".join(dice.choice(parts) for _part in range(dice.randint(1, 12)))
            try:
                result = filled(text)
            except TemplateProblem:
                continue
            self.assertNotIn("{{", result)


class TestSections(BaseCase):
    def _body(self, sections, conditions=None, style="decimal"):
        return docgen.compose(sections, DATA, conditions or {}, lambda name: f"<p>[{name}]</p>", style)

    def test_numbers_close_the_gap_of_a_section_left_out(self):
        sections = [Section("General"), Section("Risks", condition="has_risks"), Section("Steps", block="steps")]
        self.assertEqual(self._body(sections), "<h2>1. General</h2>\n<h2>2. Steps</h2>\n<p>[steps]</p>")
        self.assertIn("<h2>2. Risks</h2>", self._body(sections, {"has_risks": True}))

    def test_parts_of_a_section_left_out_are_left_out(self):
        sections = [Section("A", condition="no"), Section("A.A", level=2), Section("B"), Section("B.A", level=2)]
        self.assertEqual(self._body(sections), "<h2>1. B</h2>\n<h3>1.1. B.A</h3>")

    def test_own_numbers_and_styles(self):
        sections = [Section("A", number="§ 5"), Section("B"), Section("C"), Section("D", level=2)]
        self.assertEqual(docgen.numbers(sections), ["§ 5", "1.", "2.", "2.1."])
        self.assertEqual(docgen.numbers(sections, "roman"), ["§ 5", "I.", "II.", "II.1."])
        self.assertEqual(docgen.numbers(sections, "none"), ["§ 5", "", "", ""])

    def test_headings_have_placeholders_and_are_text(self):
        body = self._body([Section("{{process.name}} <b>")], style="none")
        self.assertEqual(body, "<h2>Тепло &amp; &lt;світло&gt; &lt;b&gt;</h2>")

    def test_check_names_the_section(self):
        for code, section in [
            ("condition", Section("Steps", condition="x")),
            ("block", Section("Steps", block="x")),
            ("level", Section("Steps", level=4)),
            ("unknown", Section("Steps {{x}}")),
            ("unknown", Section("Steps", "<p>{{x}}</p>")),
        ]:
            with self.subTest(code=code), self.assertRaises(TemplateProblem) as caught:
                section.check(NAMES, ["has_risks"], ["steps"])
            self.assertEqual(caught.exception.code, code)
            self.assertTrue(caught.exception.section.startswith("Steps"))

    def test_paths_for_the_list_of_placeholders(self):
        self.assertEqual(
            docgen.paths(NAMES),
            [
                ("process.name", "Name", []),
                ("process.purpose", "Purpose", []),
                ("process.legal_acts", "", [("item", "Act", [])]),
                (
                    "process.steps",
                    "",
                    [
                        ("item.number", "Number", []),
                        ("item.name", "Step", []),
                        ("item.documents", "", [("item", "Document", [])]),
                    ],
                ),
            ],
        )


class TestDigestAndDifference(BaseCase):
    def test_digest_counts_values_not_the_order_of_keys(self):
        self.assertEqual(docgen.digest({"a": 1, "b": [1, 2]}), docgen.digest({"b": [1, 2], "a": 1}))
        self.assertNotEqual(docgen.digest({"b": [1, 2]}), docgen.digest({"b": [2, 1]}))

    def test_changed_sources(self):
        before = [["m", 1, "One", "x"], ["m", 2, "Two", "x"]]
        after = [["m", 1, "One", "y"], ["m", 3, "Three", "x"]]
        self.assertEqual(docgen.changed(before, after), {"changed": ["One"], "added": ["Three"], "removed": ["Two"]})
        self.assertEqual(docgen.changed(None, None), {"changed": [], "added": [], "removed": []})

    def test_same_text_in_another_shape(self):
        self.assertTrue(docgen.same("<p>a <b>b</b></p>", '<div><p class="x">a\n b</p></div>'))
        self.assertEqual(docgen.difference("<p>a</p>", "<p>a</p>"), "")
        self.assertFalse(docgen.same("<p>a</p>", "<h2>a</h2>"))

    def test_changed_words_of_a_row(self):
        old = "<p>x</p><table><tr><td>Take in</td><td>Clerk</td></tr><tr><td>Give out</td><td>Clerk</td></tr></table>"
        new = old.replace("Take in</td><td>Clerk", "Take in</td><td>Head")
        self.assertEqual(
            docgen.difference(old, new),
            "<p>x</p>\n<p>Take in | <del>Clerk</del><ins>Head</ins></p>\n<p>Give out | Clerk</p>",
        )

    def test_what_is_far_from_a_change_is_left_out(self):
        old = "".join(f"<p>{number}</p>" for number in range(100))
        found = docgen.difference(old, old.replace("<p>50</p>", ""))
        self.assertEqual(found.split("\n"), ["<p>…</p>", "<p>49</p>", "<p><del>50</del></p>", "<p>51</p>", "<p>…</p>"])

    def test_items_of_nested_lists_count_once(self):
        body = "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul>"
        self.assertEqual(docgen.units(body), [("li", "a"), ("li", "b"), ("li", "c")])

    def test_loose_text_and_pictures_are_read(self):
        body = 'loose <b>text</b><p>a<br/>b</p>tail<ul><li>c</li></ul><p><img src="data:x"/></p>'
        self.assertEqual(
            docgen.units(body), [("p", "loose text"), ("p", "a b"), ("p", "tail"), ("li", "c"), ("img", "data:x")]
        )

    def test_a_picture_that_we_draw_is_what_it_shows(self):
        drawn = '<p><img class="drawn" alt="%s" src="data:%s"/></p>'
        self.assertTrue(docgen.same(drawn % ("Map 1", "a"), drawn % ("Map 1", "b")))
        self.assertFalse(docgen.same(drawn % ("Map 1", "a"), drawn % ("Map 2", "a")))
        other = '<p><img alt="%s" src="data:%s"/></p>'
        self.assertFalse(docgen.same(other % ("Photo", "a"), other % ("Photo", "b")))

    def test_a_long_picture_is_told_by_its_end_and_nothing_else_is_cut(self):
        body = '<p>See <img alt="Photo" src="data:image/png;base64,%s"/> below</p><p>%s</p>'
        pieces = "A" * 5000, "B" * 100 + "="
        written = 'img src="data:image/png;base64,' + "C" * 100  # what somebody wrote, no picture
        self.assertEqual(
            docgen.units(body % ("".join(pieces), written)),
            [("p", "See below"), ("img", "B" * 63 + "="), ("p", written)],
        )

    def test_no_change_is_lost(self):
        """Removed words out of the difference and the marks off: what stays is the new text, and the other way."""
        dice = random.Random(7)
        words = ["one", "two", "three", "four"]
        for _round in range(200):
            old, new = (
                [
                    " ".join(dice.choice(words) for _word in range(dice.randint(1, 4)))
                    for _row in range(dice.randint(1, 5))
                ]
                for _side in range(2)
            )
            found = docgen.difference(*("".join(f"<p>{row}</p>" for row in side) for side in (old, new)))
            for row in set(new) - set(old):
                if len(new) == 1 and len(old) == 1:
                    kept = re.sub(r"<del>.*?</del>|</?ins>|</?p>", "", found)
                    self.assertEqual(" ".join(kept.split()), row)
            self.assertEqual(bool(found), old != new)

    def test_contents_have_anchors(self):
        body, entries = docgen.contents("<h2>1. A</h2><p>x</p><h3>1.1. B</h3><h4>deep</h4>")
        self.assertEqual([(entry.level, entry.title) for entry in entries], [(1, "1. A"), (2, "1.1. B")])
        for entry in entries:
            self.assertIn(f'id="{entry.anchor}"', body)


class TestShippedFiles(BaseCase):
    FOLDER = Path(__file__).parents[2] / "data" / "documents"

    def test_file_is_read(self):
        content = b"""<document name="N" title="T {{a}}" provider="process" type="CARD" contents="1">
            <header><p>H</p></header>
            <section key="one" title="One" condition="c"><p>Text
              more</p></section>
        </document>"""
        shipped = docgen.read_file(content)
        self.assertEqual((shipped.name, shipped.contents, shipped.header), ("N", True, "<p>H</p>"))
        [(key, section)] = shipped.sections
        self.assertEqual(
            (key, section.title, section.condition, section.text), ("one", "One", "c", "<p>Text\nmore</p>")
        )

    def test_outside_files_are_not_opened(self):
        content = b"""<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>
            <document name="N" title="T" provider="p" type="C"><section key="a" title="A">&x;</section></document>"""
        self.assertNotIn("root", docgen.read_file(content).sections[0][1].text)

    def test_unknown_attributes_are_told(self):
        with self.assertRaises(TemplateProblem):
            docgen.read_file(b'<document name="N" title="T" provider="p" type="C"><section nmae="a"/></document>')

    def test_each_kind_is_there_in_each_language_with_the_same_sections(self):
        languages = {}
        for path in self.FOLDER.glob("*/*.xml"):
            shipped = docgen.read_file(path.read_bytes())
            keys = [(key, section.level, section.condition, section.block) for key, section in shipped.sections]
            languages.setdefault(path.parent.name, {})[path.stem] = (shipped.provider, shipped.type_code, keys)
        self.assertEqual(set(languages), {"uk_UA", "ru_RU", "en_US"})
        self.assertEqual(languages["uk_UA"], languages["en_US"])
        self.assertEqual(languages["ru_RU"], languages["en_US"])
        self.assertGreaterEqual(len(languages["en_US"]), 17)

    def test_keys_are_unique(self):
        for path in self.FOLDER.glob("*/*.xml"):
            keys = [key for key, _section in docgen.read_file(path.read_bytes()).sections]
            self.assertEqual(len(keys), len(set(keys)), path.name)
