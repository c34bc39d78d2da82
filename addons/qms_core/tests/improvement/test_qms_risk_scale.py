from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tools import mute_logger

from ..common import QmsCase


class TestQmsRiskScale(QmsCase):
    def _empty(self, size=5, **vals):
        return self.env["qms.risk.scale"].create({"name": "Own", "size": size, "company_id": self.company.id, **vals})

    def test_new_authority_starts_with_five_by_five(self):
        scale = self.company.qms_risk_scale_id
        self.assertEqual((scale, scale.size), (self.env.ref("qms_core.risk_scale_5"), 5))
        self.assertEqual(
            [scale._level("risk", score).name for score in (0, 1, 4, 5, 9, 10, 15, 16, 25)][1:3], ["Low"] * 2
        )
        self.assertEqual(scale._level("risk", 25).name, "Very high")
        self.assertFalse(scale._level("risk", 0))
        ends = scale.level_ids.filtered(lambda level: level.kind == "risk").sorted("score_from").mapped("score_to")
        self.assertEqual(ends, [4, 9, 15, 25])

    def test_every_size_from_3_to_7_can_be_filled_in_and_used(self):
        for size in range(3, 8):
            scale = self._empty(size)
            self.assertFalse(scale.is_ready)
            scale.action_fill()
            self.assertTrue(scale.is_ready)
            self.assertEqual(len(scale.step_ids), 3 * size)
            self.assertTrue(scale._level("risk", 1) and scale._level("risk", size**2).needs_decision)
            self.company.qms_risk_scale_id = scale
        with self.assertRaises(UserError):
            scale.action_fill()

    @mute_logger("odoo.sql_db")
    def test_size_outside_is_refused(self):
        for size in (2, 8):
            with self.assertRaises(IntegrityError), self.cr.savepoint():
                self._empty(size)

    def test_unfinished_scale_is_not_chosen(self):
        with self.assertRaises(ValidationError):
            self.company.qms_risk_scale_id = self._empty()

    @mute_logger("odoo.sql_db")
    def test_overlapping_thresholds_are_refused(self):
        scale = self._empty()
        scale.action_fill()
        low, medium, _high = scale.level_ids.filtered(lambda level: level.kind == "risk").sorted("score_from")
        with self.assertRaises(ValidationError):
            scale.write({"level_ids": [Command.update(medium.id, {"score_from": low.score_from})]})
        scale.invalidate_recordset()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            medium.score_from = low.score_from
            medium.flush_recordset()

    def test_gaps_are_refused(self):
        scale = self._empty()
        scale.action_fill()
        low = scale.level_ids.filtered(lambda level: level.kind == "risk").sorted("score_from")[0]
        for commands in (
            {"level_ids": [Command.update(low.id, {"score_from": 2})]},
            {"level_ids": [Command.update(low.id, {"score_from": 26})]},
            {"step_ids": [Command.delete(scale.step_ids[0].id)]},
            {"size": 4},
        ):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                scale.write(commands)

    def test_step_outside_the_scale_is_refused(self):
        scale = self._empty()
        with self.assertRaises(ValidationError):
            self.env["qms.risk.step"].create({"scale_id": scale.id, "axis": "impact", "value": 6, "name": "Six"})

    def test_step_is_found_by_number_and_by_name(self):
        steps = self.env["qms.risk.step"]
        axis = [("scale_id", "=", self.env.ref("qms_core.risk_scale_5").id), ("axis", "=", "likelihood")]
        for text in ("4", "ikel"):
            found = steps.name_search(text, axis)
            self.assertIn("4 – Likely", [name for _id, name in found])
        self.assertEqual(len(steps.name_search("4", axis)), 1)

    def test_wrong_colour_is_refused(self):
        scale = self._empty()
        scale.action_fill()
        with self.assertRaises(ValidationError):
            scale.level_ids[0].color = "red; background: url(x)"

    def test_shared_scale_is_duplicated_not_edited(self):
        shared = self.env.ref("qms_core.risk_scale_5").with_user(self.users["coordinator"])
        for record in (shared, shared.step_ids[0], shared.level_ids[0]):
            with self.assertRaises(AccessError):
                record.name = "Mine"
        own = shared.copy()
        self.assertEqual((own.company_id, len(own.step_ids), own.is_ready), (self.company, 15, True))
        own.step_ids[0].name = "Mine"
        with self.assertRaises(AccessError):
            own.with_user(self.clerk_user).name = "x"
        self.assertNotIn(own, self._abroad("qms.risk.scale").search([]))
