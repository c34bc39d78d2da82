from odoo.tests import BaseCase

from odoo.addons.qms_core.models.goal.qms_demo import AIMS, CASCADED, KINDS, REGION_AIMS
from odoo.addons.qms_core.models.goal.qms_demo_needs_texts import EVENTS, NEEDS, WITH_TREE


class TestDemoGoals(BaseCase):
    """The goals and needs of the demo city show what they are to show."""

    def test_tree_is_whole(self):
        codes = [aim.code for aim in (*REGION_AIMS, *AIMS)]
        self.assertEqual(len(codes), len(set(codes)))
        for number, aim in enumerate((*REGION_AIMS, *AIMS)):
            self.assertIn(aim.parent, ["", *codes[:number]], f"{aim.code} stands before what it is part of.")
        self.assertEqual({KINDS[aim.code.count(".")] for aim in AIMS}, set(KINDS))
        self.assertTrue(set(CASCADED) <= {aim.parent for aim in AIMS})

    def test_each_leaf_is_measured(self):
        parents = {aim.parent for aim in AIMS}
        self.assertEqual([aim.code for aim in AIMS if aim.code not in parents and not aim.indicators], [])

    def test_size_of_the_year(self):
        self.assertEqual((len(EVENTS), len(NEEDS)), (20, 40))
        self.assertEqual({event[2] for event in EVENTS} >= {"reception", "hot_line", "round_table", "draft_act"}, True)
        self.assertEqual({need[7] for need in NEEDS}, {"goal", "action", "passed", "refused"})
        accepted = [need[3] for need in NEEDS if need[7] == "goal"]
        self.assertEqual(len(set(accepted) - set(WITH_TREE)), 1, "One is left for the model check.")
