from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    qms_weekly_digest = fields.Boolean(
        "Weekly Digest of Indicators",
        default=True,
        help="One mail a week about the indicators of the authority, for quality staff and top management.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["qms_weekly_digest"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["qms_weekly_digest"]
