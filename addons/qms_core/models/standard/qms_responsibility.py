from odoo import api, fields, models


class QmsResponsibility(models.Model):
    """A role also has letters for requirements (annex 5 of a quality manual), the accountable one among them."""

    _inherit = "qms.responsibility"

    process_id = fields.Many2one(required=False)
    requirement_id = fields.Many2one("qms.requirement", index=True, ondelete="cascade", check_company=True)
    accountable = fields.Boolean(related="letter_id.accountable", store=True)

    _one_subject = models.Constraint(
        "CHECK (num_nonnulls(process_id, requirement_id) = 1)",
        "A responsibility concerns either a process or a requirement. Fill in exactly one of them.",
    )
    _requirement_cell = models.UniqueIndex(
        "(requirement_id, role_id, letter_id)", "The role has this letter for the requirement already."
    )
    _one_accountable = models.UniqueIndex(
        "(requirement_id) WHERE accountable", "A requirement has one accountable role. Take the letter off the other."
    )

    @api.depends("requirement_id.company_id")
    def _compute_company_id(self):
        super()._compute_company_id()

    def _subject(self):
        return self.requirement_id or super()._subject()
