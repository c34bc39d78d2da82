"""What an addon writes to add a check of its own; imported inside ``setUpClass`` only (see helper.load_models)."""

from odoo import api, models

from odoo.addons.qms_core.lib.check import HINT, Check, Hit


class QmsCheck(models.AbstractModel):
    _name = "qms.check"
    _inherit = ["qms.check"]

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "party_without_needs": Check(
                self.env._("Party without needs"),
                HINT,
                self._check_party_without_needs,
                self.env._("Ask the party what it expects."),
            ),
        }

    def _check_party_without_needs(self):
        parties = self.env["qms.party"].search(self._own(("needs", "in", (False, ""))))
        return [Hit(party, "Nobody knows what the party expects.") for party in parties]
