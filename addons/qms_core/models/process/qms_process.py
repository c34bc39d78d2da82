from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# What follows from an approval or a renumbering: methods write it, nobody types it in.
BY_METHOD = frozenset({"version_id", "first_code"})
# The identity of an object can't be sent over RPC, so no client can pretend to be one of these methods.
_BY_METHOD = object()


class QmsProcess(models.Model):
    """Identity of an entry of the process registry.

    What the process does is told by its versions; everything downstream reads only the version in force.
    """

    _name = "qms.process"
    _description = "Process"
    _inherit = ["qms.shared.mixin", "qms.activity.mixin"]
    _parent_store = True
    _order = "code, id"
    _check_company_auto = True
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    parent_id = fields.Many2one("qms.process", "Part of", index=True, ondelete="restrict", check_company=True)
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("qms.process", "parent_id", "Parts")
    kind = fields.Selection(
        [
            ("management", "Management"),
            ("core", "Core"),
            ("support", "Support"),
            ("measurement", "Measurement and improvement"),
        ],
        required=True,
        default="core",
        index=True,
    )
    nature = fields.Selection(
        [("function", "Function (without request)"), ("service", "Service (on request)"), ("internal", "Internal")],
        required=True,
        default="function",
    )
    scope = fields.Selection(
        [("internal", "Within one body"), ("between", "Between bodies")], required=True, default="internal"
    )
    owner_role_id = fields.Many2one(
        "qms.role",
        "Owner",
        index=True,
        tracking=True,
        check_company=True,
        ondelete="restrict",
        help="The one role that is accountable for the result of the process.",
    )
    # compute_sudo: a relation to employees is set with HR rights only; names are shown to everyone.
    owner_ids = fields.Many2many("hr.employee", string="Owner Today", compute="_compute_owner_ids", compute_sudo=True)
    department_id = fields.Many2one("hr.department", "Unit", index=True, tracking=True, check_company=True)
    version_ids = fields.One2many("qms.process.version", "process_id", "Versions")
    version_id = fields.Many2one(
        "qms.process.version", "Version in Force", readonly=True, copy=False, ondelete="restrict", index=True
    )
    # Whether there is one is all that a tree of hundreds shows; its name costs as much as the rest of the row.
    is_in_force = fields.Boolean(compute="_compute_is_in_force")
    purpose = fields.Text(related="version_id.purpose")
    resources = fields.Text(related="version_id.resources")
    criteria = fields.Text(related="version_id.criteria")
    legal_basis = fields.Text(related="version_id.legal_basis")
    step_ids = fields.One2many(related="version_id.step_ids")
    flow_ids = fields.One2many(related="version_id.flow_ids")
    map_html = fields.Html(related="version_id.map_html")
    service_ids = fields.One2many("qms.service", "process_id", "Services")
    responsibility_ids = fields.One2many("qms.responsibility", "process_id", "Responsibilities")
    active = fields.Boolean(default=True)

    _code_company = models.UniqueIndex(
        "(code, company_id)", "Another process has this code already. Choose a new code."
    )

    # === COMPUTES === #

    @api.depends("code", "name")
    def _compute_display_name(self):
        for process in self:
            process.display_name = f"{process.code} {process.name}"

    @api.depends("version_id")
    def _compute_is_in_force(self):
        for process in self:
            process.is_in_force = bool(process.version_id)

    @api.depends("owner_role_id")
    @api.depends_context("allowed_company_ids")
    def _compute_owner_ids(self):
        for process in self:
            # Who the people are is told in their own authority only.
            process.owner_ids = process.owner_role_id._holders() if not process.is_foreign else False

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # Named explicitly, so that no default from a client's context slips in.
        return super().create([{**vals, **dict.fromkeys(BY_METHOD, False)} for vals in vals_list])

    def write(self, vals):
        if BY_METHOD & set(vals) and self.env.context.get("qms_by_method") is not _BY_METHOD:
            names = ", ".join(self._fields[name]._description_string(self.env) for name in BY_METHOD & set(vals))
            raise UserError(self.env._("%s: this is filled in by the record's buttons.", names))
        if vals.get("parent_id"):
            self._check_no_cycle(self.browse(vals["parent_id"]))
        return super().write(vals)

    def unlink(self):
        if self.version_id:
            raise UserError(
                self.env._("A process with an approved version can't be deleted. Archive it: its history is kept.")
            )
        self.version_ids.unlink()
        return super().unlink()

    # === ACTIONS === #

    def action_new_version(self):
        """Open a draft of the next version: the open one if there is one, else a copy of what is in force."""
        self.ensure_one()
        draft = self.version_ids.filtered(lambda version: version.state in ("draft", "review"))[:1]
        draft = draft or self._new_version()
        return {
            "type": "ir.actions.act_window",
            "res_model": "qms.process.version",
            "res_id": draft.id,
            "views": [(False, "form")],
        }

    # === BUSINESS METHODS === #

    def _put_in_force(self, version):
        """Make a version what the process is from now on; only for methods that have checked who may.

        :param version: an approved version of the process (``qms.process.version``)
        """
        self.ensure_one()
        self._write_by_method({"version_id": version.id})

    def _write_by_method(self, vals):
        # sudo: the calling method has checked the person, who needs no right to edit the process.
        self.sudo().with_context(qms_by_method=_BY_METHOD).write(vals)

    def _check_no_cycle(self, parent):
        """Refuse a parent that is part of these processes, before the ORM does it less clearly."""
        # sudo: the path up does not depend on who asks.
        if self & parent.sudo().search([("id", "parent_of", parent.id)]).with_env(self.env):
            raise ValidationError(
                self.env._("A process can't be part of itself. Choose another process to be part of.")
            )

    def _new_version(self, vals=None):
        """Create the next draft version.

        :param dict vals: values of the version; without them it is a copy of the version in force
        :return: the draft
        """
        self.ensure_one()
        if vals is None and self.version_id:
            draft = self.version_id.copy({"based_on_id": self.version_id.id})
            return draft
        return self.env["qms.process.version"].create({"process_id": self.id, **(vals or {})})
