from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _interaction_print(self):
        """Return the interaction map of this authority for print (see ``qms.process._interaction_print``)."""
        self.ensure_one()
        # The ORM refuses companies that the user does not belong to.
        return self.env["qms.process"].with_context(allowed_company_ids=self.ids)._interaction_print()
