from odoo import fields, models

QUALITY_STAFF = ("group_quality_officer", "group_coordinator", "group_commissioner")


class ResUsers(models.Model):
    _inherit = "res.users"

    qms_digest_date = fields.Date("Last Duty Digest", readonly=True, copy=False)
    qms_duty_digest = fields.Boolean(
        "Daily Digest of Duties",
        default=True,
        help="One mail a day about late and near duties, sent only on days with any.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["qms_duty_digest"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["qms_duty_digest"]

    def _is_quality_staff(self):
        """Tell whether the user answers for quality: as officer of a unit, coordinator or commissioner."""
        self.ensure_one()
        return any(self.has_group(f"qms_core.{group}") for group in QUALITY_STAFF)
