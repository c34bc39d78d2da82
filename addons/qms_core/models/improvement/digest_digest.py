from odoo import fields, models
from odoo.fields import Domain


class DigestDigest(models.Model):
    """Nonconformities in the weekly mail; confidential ones are not counted, whoever gets it."""

    _inherit = "digest.digest"

    kpi_qms_nonconformity = fields.Boolean("Nonconformities Reported")
    kpi_qms_nonconformity_value = fields.Integer(
        compute="_compute_kpi_qms_nonconformity_value", export_string_translation=False
    )

    def _compute_kpi_qms_nonconformity_value(self):
        self._calculate_company_based_kpi(
            "qms.nonconformity",
            "kpi_qms_nonconformity_value",
            additional_domain=~Domain(self.env["qms.nonconformity"]._confidential_domain()),
        )

    def _compute_kpis_actions(self, company, user):
        menu = self.env.ref("qms_core.menu_root").id
        action = {"kpi_qms_nonconformity": f"qms_core.qms_nonconformity_action?menu_id={menu}"}
        return super()._compute_kpis_actions(company, user) | action
