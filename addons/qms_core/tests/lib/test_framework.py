import doctest
import json
import tempfile
from pathlib import Path

from odoo.tests import BaseCase

from odoo.addons.qms_core.lib import framework
from odoo.addons.qms_core.lib.framework import ANSWERED, EXCLUDED, MAPPED, OPEN, PARTLY, Node, circle

FOLDER = Path(__file__).parents[2] / "data" / "frameworks"
TEXT = {"en": "Text", "uk": "Текст"}


def clause(code, parent="", **more):
    return {"code": code, "parent": parent, "title": TEXT, **more}


def file_of(**changes):
    data = {
        "schema": 1,
        "kind": "framework",
        "code": "OWN-1",
        "revision": 1,
        "languages": ["en", "uk"],
        "title": TEXT,
        "edition": "2020",
        "source": TEXT,
        "licence": TEXT,
        "clauses": [clause("4"), clause("4.1", "4")],
        **changes,
    }
    return {key: value for key, value in data.items() if value is not None}


def mapping_of(**changes):
    return {
        "schema": 1,
        "kind": "mapping",
        "from": "A",
        "to": "B",
        "revision": 1,
        "languages": ["en"],
        "links": [{"from": "1", "to": "2", "strength": "full"}],
        **changes,
    }


class TestFrameworkFile(BaseCase):
    def _problems(self, data):
        content = data if isinstance(data, bytes) else json.dumps(data).encode()
        found, problems = framework.read(content)
        self.assertEqual(found is None, bool(problems), "nothing comes of a file with a problem")
        return [(problem.code, problem.place) for problem in problems]

    def test_good_file(self):
        found, problems = framework.read(json.dumps(file_of(valid_from="2020-02-01")).encode())
        self.assertEqual((problems, found.code, found.valid_from), ([], "OWN-1", "2020-02-01"))
        self.assertEqual([[c.code for c in level] for level in found.levels()], [["4"], ["4.1"]])

    def test_no_file_at_all(self):
        self.assertEqual(self._problems(b"\xff\xfe\x00"), [("not_utf8", "")])
        self.assertEqual(self._problems(b'{"schema": 1,\n oops}'), [("not_json", "")])
        self.assertEqual(self._problems(b"[" * 100000), [("not_object", "")])
        self.assertEqual(self._problems(b"[1]"), [("not_object", "")])
        self.assertEqual(self._problems(b'{"code": 1, "code": 2}'), [("double_key", "code")])
        self.assertEqual(self._problems(b" " * (2 * 1024**2 + 1)), [("too_large", "")])

    def test_where_the_json_breaks(self):
        problem = framework.read(b'{"schema": 1,\n oops}')[1][0]
        self.assertEqual(problem.params, {"line": 2, "column": 2})

    def test_unknown_schema(self):
        self.assertEqual(self._problems(file_of(schema=2)), [("unknown_schema", "schema")])
        self.assertEqual(self._problems(file_of(schema=True)), [("unknown_schema", "schema")])
        self.assertEqual(self._problems(file_of(schema=None)), [("unknown_schema", "schema")])
        self.assertEqual(self._problems(file_of(kind="checklist")), [("unknown_kind", "kind")])

    def test_keys(self):
        self.assertEqual(self._problems(file_of(edition=None)), [("missing_key", "")])
        self.assertEqual(self._problems(file_of(titel=1)), [("unknown_key", "")])
        self.assertEqual(self._problems(file_of(clauses=[{"code": "4.1"}])), [("missing_key", "4.1")])
        self.assertEqual(self._problems(file_of(clauses=["4"])), [("no_object", "clauses[0]")])
        self.assertEqual(self._problems(file_of(clauses=[])), [("no_list", "clauses")])

    def test_missing_parent(self):
        self.assertEqual(self._problems(file_of(clauses=[clause("4.1", "4")])), [("missing_parent", "4.1")])

    def test_double_code(self):
        self.assertEqual(self._problems(file_of(clauses=[clause("4"), clause("4")])), [("double_clause", "4")])

    def test_clause_under_itself(self):
        problems = framework.read(json.dumps(file_of(clauses=[clause("4", "5"), clause("5", "4")])).encode())[1]
        self.assertEqual([(p.code, p.params["path"]) for p in problems], [("parent_circle", "4 → 5 → 4")])

    def test_missing_translation(self):
        half = clause("4", title={"en": "Context", "uk": " "})
        self.assertEqual(self._problems(file_of(clauses=[half])), [("missing_translation", "4, title")])
        half = clause("4", paraphrase={"en": "Know it"})
        self.assertEqual(self._problems(file_of(clauses=[half])), [("missing_translation", "4, paraphrase")])
        self.assertEqual(
            self._problems(file_of(clauses=[clause("4", title={**TEXT, "fr": "T"})])),
            [("unknown_language", "4, title")],
        )
        self.assertEqual(self._problems(file_of(languages=["uk"])), [("bad_languages", "languages")])

    def test_values(self):
        self.assertEqual(self._problems(file_of(code="ISO 9001")), [("bad_code", "code")])
        self.assertEqual(self._problems(file_of(revision=0)), [("bad_revision", "revision")])
        self.assertEqual(self._problems(file_of(revision="2")), [("bad_revision", "revision")])
        self.assertEqual(self._problems(file_of(valid_from="15.09.2015")), [("bad_day", "valid_from")])
        self.assertEqual(
            self._problems(file_of(valid_from="2020-01-01", valid_to="2019-01-01")), [("wrong_way_round", "valid_to")]
        )
        self.assertEqual(self._problems(file_of(supersedes="OWN-1")), [("supersedes_itself", "supersedes")])

    def test_mapping(self):
        found, problems = framework.read(json.dumps(mapping_of()).encode())
        self.assertEqual((problems, found.code, found.both_ways), ([], "A → B", False))
        link = mapping_of()["links"][0]
        self.assertEqual(self._problems(mapping_of(links=[link, link])), [("double_link", "1 → 2")])
        self.assertEqual(
            self._problems(mapping_of(links=[{**link, "strength": "strong"}])), [("bad_strength", "1 → 2")]
        )
        self.assertEqual(self._problems(mapping_of(both_ways="yes")), [("bad_flag", "both_ways")])

    def test_mapping_onto_itself(self):
        links = [{"from": "1", "to": "2", "strength": "full"}, {"from": "2", "to": "1", "strength": "full"}]
        problems = framework.read(json.dumps(mapping_of(to="A", links=links)).encode())[1]
        self.assertEqual([(p.code, p.params["path"]) for p in problems], [("mapped_to_itself", "1 → 2 → 1")])

    def test_broken_file_in_a_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "a.json").write_text(json.dumps(file_of()))
            Path(folder, "b.json").write_text("{}")
            with self.assertRaises(framework.BrokenFileError) as broken:
                framework.read_folder(folder)
        self.assertEqual((broken.exception.name, broken.exception.problems[0].code), ("b.json", "unknown_schema"))

    def test_circle(self):
        self.assertEqual(doctest.testmod(circle).failed, 0)
        self.assertEqual(framework.find_circle([("a", "a")]), ["a", "a"])
        self.assertEqual(framework.find_circle((n, n + 1) for n in range(5000)), [])


