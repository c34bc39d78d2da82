from datetime import timedelta

from odoo import api, models

# Norms of these services wait for their yearly review.
DUE_SERVICES = ("S-05", "S-13")
DUE_REVIEWED_DAYS_AGO = 350


class QmsDemo(models.AbstractModel):
    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        super()._play_scenario()
        self._review_norms()

    @api.model
    def _review_norms(self):
        """The coordinator has reviewed the norms this year, but for two that the head is called to."""
        norms = self._as("coordinator").env["qms.service.norm"].search([("state", "=", "last")])
        due = norms.filtered(lambda norm: norm.service_id.code in DUE_SERVICES)
        (norms - due).action_reviewed()
        due.write({"reviewed_on": self.env.company._qms_today() - timedelta(days=DUE_REVIEWED_DAYS_AGO)})
