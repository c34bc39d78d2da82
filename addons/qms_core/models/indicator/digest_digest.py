from datetime import date

from dateutil.relativedelta import MO, relativedelta

from odoo import api, fields, models
from odoo.tools import formatLang
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# Who is told of the indicators every week, unless he switches it off.
READERS = ("group_quality_officer", "group_coordinator", "group_commissioner", "group_top_management")
TABLE_ROWS = 20
NAME = _lt("Indicators of the week")
# What has to be looked at stands first; colours of letters and of their ground.
LIGHTS = {
    "missed": ("#a12622", "#fce9e7"),
    "near": ("#8a6100", "#fff5dc"),
    "met": ("#256b40", "#e8f5ec"),
    "none": ("#5f6a75", "#f1f3f5"),
}


class DigestDigest(models.Model):
    """The weekly mail about the indicators of an authority.

    One digest of each authority goes to its quality staff and top management. What it tells is read with the rights of
    who gets it. Duties are told by a mail of their own, day by day (``res_users_digest.py``), and not here.
    """

    _inherit = "digest.digest"

    qms_weekly = fields.Boolean("Indicators of the Authority", readonly=True, copy=False)
    kpi_qms_measured = fields.Boolean("Values Measured")
    kpi_qms_measured_value = fields.Integer(compute="_compute_kpi_qms_measured_value", export_string_translation=False)
    kpi_qms_missed = fields.Boolean("Targets Missed")
    kpi_qms_missed_value = fields.Integer(compute="_compute_kpi_qms_missed_value", export_string_translation=False)

    _qms_weekly_company = models.UniqueIndex(
        "(company_id) WHERE qms_weekly", "The authority has its weekly digest already. Change that one."
    )

    # === COMPUTES === #

    def _compute_kpi_qms_measured_value(self):
        self._calculate_company_based_kpi("qms.measurement", "kpi_qms_measured_value")

    def _compute_kpi_qms_missed_value(self):
        self._calculate_company_based_kpi(
            "qms.measurement", "kpi_qms_missed_value", additional_domain=[("status", "=", "missed")]
        )

    def _compute_kpis(self, company, user):
        kpis = super()._compute_kpis(company, user)
        for kpi in kpis:
            if kpi["kpi_name"].startswith("kpi_qms_"):
                for column in ("kpi_col1", "kpi_col2", "kpi_col3"):
                    # Odoo paints every rise green: that of missed targets is none to be glad of.
                    kpi[column].pop("margin", None)
        return kpis

    def _compute_kpis_actions(self, company, user):
        menu = self.env.ref("qms_core.menu_root").id
        values = f"qms_core.qms_measurement_action?menu_id={menu}"
        actions = {"kpi_qms_measured": values, "kpi_qms_missed": values}
        return super()._compute_kpis_actions(company, user) | actions

    def _compute_tips(self, company, user, tips_count=1, consumed=True):
        if self.qms_weekly:
            return []  # advice on Odoo, with pictures from outside
        return super()._compute_tips(company, user, tips_count=tips_count, consumed=consumed)

    # === ACTIONS === #

    def _action_subscribe_users(self, users):
        if self.filtered("qms_weekly"):
            users.sudo().qms_weekly_digest = True  # sudo: one's own preference, also by a link of a mail
        return super()._action_subscribe_users(users)

    def _action_unsubscribe_users(self, users):
        if self.filtered("qms_weekly"):
            users.sudo().qms_weekly_digest = False  # sudo: as in _action_subscribe_users
        return super()._action_unsubscribe_users(users)

    def _action_send(self, update_periodicity=True):
        weekly = self.filtered("qms_weekly")
        weekly._translate_name()  # a language may have been added meanwhile
        weekly._set_readers()
        return super()._action_send(update_periodicity=update_periodicity)

    def _action_send_to_user(self, user, tips_count=1, consume_tips=True):
        if self.qms_weekly and not self._indicators_of(user):
            return False  # nothing to tell
        return super()._action_send_to_user(user, tips_count=tips_count, consume_tips=consume_tips)

    # === BUSINESS METHODS === #

    @api.model
    def _make_weekly(self, companies=None):
        """Give each authority its weekly digest, where it has none; whoever wants none deactivates it.

        :param companies: ``res.company``; all by default
        :return: the new digests
        """
        # sudo: called when the addon is installed and when an authority is made, whoever does that.
        digests = self.sudo()
        companies = companies or self.env["res.company"].sudo().search([])  # sudo: as above
        companies -= digests.search([("qms_weekly", "=", True)]).company_id
        kpis = [name for name, field in self._fields.items() if name.startswith("kpi_qms_") and field.store]
        made = digests.create(
            [
                {
                    "name": NAME._translate("en_US"),
                    "company_id": company.id,
                    "qms_weekly": True,
                    "periodicity": "weekly",
                    **dict.fromkeys(kpis, True),
                }
                for company in companies
            ]
        )
        made._translate_name()
        return made

    def _translate_name(self):
        """Name these digests in every language of the database, where nobody has named them otherwise."""
        languages = {"en_US", *(code for code, _name in self.env["res.lang"].get_installed())}
        names = {code: NAME._translate(code) for code in languages}
        for digest in self:
            now = {code: digest.with_context(lang=code).name for code in names}
            wrong = {code: text for code, text in names.items() if now[code] != text and now[code] in names.values()}
            if wrong:
                digest.update_field_translations("name", wrong)

    def _set_readers(self):
        """Set who gets these digests: the roles decide, and each person for himself."""
        groups = self.env["res.groups"].union(*(self.env.ref(f"qms_core.{name}") for name in READERS))
        # sudo: who has which role is for administrators to read.
        members = groups.sudo().all_user_ids.filtered(
            lambda user: user.active and not user.share and user.email and user.qms_weekly_digest
        )
        for digest in self:
            digest.user_ids = members.filtered(lambda user, digest=digest: user.company_id == digest.company_id)

    def _check_daily_logs(self):
        # Who rarely logs in is the one who needs the mail.
        return super()._check_daily_logs().filtered(lambda digest: not digest.qms_weekly)

    def _get_next_run_date(self):
        if self.qms_weekly and self.periodicity == "weekly":
            return date.today() + relativedelta(days=1, weekday=MO(1))
        return super()._get_next_run_date()

    def _indicators_of(self, user):
        """Return the indicators of this digest's authority that a user may read, as him."""
        self.ensure_one()
        indicators = self.env["qms.indicator"].with_user(user).with_company(self.company_id)
        return indicators.search([("company_id", "=", self.company_id.id)])

    def _indicator_table(self, user):
        """Return what the mail tells a user about the indicators, as plain data for its template.

        :param user: ``res.users``
        :return: dict of ``date``, ``counts`` (label, number, colours by light), ``rows`` and how many ``more``
        """
        indicators = self._indicators_of(user)
        order = list(LIGHTS)
        by_light = indicators.grouped("status")
        rows = indicators.sorted(lambda indicator: (order.index(indicator.status or "none"), indicator.code))
        labels = dict(indicators._fields["status"]._description_selection(self.env))
        return {
            "date": self.company_id._qms_today(),
            "counts": [
                {"label": labels[light], "count": len(by_light.get(light, ())), "colors": LIGHTS[light]}
                for light in reversed(order)
            ],
            "rows": [self._indicator_row(indicator, labels) for indicator in rows[:TABLE_ROWS]],
            "more": max(len(rows) - TABLE_ROWS, 0),
        }

    def _indicator_row(self, indicator, labels):
        light = indicator.status or "none"
        unit = indicator.unit_of_measure or ""
        return {
            "name": indicator.name,
            "url": f"{self.get_base_url()}/odoo/qms-indicators/{indicator.id}",
            "value": f"{self._in_figures(indicator.last_value)} {unit}".strip() if light != "none" else "–",
            "target": f"{self._in_figures(indicator.target)} {unit}".strip(),
            "light": labels[light],
            "colors": LIGHTS[light],
        }

    @api.model
    def _in_figures(self, value):
        return formatLang(self.env, value, digits=0 if value == int(value) else 2)
