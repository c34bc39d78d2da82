from odoo import api, fields, models


class QmsStandard(models.Model):
    """A framework by which the authority measures itself, in one edition."""

    _name = "qms.standard"
    _description = "Standard"
    _order = "code, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    code = fields.Char(required=True)
    edition = fields.Char()
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    requirement_ids = fields.One2many("qms.requirement", "standard_id", "Requirements")
    requirement_count = fields.Integer(compute="_compute_requirement_count")
    active = fields.Boolean(default=True)

    _code_company = models.UniqueIndex(
        "(code, company_id)", "Another standard has this code already. Choose a new code."
    )

    @api.depends("requirement_ids")
    def _compute_requirement_count(self):
        counts = dict(
            self.env["qms.requirement"]._read_group([("standard_id", "in", self.ids)], ["standard_id"], ["__count"])
        )
        for standard in self:
            standard.requirement_count = counts.get(standard, 0)
