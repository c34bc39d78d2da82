import random
from itertools import combinations, pairwise

from lxml import etree

from odoo.tests import BaseCase

from ...lib.layout import Edge, Graph, Lane, Node, place, to_svg
from ...lib.layout.ranking import feedback_arcs
from ...lib.layout.text import fit, text_width

SVG = {"s": "http://www.w3.org/2000/svg"}
WIDTH = 1500
NAMES = (
    "",
    "Реєстрація заяви",
    "Перевірка комплектності пакета документів заявника",
    "A & B",
    "<script>alert('x')</script>",
    'Він сказав: "так"',
    "Найвищекваліфікованіший" * 9,
    "слово " * 60,
    "нормативно-правового",
    "\x00\x1b",
)
KINDS = ("start", "task", "task", "task", "decision", "subprocess", "event", "end", "unheard of")
LABELS = ("", "", "Так", "Ні", "потрібне доопрацювання документів")


def make_graph(lanes, steps, arrows):
    """Build a graph from short notation: ``a:lane:kind`` and ``a>b`` or ``a>b:label``."""
    nodes, edges = [], []
    for step in steps.split():
        key, lane, kind = (step.split(":") + ["", "task"][len(step.split(":")) - 1 :])[:3]
        nodes.append(Node(key, f"Step {key}", lane, kind))
    for arrow in arrows.split():
        ends, _colon, label = arrow.partition(":")
        source, target = ends.split(">")
        edges.append(Edge(arrow, source, target, label))
    return Graph(tuple(Lane(key, key.upper()) for key in lanes.split()), tuple(nodes), tuple(edges))


