import logging
import math

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from ...lib import measuring
from ...lib import periods as period_lib

_logger = logging.getLogger(__name__)
# Indicators per step of the cron; each step is kept once it is done.
BATCH = 100


class QmsIndicator(models.Model):
    """How computed values get here: every period once, those that were missed as well.

    The periods that are over since the first one are compared with the values that are there. So nothing depends on
    when the cron runs: a week of downtime is made up for, and a second run finds nothing to do.
    """

    _inherit = "qms.indicator"

    explain_days = fields.Integer(
        "Days to Explain",
        default=10,
        help="A missed target asks its owner to explain it within so many days. 0: nobody is asked.",
    )

    _explain_days_range = models.Constraint(
        "CHECK (explain_days BETWEEN 0 AND 366)", "The days to explain a missed target must lie between 0 and 366."
    )

    # === BUSINESS METHODS === #

    def _measure(self):
        """Compute the values of all periods that are over, unless they are settled or were corrected by hand.

        An indicator whose source fails says why in ``source_error``; the others go on.
        """
        computed = self.filtered(lambda indicator: indicator.source != "manual" and indicator.active)
        for company, indicators in computed.grouped("company_id").items():
            # sudo: the name of the language only; what fails is told in that of the authority.
            language = company.sudo().partner_id.lang or self.env.lang
            indicators.with_context(lang=language)._measure_in(company)

    def _measure_in(self, company):
        today = company._qms_today()
        known, owners = self._known_rows(), self._owners()
        # What fails is rolled back, and must not take along what others have still to write.
        self.env.flush_all()
        new, errors = [], {}
        for indicator in self:
            values, errors[indicator] = indicator._try_source(today, known[indicator.id], owners)
            new += indicator._take_in(values, known[indicator.id])
        for indicator, error in errors.items():
            if (indicator.source_error or "") != error:
                indicator.source_error = error
        if new:
            # sudo: computed values are written by the system; who asks for them was checked.
            self.env["qms.measurement"].sudo().create(new)

    def _known_rows(self):
        """Return the values that are there, with one query: ``{indicator id: {last day: row}}``."""
        known = {indicator_id: {} for indicator_id in self.ids}
        # sudo: as in _measure_in
        rows = self.env["qms.measurement"].sudo()
        names = ["indicator_id", "date", "value", "state", "corrected"]
        for row in rows.search_fetch([("indicator_id", "in", self.ids)], names):
            known[row.indicator_id.id][row.date] = row
        return known

    def _try_source(self, today, known, owners):
        """Return the values of the periods that are due, and why there are none ("" where all is well)."""
        try:
            with self.env.cr.savepoint(flush=False):
                periods = self._periods_due(today, known)
                return (self._checked(self._read_source(periods, owners), periods) if periods else {}), ""
        except period_lib.EndlessError:
            return {}, self.env._("“%s” is measured since too long ago. Choose a later first day.", self.display_name)
        except UserError as error:
            return {}, self._failure(error)
        except Exception as error:  # a source of any addon may fail in any way, and the other indicators go on
            _logger.exception("The indicator %s could not be computed", self.code)
            return {}, self._failure(error)

    def _periods_due(self, today, known):
        """Return the periods that are over and whose value is missing or not settled yet, the oldest first."""
        periods = period_lib.finished(self.period, self._since(), today, self.measured_until or None)
        return [
            period
            for period in periods
            if period.last not in known or known[period.last].state == "open" and not known[period.last].corrected
        ]

    def _checked(self, values, periods):
        """Return values of a source as numbers.

        :raises UserError: for what is no number
        """
        checked = {}
        for period in periods:
            value = values.get(period)
            if value is None:
                continue
            if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
                raise UserError(
                    self.env._(
                        "The source of “%(name)s” returned “%(value)s”, which is no number.",
                        name=self.display_name,
                        value=value,
                    )
                )
            checked[period] = float(value)
        return checked

    def _take_in(self, values, known):
        """Write the values that changed; return those of new periods, for all indicators to be created at once."""
        new = []
        for period, value in values.items():
            row = known.get(period.last)
            if not row:
                new.append({"indicator_id": self.id, "date": period.last, "value": value})
            elif round(row.value - value, measuring.DIGITS):
                row.value = value
        return new

    # === CRONS === #

    @api.model
    def _cron_measure(self):
        """Compute what is due, those that are furthest behind first, so that a stop in the middle starves nobody."""
        # sudo: the cron computes for all authorities; each source is read with the rights of its owner.
        waiting = self.sudo().search([("source", "!=", "manual")], order="last_date NULLS FIRST, id").ids
        done = 0
        for ids in split_every(BATCH, waiting):
            self.sudo().browse(ids)._measure()
            done += len(ids)
            if not self.env["ir.cron"]._commit_progress(len(ids), remaining=len(waiting) - done):
                return
