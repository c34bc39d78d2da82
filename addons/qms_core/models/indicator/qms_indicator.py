from odoo import api, fields, models


class QmsIndicator(models.Model):
    _name = "qms.indicator"
    _description = "Indicator"
    _inherit = ["mail.thread"]
    _order = "code, id"
    _check_company_auto = True
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    process_id = fields.Many2one("qms.process", index=True, check_company=True)
    service_id = fields.Many2one("qms.service", index="btree_not_null", check_company=True)
    owner_role_id = fields.Many2one("qms.role", "Owner", check_company=True)
    unit_of_measure = fields.Char(default="%")
    direction = fields.Selection(
        [("higher", "Higher is better"), ("lower", "Lower is better")], required=True, default="higher"
    )
    period = fields.Selection(
        [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")], required=True, default="quarter"
    )
    target = fields.Float(tracking=True)
    measurement_ids = fields.One2many("qms.measurement", "indicator_id", "Values")
    last_value = fields.Float(compute="_compute_last_value")
    last_date = fields.Date("Last Period", compute="_compute_last_value")
    status = fields.Selection(
        [("none", "Not measured"), ("met", "Target met"), ("missed", "Target missed")], compute="_compute_last_value"
    )
    active = fields.Boolean(default=True)

    _code_company = models.UniqueIndex(
        "(code, company_id)", "Another indicator has this code already. Choose a new code."
    )

    @api.depends("measurement_ids.value", "measurement_ids.date", "target", "direction")
    def _compute_last_value(self):
        for indicator in self:
            last = indicator.measurement_ids.sorted("date")[-1:]
            indicator.last_value = last.value
            indicator.last_date = last.date
            indicator.status = indicator._judge(last.value) if last else "none"

    def _judge(self, value):
        """Return ``met`` or ``missed`` for a value."""
        self.ensure_one()
        met = value >= self.target if self.direction == "higher" else value <= self.target
        return "met" if met else "missed"
