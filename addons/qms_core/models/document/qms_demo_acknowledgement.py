import base64
from datetime import timedelta

from odoo import api, models

# Who has read what waits for him, but for so many documents that are still to be read.
READERS = {"mayor": 1, "deputy": 0, "coordinator": 0, "head": 1, "officer": 0, "clerk": 2, "auditor": 1, "hr": 0}
# What was asked some weeks ago and is not confirmed yet, is late now.
LATE_DAYS = 5
# One page, as a scanner would make it.
SCAN = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


class QmsDemo(models.AbstractModel):
    """People of the city read the documents in force and confirm them, some of them late, some on paper."""

    _inherit = "qms.demo"

    @api.model
    def _close_scenario(self):
        super()._close_scenario()
        self._play_reading()
        self._play_paper()

    @api.model
    def _play_reading(self):
        list(self.env["qms.acknowledgement"]._follow(self.env.company))
        for login, left in READERS.items():
            rows = self._as(login).env["qms.acknowledgement"]
            waiting = rows.search([("is_mine", "=", True), ("state", "=", "open")], order="id")
            for row in waiting[: max(len(waiting) - left, 0)]:
                row.document_id.get_reader()
                row.action_confirm()
            self._let_time_pass(waiting.filtered(lambda row: row.state == "open")[:1])

    @api.model
    def _let_time_pass(self, rows):
        """Make rows late: the city has been at work for weeks, its demo is loaded in a minute."""
        if rows:
            day = self.env.company._qms_today() - timedelta(days=LATE_DAYS)
            late = rows.sudo()  # sudo: what takes weeks is nobody's right
            late._transition({"date_deadline": day})
            late._follow_people()

    @api.model
    def _play_paper(self):
        """The officer has the people of his unit who have no login sign on paper; one of them was away."""
        officer = self._as("officer")
        unit = self._user("officer").employee_id.department_id
        rows = officer.env["qms.acknowledgement"].search(
            [("department_id", "=", unit.id), ("state", "=", "open"), ("reading_id.kind", "=", "paper")], order="id"
        )
        first = rows.filtered(lambda row: row.version_id == rows[:1].version_id)
        if not first:
            return
        sheet = officer.env["qms.acknowledgement.sheet"].browse(first.action_make_sheets()["res_id"])
        scan = officer.env["ir.attachment"].create(
            {"name": f"{sheet.number}.pdf", "datas": base64.b64encode(SCAN), "mimetype": "application/pdf"}
        )
        sheet.write({"attachment_ids": [(4, scan.id)]})
        sheet.action_sign_all()
        if len(sheet.line_ids) > 1:
            sheet.line_ids[-1:].write({"is_signed": False, "date_signed": False})
        sheet.action_confirm()
