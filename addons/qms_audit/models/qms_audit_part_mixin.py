from odoo import fields, models
from odoo.exceptions import UserError


class QmsAuditPartMixin(models.AbstractModel):
    """Part of an audit's report: what the team writes until its leader hands the report in.

    While the commissioner has the report, nobody changes it under his eyes; once the audit is closed,
    nobody changes it at all.
    """

    _name = "qms.audit.part.mixin"
    _description = "Part of an audit's report"
    _inherit = ["qms.frozen.line.mixin"]
    _check_company_auto = True
    _frozen_parent = "audit_id"

    audit_id = fields.Many2one("qms.audit", required=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="audit_id.company_id", store=True, index=True)
    process_id = fields.Many2one("qms.process", index=True, check_company=True, ondelete="restrict")
    evidence = fields.Text(help="What was seen, heard or read: documents, places, dates.")

    def _check_parent_open(self):
        super()._check_parent_open()
        reported = self.sudo().audit_id.filtered(lambda audit: audit.state == "report")  # sudo: as in super
        if reported:
            raise UserError(reported[:1]._reported_message())

    def _check_under_way(self):
        if any(part.state != "in_progress" for part in self.sudo().audit_id):  # sudo: as in _check_parent_open
            raise UserError(self.env._("The audit is not under way. Its leader starts it first."))
