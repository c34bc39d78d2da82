from odoo import fields, models


class QmsPositionProposalLine(models.TransientModel):
    _name = "qms.position.proposal.line"
    _description = "Position from Staff Records"

    proposal_id = fields.Many2one("qms.position.proposal", required=True, ondelete="cascade")
    selected = fields.Boolean("Create", default=True)
    job_id = fields.Many2one("hr.job", "Job Title", required=True, readonly=True)
    department_id = fields.Many2one("hr.department", "Unit", readonly=True)
    code = fields.Char(required=True)
    kind = fields.Selection([("position", "Position"), ("head", "Head of unit")], required=True)
    headcount = fields.Integer("Approved Headcount")

    def _role_vals(self):
        self.ensure_one()
        return {
            "name": self.job_id.name,
            "code": self.code,
            "kind": self.kind,
            "company_id": self.proposal_id.company_id.id,
            "job_ids": [(6, 0, self.job_id.ids)],
            "department_id": self.department_id.id,
            "headcount": self.headcount,
        }
