import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tools.translate import LazyTranslate

from ...lib.check import HINT, MODERATE, SERIOUS

_logger = logging.getLogger(__name__)
_lt = LazyTranslate(__name__)
RUN_DAYS = 7
INDICATOR_NAME = _lt("Open issues of the model check")


class QmsCheckRun(models.Model):
    """One run of the model check over an authority: what it found and what it cost."""

    _name = "qms.check.run"
    _description = "Run of the Model Check"
    _order = "date desc, id desc"
    _rec_name = "date"
    # The indicator that shows the result over time, made by the first run.
    _indicator_code = "MODEL-CHECK"

    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    date = fields.Datetime("Carried out on", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Asked for by", readonly=True, help="Empty: the weekly run.")
    line_ids = fields.One2many("qms.check.run.line", "run_id", "Checks", readonly=True)
    open_count = fields.Integer("Open", readonly=True)
    serious_count = fields.Integer("Serious", readonly=True)
    moderate_count = fields.Integer("Notable", readonly=True)
    hint_count = fields.Integer("Hints", readonly=True)
    accepted_count = fields.Integer("Accepted", readonly=True)
    new_count = fields.Integer("New Issues", readonly=True, help="Found for the first time, or again.")
    gone_count = fields.Integer("Gone", readonly=True)
    failed_count = fields.Integer("Failed Checks", readonly=True)
    seconds = fields.Float("Time (s)", readonly=True, digits=(10, 3), aggregator="avg")
    query_count = fields.Integer("Database Queries", readonly=True, aggregator="avg")

    # === ACTIONS === #

    @api.model
    def action_check_now(self):
        """Check the model of the current authority now.

        :return: a client action that tells the result and reloads the page
        :raises AccessError: for anybody but the quality staff
        :raises UserError: while another run is under way
        """
        if not self.env.user._is_quality_staff():
            raise AccessError(self.env._("The model is checked by the quality staff. Ask the officer of your unit."))
        run = self._check_model(self.env.company, self.env.user)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if run.serious_count or run.failed_count else "success",
                "message": self.env._(
                    "The model was checked. Open issues: %(open)s, of which serious: %(serious)s; new: %(new)s; "
                    "gone: %(gone)s.",
                    open=run.open_count,
                    serious=run.serious_count,
                    new=run.new_count,
                    gone=run.gone_count,
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # === BUSINESS METHODS === #

    @api.model
    def _check_model(self, company, user=None):
        """Check the model of an authority and keep what was found.

        :param company: ``res.company``
        :param user: who asked for it; nobody for the weekly run
        :return: the run
        :raises UserError: while another run is under way
        """
        # sudo: runs and issues are written by the system only; the callers have checked who asks.
        runs = self.sudo()
        runs._lock(company)
        issues = runs.env["qms.check.issue"]
        issues._reopen_expired(company)
        outcomes = runs.env["qms.check"]._carry_out(company)
        now = fields.Datetime.now()
        new, gone = issues._take_in(company, outcomes, now)
        run = runs.create(
            {
                "company_id": company.id,
                "date": now,
                "user_id": user.id if user else False,
                "new_count": new,
                "gone_count": gone,
                "failed_count": sum(bool(outcome.error) for outcome in outcomes),
                "seconds": sum(outcome.seconds for outcome in outcomes),
                "query_count": sum(outcome.queries for outcome in outcomes),
                "line_ids": [(0, 0, runs.line_ids._vals(outcome)) for outcome in outcomes],
                **runs._totals(company),
            }
        )
        run._measure()
        return run.with_env(self.env)

    @api.model
    def _lock(self, company):
        """Refuse a second run at the same time: both would write the same issues."""
        try:
            self.search([("company_id", "=", company.id)], limit=1).lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("The model is being checked right now. Wait a moment and reload the page.")
            ) from error

    @api.model
    def _totals(self, company):
        groups = self.env["qms.check.issue"]._read_group(
            [("company_id", "=", company.id), ("state", "!=", "gone")], ["state", "severity"], ["__count"]
        )
        is_open = {severity: count for state, severity, count in groups if state == "open"}
        return {
            "open_count": sum(is_open.values()),
            "serious_count": is_open.get(SERIOUS, 0),
            "moderate_count": is_open.get(MODERATE, 0),
            "hint_count": is_open.get(HINT, 0),
            "accepted_count": sum(count for state, _severity, count in groups if state == "accepted"),
        }

    # === INDICATOR === #

    def _measure(self):
        """Write the result as the value of the month: that of its last run."""
        self.ensure_one()
        indicator = self._indicator(self.company_id)
        if not indicator.active:
            return  # who archived it doesn't want it
        today = self.company_id._qms_today()
        vals = {"value": self.open_count, "comment": fields.Date.to_string(today)}
        measured = indicator._value_of(today)
        if measured:
            measured.write(vals)
        else:
            measured.create({"indicator_id": indicator.id, "date": today, **vals})

    @api.model
    def _indicator(self, company):
        """Return the indicator of the model check of an authority; the first run makes it."""
        indicators = self.env["qms.indicator"].with_context(active_test=False)
        indicator = indicators.search([("company_id", "=", company.id), ("code", "=", self._indicator_code)])
        if not indicator:
            indicator = indicators.create(
                {
                    "code": self._indicator_code,
                    "name": INDICATOR_NAME._translate("en_US"),
                    "company_id": company.id,
                    "unit_of_measure": "",
                    "direction": "lower",
                    "period": "month",
                    # Periods that are over are read from the runs. The list of issues says what is to be done.
                    "source": "provider",
                    "provider": "model_check",
                    "explain_days": 0,
                }
            )
            # In one go: while English is inactive, each language that is written alone is written into the source too.
            languages = ["en_US", *(code for code, _name in self.env["res.lang"].get_installed())]
            indicator.update_field_translations("name", {code: INDICATOR_NAME._translate(code) for code in languages})
        return indicator

    # === CRONS === #

    @api.model
    def _cron_check(self):
        """Check each authority once a week, and reopen exceptions that have ended.

        Runs daily, so that a week in which the server stood still is made up for on the next day.
        """
        # sudo: the cron checks all authorities that have a model.
        with_model = [company for (company,) in self.env["qms.process"].sudo()._read_group([], ["company_id"])]
        for company in with_model:
            self.env["qms.check.issue"]._reopen_expired(company)
        due = [company for company in with_model if self._is_due(company)]
        for done, company in enumerate(due, start=1):
            self._check_in_turn(company)
            if not self.env["ir.cron"]._commit_progress(1, remaining=len(due) - done):
                return

    def _check_in_turn(self, company):
        """Check one of several authorities: what goes wrong with it must not keep the others waiting."""
        try:
            with self.env.cr.savepoint():
                self._check_model(company)
        except Exception:  # whatever it is: the log says so, and the next day tries again
            _logger.exception("The model of %s could not be checked", company.name)

    @api.model
    def _is_due(self, company):
        last = self.sudo().search([("company_id", "=", company.id)], limit=1)  # sudo: as in _cron_check
        return not last or last.date <= fields.Datetime.now() - timedelta(days=RUN_DAYS)
