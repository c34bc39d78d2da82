from odoo import fields, models


class QmsServicePromise(models.Model):
    _inherit = "qms.service.promise"

    indicator_id = fields.Many2one(
        "qms.indicator", "Measured by", check_company=True, index="btree_not_null", ondelete="set null"
    )
    indicator_status = fields.Selection(related="indicator_id.status", string="Kept")
