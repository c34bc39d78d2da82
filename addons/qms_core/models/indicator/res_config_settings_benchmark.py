from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...lib.quartiles import FEWEST


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    # One for the whole database: an authority that could lower it would read its neighbours.
    qms_benchmark_minimum = fields.Integer(
        "Smallest Comparison", default=FEWEST, config_parameter="qms_core.benchmark_minimum"
    )

    @api.constrains("qms_benchmark_minimum")
    def _check_qms_benchmark_minimum(self):
        for settings in self:
            if settings.qms_benchmark_minimum < FEWEST:
                raise ValidationError(
                    self.env._(
                        "Quartiles of fewer than %s authorities would tell single values. Enter a higher number.",
                        FEWEST,
                    )
                )
