import random
from dataclasses import replace

from lxml import etree

from odoo.tests import BaseCase

from ...lib.bpmn import BpmnError, Flow, Process, Role, Step, compare, in_reading_order, read, stamp, write
from ...lib.bpmn.names import FLOW, LANE, STEP, TOUCH_MAX, WAIT_MAX, escaped, key_of, q, step_id
from ...lib.layout import KINDS
from ...models.process.qms_process_step import YEAR_MINUTES

TEXTS = (
    "",
    "Реєстрація заяви",
    "A & B <c> \"d\" 'e'",
    "two\nlines\tand a tab\r",
    "  blanks  ",
    "𝔘 – ’ ї",
    "слово " * 60,
)
KEYS = ("s010", "Крок 1", "1st", "qms.pool", "qms.step.a", "a.b-c_d", "_", "x_5f_y", "-", "s010.shape", "😀", "a:b")
RICH = Process(
    lanes=(Role("R-1", "Адміністратор", code="R-1"), Role("R-2", "Виконавець", code="R-2")),
    nodes=(
        Step("start", "Заява", "R-1", "start"),
        Step("s010", "Прийняти", "R-1", "task", "See §4", True, 5.5, 0.0, "Заява; Опис", "Реєстр", "U-1"),
        Step("s020", "Повна?", "R-2", "decision", touch_minutes=1.0, marked=False),
        Step("wait", "Три дні", "R-2", "event", wait_hours=72.0),
        Step("sub", "Огляд", "", "subprocess", documents="", information_system="", unit=""),
        Step("end", "Видано", "R-1", "end"),
    ),
    edges=(
        Flow("1", "start", "s010"),
        Flow("2", "s010", "s020"),
        Flow("3", "s020", "wait", "ні", 12.5),
        Flow("4", "wait", "s010"),
        Flow("5", "s020", "sub", "так", 87.5),
        Flow("6", "sub", "end"),
    ),
    key="P-1.2",
    name="Видача довідки",
    stamp="abc",
)


def random_process(seed):
    """Build a process of any shape out of awkward keys and texts."""
    rand = random.Random(seed)
    keys = list(
        dict.fromkeys(rand.choice(KEYS) + rand.choice(("", str(index))) for index in range(rand.randint(0, 30)))
    )
    lanes = [rand.choice(KEYS) + str(index) for index in range(rand.randint(0, 4))]

    def maybe(value):
        return rand.choice((None, value))

    nodes = tuple(
        Step(
            key,
            rand.choice(TEXTS),
            rand.choice([*lanes, ""]),
            rand.choice(KINDS),
            rand.choice(TEXTS),
            rand.choice((None, True, False)),
            maybe(rand.uniform(0, TOUCH_MAX)),
            maybe(rand.choice((0.0, 0.1, 1e-7, float(WAIT_MAX)))),
            maybe(rand.choice(TEXTS)),
            maybe(rand.choice(TEXTS)),
            maybe(rand.choice(KEYS)),
        )
        for key in keys
    )
    pairs = {(rand.choice(keys), rand.choice(keys)) for _index in range(rand.randint(0, 60) if keys else 0)}
    edges = tuple(
        Flow(rand.choice(KEYS) + str(index), *ends, rand.choice(TEXTS), maybe(rand.uniform(0, 100)))
        for index, ends in enumerate(sorted(pairs))
    )
    roles = tuple(Role(lane, rand.choice(TEXTS), rand.choice(("", lane))) for lane in lanes)
    return Process(roles, nodes, edges, rand.choice(KEYS), rand.choice(TEXTS), "stamp")


