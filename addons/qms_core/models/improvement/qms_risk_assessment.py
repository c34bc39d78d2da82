from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

# A row may only be written by `_record`: the identity of an object can't come over RPC.
_RECORDING = object()


class QmsRiskAssessment(models.Model):
    """How a risk was judged on a day, by whom. Rows stay as they were written, in the words of that day's scale."""

    _name = "qms.risk.assessment"
    _description = "Assessment of a Risk"
    _order = "date desc, id desc"
    _rec_name = "inherent"

    risk_id = fields.Many2one("qms.risk", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="risk_id.company_id", store=True, index=True)
    date = fields.Date(required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Assessed by", required=True, readonly=True)
    occasion = fields.Selection(
        [
            ("assess", "First assessment"),
            ("change", "Figures changed"),
            ("treat", "After treatment"),
            ("accept", "Accepted"),
            ("review", "Review"),
        ],
        "Why Assessed",
        required=True,
        readonly=True,
    )
    inherent = fields.Char(readonly=True, help="Likelihood × impact before treatment, and what level it was.")
    residual = fields.Char(readonly=True, help="Likelihood × impact after treatment, and what level it was.")
    inherent_score = fields.Integer(readonly=True, aggregator="avg")
    residual_score = fields.Integer(readonly=True, aggregator="avg")
    note = fields.Text(readonly=True)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get("qms_recording") is not _RECORDING:
            raise AccessError(self.env._("Assessments are recorded by the buttons of the risk."))
        return super().create(vals_list)

    def write(self, vals):
        raise AccessError(self.env._("A recorded assessment can't be changed. Assess the risk anew."))

    def unlink(self):
        if not (self.env.su and self.env.context.get(MODULE_UNINSTALL_FLAG)):
            raise AccessError(self.env._("A recorded assessment can't be deleted: it is the history of the risk."))
        return super().unlink()

    # === BUSINESS METHODS === #

    @api.model
    def _record(self, risks, occasion, note=False):
        """Keep how risks are judged now.

        :param risks: ``qms.risk``
        :param str occasion: a key of ``occasion``
        :param str note: the reason given, if any
        """
        # sudo: nobody has create rights on rows, on purpose.
        rows = self.sudo().with_context(qms_recording=_RECORDING)
        return rows.create(
            [
                {
                    "risk_id": risk.id,
                    "date": risk.company_id._qms_today(),
                    "user_id": self.env.uid,
                    "occasion": occasion,
                    "inherent": risk._in_words("inherent"),
                    "residual": risk._in_words("residual"),
                    "inherent_score": risk.inherent_score,
                    "residual_score": risk.residual_score,
                    "note": note,
                }
                for risk in risks.sudo()  # sudo: the row holds all figures, whoever took the step
            ]
        )
