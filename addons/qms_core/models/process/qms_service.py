from odoo import api, fields, models


class QmsService(models.Model):
    """A public service with what its information card tells the applicant."""

    _name = "qms.service"
    _description = "Public Service"
    _inherit = ["mail.thread"]
    _order = "code, id"
    _check_company_auto = True
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    process_id = fields.Many2one("qms.process", "Delivered by", index=True, check_company=True, ondelete="restrict")
    department_id = fields.Many2one("hr.department", "Unit", index=True, check_company=True)
    deadline_days = fields.Integer("Deadline (days)", tracking=True)
    deadline_kind = fields.Selection(
        [("calendar", "Calendar days"), ("working", "Working days")], required=True, default="calendar", tracking=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    fee = fields.Monetary()
    result = fields.Char(translate=True)
    channels = fields.Char(help="Where it can be asked for: service centre, portal, post.")
    refusal_grounds = fields.Text()
    active = fields.Boolean(default=True)

    _code_company = models.UniqueIndex(
        "(code, company_id)", "Another service has this code already. Choose a new code."
    )
    _deadline_range = models.Constraint(
        "CHECK (deadline_days >= 0 AND deadline_days <= 3650)",
        "The deadline must lie between 0 and 3650 days. Correct it.",
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for service in self:
            service.display_name = f"{service.code} {service.name}"
