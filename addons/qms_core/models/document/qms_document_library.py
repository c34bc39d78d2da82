from odoo import api, fields, models
from odoo.fields import Domain

# A search of one letter would find everything, and read all files for it.
SHORTEST = 2


class QmsDocument(models.Model):
    """The library: what an employee looks for, what concerns him, what he keeps at hand."""

    _inherit = "qms.document"

    shelf = fields.Selection(
        [
            ("0", "External acts"),
            ("1", "1. Policy and manual"),
            ("2", "2. Procedures"),
            ("3", "3. Regulations and instructions"),
            ("4", "4. Forms and records"),
        ],
        "Level of Documents",
        compute="_compute_shelf",
        store=True,
    )
    content = fields.Char(
        "Text and Files",
        compute="_compute_content",
        search="_search_content",
        help="Finds words in the title, in the text in force and inside its files.",
    )
    is_favourite = fields.Boolean("Favourite", compute="_compute_is_favourite", search="_search_is_favourite")
    is_for_me = fields.Boolean(
        "Applies to Me",
        compute="_compute_is_for_me",
        search="_search_is_for_me",
        help="By your positions, your unit, your processes, or because it is distributed to you.",
    )
    my_state = fields.Selection(
        [("open", "To be read"), ("late", "Late"), ("done", "Confirmed")], "For Me", compute="_compute_my_state"
    )

    # === COMPUTES === #

    @api.depends("level", "kind")
    def _compute_shelf(self):
        for document in self:
            document.shelf = "0" if document.kind == "external" else str(min(max(document.level, 1), 4))

    def _compute_content(self):
        self.content = False  # it is there to be searched

    @api.model
    def _search_content(self, operator, value):
        if operator == "in":
            return Domain.OR(self._search_content("ilike", text) for text in value)
        if operator != "ilike":
            return NotImplemented
        text = (value or "").strip()
        named = Domain("name", "ilike", text) | Domain("code", "ilike", text)
        if len(text) < SHORTEST:
            return named
        inside = self._words_in_files("qms.document.version", text)
        return (
            named
            | Domain("version_id.body", "ilike", text)
            | Domain("version_id", "any!", Domain("attachment_ids", "any!", inside))
        )

    @api.model
    def _words_in_files(self, model, text):
        """Return the domain of the files of a model's records in which a text stands."""
        # sudo: files of what is in force only, which who may read the document reads as well; the document's own
        # rules decide what is found.
        files = self.env["ir.attachment"].sudo()
        return Domain("id", "in", files._search([("res_model", "=", model), ("index_content", "ilike", text)]))

    @api.depends("favourite_user_ids")
    @api.depends_context("uid")
    def _compute_is_favourite(self):
        for document in self:
            document.is_favourite = self.env.user in document.favourite_user_ids

    @api.model
    def _search_is_favourite(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = Domain("favourite_user_ids", "in", self.env.uid)
        return mine if True in value else ~mine

    @api.depends_context("uid")
    def _compute_is_for_me(self):
        mine = self.search(Domain("id", "in", self.ids) & self._for_me_domain()) if self.ids else self
        for document in self:
            document.is_for_me = document._origin in mine

    @api.model
    def _search_is_for_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = self._for_me_domain()
        return mine if True in value else ~mine

    @api.depends_context("uid")
    def _compute_my_state(self):
        rows = self.env["qms.acknowledgement"].search(
            [
                ("document_id", "in", self.ids),
                ("version_id.state", "=", "effective"),
                ("is_mine", "=", True),
                ("state", "in", ("open", "done")),
            ]
        )
        of_document = rows.grouped("document_id")
        for document in self:
            row = of_document.get(document._origin, rows.browse())[:1]
            document.my_state = "late" if row.is_late else row.state

    # === ACTIONS === #

    def action_read(self):
        """Open the document for reading.

        :return: a client action
        """
        self.ensure_one()
        self.check_access("read")
        return self._reader_action()

    def action_favourite(self):
        """Take the documents among the user's favourites, or those that are there off them."""
        self.check_access("read")
        for document in self:
            change = (3 if document.is_favourite else 4, self.env.uid)
            # sudo: a mark of the reader's own; nothing of the document changes by it.
            models.Model.write(document.sudo(), {"favourite_user_ids": [change]})

    # === BUSINESS METHODS === #

    @api.model
    def _for_me_domain(self):
        """Return the domain of the documents that apply to the user, by all that binds people to documents."""
        # sudo: the user's own staff records, of which only this domain is made.
        people = self.env["hr.employee"].sudo()
        people = people.search([("user_id", "=", self.env.uid), ("company_id", "in", self.env.companies.ids)])
        if not people:
            return Domain.FALSE
        roles = people._roles()
        units = [int(unit) for person in people for unit in (person.department_id.parent_path or "").split("/") if unit]
        # Subqueries: what "my day" counts costs no query of its own.
        processes = self._processes_of(roles)
        services = Domain("responsible_role_id", "in", roles.ids) | Domain("process_id", "any!", processes)
        subjects = {
            "hr.department": units,
            "qms.role": roles.ids,
            "hr.job": people.job_id.ids,
            "hr.employee": people.ids,
            "qms.process": processes,
            "qms.service": self.env["qms.service"].sudo()._search(services),  # sudo: as above
            "res.company": people.company_id.ids,
        }
        distributed = (
            Domain("target", "=", "unit") & Domain("department_id", "in", units)
            | Domain("target", "=", "role") & Domain("role_id", "in", roles.ids)
            | Domain("target", "=", "employee") & Domain("employee_id", "in", people.ids)
        )
        return Domain("company_id", "in", people.company_id.ids) & Domain.OR(
            [
                Domain("is_for_all", "=", True),
                Domain("process_ids", "any!", processes),
                Domain("id", "in", self.env["qms.document.step"]._done_by(roles, processes).document_id.ids),
                Domain("distribution_ids", "any!", distributed),
                *(
                    Domain("subject_model", "=", model) & Domain("subject_id", "in", ids)
                    for model, ids in subjects.items()
                ),
            ]
        )

    @api.model
    def _processes_of(self, roles):
        """Return the processes in which roles have a part, as a query."""
        part = Domain("owner_role_id", "in", roles.ids)
        part |= Domain("responsibility_ids.role_id", "in", roles.ids)
        part |= Domain("version_id.step_ids.role_id", "in", roles.ids)
        return self.env["qms.process"].sudo()._search(part)  # sudo: as in _for_me_domain
