from datetime import timedelta

from odoo import models

COMPLAINT_DAYS = 365
COMPLAINT_KINDS = ("complaint", "service")


class QmsProcess(models.Model):
    _inherit = "qms.process"

    def _optimisation_inputs(self):
        """Nonconforming services and complaints of the last year count as complaints."""
        inputs = super()._optimisation_inputs()
        for company in self.company_id:
            since = company._qms_today() - timedelta(days=COMPLAINT_DAYS)
            groups = self.env["qms.nonconformity"]._read_group(
                [
                    ("process_id", "in", self.ids),
                    ("company_id", "=", company.id),
                    ("kind", "in", COMPLAINT_KINDS),
                    ("state", "!=", "rejected"),
                    ("date_found", ">=", since),
                ],
                ["process_id"],
                ["__count"],
            )
            for process, count in groups:
                inputs[process.id]["complaints"] += count
        return inputs
