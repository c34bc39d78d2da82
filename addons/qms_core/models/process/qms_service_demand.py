from odoo import fields, models


class QmsService(models.Model):
    _inherit = "qms.service"

    yearly_demand = fields.Integer(tracking=True, help="Applications a year. Counted or estimated; entered by hand.")

    _yearly_demand_range = models.Constraint(
        "CHECK (yearly_demand >= 0)", "The yearly demand can't be negative. Correct it."
    )
