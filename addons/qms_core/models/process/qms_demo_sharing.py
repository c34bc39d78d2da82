from odoo import api, models

# Bodies that take part in the city's processes between bodies.
TAKING_PART = {
    "P-1.06": ("KP-VODA", "KP-BLAG", "SUSID"),
    "P-2.03": ("KP-BLAG",),
    "P-2.04": ("COUNCIL", "GEOCAD"),
    "P-2.11": ("KP-BLAG", "KP-VODA"),
    "P-2.14": ("KP-BLAG",),
}


class QmsDemo(models.AbstractModel):
    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        """The coordinator names the bodies with which the city works in the processes between bodies."""
        super()._play_scenario()
        own = [("company_id", "=", self.env.company.id)]
        for code, bodies in TAKING_PART.items():
            process = self._as("coordinator").env["qms.process"].search([("code", "=", code), *own])
            process.body_ids = self.env["qms.body"].search([("code", "in", bodies), *own])
