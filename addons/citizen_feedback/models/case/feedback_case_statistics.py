from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.qms_core.lib.periods import period_of

from ...lib.case_statistics import FEWEST_PAIRS, Cases, figures, seasonality, spearman

FILTERS = ("company_id", "service_id", "department_id", "point_id", "channel_id", "date_from", "date_to")
YEAR = relativedelta(months=12)
IN_TIME = {"in_time": True, "late": False}


class FeedbackCaseStatistics(models.TransientModel):
    """A page of figures: of a service, of a unit, or of the authority, in a stretch of time.

    Everything is counted with the reader's rights, from groups of cases and not from single ones.
    """

    _name = "feedback.case.statistics"
    _description = "Figures of Services"

    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    service_id = fields.Many2one("qms.service", domain="[('company_id', '=', company_id)]")
    department_id = fields.Many2one("hr.department", "Unit", domain="[('company_id', '=', company_id)]")
    point_id = fields.Many2one("qms.service.point", "Service Point", domain="[('company_id', '=', company_id)]")
    channel_id = fields.Many2one("qms.service.channel", "Way of Asking")
    date_from = fields.Date("From", required=True, default=lambda self: self._default_date_from())
    date_to = fields.Date("To", required=True, default=lambda self: self._default_date_to())

    count = fields.Integer("Asked for", compute="_compute_figures")
    done_count = fields.Integer("Finished", compute="_compute_figures")
    overdue_count = fields.Integer("Open and Overdue", compute="_compute_figures")
    judged_count = fields.Integer(
        "Judged by a Norm",
        compute="_compute_figures",
        help="Finished cases with a norm, and those that are still open after their last day: they are not in time.",
    )
    in_time_share = fields.Float("In Time (%)", digits=(16, 1), compute="_compute_figures")
    mean_days = fields.Float("Average (days)", digits=(16, 1), compute="_compute_figures")
    median_days = fields.Float(
        "Median (days)",
        digits=(16, 1),
        compute="_compute_figures",
        help="Half of the cases took no longer. Open ones count as far as they have waited.",
    )
    p90_days = fields.Float(
        "90th Percentile (days)",
        digits=(16, 1),
        compute="_compute_figures",
        help="Nine of ten cases took no longer: what an applicant has to reckon with. Open ones count as far as they "
        "have waited; empty while too many are open to tell.",
    )
    has_median = fields.Boolean(compute="_compute_figures")
    has_p90 = fields.Boolean(compute="_compute_figures")
    refused_count = fields.Integer("Refused", compute="_compute_figures")
    refused_share = fields.Float("Refused (%)", digits=(16, 1), compute="_compute_figures")
    withdrawn_count = fields.Integer("Withdrawn", compute="_compute_figures")
    month_ids = fields.One2many(
        "feedback.case.statistics.month",
        "statistics_id",
        "Months",
        compute="_compute_month_ids",
        compute_sudo=False,
        store=True,
    )
    correlation_ids = fields.One2many(
        "feedback.case.statistics.correlation",
        "statistics_id",
        "Correlations",
        compute="_compute_correlation_ids",
        compute_sudo=False,
        store=True,
    )

    # === DEFAULTS & COMPUTES === #

    @api.model
    def _default_date_from(self):
        return self.env.company._qms_today().replace(day=1) - YEAR

    @api.model
    def _default_date_to(self):
        return self.env.company._qms_today().replace(day=1) - relativedelta(days=1)

    @api.depends(*FILTERS)
    def _compute_display_name(self):
        for page in self:
            subject = page.service_id or page.department_id or page.point_id or page.company_id
            page.display_name = subject.display_name

    @api.depends(*FILTERS)
    def _compute_figures(self):
        for page in self:
            found = figures(page._cases())
            page.count, page.done_count, page.judged_count = found.count, found.done, found.judged
            page.in_time_share = found.in_time_share or 0.0
            page.mean_days, page.median_days = found.mean_days or 0.0, found.median_days or 0.0
            page.p90_days = found.p90_days or 0.0
            page.has_median, page.has_p90 = found.median_days is not None, found.p90_days is not None
            page.refused_count, page.withdrawn_count = found.refused, found.withdrawn
            page.refused_share = found.refused_share or 0.0
            cases = self.env["feedback.case"]
            page.overdue_count = cases.search_count(page._domain() & cases._overdue_domain(page.company_id))

    @api.depends(*FILTERS)
    @api.depends_context("lang")
    def _compute_month_ids(self):
        for page in self:
            page.month_ids = [Command.clear(), *(Command.create(vals) for vals in page._month_rows())]

    @api.depends(*FILTERS)
    @api.depends_context("lang")
    def _compute_correlation_ids(self):
        for page in self:
            page.correlation_ids = [Command.clear(), *(Command.create(vals) for vals in page._correlation_rows())]

    # === ACTIONS === #

    def action_view_cases(self):
        """Open the cases that are counted here."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("citizen_feedback.feedback_case_action"),
            "domain": list(self._domain()),
            "context": {},
        }

    def action_view_chart(self):
        """Open the same figures as chart and pivot."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("citizen_feedback.feedback_case_report_action"),
            "domain": list(self._domain()),
            "context": {},
        }

    # === BUSINESS METHODS === #

    def _domain(self):
        """Return the domain of the cases that are asked about."""
        self.ensure_one()
        domain = Domain("company_id", "=", self.company_id.id)
        domain &= Domain("date_asked", ">=", self.date_from) & Domain("date_asked", "<=", self.date_to)
        if self.service_id:
            domain &= Domain("service_id", "=", self.service_id._origin.id)
        if self.department_id:
            domain &= Domain("department_id", "child_of", self.department_id._origin.id)
        if self.point_id:
            domain &= Domain("point_id", "=", self.point_id._origin.id)
        if self.channel_id:
            domain &= Domain("channel_id", "=", self.channel_id._origin.id)
        return domain

    def _cases(self):
        """Return the cases counted by what the figures need."""
        if not (self.date_from and self.date_to):
            return []
        cases, done = self.env["feedback.case"], Domain("result", "!=", False)
        finished = cases._read_group(self._domain() & done, ["punctuality", "result", "days_taken"], ["__count"])
        waiting = cases._read_group(self._domain() & ~done, ["date_asked:day", "date_due:day"], ["__count"])
        today = self.company_id._qms_today()
        return [
            *(Cases(days, IN_TIME.get(punctuality), result, count) for punctuality, result, days, count in finished),
            *(
                Cases((today - asked).days, False if due and due < today else None, None, count)
                for asked, due, count in waiting
            ),
        ]

    def _whole_months(self):
        """Return the first days of the months in the stretch of time that are whole and told of, the oldest first.

        A month under way, one before the first case that was entered at all and one after the last are no months
        without requests: nothing is known of them.
        """
        self.ensure_one()
        known = Domain("company_id", "=", self.company_id.id)
        [(oldest, newest)] = self.env["feedback.case"]._read_group(known, [], ["date_asked:min", "date_asked:max"])
        if not (self.date_from and self.date_to and oldest):
            return []
        start = max(self.date_from, period_of("month", oldest).first)
        end = min(self.date_to, period_of("month", newest).last, self.company_id._qms_today())
        months, first = [], period_of("month", start).first
        while (period := period_of("month", first)).last <= end:
            if period.first >= start:
                months.append(period.first)
            first += relativedelta(months=1)
        return months

    def _month_rows(self):
        """Return a line for each whole month: how many, how long, in time, and what is usual in this month."""
        report = self.env["feedback.case.report"]
        rows = report._read_group(
            self._domain() if self.date_from and self.date_to else Domain.FALSE,
            ["date_asked:month"],
            ["__count", "days_taken:avg", "in_time_share:avg", "refused_share:avg"],
        )
        known = {month: values for month, *values in rows}
        months = self._whole_months()
        season = seasonality([(month.month, known.get(month, [0])[0]) for month in months])
        return [
            {
                "name": format_date(self.env, month, date_format="LLLL yyyy"),
                "count": count,
                "mean_days": days or 0.0,
                "in_time_share": in_time or 0.0,
                "refused_share": refused or 0.0,
                "has_done": days is not None,
                "season": season.get(month.month, 0.0),
            }
            for month in months
            for count, days, in_time, refused in [known.get(month, (0, None, None, None))]
        ]

    # --- what goes with what

    def _correlations(self):
        """Hook: return the pairs that are compared: ``[(first, second, name)]``, the keys being of `_monthly`."""
        by_load = self.env._("Cases in a month – days taken")
        by_visits = self.env._("Visits – days taken")
        refused = self.env._("Cases in a month – share refused")
        return [("load", "days", by_load), ("visits", "days", by_visits), ("load", "refused", refused)]

    def _monthly(self):
        """Hook: return ``{(service id, month): {key: value}}``: what is known of each month of each service."""
        rows = self.env["feedback.case.report"]._read_group(
            self._domain(),
            ["service_id", "date_asked:month"],
            ["__count", "days_taken:avg", "visits:avg", "refused_share:avg"],
        )
        months = set(self._whole_months())
        return {
            (service.id, month): {"load": count, "days": days, "visits": visits, "refused": refused}
            for service, month, count, days, visits, refused in rows
            if month in months
        }

    def _correlation_rows(self):
        monthly = self._monthly() if self.date_from and self.date_to else {}
        rows = []
        for first, second, name in self._correlations():
            found = spearman(*_within_services(monthly, first, second))
            if found:
                rows.append(
                    {
                        "name": name,
                        "rho": found.rho,
                        "lower": found.lower,
                        "upper": found.upper,
                        "pairs": found.pairs,
                        "verdict": self._verdict(found),
                    }
                )
        return rows

    def _verdict(self, found):
        if not found.is_certain:
            return self.env._("Nothing certain: it may be chance.")
        if found.rho > 0:
            return self.env._("They rise and fall together.")
        return self.env._("When one rises, the other falls.")


