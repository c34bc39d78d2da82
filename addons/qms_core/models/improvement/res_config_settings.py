from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    qms_days_minor = fields.Integer(related="company_id.qms_days_minor", readonly=False)
    qms_days_major = fields.Integer(related="company_id.qms_days_major", readonly=False)
    qms_days_critical = fields.Integer(related="company_id.qms_days_critical", readonly=False)
    qms_check_days = fields.Integer(related="company_id.qms_check_days", readonly=False)
    qms_repeat_months = fields.Integer(related="company_id.qms_repeat_months", readonly=False)
    qms_mail_limit = fields.Integer(related="company_id.qms_mail_limit", readonly=False)
    qms_report_alias_name = fields.Char(
        "Address for Reports", compute="_compute_qms_report_alias", readonly=False, store=True
    )
    qms_report_alias_contact = fields.Selection(
        [("employees", "Employees only"), ("everyone", "Everybody, to be sorted")],
        "Who May Report by Mail",
        compute="_compute_qms_report_alias",
        readonly=False,
        store=True,
    )
    qms_report_alias_domain = fields.Char(related="company_id.alias_domain_id.name", string="Domain of the Address")

    @api.depends("company_id")
    def _compute_qms_report_alias(self):
        for settings in self:
            alias = settings.company_id.qms_report_alias_id
            settings.qms_report_alias_name = alias.alias_name
            settings.qms_report_alias_contact = "everyone" if alias.alias_contact == "everyone" else "employees"

    def set_values(self):
        result = super().set_values()
        alias = self.company_id.qms_report_alias_id
        wanted = (self.qms_report_alias_name or "", self.qms_report_alias_contact)
        if wanted != (alias.alias_name or "", alias.alias_contact) and (wanted[0] or alias):
            self.company_id._qms_set_report_alias(*wanted)
        return result
