from odoo.exceptions import AccessError, ValidationError

from .goal_common import PERIOD, GoalCase


class TestQmsGoalCascade(GoalCase):
    """City B is a region: its goals cascade to City A."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.body = cls.env["qms.body"].create(
            {"name": "City A", "code": "A", "company_id": cls.company.id, "is_listed": True}
        )
        cls.region = cls.env(user=cls.foreigner, context={"allowed_company_ids": cls.other_company.ids})
        goals = cls.region["qms.goal"].create(
            [
                {"code": "R", "name": "The region serves", **PERIOD},
                {"code": "R-1", "name": "In time everywhere", **PERIOD},
                {"code": "R-2", "name": "Own matter", **PERIOD},
            ]
        )
        goals[1].write({"parent_id": goals[0].id, "body_ids": [(6, 0, cls.body.ids)]})
        goals.sudo().action_approve()
        cls.whole, cls.shared, cls.kept = goals

    def _here(self, goal, user=None):
        return goal.with_env(self.env(user=user or self.users["coordinator"]))

    def test_what_cascades_is_read_and_nothing_else(self):
        goals = self.env["qms.goal"].with_user(self.clerk_user)
        self.assertEqual(goals.search([("is_foreign", "=", True)]).ids, self.shared.ids)
        self.assertEqual(self._here(self.shared, self.clerk_user).authority_name, "City B")
        self.assertFalse(self._here(self.shared, self.clerk_user).gaps)
        with self.assertRaises(AccessError):
            self._here(self.kept).read(["name"])

    def test_drafts_are_not_shown(self):
        draft = self.region["qms.goal"].create({"code": "R-9", "name": "Idea", "body_ids": [(6, 0, self.body.ids)]})
        with self.assertRaises(AccessError):
            self._here(draft).read(["name"])

    def test_read_only_here(self):
        for user in (self.users["coordinator"], self.users["commissioner"]):
            for attempt in (
                lambda goal: goal.write({"description": "Ours"}),
                lambda goal: goal.write({"indicator_ids": [(5,)]}),
                lambda goal: goal.unlink(),
            ):
                with self.assertRaises(AccessError):
                    attempt(self._here(self.shared, user))
        for step in ("action_close", "action_revise"):
            with self.assertRaises(AccessError):
                getattr(self._here(self.shared, self.users["top_management"]), step)("Because")

    def test_own_goal_hangs_below_the_cascaded_one(self):
        part = self._approved_goal("1", self.shared, indicator_ids=[(6, 0, self._indicator("I", 10).ids)])
        self.assertEqual(part.state, "approved")
        self.assertEqual(self.shared.status, "missed", "The region sees how its goal stands in the cities.")
        self.assertEqual(self.whole.status, "missed")
        self.env.invalidate_all()
        self.assertEqual(
            self.region["qms.goal"].browse(part.id).name, "Goal 1", "It reads what contributes to its goal."
        )
        self.assertFalse(self.region["qms.goal"].browse(part.id).indicator_ids, "Not the indicators of the city.")
        with self.assertRaises(AccessError):
            self.region["qms.goal"].browse(part.id).write({"description": "Do more"})

    def test_below_what_was_not_cascaded_nothing_hangs(self):
        for whole in (self.kept, self.whole):
            with self.assertRaisesRegex(ValidationError, "is not cascaded"):
                self._goal(f"1-{whole.code}", whole)
        self._goal("1", self.shared)
        with self.assertRaisesRegex(ValidationError, "is not cascaded"):
            self.region["qms.goal"].browse(self.shared.id).write({"body_ids": [(5,)]})

    def test_tree_opens_though_the_top_is_not_shared(self):
        part = self._approved_goal("1", self.shared)
        goals = self.env["qms.goal"].with_user(self.users["coordinator"])
        rows = goals.hierarchy_read([("id", "=", self.shared.id)], {"name": {}}, "parent_id", "child_ids")
        self.assertEqual([row["id"] for row in rows], [self.shared.id, part.id])
        other = self._goal("2")
        rows = goals.hierarchy_read([("parent_id", "=", False)], {"name": {}}, "parent_id", "child_ids")
        self.assertEqual({row["id"] for row in rows}, {other.id, self.shared.id}, "Two trees, one of them cascaded.")

    def test_way_up_ends_where_nothing_more_is_shared(self):
        """What the tree asks for above a goal, and what a form shows of it."""
        part = self._approved_goal("1", self.shared)
        goals = self.env["qms.goal"].with_user(self.users["coordinator"])
        above = ["|", ("id", "=", self.shared.id), ("parent_id", "=", self.shared.id)]
        for parent in ({"fields": {"display_name": {}}}, {}):
            with self.subTest(parent):
                found = goals.web_search_read(above, {"name": {}, "parent_id": parent})["records"]
                rows = {row["id"]: row["parent_id"] for row in found}
                self.assertEqual(set(rows), {self.shared.id, part.id})
                self.assertTrue(rows[part.id], "One goes up from the own goal to the cascaded one,")
                self.assertFalse(rows[self.shared.id], "and no further: the name above is not told either.")
        region = self.region["qms.goal"].browse(self.shared.id)
        self.assertEqual(region.web_read({"parent_id": {}})[0]["parent_id"], self.whole.id)

    def test_tree_on_paper_shows_whose_goal_it_is(self):
        self._approved_goal("1", self.shared)
        text = self._pdf_text("report_goal_tree", self.company)
        self.assertPrinted("R-1 In time everywhere", text)
        self.assertPrinted("of another authority: City B", text)
        self.assertNotIn("The region serves", text)
