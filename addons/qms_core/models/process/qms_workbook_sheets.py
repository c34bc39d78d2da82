from odoo import api, models

from ...lib.workbook import Column, Sheet, rules

LEADING = {"required": True, "field": "code"}


class QmsWorkbook(models.AbstractModel):
    """The sheets of the kernel and of the processes."""

    _inherit = "qms.workbook"

    @api.model
    def _spec(self):
        return [*super()._spec(), *self._staff_sheets(), *self._role_sheets(), *self._process_sheets()]

    @api.model
    def _rules(self, book):
        return [
            *super()._rules(book),
            *self._check_accountable(book),
            *rules.check_shares(book),
            *rules.check_flow_ends(book),
        ]

    @api.model
    def _choice(self, name, model, field, **options):
        """Return a column with the keys of a selection field and its default."""
        selection = self.env[model]._fields[field]
        default = selection.default(self.env[model]) if selection.default else ""
        keys = tuple(selection.get_values(self.env))
        return Column(name, "choice", choices=keys, default=default, field=field, **options)

    @api.model
    def _name_column(self):
        return Column("name", required=True, translated=True, field="name")

    @api.model
    def _staff_sheets(self):
        code = Column("code", "code", required=True, field="qms_code")
        name = self._name_column()
        return [
            Sheet(
                "bodies",
                (
                    Column("code", "code", **LEADING),
                    name,
                    self._choice("kind", "qms.body", "kind"),
                    Column("parent", "ref", ref="bodies", field="parent_id", note=self.env._("The superior body.")),
                ),
                parent="parent",
                model="qms.body",
            ),
            Sheet(
                "units",
                (
                    code,
                    name,
                    Column("parent", "ref", ref="units", field="parent_id", note=self.env._("The unit above.")),
                    Column(
                        "manager",
                        "ref",
                        ref="jobs",
                        field="manager_id.job_id",
                        note=self.env._("The position whose holder heads the unit."),
                    ),
                ),
                parent="parent",
                model="hr.department",
                sudo=True,
            ),
            Sheet(
                "jobs",
                (
                    code,
                    name,
                    Column("unit", "ref", ref="units", field="department_id"),
                ),
                model="hr.job",
                sudo=True,
            ),
            Sheet(
                "employees",
                (
                    code,
                    Column("name", required=True, field="name"),
                    Column("job", "ref", ref="jobs", field="job_id"),
                    Column(
                        "login",
                        field="user_id.login",
                        compared=False,
                        note=self.env._("For information: the import creates no users."),
                    ),
                    Column("email", field="work_email"),
                ),
                model="hr.employee",
                sudo=True,
            ),
        ]

    @api.model
    def _role_sheets(self):
        name = self._name_column()
        return [
            Sheet(
                "parties",
                (
                    Column("code", "code", **LEADING),
                    name,
                    self._choice("kind", "qms.party", "kind"),
                    Column("needs", field="needs"),
                ),
                model="qms.party",
            ),
            Sheet(
                "roles",
                (
                    Column("code", "code", **LEADING),
                    name,
                    self._choice("kind", "qms.role", "kind"),
                    Column(
                        "job",
                        "ref",
                        ref="jobs",
                        many=True,
                        field="job_ids",
                        note=self.env._("Positions whose holders perform the role; several are separated by “;”."),
                    ),
                    Column("unit", "ref", ref="units", field="department_id"),
                    Column("body", "ref", ref="bodies", field="body_id"),
                    Column("party", "ref", ref="parties", field="party_id"),
                    Column(
                        "headcount",
                        "int",
                        minimum=0,
                        maximum=100_000,
                        field="headcount",
                        note=self.env._("Approved headcount of a position or head of unit."),
                    ),
                    Column("training", field="required_training", note=self.env._("Required trainings.")),
                ),
                model="qms.role",
            ),
            Sheet(
                "duties",
                (
                    Column("role", "ref", ref="roles", required=True, field="role_id"),
                    Column("key", "code", required=True, field="key"),
                    Column("sequence", "int", default=10, minimum=0, maximum=100_000, field="sequence"),
                    self._choice("kind", "qms.duty", "kind"),
                    Column("text", required=True, field="text"),
                    Column("legal_basis", field="legal_basis"),
                    Column(
                        "decided_by",
                        "ref",
                        ref="roles",
                        field="decided_by_id",
                        note=self.env._("Whose decision it is, where the person only prepares it."),
                    ),
                ),
                key=("role", "key"),
                model="qms.duty",
            ),
        ]

    @api.model
    def _process_sheets(self):
        process = Column("process", "ref", ref="processes", required=True, local=True, field="process_id")
        return [
            Sheet(
                "processes",
                (
                    Column("code", "code", **LEADING),
                    self._name_column(),
                    Column("parent", "ref", ref="processes", field="parent_id"),
                    self._choice("kind", "qms.process", "kind"),
                    self._choice("nature", "qms.process", "nature"),
                    self._choice("scope", "qms.process", "scope"),
                    Column(
                        "owner",
                        "ref",
                        ref="roles",
                        field="owner_role_id",
                        note=self.env._("The one role that is accountable for the result."),
                    ),
                    Column("unit", "ref", ref="units", field="department_id"),
                    # These belong to the version of the process, not to its record.
                    Column("purpose"),
                    Column("resources"),
                    Column("criteria"),
                    Column("legal_basis"),
                    *self._register_columns(),
                ),
                parent="parent",
                model="qms.process",
            ),
            *self._version_sheets(),
            *self._service_sheets(),
            Sheet(
                "responsibilities",
                (
                    process,
                    Column("role", "ref", ref="roles", required=True, field="role_id"),
                    Column(
                        "letter",
                        "choice",
                        required=True,
                        choices=tuple(self._letters()),
                        note=self.env._("The accountable role is the owner of the process."),
                    ),
                ),
                key=("process", "role", "letter"),
                owned=True,
            ),
        ]

    @api.model
    def _letters(self):
        """Return ``{letter: record}``: the set of the authority, and letters of other sets that are in use."""
        rows = self.env["qms.responsibility"]._read_group([("company_id", "=", self.env.company.id)], ["letter_id"])
        used = self.env["qms.letter"].concat(*(letter for [letter] in rows))
        letters = self.env["qms.letter.set"]._current().letter_ids
        return {letter.letter: letter for letter in (used - letters) + letters}

    @api.model
    def _check_accountable(self, book):
        letter_set = self.env["qms.letter.set"]._current()
        accountable = letter_set._accountable().letter
        if not accountable:  # such a set tells nothing of the owner
            return ()
        return rules.check_accountable(book, accountable, letter_set.letter_ids.filtered("performs").mapped("letter"))
