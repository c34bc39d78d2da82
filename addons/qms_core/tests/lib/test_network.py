import random
from itertools import combinations

from lxml import etree

from odoo.tests import BaseCase

from ...lib.network import (
    GROUPS,
    OUTSIDE,
    PROCESS,
    Flow,
    Party,
    Process,
    build,
    for_print,
    place,
    to_data,
    to_svg,
)
from ...lib.network.wiring import Wiring

LONG = "Затвердження містобудівної документації та видача висновків щодо відповідності"


def processes(*keys, **vals):
    return [Process(key, key.upper(), f"Process {key}", **vals) for key in keys]


def flow(text):
    """Build a flow from short notation: ``a<b:thing`` (a gets it from b) or ``a>b:thing`` (a gives it to b)."""
    ends, _colon, name = text.partition(":")
    direction, sign = ("input", "<") if "<" in ends else ("output", ">")
    process, other = ends.split(sign)
    return Flow(process, direction, name, other)


def network(*flows, people=(), nodes="abc", chosen=None):
    return build(processes(*nodes), [Party(key, key) for key in people], [flow(text) for text in flows], chosen)


def random_network(seed, count=40, arrows=160):
    rand = random.Random(seed)
    known = [Process(f"p{i}", f"P-{i}", LONG if i % 3 else "А & <Б>", rand.choice(GROUPS)) for i in range(count)]
    people = [Party(f"c{i}", LONG if i % 2 else f"Party {i}") for i in range(12)]
    ends = [process.key for process in known] + [party.key for party in people] + ["", "secret"]
    flows = [
        Flow(
            f"p{rand.randrange(count)}",
            rand.choice(("input", "output")),
            f"thing {rand.randrange(50)}",
            rand.choice(ends),
        )
        for _index in range(arrows)
    ]
    return build(known, people, flows)


def segments(points):
    return [pair for pair in zip(points, points[1:], strict=False) if pair[0] != pair[1]]


