from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class QmsStandard(models.Model):
    """A framework by which the authority measures itself, in one edition."""

    _name = "qms.standard"
    _description = "Standard"
    _order = "code, id"
    _check_company_auto = True
    _rec_names_search = ["code", "name"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    edition = fields.Char()
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    valid_from = fields.Date("In Force From")
    valid_to = fields.Date("In Force Until", help="The last day on which the publisher recognises this edition.")
    supersedes_id = fields.Many2one(
        "qms.standard", "Replaces", index=True, ondelete="set null", check_company=True, copy=False
    )
    superseded_by_ids = fields.One2many("qms.standard", "supersedes_id", "Replaced by")
    source = fields.Text("Origin of the Titles", translate=True)
    licence = fields.Text("Licence Note", translate=True)
    file_revision = fields.Integer(
        "Version of the File", readonly=True, copy=False, help="0 for a standard that was entered by hand."
    )
    requirement_ids = fields.One2many("qms.requirement", "standard_id", "Requirements")
    requirement_count = fields.Integer(compute="_compute_requirement_count")
    active = fields.Boolean(default=True)

    _code_company = models.UniqueIndex(
        "(code, company_id)", "Another standard has this code already. Choose a new code."
    )
    _validity = models.Constraint(
        "CHECK (valid_to >= valid_from)", "The standard ends before it begins. Correct one of the two days."
    )

    # === CONSTRAINTS === #

    @api.constrains("supersedes_id")
    def _check_supersedes(self):
        if self._has_cycle("supersedes_id"):
            raise ValidationError(self.env._("An edition can't replace itself. Choose the edition before it."))

    # === COMPUTES === #

    @api.depends("requirement_ids")
    def _compute_requirement_count(self):
        counts = dict(
            self.env["qms.requirement"]._read_group([("standard_id", "in", self.ids)], ["standard_id"], ["__count"])
        )
        for standard in self:
            standard.requirement_count = counts.get(standard, 0)

    # === ACTIONS === #

    def action_view_coverage(self):
        """Show the clauses of this standard with what answers each of them.

        :return: a window action
        """
        self.ensure_one()
        headline = self._coverage_headline()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_requirement_action"),
            "name": headline,
            "display_name": headline,  # the client prefers it to the name
            "domain": [("standard_id", "=", self.id)],
            "context": {"default_standard_id": self.id, **self._coverage_filter()},
        }

    def _coverage_filter(self):
        """Return the filter that a button of the overview asks for: ``coverage_filter`` in its context."""
        name = self.env.context.get("coverage_filter")
        return {f"search_default_{name}": 1} if name else {}

    def action_carry_answers(self):
        """Open the list of answers that can go over to the new edition.

        :return: a window action
        :raises UserError: if no mapping leads to another standard
        """
        self.ensure_one()
        target = self.superseded_by_ids[:1] or self._mapped_standards()[:1]
        if not target:
            raise UserError(
                self.env._(
                    "No mapping leads from %s to another standard. Add the new edition as a framework, or enter the "
                    "mapping first.",
                    self.code,
                )
            )
        carry = self.env["qms.requirement.carry"].create({"standard_id": self.id, "target_id": target.id})
        return carry.action_list()

    def action_import_wording(self):
        """Open the dialog that takes in the wording of the authority's own copy.

        :return: a window action
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Wording of Our Own Copy"),
            "res_model": "qms.requirement.wording",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_standard_id": self.id},
        }

    # === BUSINESS METHODS === #

    def _mapped_standards(self):
        """Return the standards that mappings from this one lead to."""
        return self.env["qms.requirement.mapping"].search([("from_standard_id", "in", self.ids)]).to_standard_id