class TestBpmnWriter(BaseCase):
    def test_what_is_written_is_read_again(self):
        reading = read(write(RICH))
        self.assertEqual(reading.process, RICH)
        self.assertEqual([remark.code for remark in reading.remarks], ["documentation"])

    def test_any_process_is_read_again(self):
        for seed in range(150):
            with self.subTest(seed=seed):
                process = random_process(seed)
                self.assertEqual(read(write(process)).process, process)

    def test_identifiers_are_unique_and_every_reference_leads_somewhere(self):
        for seed in range(60):
            root = etree.fromstring(write(random_process(seed)))
            identifiers = [element.get("id") for element in root.iter() if element.get("id")]
            self.assertEqual(len(identifiers), len(set(identifiers)))
            references = [element.get(name) for element in root.iter() for name in ("bpmnElement", "sourceRef")]
            references += [ref.text for tag in ("flowNodeRef", "incoming", "outgoing") for ref in root.iter(q(tag))]
            self.assertLessEqual({ref for ref in references if ref}, set(identifiers))

    def test_keys_become_xml_names_and_return(self):
        self.assertEqual(step_id("s010"), "s010")
        self.assertEqual(step_id("Activity_0x-1.b"), "Activity_0x-1.b")
        for key in KEYS:
            self.assertEqual(key_of(step_id(key), STEP), key)
            self.assertRegex(step_id(key), r"^[A-Za-z_][A-Za-z0-9._-]*$")
            self.assertEqual(key_of(escaped(FLOW, key), FLOW), key)
        self.assertEqual(key_of("qms.lane._fffffff_", LANE), "_fffffff_", "No character has this number.")

    def test_characters_xml_cannot_hold_are_left_out(self):
        process = Process((), (Step("a", "A\x00\x1b\ud800B", "", documents="\x07"),), ())
        [step] = read(write(process)).process.nodes
        self.assertEqual((step.name, step.documents), ("AB", ""))

    def test_everything_has_its_place_in_the_drawing(self):
        root = etree.fromstring(write(RICH))
        di = {"bpmndi": root.nsmap["bpmndi"], "dc": root.nsmap["dc"], "di": root.nsmap["di"]}
        bounds = {
            shape.get("bpmnElement"): {name: float(value) for name, value in shape.find("dc:Bounds", di).attrib.items()}
            for shape in root.iterfind(".//bpmndi:BPMNShape", di)
        }
        lanes = {ref.text: lane.get("id") for lane in root.iter(q("lane")) for ref in lane.iter(q("flowNodeRef"))}
        self.assertEqual(set(lanes), {step.key for step in RICH.nodes})
        pool = bounds["qms.pool"]
        for key, lane in lanes.items():
            for inner, outer in ((bounds[key], bounds[lane]), (bounds[lane], pool)):
                self.assertGreaterEqual(inner["x"], outer["x"])
                self.assertGreaterEqual(inner["y"], outer["y"])
                self.assertLessEqual(inner["x"] + inner["width"], outer["x"] + outer["width"])
                self.assertLessEqual(inner["y"] + inner["height"], outer["y"] + outer["height"] + 0.02)
        edges = root.findall(".//bpmndi:BPMNEdge", di)
        self.assertEqual(len(edges), len(RICH.edges))
        for edge in edges:
            self.assertGreaterEqual(len(edge.findall("di:waypoint", di)), 2)

    def test_empty_map_has_a_pool_to_draw_in(self):
        reading = read(write(Process((), (), (), name="P")))
        self.assertEqual((reading.process.nodes, reading.process.name), ((), "P"))

    def test_arrow_to_a_missing_step_is_not_written(self):
        with self.assertRaisesRegex(ValueError, "does not exist"):
            write(Process((), (Step("a", "A", ""),), (Flow("1", "a", "b"),)))

    def test_limits_are_those_of_the_model(self):
        self.assertEqual(TOUCH_MAX, YEAR_MINUTES)


class TestBpmnCompare(BaseCase):
    def test_equal_maps_differ_in_nothing(self):
        self.assertFalse(compare(RICH, RICH))
        self.assertEqual(stamp(RICH), stamp(replace(RICH, nodes=RICH.nodes[::-1], stamp="x", name="y")))

    def test_what_the_file_does_not_say_stays(self):
        bare = replace(RICH, nodes=tuple(Step(s.key, s.name, s.lane, s.kind) for s in RICH.nodes))
        self.assertFalse(compare(RICH, bare))

    def test_differences(self):
        nodes = (*(s for s in RICH.nodes if s.key != "sub"), Step("new", "Новий", "R-1"))
        nodes = tuple(replace(s, name="Прийом", lane="R-2") if s.key == "s010" else s for s in nodes)
        edges = (*(replace(f, share=10.0) if f.key == "3" else f for f in RICH.edges[:4]), Flow("n", "s020", "new"))
        plan = compare(RICH, replace(RICH, nodes=nodes, edges=edges))
        self.assertEqual([step.key for step in plan.created], ["new"])
        self.assertEqual([step.key for step in plan.removed], ["sub"])
        self.assertEqual(plan.changed, [("s010", {"name": "Прийом", "lane": "R-2"})])
        self.assertEqual(plan.flows_changed, [(("s020", "wait"), {"share": 10.0})])
        self.assertEqual([(flow.source, flow.target) for flow in plan.flows_created], [("s020", "new")])
        self.assertEqual([(flow.source, flow.target) for flow in plan.flows_removed], [("s020", "sub"), ("sub", "end")])

    def test_any_change_changes_the_stamp(self):
        for changes in ({"name": "x"}, {"lane": ""}, {"kind": "end"}, {"marked": None}, {"wait_hours": 3.0}):
            other = replace(RICH, nodes=(replace(RICH.nodes[1], **changes), *RICH.nodes[2:], RICH.nodes[0]))
            self.assertNotEqual(stamp(other), stamp(RICH), changes)
        self.assertNotEqual(stamp(replace(RICH, edges=RICH.edges[1:])), stamp(RICH))

    def test_reading_order_follows_the_arrows(self):
        shuffled = replace(RICH, nodes=RICH.nodes[::-1])
        order = [step.key for step in in_reading_order(shuffled)]
        self.assertEqual(order[:3], ["start", "s010", "s020"])
        self.assertEqual(order[-1], "end")


