from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    _inherit = "res.company"

    qms_risk_scale_id = fields.Many2one(
        "qms.risk.scale",
        "Risk Scale",
        ondelete="restrict",
        # No check_company: the field belongs to the company itself.
        domain="[('company_id', 'in', (id, False))]",
        default=lambda self: self.env.ref("qms_core.risk_scale_5", raise_if_not_found=False),
        help="By what scale this authority measures new risks; those there are keep theirs.",
    )

    @api.constrains("qms_risk_scale_id")
    def _check_qms_risk_scale(self):
        for scale in self.qms_risk_scale_id:
            problem = scale._problem()
            if problem:
                raise ValidationError(problem)
