from datetime import date

from odoo.exceptions import AccessError, UserError

from .common import LeanCase


class TestLeanStage(LeanCase):
    def test_seven_stages(self):
        codes = self.env["lean.stage"].search([]).mapped("code")
        self.assertEqual(
            codes, ["analysis", "information", "current", "solutions", "target", "roadmap", "standardisation"]
        )

    def test_eight_grounds_one_of_which_a_project_needs(self):
        expected = (
            "development strategy",
            "performance indicators",
            "National projects",
            "Instruction",
            "Feedback of the staff",
            "negative appeals",
            "Further development",
            "Replication",
        )
        grounds = self.env["lean.ground"].search([], order="sequence")
        self.assertEqual(len(grounds), len(expected))
        for ground, words in zip(grounds, expected, strict=True):
            self.assertIn(words, ground.name)
        project = self._project(**{**self._card(), "lean_ground_ids": False})
        self._close_tasks(project)
        with self.assertRaisesRegex(UserError, "card lacks: Grounds"):
            project.action_next_stage()
        project.lean_ground_ids = grounds[4]
        project.action_next_stage()
        self.assertEqual(project.lean_stage_code, "information")

    def test_a_calendar_without_hours_counts_days(self):
        self.company.resource_calendar_id.attendance_ids.unlink()
        stages = self.env["lean.stage"].search([])
        deadlines = stages._deadlines(self.company, date(2026, 3, 2))
        self.assertEqual(deadlines[stages[0]], date(2026, 3, 11))

    def test_deadlines_count_working_days(self):
        stages = self.env["lean.stage"].search([])
        deadlines = stages._deadlines(self.company, date(2026, 3, 2))  # a Monday
        self.assertEqual(deadlines[stages[0]], date(2026, 3, 13), "ten working days end on the Friday after next")

    def test_deadlines_fill_a_settled_span(self):
        stages = self.env["lean.stage"].search([])
        deadlines = stages._deadlines(self.company, date(2026, 3, 2), date(2026, 6, 30))
        days = list(deadlines.values())
        self.assertEqual(days, sorted(set(days)), "each stage ends after the one before it")
        self.assertEqual(days[-1], date(2026, 6, 30))

    def test_used_stage_stays(self):
        project = self._project()
        with self.assertRaises(UserError):
            project.sudo().lean_stage_id.unlink()

    def test_master_data_are_the_curators(self):
        ground = self.env.ref("lean_projects.ground_staff")
        ground.with_user(self.curator).name = "Ideas of the staff"
        with self.assertRaises(AccessError):
            ground.with_user(self.leader).name = "Because I say so"
        with self.assertRaises(AccessError):
            self._stage("target").with_user(self.leader).days = 1
