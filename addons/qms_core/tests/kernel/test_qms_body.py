from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from ..common import QmsCase


class TestQmsBody(QmsCase):
    def _body(self, code, **vals):
        return self.env["qms.body"].create({"name": code, "code": code, "company_id": self.company.id, **vals})

    def test_a_body_moves_to_another_superior(self):
        old, new = self._body("M-1", kind="ministry"), self._body("M-2", kind="ministry")
        school = self._body("S-1", kind="institution", parent_id=old.id)
        school.parent_id = new
        self.assertEqual(self.env["qms.body"].search([("id", "child_of", new.id)]), new + school)

    def test_cycle(self):
        old = self._body("M-1")
        school = self._body("S-1", parent_id=old.id)
        with self.assertRaises(UserError):
            old.parent_id = school

    def test_dates(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
            self._body("M-1", date_from="2026-02-01", date_to="2026-01-01")

    def test_other_authorities_see_nothing(self):
        body = self._body("M-1")
        with self.assertRaises(AccessError):
            self._abroad("qms.body").browse(body.id).read(["name"])
