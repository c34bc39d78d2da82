from odoo.tests import BaseCase

from odoo.addons.qms_core.models.goal.qms_demo import CASCADED, REGION_GOALS
from odoo.addons.qms_core.models.goal.qms_demo_needs_texts import EVENTS, NEEDS, WITH_TREE


class TestDemoGoals(BaseCase):
    """The goals and needs of the demo city show what they are to show."""

    def test_what_cascades_is_the_region_s(self):
        codes = [code for code, _above, _name, _kind in REGION_GOALS]
        self.assertEqual(len(codes), len(set(codes)))
        for number, (code, above, _name, _kind) in enumerate(REGION_GOALS):
            self.assertIn(above, ["", *codes[:number]], f"{code} stands after what it is part of.")
        self.assertLess(set(CASCADED), set(codes), "One stays the region's own.")

    def test_size_of_the_year(self):
        self.assertEqual((len(EVENTS), len(NEEDS)), (20, 40))
        self.assertEqual({event[2] for event in EVENTS} >= {"reception", "hot_line", "round_table", "draft_act"}, True)
        self.assertEqual({need[7] for need in NEEDS}, {"goal", "action", "passed", "refused"})
        accepted = [need[3] for need in NEEDS if need[7] == "goal"]
        self.assertEqual(len(set(accepted) - set(WITH_TREE)), 1, "One is left for the model check.")