def random_graph(seed):
    """Build a graph of any shape: from loose steps to far more arrows than a person would draw."""
    rand = random.Random(seed)
    count, lanes = rand.randint(1, 45), rand.randint(0, 5)
    return Graph(
        tuple(Lane(f"l{i}", rand.choice(NAMES)) for i in range(lanes)),
        tuple(
            Node(f"n{i}", rand.choice(NAMES), f"l{rand.randint(0, lanes)}", rand.choice(KINDS), marked=i % 7 == 0)
            for i in range(count)
        ),
        tuple(
            Edge(f"e{i}", f"n{rand.randrange(count)}", f"n{rand.randrange(count)}", rand.choice(LABELS))
            for i in range(rand.choice((0, count // 2, count, 2 * count, 3 * count)))
        ),
    )


def chain(count, lanes=3):
    """Build a process of ``count`` steps in a row that changes the lane now and then."""
    return Graph(
        tuple(Lane(f"l{i}", f"Відділ {i}") for i in range(lanes)),
        tuple(Node(f"n{i}", f"{i}. Погодження проєкту рішення", f"l{i // 3 % lanes}") for i in range(count)),
        tuple(Edge(f"e{i}", f"n{i}", f"n{i + 1}") for i in range(count - 1)),
    )


def enters(first, second, box):
    """Return whether a segment passes through the interior of a box."""
    (x1, y1), (x2, y2) = first, second
    margin = 0.05
    return (
        max(x1, x2) > box.x + margin
        and min(x1, x2) < box.right - margin
        and max(y1, y2) > box.y + margin
        and min(y1, y2) < box.bottom - margin
    )


def overlay(first, second):
    """Return the length two parallel segments share, 0 if they do not lie on one line."""
    for axis in (0, 1):
        if len({point[axis] for point in (*first, *second)}) == 1:
            (a, b), (c, d) = (sorted(point[1 - axis] for point in segment) for segment in (first, second))
            return max(0, min(b, d) - max(a, c))
    return 0


class TestLayout(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.drawn = [
            (seed, width, place(random_graph(seed), width)) for seed in range(40) for width in (None, 700, WIDTH)
        ]

    # ---- placing

    def test_shapes_never_overlap(self):
        for seed, width, diagram in self.drawn:
            with self.subTest(seed=seed, width=width):
                boxes = [placed.box for placed in (*diagram.nodes, *diagram.connectors)]
                self.assertFalse(any(a.overlaps(b) for a, b in combinations(boxes, 2)))

    def test_every_step_is_placed_inside_its_lane(self):
        for seed, width, diagram in self.drawn:
            with self.subTest(seed=seed, width=width):
                self.assertEqual([placed.node for placed in diagram.nodes], list(random_graph(seed).nodes))
                lanes = {(placed.lane.key, placed.band): placed for placed in diagram.lanes}
                for placed in diagram.nodes:
                    lane = lanes[placed.lane, placed.band]
                    self.assertTrue(lane.box.contains(placed.box))
                    self.assertFalse(lane.header.overlaps(placed.box))

    def test_lanes_follow_each_other_in_their_order(self):
        diagram = place(make_graph("a b c", "1:c 2:a 3:b", "1>2 2>3"))
        self.assertEqual([placed.lane.key for placed in diagram.lanes], ["a", "b", "c"])
        for upper, lower in pairwise(diagram.lanes):
            self.assertAlmostEqual(upper.box.bottom, lower.box.y)

    def test_lane_without_steps_is_shown(self):
        diagram = place(make_graph("a idle b", "1:a 2:b", "1>2"))
        self.assertEqual([placed.lane.key for placed in diagram.lanes], ["a", "idle", "b"])

    def test_unknown_lane_comes_last(self):
        diagram = place(make_graph("a b", "1:a 2:nobody 3:b", "1>2 2>3"))
        self.assertEqual(diagram.lanes[-1].lane.name, "—")
        self.assertTrue(diagram.lanes[-1].box.contains(diagram.nodes[1].box))

    def test_time_runs_from_left_to_right(self):
        diagram = place(make_graph("a b", "s:a:start 1:a 2:b 3:a e:b:end", "s>1 1>2 2>3 3>e s>3"))
        self.assertEqual(sorted(placed.box.x for placed in diagram.nodes), [placed.box.x for placed in diagram.nodes])
        self.assertFalse(any(route.back for route in diagram.routes))

    def test_chain_in_one_lane_is_straight(self):
        diagram = place(make_graph("a", "s:a:start 1:a d:a:decision 2:a e:a:end", "s>1 1>d d>2 2>e"))
        self.assertEqual([len(route.parts[0]) for route in diagram.routes], [2, 2, 2, 2])

    def test_equal_graphs_give_equal_drawings(self):
        for seed, width, diagram in self.drawn[:30]:
            again = place(random_graph(seed), width)
            self.assertEqual(again, diagram)
            self.assertEqual(to_svg(again), to_svg(diagram))

    # ---- loops

    def test_loop_is_cut_where_the_process_enters_it(self):
        diagram = place(
            make_graph(
                "a b",
                "s:a:start 1:a check:b:decision fix:a e:b:end",
                "s>1 1>check check>fix:no fix>1 check>e:yes",
            )
        )
        self.assertEqual([route.edge.key for route in diagram.routes if route.back], ["fix>1"])

    def test_graphs_of_loops_only(self):
        for arrows in ("1>1", "1>2 2>1", "1>2 2>3 3>1", "1>2 2>3 3>1 1>3 3>2 2>1 1>1 2>2 3>3"):
            with self.subTest(arrows):
                diagram = place(make_graph("a", "1:a 2:a:decision 3:a:start", arrows))
                self.assertEqual(len(diagram.routes), len(arrows.split()))
                self.assertTrue(any(route.back for route in diagram.routes))

    def test_turning_the_feedback_arcs_round_leaves_no_cycle(self):
        for seed in range(100):
            rand = random.Random(seed)
            count = rand.randint(1, 30)
            arcs = [(rand.randrange(count), rand.randrange(count)) for _arc in range(rand.randint(0, 4 * count))]
            back = feedback_arcs(count, arcs)
            succ = {vertex: set() for vertex in range(count)}
            for index, (source, target) in enumerate(arcs):
                if source != target:
                    succ[target if index in back else source].add(source if index in back else target)
            while sinks := [vertex for vertex, others in succ.items() if not others]:
                for sink in sinks:
                    del succ[sink]
                for others in succ.values():
                    others.difference_update(sinks)
            self.assertFalse(succ, seed)
            proper = sum(source != target for source, target in arcs)
            self.assertLessEqual(len(back), proper / 2)

    # ---- routing

    def test_arrows_are_orthogonal_and_never_cross_a_shape_or_a_name(self):
        for seed, width, diagram in self.drawn:
            obstacles = [placed.box for placed in (*diagram.nodes, *diagram.connectors)]
            obstacles += [placed.label.box for placed in diagram.nodes if placed.label.lines]
            obstacles += [placed.header for placed in diagram.lanes]
            for route in diagram.routes:
                with self.subTest(seed=seed, width=width, edge=route.edge.key):
                    for first, second in (segment for part in route.parts for segment in pairwise(part)):
                        self.assertTrue(first[0] == second[0] or first[1] == second[1])
                        self.assertFalse(any(enters(first, second, box) for box in obstacles))

    def test_arrows_join_the_shapes_of_their_steps(self):
        for seed, width, diagram in self.drawn:
            shapes = {placed.node.key: placed.box for placed in diagram.nodes}
            for route in diagram.routes:
                ends = (
                    (shapes[route.edge.source], route.parts[0][0]),
                    (shapes[route.edge.target], route.parts[-1][-1]),
                )
                for box, (x, y) in ends:
                    with self.subTest(seed=seed, width=width, edge=route.edge.key):
                        sides = (
                            (box.x, box.center[1]),
                            (box.right, box.center[1]),
                            (box.center[0], box.y),
                            (box.center[0], box.bottom),
                        )
                        self.assertLess(min(abs(x - px) + abs(y - py) for px, py in sides), 0.05)

    def test_arrows_without_a_common_step_do_not_cover_each_other(self):
        for seed, width, diagram in self.drawn:
            segments = [
                (route.edge, segment) for route in diagram.routes for part in route.parts for segment in pairwise(part)
            ]
            covered = [
                (one.key, other.key)
                for (one, first), (other, second) in combinations(segments, 2)
                if one.source != other.source and one.target != other.target and overlay(first, second) > 0.5
            ]
            self.assertFalse(covered, (seed, width))

    def test_names_of_branches_stand_clear_of_shapes(self):
        diagram = place(
            make_graph(
                "a b c",
                "1:a d:b:decision 2:a 3:b 4:c e:b:end",
                "1>d d>2:up d>3:on d>4:down d>1:back 2>e 3>e 4>e",
            )
        )
        boxes = [route.label.box for route in diagram.routes if route.label]
        self.assertEqual(len(boxes), 4)
        self.assertFalse(any(a.overlaps(b) for a, b in combinations(boxes, 2)))
        self.assertFalse(any(box.overlaps(placed.box) for box in boxes for placed in diagram.nodes))

    # ---- bands

    def test_sixty_steps_wrap_at_the_width(self):
        diagram = place(chain(60), WIDTH)
        self.assertLessEqual(diagram.width, WIDTH)
        self.assertGreater(len(diagram.bands), 1)
        for upper, lower in pairwise(diagram.bands):
            self.assertLess(upper.bottom, lower.y)
        for placed in diagram.nodes:
            self.assertTrue(diagram.bands[placed.band].contains(placed.box))
        bands = [placed.band for placed in diagram.nodes]
        self.assertEqual(bands, sorted(bands))

    def test_arrow_to_another_band_goes_through_two_connectors_of_one_name(self):
        diagram = place(chain(12), WIDTH)
        [route] = [route for route in diagram.routes if len(route.parts) == 2]
        leaving, entering = sorted(diagram.connectors, key=lambda connector: connector.entering)
        self.assertEqual((leaving.name, leaving.target), (entering.name, entering.target))
        self.assertEqual(leaving.target, route.edge.target)
        self.assertEqual(route.parts[0][-1][0], leaving.box.x)
        self.assertEqual(route.parts[1][0][0], entering.box.right)

    def test_loop_to_an_earlier_band_leaves_before_it_enters(self):
        graph = chain(12)
        diagram = place(Graph(graph.lanes, graph.nodes, (*graph.edges, Edge("loop", "n11", "n1"))), WIDTH)
        [loop] = [route for route in diagram.routes if route.back]
        bands = [
            next(number for number, box in enumerate(diagram.bands) if box.y < part[0][1] < box.bottom)
            for part in loop.parts
        ]
        self.assertEqual(bands, [1, 0])

    def test_no_width_means_one_band(self):
        diagram = place(chain(60), None)
        self.assertEqual(len(diagram.bands), 1)
        self.assertFalse(diagram.connectors)

    def test_width_too_small_for_a_step_is_exceeded(self):
        self.assertEqual(len(place(chain(5), 10).bands), 5)

    # ---- bad input

    def test_duplicate_keys_and_loose_arrows_are_refused(self):
        lane, node = Lane("a", "A"), Node("1", "One", "a")
        for graph, message in (
            (Graph((lane, lane), (node,), ()), "'a' is used by more than one lane"),
            (Graph((lane,), (node, node), ()), "'1' is used by more than one step"),
            (Graph((lane,), (node,), (Edge("e", "1", "1"), Edge("e", "1", "1"))), "'e' is used by more than one arrow"),
            (Graph((lane,), (node,), (Edge("e", "1", "9"),)), "refers to the step '9', which does not exist"),
        ):
            with self.subTest(message), self.assertRaisesRegex(ValueError, message):
                place(graph)

    def test_graphs_without_steps(self):
        for graph in (Graph((), (), ()), make_graph("a b", "", "")):
            diagram = place(graph)
            self.assertEqual(len(diagram.lanes), len(graph.lanes))
            etree.fromstring(to_svg(diagram))

    # ---- text

    def test_text_stays_inside_its_shape(self):
        for name in NAMES:
            for kind in ("task", "subprocess"):
                for marked in (False, True):
                    with self.subTest(name[:30], kind=kind, marked=marked):
                        graph = Graph((Lane("a", name),), (Node("1", name, "a", kind, marked=marked),), ())
                        diagram = place(graph)
                        for box, label in (
                            (diagram.nodes[0].box, diagram.nodes[0].label),
                            (diagram.lanes[0].header, diagram.lanes[0].label),
                        ):
                            self.assertTrue(box.contains(label.box))
                            self.assertGreaterEqual(label.size, 9)
                            for line in label.lines:
                                self.assertLessEqual(text_width(line, label.size), label.box.width)

    def test_text_is_wrapped_then_shrunk_then_broken_then_clipped(self):
        self.assertEqual(fit("Подання заяви та документів", 110, 54).lines, ("Подання заяви та", "документів"))
        self.assertEqual(fit("нормативно-правового", 100, 54).lines, ("нормативно-", "правового"))
        self.assertLess(fit("Внутрішньовідомчого", 110, 54).size, fit("Внутрішнього", 110, 54).size)
        broken = fit("Я" * 40, 110, 54)
        self.assertEqual(("".join(broken.lines), broken.clipped), ("Я" * 40, False))
        clipped = fit("слово " * 60, 110, 54)
        self.assertTrue(clipped.clipped)
        self.assertTrue(clipped.lines[-1].endswith("…"))

    # ---- SVG

    def test_hostile_names_are_text_only(self):
        for name in NAMES:
            with self.subTest(name[:30]):
                graph = Graph(
                    (Lane(name, name),),
                    (Node(f"1{name}", name, name, "task", note=name), Node("2", name, name, "decision")),
                    (Edge("e", f"1{name}", "2", name),),
                )
                svg = etree.fromstring(to_svg(place(graph), title=name, lang='"><script>'))
                tags = {etree.QName(element).localname for element in svg.iter()}
                self.assertLessEqual(
                    tags,
                    {"svg", "title", "defs", "marker", "path", "g", "rect", "text", "polygon"},
                )

    def test_full_name_and_note_are_in_the_title_of_the_step(self):
        graph = Graph((Lane("a", "A"),), (Node("k", "слово " * 60, "a", note="Пояснення", marked=True),), ())
        svg = etree.fromstring(to_svg(place(graph), words={"marked": "Віза"}))
        [title] = svg.xpath("//s:g[@data-key='k']/s:title/text()", namespaces=SVG)
        self.assertEqual(title, f"{('слово ' * 60).strip()} — Пояснення — Віза")

    def test_steps_with_documents_bear_a_sign_inside_their_shape(self):
        kinds = ("task", "decision", "start", "subprocess")
        for kind in kinds:
            with self.subTest(kind):
                plain, linked = (
                    place(Graph((Lane("a", "A"),), (Node("k", "Name", "a", kind, linked=linked),), ()))
                    for linked in (False, True)
                )
                signs = [
                    etree.fromstring(to_svg(diagram)).xpath("//s:g[@data-key]/s:g/s:path/@d", namespaces=SVG)
                    for diagram in (plain, linked)
                ]
                self.assertEqual([len(paths) for paths in signs], [0, 2])
                x, y = map(float, signs[1][0].removeprefix("M").split("h")[0].split())
                box = linked.nodes[0].box
                self.assertTrue(box.x <= x <= box.right - 9 and box.y <= y <= box.bottom - 12)

    def test_svg_is_a_named_scalable_image(self):
        svg = etree.fromstring(to_svg(place(chain(3)), title="Карта", lang="uk"))
        self.assertEqual((svg.get("role"), svg.get("width"), svg.get("lang")), ("img", "100%", "uk"))
        self.assertTrue(svg.get("viewBox"))
        [title] = svg.xpath("s:title", namespaces=SVG)
        self.assertEqual((title.text, title.get("id")), ("Карта", svg.get("aria-labelledby")))
        self.assertEqual(len(svg.xpath("//s:g[@data-key]", namespaces=SVG)), 3)

    def test_drawings_on_one_page_share_no_identifier(self):
        first, second = (etree.fromstring(to_svg(place(chain(count)), title="Карта")) for count in (3, 4))
        ids = [set(svg.xpath("//@id")) for svg in (first, second)]
        self.assertFalse(ids[0] & ids[1])
        for svg, own in zip((first, second), ids, strict=True):
            used = {value[5:-1] for value in svg.xpath("//@marker-end")}
            self.assertTrue(used)
            self.assertLessEqual(used, own)
