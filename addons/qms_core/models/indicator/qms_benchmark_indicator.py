from odoo import api, fields, models
from odoo.exceptions import AccessError


class QmsIndicator(models.Model):
    """What an authority shows of itself outside is decided by those who decide for the whole of it."""

    _inherit = "qms.indicator"

    benchmark = fields.Boolean(
        "Compared with Other Authorities",
        copy=False,
        tracking=True,
        help="Values of this indicator are compared with those of the authorities that have it under the same code. "
        "Those see quartiles of at least three others, never your name or value. Nobody sees the comparison of an "
        "indicator that does not take part itself.",
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        indicators = super().create(vals_list)
        if any(indicator.benchmark for indicator in indicators):
            self._check_may_compare()
        return indicators

    def write(self, vals):
        if "benchmark" in vals:
            self._check_may_compare()
        return super().write(vals)

    # === ACCESS === #

    @api.model
    def _check_may_compare(self):
        deciding = ("qms_core.group_coordinator", "qms_core.group_commissioner")
        if self.env.su or any(self.env.user.has_group(group) for group in deciding):
            return
        raise AccessError(
            self.env._(
                "Whether an indicator is compared with other authorities is decided by the coordinator or the "
                "commissioner. Ask one of them."
            )
        )
