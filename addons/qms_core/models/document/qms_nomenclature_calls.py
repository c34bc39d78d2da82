import logging
from datetime import date, timedelta

from odoo import api, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)


class QmsNomenclature(models.Model):
    """Who is called when a year is over: its files are closed, and what was kept long enough is disposed of."""

    _inherit = "qms.nomenclature"

    # === BUSINESS METHODS === #

    @api.model
    def _to_close(self, company):
        """Return the domain of the lists of an authority whose year is over, and to which nobody is called."""
        tomorrow = company._qms_today() + timedelta(days=1)  # from the last day of the year on, as `action_count`
        domain = Domain("company_id", "=", company.id) & Domain("state", "in", ("approved", "counting"))
        return domain & Domain("year", "<", tomorrow.year) & Domain("activity_ids", "=", False)

    def _call_to_close(self):
        """Call who keeps these files to close them by the end of January."""
        for record in self:
            until = max(date(record.year + 1, 1, 31), record.company_id._qms_today())
            record._call_to_act(record._closers(), until, lambda record: record.env._("Close the year"), verb="do")

    def _closers(self):
        """Return who closes the files: the unit's officers, else its head, else the archive (``res.users``)."""
        self.ensure_one()
        unit = self.sudo().department_id  # sudo: staff records, whoever asks
        users = unit.qms_officer_ids.user_id.filtered("active") or unit._head().sudo().user_id.filtered("active")
        return (users or self._users_of("qms_core.group_archive", self.company_id)).with_env(self.env)

    # === CRONS === #

    @api.model
    def _cron_dispose(self):
        """Call to what the calendar demands of the files. Missed days are caught up, nobody is called twice."""
        companies = self.env["res.company"].sudo().search([])  # sudo: the system's work in every authority
        for left, company in zip(range(len(companies) - 1, -1, -1), companies, strict=True):
            records = self.sudo().with_company(company)  # sudo: as above
            try:
                with self.env.cr.savepoint():
                    records.search(self._to_close(company))._call_to_close()
                    records.env["qms.disposal"]._prepare_due(company)
            except Exception:  # whatever it is: the log says so, and the other authorities are called
                _logger.exception("Nobody could be called about the files of %s", company.name)
            if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                return
