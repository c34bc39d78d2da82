from odoo import fields, models
from odoo.tools.misc import formatLang


class QmsIndicator(models.Model):
    _inherit = "qms.indicator"

    goal_ids = fields.Many2many("qms.goal", string="Goals", check_company=True)

    def _print_value(self, value):
        """Return a value with its unit as it is printed in the reader's language, without needless decimals."""
        self.ensure_one()
        number = formatLang(self.env, value, digits=0 if value == round(value) else 2)
        return f"{number} {self.unit_of_measure or ''}".strip()
