from odoo import models


class QmsScreening(models.Model):
    _inherit = "qms.screening"

    def _carry_out(self):
        """Each verdict that changes something becomes an action of the unit it concerns."""
        super()._carry_out()
        self.line_ids.filtered(lambda line: line._changes())._raise_actions()
