from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .common import LeanCase


class TestLeanTarget(LeanCase):
    def setUp(self):
        super().setUp()
        self.project = self._project(**self._card())
        self.target = self.project.lean_target_ids

    def test_result_needs_a_measurement(self):
        self.assertEqual(self.target.result, "open")
        self.target.write({"after": 90, "date_after": fields.Date.today()})
        self.assertEqual(self.target.result, "met", "lower is better: 90 days meet the target of 90")
        self.target.after = 91
        self.assertEqual(self.target.result, "missed")
        self.target.direction = "higher"
        self.assertEqual(self.target.result, "met")

    def test_entering_a_value_dates_it(self):
        with Form(self.project) as form, form.lean_target_ids.new() as line:
            line.name = "Visits"
            line.before = 6
            line.target = 2
        target = self.project.lean_target_ids.filtered(lambda row: row.name == "Visits")
        self.assertEqual(target.date_before, self.company._qms_today())
        self.assertEqual(target.result, "open", "a row without a value after is not measured")
        with Form(self.project) as form, form.lean_target_ids.edit(1) as line:
            line.after = 2
        self.assertEqual(target.result, "met")

    def test_indicator_gives_name_unit_and_direction(self):
        indicator = self.env["qms.indicator"].create(
            {"name": "Share in term", "code": "T-I1", "unit_of_measure": "%", "direction": "higher"}
        )
        target = (
            self.env["lean.target"]
            .with_user(self.leader)
            .create({"project_id": self.project.id, "indicator_id": indicator.id})
        )
        self.assertEqual((target.name, target.unit_of_measure, target.direction), ("Share in term", "%", "higher"))

    def test_only_leader_and_curator_change_targets(self):
        self.target.with_user(self.curator).target = 80
        with self.assertRaises(AccessError):
            self.target.with_user(self.member).target = 170
        with self.assertRaises(AccessError):
            self.target.with_user(self.other_leader).target = 170
        with self.assertRaises(AccessError):
            self.env["lean.target"].with_user(self.other_leader).create({"project_id": self.project.id, "name": "Mine"})

    def test_targets_of_a_finished_project_are_kept(self):
        self._advance(self.project, "standardisation")
        self._close_tasks(self.project)
        self.target.write({"after": 85, "date_after": fields.Date.today()})
        self.project.action_finish()
        for forbidden in (
            lambda: self.target.sudo().write({"after": 1}),
            lambda: self.target.sudo().unlink(),
            lambda: self.target.sudo().copy(),
        ):
            with self.assertRaises(UserError):
                forbidden()