class TestNetwork(BaseCase):
    def pairs(self, graph):
        return {(edge.source, edge.target): edge.items for edge in graph.edges}

    def kinds(self, graph):
        return [(row.process, row.kind, row.name, row.other) for row in graph.missing]

    # ---- merging

    def test_thing_named_by_both_ends_is_one(self):
        graph = network("a>b:Plan", "b<a:Plan")
        self.assertEqual(self.pairs(graph), {("a", "b"): ("Plan",)})
        self.assertEqual(graph.missing, ())

    def test_names_differ_in_signs_only(self):
        graph = network("a>b:Завдання на об’єкт", "b<a:завдання  на об'єкт.")
        self.assertEqual(self.pairs(graph), {("a", "b"): ("Завдання на об’єкт",)})
        self.assertEqual(graph.missing, ())

    def test_pair_is_one_line(self):
        graph = network("a>b:Plan", "b<a:Plan", "a>b:Report", "b<a:Report", "b>a:Answer", "a<b:Answer")
        self.assertEqual(self.pairs(graph), {("a", "b"): ("Plan", "Report"), ("b", "a"): ("Answer",)})

    def test_parties_need_not_confirm(self):
        graph = network("a<x:Request", "a>x:Answer", people="x")
        self.assertEqual(self.pairs(graph), {("x", "a"): ("Request",), ("a", "x"): ("Answer",)})
        self.assertEqual(graph.missing, ())

    def test_nobody_at_the_other_end(self):
        graph = network("a<:Data", "b>:Waste")
        self.assertEqual(self.kinds(graph), [("a", "unsupplied", "Data", ""), ("b", "untaken", "Waste", "")])
        self.assertEqual(graph.edges, ())

    def test_same_thing_nobody_connected_is_a_hint(self):
        graph = network("a<:Data", "b>:data")
        self.assertEqual(self.kinds(graph), [("a", "unsupplied", "Data", "b"), ("b", "untaken", "data", "a")])

    def test_end_left_out_here_but_named_there(self):
        graph = network("a<:Data", "b>a:Data")
        self.assertEqual(self.pairs(graph), {("b", "a"): ("Data",)})
        self.assertEqual(graph.missing, ())

    def test_named_by_one_side_only(self):
        graph = network("a>b:Plan")
        self.assertEqual(self.kinds(graph), [("a", "one_sided", "Plan", "b")])
        self.assertEqual(graph.edges[0].one_sided, ("Plan",))

    def test_one_thing_under_two_names_is_a_hint(self):
        graph = network("a>b:Plan", "b<a:The plan")
        self.assertEqual([row.similar for row in graph.missing], [("The plan",), ("Plan",)])

    def test_process_that_gives_to_itself_names_both_ends(self):
        self.assertEqual(self.kinds(network("a>a:Notes")), [("a", "one_sided", "Notes", "a")])
        self.assertEqual(network("a>a:Notes", "a<a:Notes").missing, ())

    def test_archived_process_supplies_nothing(self):
        gone = Process("z", "Z", "Gone", active=False)
        graph = build([*processes("a"), gone], [], [flow("a<z:Data")])
        self.assertEqual(self.kinds(graph), [("a", "unsupplied", "Data", "z")])
        self.assertEqual(graph.shown, ("a",))

    def test_end_that_is_not_for_the_reader(self):
        graph = network("a>secret:Report")
        self.assertEqual(self.pairs(graph), {("a", OUTSIDE): ("Report",)})
        self.assertEqual(graph.missing, ())
        self.assertNotIn("secret", to_svg(place(graph)))

    def test_chosen_processes_with_their_neighbours(self):
        graph = network("a>b:X", "b<a:X", "b>c:Y", "c<:Z", "a<:W", chosen={"a"})
        self.assertEqual(graph.shown, ("a", "b"))
        self.assertEqual(self.pairs(graph), {("a", "b"): ("X",)})
        self.assertEqual(self.kinds(graph), [("a", "unsupplied", "W", "")])
        self.assertEqual([node.context for node in place(graph).nodes], [False, True])

    # ---- picture

    def test_boxes_never_overlap_and_lie_in_their_band(self):
        for seed in range(8):
            diagram = place(random_network(seed))
            with self.subTest(seed=seed):
                self.assertFalse(any(a.box.overlaps(b.box) for a, b in combinations(diagram.nodes, 2)))
                bands = {band.group: band.box for band in diagram.bands}
                for node in diagram.nodes:
                    if node.role == PROCESS:
                        self.assertTrue(bands[node.group].contains(node.box))
                    self.assertLessEqual(node.box.right, diagram.width)
                    self.assertLessEqual(node.box.bottom, diagram.height)

    def test_lines_are_straight_and_cross_no_box(self):
        for seed in range(6):
            diagram = place(random_network(seed))
            boxes = [node.box for node in diagram.nodes]
            with self.subTest(seed=seed):
                for route in diagram.routes:
                    for (x1, y1), (x2, y2) in segments(route.points):
                        self.assertTrue(abs(x1 - x2) < 0.01 or abs(y1 - y2) < 0.01)
                        left, right, top, bottom = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
                        for box in boxes:
                            self.assertFalse(
                                right > box.x + 0.1
                                and left < box.right - 0.1
                                and bottom > box.y + 0.1
                                and top < box.bottom - 0.1
                            )

    def test_lines_of_different_givers_never_lie_on_each_other(self):
        """Along a trunk or a branch there is one giver; to customers there is one taker."""
        for seed in range(6):
            graph = random_network(seed)
            lying = {}
            for route in place(graph).routes:
                owner = route.edge.source if route.edge.target in graph.processes else route.edge.target
                for (x1, y1), (x2, y2) in segments(route.points)[1:4]:
                    place_ = ("v", round(x1, 2)) if abs(x1 - x2) < 0.01 else ("h", round(y1, 2))
                    span = sorted((y1, y2) if place_[0] == "v" else (x1, x2))
                    lying.setdefault(place_, []).append((*span, owner))
            with self.subTest(seed=seed):
                for spans in lying.values():
                    for first, second in combinations(spans, 2):
                        shared = min(first[1], second[1]) - max(first[0], second[0])
                        self.assertFalse(shared > 0.5 and first[2] != second[2])

    def test_equal_networks_give_equal_pictures(self):
        first, second = (place(random_network(3)) for _time in range(2))
        self.assertEqual(to_data(first), to_data(second))
        self.assertEqual(to_svg(first), to_svg(second))

    def test_tracks_are_shared(self):
        """Lines in an aisle that do not touch take the same track."""
        graph = network("a>b:1", "b<a:1", "c>d:2", "d<c:2", nodes="abcd")
        cells = {"a": (0, 0), "b": (0, 1), "c": (3, 0), "d": (3, 1)}
        wiring = Wiring(graph.edges, cells, 2)
        self.assertEqual(wiring.aisle_tracks[1], 1)

    def test_texts_are_escaped_and_in_the_picture(self):
        diagram = place(random_network(1))
        root = etree.fromstring(to_svg(diagram, 'A "map" & more', "uk"))
        texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
        self.assertIn("А & <Б>", texts)
        self.assertIn("Management", texts)
        self.assertTrue(any(text.startswith("Named by one side: ") for text in texts))

    def test_missing_ends_are_told_in_words(self):
        diagram = place(network("a<:One", "a<:Two", "a>b:Plan"), {"unsupplied": "Ніхто не дає: %s"})
        stubs = {node.key: [label.lines for _kind, label in node.stubs] for node in diagram.nodes}
        self.assertEqual(stubs["a"], [("Ніхто не дає: 2",), ("Named by one side: 1",)])
        self.assertEqual(stubs["b"], [])

    def test_nothing_at_all(self):
        diagram = place(build([], [], []))
        self.assertEqual((diagram.nodes, diagram.routes), ((), ()))
        etree.fromstring(to_svg(diagram))

    def test_paper_grows_with_the_picture(self):
        small = for_print(network("a>b:Plan"))
        large = for_print(random_network(2, count=150, arrows=500))
        self.assertEqual(small[1], "a4")
        self.assertIn(large[1], ("a2", "a1", "a0"))