class TestBpmnBadInput(BaseCase):
    def _refused(self, code, data, **options):
        with self.assertRaises(BpmnError) as caught:
            read(data, **options)
        self.assertEqual(caught.exception.code, code)
        self.assertRegex(str(caught.exception), r"^[A-Z].*\.$")

    def test_no_xml(self):
        for data in (b"", b"PK\x03\x04", b"<a>", "Текст", b"\xff\xfe\x00", b"<a>&unknown;</a>"):
            self._refused("not_xml", data)

    def test_other_xml(self):
        empty = write(RICH).split(b"<bpmn:collaboration")[0] + b"</bpmn:definitions>"
        for data in (b"<svg/>", b"<definitions/>", empty):
            self._refused("no_process", data)

    def test_too_large_is_refused_before_it_is_parsed(self):
        self._refused("too_large", b"\0" * (50 * 1024**2))
        self._refused("too_large", "я" * 3 * 1024**2)
        self._refused("too_large", write(RICH), limit=1000)

    def test_entities(self):
        laughs = '<!DOCTYPE d [<!ENTITY a "ha">' + "".join(
            f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9)
        )
        laughs += "]><d>&j;</d>"
        outside = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
        for text in (laughs, outside, '<!DOCTYPE d SYSTEM "http://127.0.0.1:1/d.dtd"><d/>'):
            self._refused("doctype", text)
            self._refused("doctype", text.encode())
            self._refused("doctype", b"\xff\xfe" + text.encode("utf-16-le"))

    def test_deep_nesting(self):
        for depth in (150, 5000):
            self._refused("too_deep", b"<a>" * depth + b"</a>" * depth)

    def test_too_many_steps(self):
        steps = tuple(Step(f"s{index}", "x", "") for index in range(1001))
        self._refused("too_many", write(Process((), steps, ())))

    def _remarks(self, *changes):
        text = write(RICH).decode()
        for old, new in changes:
            self.assertIn(old, text)
            text = text.replace(old, new)
        reading = read(text)
        return reading.process, [(r.code, r.name, r.detail) for r in reading.remarks if r.code != "documentation"]

    def test_absurd_numbers_are_told_and_left_out(self):
        for value in ("-5", "1e9", "nan", "inf", "много", ""):
            process, remarks = self._remarks(('touchMinutes="5.5"', f'touchMinutes="{value}"'))
            self.assertEqual(remarks, [("bad_number", "Прийняти", f"touchMinutes = {value}")])
            self.assertIsNone(process.nodes[1].touch_minutes)
        process, remarks = self._remarks(('share="12.5"', 'share="101"'), ('waitHours="72.0"', 'waitHours="-1"'))
        self.assertEqual([remark[0] for remark in remarks], ["bad_number"] * 2)
        self.assertIsNone(process.edges[2].share)

    def test_arrow_to_a_missing_element_is_told(self):
        process, remarks = self._remarks(('targetRef="end"', 'targetRef="nowhere"'))
        self.assertEqual(remarks, [("missing_end", "qms.flow.6", "nowhere")])
        self.assertEqual(len(process.edges), len(RICH.edges) - 1)

    def test_same_identifier_twice(self):
        process, remarks = self._remarks(('<bpmn:endEvent id="end"', '<bpmn:endEvent id="s010"'))
        self.assertEqual({remark[0] for remark in remarks}, {"double_id", "missing_end"})
        self.assertEqual(len(process.nodes), len(RICH.nodes) - 1)

    def test_overlong_name_is_cut(self):
        process, remarks = self._remarks(("Прийняти", "слово " * 1000))
        self.assertEqual(remarks[0][0], "long_name")
        self.assertEqual(len(process.nodes[1].name), 1000)