class FeedbackCaseStatisticsMonth(models.TransientModel):
    _name = "feedback.case.statistics.month"
    _description = "Figures of a Month"

    statistics_id = fields.Many2one("feedback.case.statistics", required=True, index=True, ondelete="cascade")
    name = fields.Char("Month", readonly=True)
    count = fields.Integer("Asked for", readonly=True)
    has_done = fields.Boolean(readonly=True)
    mean_days = fields.Float("Average (days)", digits=(16, 1), readonly=True, aggregator=None)
    in_time_share = fields.Float("In Time (%)", digits=(16, 1), readonly=True, aggregator=None)
    refused_share = fields.Float("Refused (%)", digits=(16, 1), readonly=True, aggregator=None)
    season = fields.Float(
        digits=(16, 2),
        readonly=True,
        aggregator=None,
        help="How much more is asked for in this month of the year than usual: 1.20 is a fifth more. From one year "
        "alone the season can't be told from chance; with two years and more a growth is taken out.",
    )


class FeedbackCaseStatisticsCorrelation(models.TransientModel):
    _name = "feedback.case.statistics.correlation"
    _description = "Correlation of Figures"

    statistics_id = fields.Many2one("feedback.case.statistics", required=True, index=True, ondelete="cascade")
    name = fields.Char("What is compared", readonly=True)
    rho = fields.Float(
        "Correlation",
        digits=(16, 2),
        readonly=True,
        aggregator=None,
        help="Spearman's rank correlation, from -1 to 1, of the months of each service with its own average. That two "
        "things go together doesn't say that one causes the other.",
    )
    lower = fields.Float("Not below", digits=(16, 2), readonly=True, aggregator=None)
    upper = fields.Float("Not above", digits=(16, 2), readonly=True, aggregator=None)
    pairs = fields.Integer("Months compared", readonly=True, aggregator=None)
    verdict = fields.Char("What it says", readonly=True)


def _within_services(monthly, first, second):
    """Return pairs of two figures, each by its service's own average, and of how many services they are.

    Services are not compared with one another; one with few months says nothing of its own.
    """
    by_service = defaultdict(list)
    for (service, _month), values in sorted(monthly.items()):
        if values.get(first) is not None and values.get(second) is not None:
            by_service[service].append((values[first], values[second]))
    pairs, services = [], 0
    for rows in by_service.values():
        means = [sum(row[side] for row in rows) / len(rows) for side in (0, 1)]
        if len(rows) >= FEWEST_PAIRS and all(means):
            pairs += [(row[0] / means[0], row[1] / means[1]) for row in rows]
            services += 1
    return pairs, services
