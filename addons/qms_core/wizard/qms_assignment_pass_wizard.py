from odoo import api, fields, models


class QmsAssignmentPassWizard(models.TransientModel):
    """To whom a document goes next, and with which resolution."""

    _name = "qms.assignment.pass.wizard"
    _description = "Pass a Document on"

    assignment_id = fields.Many2one("qms.assignment", required=True, readonly=True)
    company_id = fields.Many2one(related="assignment_id.company_id", related_sudo=False)
    to_id = fields.Many2one("hr.employee", "Pass to", required=True, domain="[('company_id', '=', company_id)]")
    resolution = fields.Text("Resolution Text", required=True)

    # === CONSTRAINTS === #

    @api.constrains("assignment_id")
    def _check_assignment(self):
        # Who reads the dialog reads the name of what it is about. Odoo runs constraints as superuser.
        self.assignment_id.sudo(False).check_access("read")

    # === ACTIONS === #

    def action_pass_on(self):
        """Pass the document on."""
        self.ensure_one()
        self.assignment_id._pass_on(self.to_id, self.resolution)
        return {"type": "ir.actions.act_window_close"}
