from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

EXCHANGE_DAYS = 5
TARGETS = {"unit": "department_id", "role": "role_id", "employee": "employee_id", "party": "party_id"}


class QmsDocumentDistribution(models.Model):
    """Who gets a document: a unit, a role, a person, an outside party; and the registered copy he holds."""

    _name = "qms.document.distribution"
    _description = "Distribution of a Document"
    _order = "document_id, copy_number, id"
    _check_company_auto = True

    document_id = fields.Many2one("qms.document", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="document_id.company_id", store=True, index=True)
    target = fields.Selection(
        [("unit", "Unit"), ("role", "Role"), ("employee", "Person"), ("party", "Outside party")],
        required=True,
        default="unit",
    )
    department_id = fields.Many2one("hr.department", "Unit", index=True, check_company=True, ondelete="restrict")
    role_id = fields.Many2one("qms.role", index=True, check_company=True, ondelete="restrict")
    employee_id = fields.Many2one("hr.employee", "Person", index=True, check_company=True, ondelete="restrict")
    party_id = fields.Many2one("qms.party", "Outside Party", index=True, check_company=True, ondelete="restrict")
    copy_number = fields.Integer("Number of Copy", help="Of a registered copy on paper; 0: he reads it in the system.")
    version_id = fields.Many2one(
        "qms.document.version", "Version of the Copy", ondelete="restrict", readonly=True, copy=False
    )
    date_issued = fields.Date("Issued on", copy=False)
    date_returned = fields.Date("Returned on", copy=False)
    note = fields.Char()

    _copy_once = models.UniqueIndex(
        "(document_id, copy_number) WHERE copy_number > 0",
        "Another copy of the document has this number already. Choose the next one.",
    )
    _copy_range = models.Constraint("CHECK (copy_number >= 0)", "The number of a copy can't be negative.")
    _dates = models.Constraint(
        "CHECK (date_returned >= date_issued)", "A copy can't come back before it was issued. Correct the dates."
    )

    is_outdated = fields.Boolean(
        "To Be Exchanged",
        compute="_compute_is_outdated",
        search="_search_is_outdated",
        help="The copy that is out is not of the version in force.",
    )

    # === CONSTRAINTS === #

    @api.constrains("target", *TARGETS.values())
    def _check_target(self):
        for row in self:
            if not row[TARGETS[row.target]]:
                raise ValidationError(self.env._("Choose who gets the document, or take the empty line away."))

    # === COMPUTES === #

    @api.depends("target", *TARGETS.values())
    def _compute_display_name(self):
        for row in self:
            row.display_name = row[TARGETS[row.target]].display_name if row.target else False

    @api.depends("version_id", "date_issued", "date_returned", "document_id.version_id")
    def _compute_is_outdated(self):
        for row in self:
            out = row.date_issued and not row.date_returned
            row.is_outdated = bool(out and row.version_id != row.document_id.version_id)

    def _search_is_outdated(self, operator, value):
        if operator != "in":
            return NotImplemented
        out = Domain("date_issued", "!=", False) & Domain("date_returned", "=", False)
        valid = Domain("version_id", "any", [("state", "=", "effective")])
        return out & ~valid if True in value else ~out | valid

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # Which version a copy is of, is noted when it is handed out.
        rows = super().create([{**vals, "version_id": False} for vals in vals_list])
        rows._forget_others()
        return rows

    def write(self, vals):
        if "version_id" in vals and not self.env.su:
            raise UserError(self.env._("Which version a copy is of, is noted when it is handed out."))
        result = super().write(vals)
        if "target" in vals or set(TARGETS.values()) & set(vals):
            self._forget_others()
        return result

    def _forget_others(self):
        """Clear what the target does not ask for: nobody gets a document by a column that isn't shown."""
        for row in self:
            others = [name for target, name in TARGETS.items() if target != row.target and row[name]]
            if others:
                row.write(dict.fromkeys(others, False))

    # === ACTIONS === #

    def action_issue(self):
        """Note that registered copies of the version in force are handed out today, and print the copy.

        :return: a URL action that shows the copy with its number on each page
        """
        for row in self:
            row.check_access("write")
            version = row.document_id.version_id
            if not version:
                raise UserError(
                    self.env._("No version of “%s” is in force, so there is nothing to hand out.", row.document_id.name)
                )
            if not row.copy_number:
                # sudo: numbers count all copies
                taken = row.sudo().document_id.distribution_ids.mapped("copy_number")
                row.copy_number = max(taken, default=0) + 1
            row.write({"date_issued": row.company_id._qms_today(), "date_returned": False})
            row.sudo().version_id = version  # sudo: nobody types it in
        self.document_id._call_for_exchange()
        return len(self) == 1 and self._print_action()

    def action_returned(self):
        """Note that registered copies came back today and may not be used any more."""
        for row in self:
            row.check_access("write")
            if not row.date_issued or row.date_returned:
                raise UserError(self.env._("This copy is not out, so it can't come back."))
            row.date_returned = row.company_id._qms_today()
        self.document_id._call_for_exchange()

    # === BUSINESS METHODS === #

    def _print_action(self):
        self.ensure_one()
        url = f"/qms/document/{self.version_id.id}?copy={self.id}"
        return {"type": "ir.actions.act_url", "url": url, "target": "new"}

    @api.model
    def _mine_domain(self):
        """Return the domain of the rows that mean the current user today."""
        rows = self.env["qms.role.holder"]
        people = self.env.user.sudo().employee_ids  # sudo: his own records; rules with them cost no query each time
        return Domain.OR(
            [
                Domain("target", "=", "employee") & Domain("employee_id", "in", people.ids),
                Domain("target", "=", "role")
                & Domain("role_id.holder_ids", "any", rows._mine_domain("permanent", "acting", "deputy")),
                # What a unit gets, its parts get as well.
                Domain("target", "=", "unit") & Domain("department_id", "parent_of", people.department_id.ids),
            ]
        )


class QmsDocumentVersion(models.Model):
    _inherit = "qms.document.version"

    def _make_effective(self):
        super()._make_effective()
        # Of a first version no former copies are out. sudo: who approves need not see who holds copies
        self.sudo().filtered(lambda version: version.number > 1).document_id._call_for_exchange()


class QmsDocument(models.Model):
    _inherit = "qms.document"

    def _call_for_exchange(self):
        """Call who keeps these documents to exchange the copies that are out, or take the call back."""
        for document in self:
            if not any(document.distribution_ids.mapped("date_issued")):
                continue
            document._acted(lambda record: record._exchange_summary())
            if not any(document.distribution_ids.mapped("is_outdated")):
                continue
            day = document.company_id._qms_working_day_after(document.company_id._qms_today(), EXCHANGE_DAYS)
            for lang, users in document._called_keepers().sudo().grouped("lang").items():  # sudo: languages of logins
                document._call_to_act(users, day, document.with_context(lang=lang)._exchange_summary())

    def _exchange_summary(self):
        return self.env._("Exchange the registered copies: a new version is in force")
