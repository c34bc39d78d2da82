from datetime import date

from odoo.exceptions import AccessError, UserError

from .common import LeanCase


class TestLeanStage(LeanCase):
    def test_seven_stages_and_eight_grounds(self):
        codes = self.env["lean.stage"].search([]).mapped("code")
        self.assertEqual(
            codes, ["analysis", "information", "current", "solutions", "target", "roadmap", "standardisation"]
        )
        self.assertEqual(self.env["lean.ground"].search_count([]), 8)

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
