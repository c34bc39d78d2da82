from odoo import api, fields, models
from odoo.exceptions import AccessError


class QmsAssignmentReport(models.Model):
    """What an executor reported, as he sent it: nobody changes it afterwards, not even he."""

    _name = "qms.assignment.report"
    _description = "Report on an Assignment"
    _inherit = ["qms.frozen.mixin"]
    _order = "assignment_id, id desc"
    _rec_name = "text"
    _check_company_auto = True
    _state_initial = "sent"
    _frozen_states = ("sent", "accepted", "returned")
    _by_method = frozenset({"answer"})

    assignment_id = fields.Many2one(
        "qms.assignment", required=True, readonly=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(related="assignment_id.company_id", store=True, index=True)
    kind = fields.Selection([("interim", "Interim"), ("final", "Final")], required=True, readonly=True)
    state = fields.Selection(
        [("sent", "Sent"), ("accepted", "Accepted"), ("returned", "Returned")],
        required=True,
        readonly=True,
        default="sent",
        copy=False,
    )
    text = fields.Text("What was done", required=True, readonly=True)
    evidence = fields.Text(readonly=True)
    attachment_ids = fields.Many2many("ir.attachment", "qms_assignment_report_attachment_rel", string="Files")
    user_id = fields.Many2one("res.users", "Reported by", required=True, readonly=True)
    for_id = fields.Many2one("hr.employee", readonly=True, help="In whose place it was reported.")
    date = fields.Date("Day", required=True, readonly=True)
    answer = fields.Text("Why It Was Returned", readonly=True)

    # === BUSINESS METHODS === #

    @api.model
    def _make(self, assignment, kind, text, evidence, files):
        """Write a report down; the assignment has checked who reports.

        :raises AccessError: if a file is not the user's own upload, or belongs to something else already
        """
        # sudo: only who uploaded it and what it belongs to is read
        if not all(assignment._is_stray_file(file) for file in files.sudo()):
            raise AccessError(self.env._("Add files that you upload yourself."))
        executor = assignment.responsible_id
        # sudo: nobody has the right to create reports but through the assignment.
        report = self.sudo().create(
            {
                "assignment_id": assignment.id,
                "kind": kind,
                "text": text.strip(),
                "evidence": (evidence or "").strip(),
                "attachment_ids": [(6, 0, files.ids)],
                "user_id": self.env.uid,
                "for_id": False if executor in self.env["hr.employee"]._of_user() else executor.id,
                "date": assignment.company_id._qms_today(),
            }
        )
        # sudo: as above. The files share the report's fate: who reads it reads them, and nobody replaces them.
        files.sudo().write({"res_model": self._name, "res_id": report.id})
        return report.sudo(self.env.su)
