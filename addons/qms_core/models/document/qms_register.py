from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .qms_register_kinds import KINDS


class QmsRegister(models.Model):
    """A register that an auditor asks for. Which fields its entries have, the authority defines itself.

    Some come with the program; an authority takes them over and changes them as it likes. Addons ship more by
    extending ``_shipped``.
    """

    _name = "qms.register"
    _description = "Register"
    _inherit = ["mail.thread"]
    _order = "sequence, name, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    purpose = fields.Text(help="What is entered here, and what for.")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    kind = fields.Selection("_selection_kind", "Shipped Kind", help="Where it comes from; empty for one of your own.")
    department_id = fields.Many2one(
        "hr.department", "Unit", check_company=True, help="Which unit keeps it, if it is one; entries name theirs."
    )
    responsible_role_id = fields.Many2one("qms.role", "Kept by", check_company=True, ondelete="restrict", tracking=True)
    review_months = fields.Integer(
        "Review Every (Months)", default=12, tracking=True, help="How long a review of an entry holds."
    )
    is_independent = fields.Boolean(
        "Reviewed by Another Person", tracking=True, help="Who answers for an entry doesn't review it."
    )
    parts = fields.Selection(
        [("stage", "Stages"), ("prescription", "Prescriptions")],
        "Parts of an Entry",
        help="Each part has its own responsible person and deadline, is checked by one person and approved by another.",
    )
    stages = fields.Text(help="One stage a line: each new entry gets them.")
    requirement_ids = fields.Many2many(
        "qms.requirement", "qms_register_requirement_rel", string="Requirements", check_company=True
    )
    process_ids = fields.Many2many("qms.process", "qms_register_process_rel", string="Processes", check_company=True)
    entry_properties_definition = fields.PropertiesDefinition("Fields of the Entries")
    entry_ids = fields.One2many("qms.register.entry", "register_id", "Entries")
    entry_count = fields.Integer("Number of Entries", compute="_compute_entry_count", compute_sudo=False)
    active = fields.Boolean(default=True)

    _name_company = models.UniqueIndex("(company_id, name)", "There is a register of this name already.")

    # === CONSTRAINTS === #

    @api.constrains("review_months")
    def _check_review_months(self):
        for register in self:
            if not 1 <= register.review_months <= 120:
                raise ValidationError(
                    self.env._("%s: a review holds for 1 to 120 months. Correct the figure.", register.name)
                )

    # === DEFAULTS AND COMPUTES === #

    @api.model
    def _selection_kind(self):
        return [(name, self._text(kind.name)) for name, kind in self._shipped().items()]

    @api.depends("entry_ids")
    @api.depends_context("uid")
    def _compute_entry_count(self):
        groups = self.env["qms.register.entry"]._read_group(
            [("register_id", "in", self.ids)], ["register_id"], ["__count"]
        )
        counts = dict(groups)
        for register in self:
            register.entry_count = counts.get(register, 0)

    # === ACTIONS === #

    def action_add_shipped(self):
        """Take over the registers that come with the program, as far as the authority doesn't have them.

        :return: the action that shows the registers
        :raises UserError: if all are there
        """
        self.check_access("create")
        own = self.with_context(active_test=False).search([("company_id", "=", self.env.company.id)])
        missing = [name for name in self._shipped() if name not in own.mapped("kind")]
        if not missing:
            raise UserError(self.env._("All registers that come with the program are there, some perhaps archived."))
        self.create([self._shipped_vals(name) for name in missing])
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_renew_fields(self):
        """Add the fields that the shipped register has and this one lacks; what is there stays as it is."""
        self.check_access("write")
        for register in self.filtered("kind"):
            present = register.entry_properties_definition
            names = {row["name"] for row in present}
            fresh = [row for row in self._definition(self._shipped()[register.kind]) if row["name"] not in names]
            register.entry_properties_definition = [*present, *fresh]

    def action_view_entries(self):
        """Open the entries of this register.

        :return: a window action
        """
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_register_entry_action"),
            "name": self.name,
            "display_name": self.name,
            "domain": [("register_id", "=", self.id)],
            "context": {"default_register_id": self.id, "search_default_in_use": 1},
        }

    def action_xlsx(self):
        """Download the register as a workbook.

        :return: an action that downloads it
        """
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/qms/xlsx/register/{self.id}", "target": "download"}

    # === BUSINESS METHODS === #

    @api.model
    def _shipped(self):
        """Hook: return the registers that come with the installed addons.

        :return: ``{technical name: Kind}``, see ``qms_register_kinds``
        :rtype: dict
        """
        return dict(KINDS)

    @api.model
    def _shipped_vals(self, name):
        """Return the values of a shipped register, its texts in the user's language."""
        kind = self._shipped()[name]
        clauses = self.env["qms.requirement"]
        for standard, clause in kind.clauses:
            clauses |= clauses.search(
                [
                    ("company_id", "=", self.env.company.id),
                    ("standard_id.code", "=", standard),
                    ("clause", "=", clause),
                ]
            )
        return {
            "kind": name,
            "name": self._text(kind.name),
            "purpose": self._text(kind.purpose),
            "company_id": self.env.company.id,
            "review_months": kind.review_months,
            "is_independent": kind.independent,
            "parts": kind.parts or False,
            "stages": "\n".join(self._text(stage) for stage in kind.stages),
            "requirement_ids": [(6, 0, clauses.ids)],
            "entry_properties_definition": self._definition(kind),
        }

    @api.model
    def _definition(self, kind):
        """Return the fields of a shipped register as Odoo stores them, without links to what is not installed."""
        rows = []
        for field in kind.properties:
            if field.comodel and field.comodel not in self.env:
                continue
            row = {"name": field.name, "string": self._text(field.label), "type": field.type}
            if field.type == "tags":
                row["tags"] = [
                    [key, self._text(label), color] for color, (key, label) in enumerate(field.options.items(), 1)
                ]
            elif field.options:
                row["selection"] = [[key, self._text(label)] for key, label in field.options.items()]
            if field.comodel:
                row["comodel"] = field.comodel
            rows.append(row)
        return rows

    @api.model
    def _text(self, text):
        """Return a shipped text in the user's language."""
        return str(self.env._(text))

    def _part_rows(self):
        """Return the parts that a new entry begins with."""
        self.ensure_one()
        names = [line.strip() for line in (self.stages or "").splitlines() if line.strip()]
        if self.parts != "stage":
            return []
        return [{"name": name, "sequence": 10 * number} for number, name in enumerate(names, start=1)]
