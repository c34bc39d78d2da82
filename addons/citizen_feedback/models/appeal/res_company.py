from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    _inherit = "res.company"

    feedback_legal_profile_id = fields.Many2one(
        "feedback.legal.profile",
        "Law on Appeals",
        ondelete="restrict",
        help="By which law appeals are received and answered. Empty: that of the authority's country.",
    )

    # === CONSTRAINTS === #

    @api.constrains("feedback_legal_profile_id")
    def _check_feedback_legal_profile(self):
        for company in self:
            profile = company.feedback_legal_profile_id
            if profile and not profile.kind_ids:
                raise ValidationError(
                    self.env._(
                        "The legal profile “%s” has no kinds of appeals and no terms, so nothing could be received by "
                        "it. Enter them first.",
                        profile.name,
                    )
                )
            if profile.company_id and profile.company_id != company:
                raise ValidationError(
                    self.env._("The legal profile “%s” belongs to another authority. Copy it first.", profile.name)
                )

    # === BUSINESS METHODS === #

    def _feedback_profile(self, day=None):
        """Return the legal profile in force (``feedback.legal.profile``, one or none).

        :param datetime.date day: today of the authority by default
        """
        self.ensure_one()
        return self.env["feedback.legal.profile"]._in_force(self, day or self._qms_today())
