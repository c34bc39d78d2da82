from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    qms_letter_set_id = fields.Many2one(
        "qms.letter.set",
        "Responsibility Letters",
        ondelete="restrict",
        # No check_company: the field belongs to the company itself.
        domain="[('company_id', 'in', (id, False))]",
        default=lambda self: self.env.ref("qms_core.letter_set_raci", raise_if_not_found=False),
        help="The letters by which this authority tells who does what in its processes.",
    )

    # === CRUD === #

    def write(self, vals):
        result = super().write(vals)
        if "qms_letter_set_id" in vals:
            processes = self.env["qms.process"].with_context(active_test=False)
            # sudo: whoever chooses the set for an authority chooses it for all of its processes.
            self.env["qms.responsibility"]._derive(processes.sudo().search([("company_id", "in", self.ids)]))
        return result

    # === BUSINESS METHODS === #

    def _interaction_print(self):
        """Return the interaction map of this authority for print (see ``qms.process._interaction_print``)."""
        self.ensure_one()
        # The ORM refuses companies that the user does not belong to.
        return self.env["qms.process"].with_context(allowed_company_ids=self.ids)._interaction_print()
