from odoo import api, fields, models


class QmsAssignmentReportWizard(models.TransientModel):
    """The executor's report, short enough for a phone."""

    _name = "qms.assignment.report.wizard"
    _description = "Report on an Assignment"

    assignment_id = fields.Many2one("qms.assignment", required=True, readonly=True)
    text_to_do = fields.Text("What to do", related="assignment_id.text", related_sudo=False)
    date_deadline = fields.Date("Deadline", related="assignment_id.date_deadline", related_sudo=False)
    kind = fields.Selection(
        [("interim", "Interim: how it stands"), ("final", "Final: it is done")], required=True, default="final"
    )
    text = fields.Text("What was done")
    evidence = fields.Char(help="By what one sees it: number and date of a document, an address, …")
    attachment_ids = fields.Many2many("ir.attachment", string="Files")

    # === CONSTRAINTS === #

    @api.constrains("assignment_id")
    def _check_assignment(self):
        # Who reads the dialog reads the name of what it is about. Odoo runs constraints as superuser.
        self.assignment_id.sudo(False).check_access("read")

    # === ACTIONS === #

    def action_send(self):
        """Send the report.

        :raises UserError: saying what is missing
        """
        self.ensure_one()
        self.assignment_id._report(self.kind, self.text, self.evidence, self.attachment_ids)
        return {"type": "ir.actions.act_window_close"}
