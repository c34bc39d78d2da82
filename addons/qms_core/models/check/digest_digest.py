from odoo import fields, models


class DigestDigest(models.Model):
    """What the model check found, in the weekly mail."""

    _inherit = "digest.digest"

    kpi_qms_check = fields.Boolean("Issues Found by the Model Check")
    kpi_qms_check_value = fields.Integer(compute="_compute_kpi_qms_check_value", export_string_translation=False)

    def _compute_kpi_qms_check_value(self):
        self._calculate_company_based_kpi("qms.check.issue", "kpi_qms_check_value", date_field="first_seen")

    def _compute_kpis_actions(self, company, user):
        menu = self.env.ref("qms_core.menu_root").id
        action = {"kpi_qms_check": f"qms_core.qms_check_issue_action?menu_id={menu}"}
        return super()._compute_kpis_actions(company, user) | action
