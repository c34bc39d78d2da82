import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

PARTS = re.compile(r"\d+|[^\W\d_]")
WIDTH = 6
LETTERS = 900_000  # letters follow numbers: annexes the clauses, items the parts of a clause


class QmsRequirement(models.Model):
    """A clause of a standard: its number, title and an own one-line paraphrase, never its text.

    The wording of a copy that the authority has bought is kept apart, and for that authority only.
    """

    _name = "qms.requirement"
    _description = "Requirement"
    _parent_store = True
    _order = "standard_id, sort_key, id"
    _check_company_auto = True
    _rec_names_search = ["clause", "name"]

    standard_id = fields.Many2one("qms.standard", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="standard_id.company_id", store=True, index=True)
    clause = fields.Char(required=True)
    name = fields.Char("Title", required=True, translate=True)
    paraphrase = fields.Text(translate=True, help="In own words, one line. The text of a standard is its publisher's.")
    own_wording = fields.Text(
        "Wording of Our Copy", copy=False, help="For this authority's own use, from the copy it has bought."
    )
    sort_key = fields.Char(compute="_compute_sort_key", store=True)
    parent_id = fields.Many2one("qms.requirement", "Part of", index=True, ondelete="cascade", check_company=True)
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("qms.requirement", "parent_id", "Parts")
    applicable = fields.Boolean(default=True)
    reason = fields.Text("Reason for Exclusion", help="Why the authority does not apply this clause.")
    process_ids = fields.Many2many("qms.process", string="Answered by Processes", check_company=True)
    responsibility_ids = fields.One2many("qms.responsibility", "requirement_id", "Responsibilities")
    mapping_to_ids = fields.One2many("qms.requirement.mapping", "from_id", "Answers These as Well")
    mapping_from_ids = fields.One2many("qms.requirement.mapping", "to_id", "Is Answered by These as Well")
    from_file = fields.Boolean(readonly=True, copy=False, help="Comes from a framework file, not entered by hand.")
    active = fields.Boolean(default=True)

    _clause_standard = models.UniqueIndex("(standard_id, clause)", "The standard has this clause already.")

    # === CONSTRAINTS === #

    @api.constrains("applicable", "reason")
    def _check_reason(self):
        for requirement in self:
            if not requirement.applicable and not requirement.reason:
                raise ValidationError(
                    self.env._("Say why clause %s is not applied: an exclusion needs its reason.", requirement.clause)
                )

    # === COMPUTES === #

    @api.depends("clause")
    def _compute_sort_key(self):
        """Clauses sort by number: 7.2 before 7.10, 8.5.1 before 8.5.1f, annexes last, of whatever alphabet."""
        for requirement in self:
            parts = PARTS.findall(requirement.clause or "")
            # Digits only: no database sorts them by rules of its language.
            requirement.sort_key = "".join(
                f"{min(int(part), LETTERS - 1) if part.isdecimal() else LETTERS + ord(part.lower()[0]):0{WIDTH}d}"
                for part in parts
            )

    @api.depends("clause", "name")
    def _compute_display_name(self):
        for requirement in self:
            requirement.display_name = f"{requirement.clause} {requirement.name}"

    # === BUSINESS METHODS === #

    def _exclusion_reason(self):
        """Return why this clause, or one that it is part of, is not applied; empty if it is applied."""
        self.ensure_one()
        requirement = self
        while requirement:
            if not requirement.applicable:
                return requirement.reason
            requirement = requirement.parent_id
        return ""
