from odoo import api, models


class QmsNeedYear(models.Model):
    _inherit = "qms.need.year"

    @api.depends("need_ids.action_ids")
    def _compute_counts(self):
        super()._compute_counts()
