from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...lib import document_code

KINDS = [
    ("policy", "Policy"),
    ("manual", "Manual"),
    ("procedure", "Procedure"),
    ("regulation", "Regulation"),
    ("unit_provision", "Provision on a unit"),
    ("job_description", "Job description"),
    ("service_card", "Service card"),
    ("service_standard", "Service standard"),
    ("technological_card", "Technological card"),
    ("passport", "Process passport"),
    ("sop", "Standard operating procedure"),
    ("form", "Form"),
    ("record", "Record"),
    ("order", "Order"),
    ("list", "List"),
    ("glossary", "Glossary"),
    ("external", "External act"),
    ("other", "Other"),
]
# The texts want these looked at once a year at the latest.
YEARLY = ("policy", "manual")


class QmsDocumentType(models.Model):
    """A type of controlled documents: what they are, how they are numbered, approved, reviewed and acknowledged."""

    _name = "qms.document.type"
    _description = "Document Type"
    _order = "level, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short sign that begins the codes of documents, such as PROC.")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(KINDS, required=True, default="other", index=True)
    level = fields.Integer(
        required=True, default=3, help="1: policy and manual, 2: procedures, 3: instructions, 4: forms and records."
    )
    number_pattern = fields.Char(
        "Rule of Codes",
        required=True,
        default="{type}-{number:3}",
        help="How codes are made: {type}, {unit}, {year}, and {number}, with its digits after a colon: {number:3}.",
    )
    review_months = fields.Integer("Review Every (Months)", help="0: these documents are not reviewed by the calendar.")
    acknowledge = fields.Boolean("Acknowledged", help="The people bound by a document of this type sign for it.")
    acknowledge_days = fields.Integer("Days to Acknowledge", default=10)
    by_act = fields.Boolean("Approved by an Act", help="An order or a decision approves them, after the route's visas.")
    approval_days = fields.Integer("Days to Approve", default=3, help="How many working days each approver has.")
    approver_ids = fields.One2many("qms.document.type.approver", "type_id", "Approval Route")
    company_id = fields.Many2one("res.company", index=True, help="Empty: the type is common to all authorities.")
    active = fields.Boolean(default=True)

    _code_company = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another document type has this code already. Choose a new code."
    )
    _level_range = models.Constraint("CHECK (level BETWEEN 1 AND 4)", "The level must lie between 1 and 4.")
    _days_range = models.Constraint(
        "CHECK (review_months BETWEEN 0 AND 120 AND acknowledge_days BETWEEN 1 AND 365 "
        "AND approval_days BETWEEN 1 AND 365)",
        "Terms must lie between 1 and 365 days, the review period between 0 and 120 months. Correct them.",
    )

    # === CONSTRAINTS === #

    @api.constrains("number_pattern")
    def _check_number_pattern(self):
        for record in self:
            problem = document_code.problem(record.number_pattern)
            if problem == "unknown":
                raise ValidationError(
                    self.env._(
                        "The rule “%s” has a placeholder that doesn't exist. Use {type}, {unit}, {year} and {number}.",
                        record.number_pattern,
                    )
                )
            if problem:
                raise ValidationError(
                    self.env._(
                        "The rule “%s” needs {number} once: else two documents would get the same code.",
                        record.number_pattern,
                    )
                )

    @api.constrains("kind", "review_months")
    def _check_yearly(self):
        for record in self:
            if record.kind in YEARLY and not 1 <= record.review_months <= 12:
                raise ValidationError(
                    self.env._("Policy and manual are reviewed at least every 12 months. Enter 1 to 12 months.")
                )

    # === CRUD === #

    def write(self, vals):
        if set(vals) - {"approver_ids"}:
            self._check_not_common()
        return super().write(vals)

    # === ACCESS === #

    def _check_not_common(self):
        """Raise a UserError for a common type that another authority uses: it would change for them as well."""
        common = self.filtered(lambda record: not record.company_id)
        # sudo: that others use it is all that is told
        others = [("type_id", "in", common.ids), ("company_id", "not in", self.env.user.company_ids.ids)]
        if common and not self.env.su and self.env["qms.document"].sudo().search_count(others, limit=1):
            raise UserError(
                self.env._(
                    "Other authorities use this type, too, so it stays as it is. Duplicate it for your own authority; "
                    "the approval route of the common type is yours alone."
                )
            )