class TestShippedFrameworks(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.frameworks, cls.mappings = framework.read_folder(FOLDER)

    def test_every_file_is_sound(self):
        for path in FOLDER.iterdir():
            found, problems = framework.read(path.read_bytes())
            self.assertEqual(problems, [], path.name)
            self.assertEqual(json.loads(path.read_text())["languages"], ["en", "ru", "uk"], path.name)
            name = f"map_{found.source}_{found.target}" if isinstance(found, framework.Mapping) else found.code
            self.assertEqual(path.stem, name)

    def test_extent(self):
        counts = {code: (len(item.levels()[0]), len(item.clauses)) for code, item in self.frameworks.items()}
        self.assertEqual(
            counts,
            {
                "ISO9001-2008": (5, 44),
                "ISO9001-2015": (7, 42),
                "ISO37001-2016": (7, 38),
                "ISO27001-2022": (8, 128),
                "IWA4-ISO18091": (4, 43),
                "CAF-2020": (9, 37),
            },
        )
        controls = [c for c in self.frameworks["ISO27001-2022"].clauses if c.code.count(".") == 2]
        self.assertEqual(len(controls), 93)

    def test_titles_are_translated_not_copied(self):
        for code, item in self.frameworks.items():
            for c in item.clauses:
                for text in (c.title, c.paraphrase):
                    if text:
                        self.assertNotIn(text["en"], (text["ru"], text["uk"]), f"{code} {c.code}")
                        self.assertLess(max(map(len, text.values())), 200, f"{code} {c.code}: one line")

    def test_paraphrase_of_every_clause(self):
        """Only the controls of an annex do with their title."""
        for code, item in self.frameworks.items():
            bare = [c.code for c in item.clauses if not c.paraphrase and not c.code.startswith("A")]
            self.assertEqual(bare, [], code)

    def test_mappings_lead_to_clauses(self):
        for mapping in self.mappings:
            for side, code in (("source", mapping.source), ("target", mapping.target)):
                known = {c.code for c in self.frameworks[code].clauses}
                wrong = [link for link in mapping.links if getattr(link, side) not in known]
                self.assertEqual(wrong, [], mapping.code)

    def test_transition_is_complete(self):
        transition = next(m for m in self.mappings if m.complete)
        self.assertEqual((transition.source, transition.target), ("ISO9001-2008", "ISO9001-2015"))
        self.assertEqual(
            {link.source for link in transition.links}, {c.code for c in self.frameworks["ISO9001-2008"].clauses}
        )
        pairs = {(link.source, link.target): link.strength for link in transition.links}
        self.assertEqual((pairs["7.3", "8.3"], pairs["7.5.2", "8.5.1f"]), ("full", "full"))

    def test_no_circle_through_all_files(self):
        edges = [
            ((m.source, link.source), (m.target, link.target))
            for m in self.mappings
            if not m.both_ways
            for link in m.links
        ]
        self.assertEqual(framework.find_circle(edges), [])


class TestCoverage(BaseCase):
    def _cover(self, nodes, *links):
        return framework.cover(nodes, links)[0]

    def test_leaves(self):
        nodes = {"a": Node(answered=True), "b": Node(), "c": Node(applicable=False, answered=True)}
        self.assertEqual(self._cover(nodes), {"a": ANSWERED, "b": OPEN, "c": EXCLUDED})

    def test_strengths(self):
        nodes = {"own": Node(answered=True), "full": Node(), "part": Node(), "look": Node()}
        links = [("own", "full", "full"), ("own", "part", "partial"), ("own", "look", "related")]
        statuses, through = framework.cover(nodes, links)
        self.assertEqual(statuses, {"own": ANSWERED, "full": MAPPED, "part": PARTLY, "look": OPEN})
        self.assertEqual((through["full"], through["part"], through["look"]), (["own"], ["own"], []))

    def test_chain_of_mappings(self):
        """A whole answer goes on, half of a half does not."""
        nodes = {"own": Node(answered=True), "b": Node(), "c": Node(), "d": Node(), "e": Node()}
        links = [("own", "b", "full"), ("b", "c", "partial"), ("c", "d", "full"), ("c", "e", "partial")]
        self.assertEqual(
            self._cover(nodes, *links), {"own": ANSWERED, "b": MAPPED, "c": PARTLY, "d": PARTLY, "e": OPEN}
        )

    def test_both_ways_proves_nothing_by_itself(self):
        self.assertEqual(
            self._cover({"a": Node(), "b": Node()}, ("a", "b", "full"), ("b", "a", "full")), {"a": OPEN, "b": OPEN}
        )

    def test_heading_follows_its_parts(self):
        def heading(first, second, **own):
            nodes = {"4": Node(**own), "4.1": Node("4", answered=first), "4.2": Node("4", answered=second)}
            return self._cover(nodes)["4"]

        self.assertEqual(heading(True, True), ANSWERED)
        self.assertEqual(heading(True, False), PARTLY)
        self.assertEqual(heading(False, False), OPEN)
        self.assertEqual(heading(True, False, answered=True), PARTLY, "an open part is a hole whatever stands above")
        self.assertEqual(heading(False, False, applicable=False), EXCLUDED)

    def test_excluded_heading_takes_its_parts_along(self):
        nodes = {"7": Node(applicable=False), "7.1": Node("7"), "7.1.1": Node("7.1", answered=True)}
        self.assertEqual(set(self._cover(nodes).values()), {EXCLUDED})

    def test_excluded_part_leaves_no_hole(self):
        nodes = {"8": Node(answered=True), "8.f": Node("8", applicable=False)}
        self.assertEqual(self._cover(nodes), {"8": ANSWERED, "8.f": EXCLUDED})

    def test_excluded_answers_nothing_elsewhere(self):
        nodes = {"a": Node(applicable=False, answered=True), "b": Node()}
        self.assertEqual(self._cover(nodes, ("a", "b", "full"))["b"], OPEN)

    def test_heading_answered_through_its_parts(self):
        nodes = {"own": Node(answered=True), "9": Node(), "9.1": Node("9"), "9.2": Node("9", answered=True)}
        self.assertEqual(self._cover(nodes, ("own", "9.1", "full"))["9"], MAPPED)

    def test_foreign_ends_are_passed_over(self):
        self.assertEqual(self._cover({"a": Node()}, ("gone", "a", "full"), ("a", "gone", "full")), {"a": OPEN})

    def test_tally(self):
        nodes = {
            "4": Node(),
            "4.1": Node("4", answered=True),
            "4.2": Node("4"),
            "8": Node(answered=True),
            "8.f": Node("8", applicable=False),
        }
        counts, percent = framework.tally(nodes, self._cover(nodes))
        self.assertEqual(counts, {ANSWERED: 2, OPEN: 1, EXCLUDED: 1})
        self.assertAlmostEqual(percent, 66.667, 2)

    def test_tally_of_nothing(self):
        nodes = {"4": Node(applicable=False)}
        self.assertEqual(framework.tally(nodes, self._cover(nodes)), ({EXCLUDED: 1}, 0.0))
