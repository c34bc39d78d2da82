import random
import time

from odoo.tests import BaseCase

from ...lib.flowtime import Arc, Network, Remark, Step, measure


def network(steps, arcs=""):
    """Build a network from short notation: ``a:touch:wait:role:unit`` and ``a>b`` or ``a>b:share``."""
    made = []
    for text in steps.split():
        key, touch, wait, role, unit = (text.split(":") + [""] * 5)[:5]
        name, _star, approval = role.partition("*")
        made.append(
            Step(
                key,
                "task",
                float(touch or 0),
                float(wait or 0),
                name,
                unit,
                applicant=name == "citizen",
                approval=approval == "visa",
            )
        )
    ways = []
    for text in arcs.split():
        ends, _colon, share = text.partition(":")
        ways.append(Arc(*ends.split(">"), float(share or 0)))
    return Network(made, ways)


class TestFlowtime(BaseCase):
    def test_branches_count_by_their_share(self):
        figures = measure(network("a:10 b:20:30 c:100", "a>b:75 a>c:25"))
        self.assertAlmostEqual(figures.touch, 10 + 0.75 * 20 + 0.25 * 100)
        self.assertAlmostEqual(figures.lead, 10 + 0.75 * 50 + 0.25 * 100)
        self.assertAlmostEqual(figures.lead_longest, 110)
        self.assertAlmostEqual(figures.efficiency, 50 / 72.5)
        self.assertEqual(figures.remarks, [])

    def test_loop_back_counts_with_all_its_turns(self):
        """Every fifth case goes back: 1 + 1/5 + 1/25 + … = 1.25 visits."""
        figures = measure(network("a:8 b:4 c:1", "a>b b>a:20 b>c:80"))
        self.assertAlmostEqual(figures.visits["b"], 1.25)
        self.assertAlmostEqual(figures.touch, 1.25 * 12 + 1)
        self.assertAlmostEqual(figures.lead_longest, 13)

    def test_two_loops_within_one_another(self):
        """By hand: x = 1 + x(0.1 + 0.9 * 0.5) for a, so x = 1 / 0.45."""
        figures = measure(network("a:1 b:1 c:1", "a>a:10 a>b:90 b>a:50 b>c:50"))
        self.assertAlmostEqual(figures.visits["a"], 1 / 0.45)
        self.assertAlmostEqual(figures.visits["c"], 1)

    def test_without_transitions_steps_follow_one_another(self):
        figures = measure(network("a:1:1 b:2:2 c:3:3"))
        self.assertEqual((figures.touch, figures.lead, figures.lead_longest), (6, 12, 12))

    def test_missing_shares_are_split_and_told(self):
        figures = measure(network("a:0 b:10 c:20", "a>b a>c"))
        self.assertAlmostEqual(figures.touch, 15)
        self.assertEqual(figures.remarks, [Remark("missing", "a")])
        figures = measure(network("a:0 b:10 c:20 d:40", "a>b:50 a>c a>d"))
        self.assertAlmostEqual(figures.touch, 5 + 5 + 10)
        self.assertEqual(figures.remarks, [Remark("missing", "a")])

    def test_shares_that_are_no_whole_are_scaled_and_told(self):
        figures = measure(network("a:0 b:10 c:20", "a>b:30 a>c:30"))
        self.assertAlmostEqual(figures.touch, 15)
        self.assertEqual(figures.remarks, [Remark("sum", "a", 60)])
        figures = measure(network("a:0 b:10 c:20 d:1000", "a>b:90 a>c:90 a>d"))
        self.assertAlmostEqual(figures.touch, 15)
        self.assertEqual(measure(network("a b c d", "a>b:33.33 a>c:33.33 a>d:33.33")).remarks, [])

    def test_case_that_never_ends_has_no_figures(self):
        figures = measure(network("a:1 b:1 c:1", "a>b b>c c>b"))
        self.assertFalse(figures.known)
        self.assertEqual((figures.touch, figures.lead), (0, 0))
        self.assertIn(Remark("endless", "b"), figures.remarks)
        self.assertFalse(measure(network("a", "a>a")).known)
        nearly = measure(network("a:1 b:1", "a>a:99.99999999999999 a>b:0.00000000000001"))
        self.assertFalse(nearly.known)

    def test_step_no_case_comes_to(self):
        figures = measure(Network([Step("a", "start", 1), Step("b", "task", 2), Step("x", "task", 9)], [Arc("a", "b")]))
        self.assertEqual(figures.touch, 3)
        self.assertEqual(figures.remarks, [Remark("unreached", "x")])

    def test_steps_without_performer_pass_a_case_on(self):
        """A decision nobody is named for does not hide that the case goes from the clerk to the head."""
        figures = measure(network("a:::clerk:u d b:::head:u c:::clerk:v", "a>d d>b:40 d>c:60 b>c"))
        self.assertAlmostEqual(figures.handovers_role, 0.4 + 0.4)
        self.assertAlmostEqual(figures.handovers_unit, 0.6 + 0.4)

    def test_loop_of_nobody_s_steps(self):
        figures = measure(network("a:::clerk d e b:::head", "a>d d>e e>d:50 e>b:50"))
        self.assertAlmostEqual(figures.handovers_role, 1)

    def test_contacts_with_the_applicant(self):
        """He comes with his application (two steps, one visit), once more in 30 of 100 cases, and for the result."""
        figures = measure(
            network(
                "a:::citizen b:::citizen c:::clerk d:::citizen e:::clerk f:::citizen",
                "a>b b>c c>d:30 c>e:70 d>e e>f",
            )
        )
        self.assertAlmostEqual(figures.applicant_contacts, 2.3)

    def test_first_contact_behind_a_step_without_performer(self):
        figures = measure(network("s a:::citizen c:::clerk", "s>a:25 s>c:75 a>c"))
        self.assertAlmostEqual(figures.applicant_contacts, 0.25)

    def test_approvals_count_again_after_a_return(self):
        figures = measure(network("a:::x b:::head*visa c:::x", "a>b b>a:50 b>c:50"))
        self.assertAlmostEqual(figures.approvals, 2)

    def test_several_beginnings_are_equally_likely(self):
        steps = [Step("a", "start", 10), Step("b", "start", 20), Step("c", "end", 1)]
        self.assertAlmostEqual(measure(Network(steps, [Arc("a", "c"), Arc("b", "c")])).touch, 16)

    def test_step_that_is_not_connected_yet_is_no_beginning(self):
        figures = measure(network("a:8 b:4 c:1 x:99", "a>b b>a:20 b>c:80"))
        self.assertAlmostEqual(figures.touch, 1.25 * 12 + 1)
        self.assertEqual(figures.remarks, [Remark("unreached", "x")])

    def test_nothing(self):
        self.assertEqual(measure(Network([])).lead, 0)

    def test_agrees_with_cases_played_out(self):
        """An independent yardstick: 20,000 cases sent by dice through random maps with loops."""
        for seed in (1, 2, 3):
            dice = random.Random(seed)
            keys = [f"s{index}" for index in range(8)]
            steps = [Step(key, "task", dice.randint(1, 30), role=dice.choice(["", "x", "y"])) for key in keys]
            arcs = [Arc(a, b, 70) for a, b in zip(keys, keys[1:], strict=False)]
            arcs += [Arc(key, dice.choice(keys[: index + 1]), 30) for index, key in enumerate(keys[:-1])]
            net = Network(steps, arcs)
            touch, hands = self._play(net, dice, 20_000)
            figures = measure(net)
            self.assertAlmostEqual(touch / figures.touch, 1, delta=0.05)
            self.assertAlmostEqual(hands / figures.handovers_role, 1, delta=0.05)

    def _play(self, net, dice, cases):
        steps = {step.key: step for step in net.steps}
        ways = {key: [arc for arc in net.arcs if arc.source == key] for key in steps}
        touch = hands = 0
        for _case in range(cases):
            key, holder = net.steps[0].key, ""
            while True:
                touch += steps[key].touch
                role = steps[key].role
                hands += bool(role and holder and role != holder)
                holder = role or holder
                if not ways[key]:
                    break
                key = dice.choices([arc.target for arc in ways[key]], [arc.share for arc in ways[key]])[0]
        return touch / cases, hands / cases

    def test_long_process_with_many_loops_takes_no_time(self):
        dice = random.Random(7)
        keys = [f"s{index}" for index in range(400)]
        arcs = [Arc(a, b, 90) for a, b in zip(keys, keys[1:], strict=False)]
        arcs += [Arc(keys[i], keys[max(0, i - dice.randint(1, 12))], 10) for i in range(399)]
        started = time.process_time()
        figures = measure(Network([Step(key, "task", 1, role=str(i % 5)) for i, key in enumerate(keys)], arcs))
        self.assertTrue(figures.known)
        self.assertLess(time.process_time() - started, 5)
