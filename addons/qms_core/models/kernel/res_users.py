from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

DIGEST_DAYS = 7
DIGEST_ROWS = 50
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

    def _open_duties(self, until):
        """Return the user's open duties with a deadline up to a day.

        :param datetime.date until:
        :return: list of plain dicts ``{model, id, name, kind, deadline, late}`` by deadline, at most 50
        """
        self.ensure_one()
        today = self.company_id._qms_today()
        duties = []
        for model in self.env["qms.deadline.mixin"]._duty_models():
            domain = (
                Domain("responsible_user_id", "=", self.id)
                & Domain("date_deadline", "<=", until)
                & model._duty_open_domain()
            )
            duties += [
                {
                    "model": record._name,
                    "id": record.id,
                    "name": record.display_name,
                    "kind": record._duty_summary(),
                    "deadline": record.date_deadline,
                    "late": record.date_deadline < today,
                }
                for record in model.search(domain, order="date_deadline, id", limit=DIGEST_ROWS)
            ]
        return sorted(duties, key=lambda duty: duty["deadline"])[:DIGEST_ROWS]

    def _send_duty_digest(self, today):
        """Queue the day's digest; nothing is sent when there is nothing to do."""
        self.ensure_one()
        self.qms_digest_date = today
        if not (self.qms_duty_digest and self.email):
            return
        in_lang = self.with_context(lang=self.lang)
        duties = in_lang._open_duties(today + timedelta(days=DIGEST_DAYS))
        if not duties:
            return
        body = in_lang.env["ir.qweb"]._render(
            "qms_core.duty_digest",
            {"user": in_lang, "duties": duties, "base_url": self.get_base_url(), "today": today},
            lang=self.lang,
        )
        self.env["mail.mail"].create(
            {
                "subject": in_lang.env._("Your duties: %s waiting", len(duties)),
                "body_html": body,
                "email_to": self.email_formatted,
                "auto_delete": True,
            }
        )
