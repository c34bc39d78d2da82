from odoo import api, fields, models
from odoo.exceptions import ValidationError


class QmsRequirement(models.Model):
    """A clause of a standard: its number and title or an own one-line paraphrase, never its text."""

    _name = "qms.requirement"
    _description = "Requirement"
    _parent_store = True
    _order = "standard_id, sequence, id"
    _check_company_auto = True
    _rec_names_search = ["clause", "name"]

    standard_id = fields.Many2one("qms.standard", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="standard_id.company_id", store=True, index=True)
    clause = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    parent_id = fields.Many2one("qms.requirement", index=True, ondelete="cascade", check_company=True)
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("qms.requirement", "parent_id")
    applicable = fields.Boolean(default=True)
    reason = fields.Text("Reason for Exclusion", help="Why the authority does not apply this clause.")
    process_ids = fields.Many2many("qms.process", string="Answered by Processes", check_company=True)
    active = fields.Boolean(default=True)

    _clause_standard = models.UniqueIndex("(standard_id, clause)", "The standard has this clause already.")

    @api.constrains("applicable", "reason")
    def _check_reason(self):
        for requirement in self:
            if not requirement.applicable and not requirement.reason:
                raise ValidationError(
                    self.env._("Say why clause %s is not applied: an exclusion needs its reason.", requirement.clause)
                )

    @api.depends("clause")
    def _compute_sequence(self):
        """Clauses sort by number: 7.2 before 7.10."""
        for requirement in self:
            numbers = [int(part) if part.isdigit() else 0 for part in (requirement.clause or "").split(".")][:4]
            weights = numbers + [0] * (4 - len(numbers))
            requirement.sequence = sum(weight * 100**power for power, weight in enumerate(reversed(weights)))

    @api.depends("clause", "name")
    def _compute_display_name(self):
        for requirement in self:
            requirement.display_name = f"{requirement.clause} {requirement.name}"
