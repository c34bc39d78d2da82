from odoo import api, models
from odoo.tools.translate import LazyTranslate

from ...lib.check import SERIOUS, Check, Hit

_lt = LazyTranslate(__name__)


class QmsCheck(models.AbstractModel):
    """What keeps the model alive: without its scheduled jobs nobody is reminded of anything."""

    _inherit = "qms.check"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "job_failing": Check(
                self.env._("Scheduled job that fails"),
                SERIOUS,
                self._check_job_failing,
                self.env._(
                    "Tell the administrator: the server log says why, and a job switched off is switched on again."
                ),
            ),
        }

    def _check_job_failing(self):
        # Those switched off after many failures are the worst.
        jobs = self.env["ir.cron"].with_context(active_test=False).search([("failure_count", ">", 0)])
        return [
            Hit(
                self.env.company,
                _lt("The scheduled job “%(job)s” failed and was not repeated with success.", job=job.name),
                key=str(job.id),
                place={"res_model": "ir.cron", "res_id": job.id, "views": [[False, "form"]]},
            )
            for job in jobs
        ]
