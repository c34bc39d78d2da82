from datetime import timedelta

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    qms_days_minor = fields.Integer("Days for Minor Nonconformities", default=30)
    qms_days_major = fields.Integer("Days for Major Nonconformities", default=14)
    qms_days_critical = fields.Integer("Days for Critical Nonconformities", default=5)
    qms_check_days = fields.Integer(
        "Days until the Effectiveness Check",
        default=30,
        help="How long after the last action was done its effect can be judged.",
    )
    qms_repeat_months = fields.Integer(
        "Months of Repeats",
        default=12,
        help="A nonconformity like an earlier one of this period counts as repeated.",
    )
    qms_report_alias_id = fields.Many2one(
        "mail.alias", "Mail Address for Reports", readonly=True, copy=False, ondelete="restrict"
    )
    qms_mail_limit = fields.Integer(
        "Largest File of a Report (MB)",
        default=20,
        help="Larger files of a report are not taken. Of a mail they are left out; the report itself is kept.",
    )

    _qms_days_range = models.Constraint(
        """CHECK (qms_days_minor BETWEEN 1 AND 366 AND qms_days_major BETWEEN 1 AND 366
            AND qms_days_critical BETWEEN 1 AND 366)""",
        "The days for a nonconformity must lie between 1 and 366.",
    )
    _qms_check_days_range = models.Constraint(
        "CHECK (qms_check_days BETWEEN 0 AND 366)", "The days until the check must lie between 0 and 366."
    )
    _qms_repeat_months_range = models.Constraint(
        "CHECK (qms_repeat_months BETWEEN 1 AND 120)", "The months of repeats must lie between 1 and 120."
    )
    _qms_mail_limit_range = models.Constraint(
        "CHECK (qms_mail_limit BETWEEN 1 AND 100)", "The largest file of a report must lie between 1 and 100 MB."
    )

    def _qms_severity_deadline(self, severity):
        """Return until when a nonconformity that is found today has to be settled.

        :param str severity: of the nonconformity
        :rtype: datetime.date
        """
        self.ensure_one()
        # sudo: whoever reports may not read the authority's settings.
        return self._qms_today() + timedelta(days=self.sudo()[f"qms_days_{severity}"])

    def _qms_set_report_alias(self, name, contact):
        """Give the authority the mail address to which problems are reported, or take it away.

        :param str name: the part before the @; empty to take it away
        :param str contact: who may write to it, as in ``mail.alias``
        """
        self.ensure_one()
        alias = self.qms_report_alias_id
        if not name:
            self.qms_report_alias_id = False
            alias.unlink()
            return
        values = {"alias_name": name, "alias_contact": contact or "employees"}
        if alias:
            alias.write(values)
        else:
            self.qms_report_alias_id = alias.create(
                {
                    **values,
                    "alias_model_id": self.env["ir.model"]._get_id("qms.nonconformity"),
                    "alias_domain_id": self.alias_domain_id.id,
                    "alias_defaults": {"company_id": self.id},
                }
            )
