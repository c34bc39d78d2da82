import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

KEEPERS = ("qms_core.group_archive", "qms_core.group_coordinator", "qms_core.group_commissioner")


class QmsRecord(models.Model):
    """A quality record: proof of an event or its result, kept in a file of the nomenclature.

    It is written while it is open; filed, it stays as it is until an act of disposal, which two people sign, takes
    its files away. What remains is the note that it was there.
    """

    _name = "qms.record"
    _description = "Quality Record"
    _inherit = ["qms.number.mixin", "qms.frozen.mixin", "qms.activity.mixin", "qms.attached.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["number", "name"]
    _state_initial = "open"
    _frozen_states = ("filed", "archived", "destroyed")
    _number_prefix = "REC"
    _by_method = frozenset(
        {"date_filed", "filed_by_id", "date_archived", "archive_act_id", "date_destroyed", "disposal_id"}
    )
    _reason_methods = ("action_reopen",)
    _sealed = True

    name = fields.Char("What it records", required=True, tracking=True)
    type_id = fields.Many2one("qms.record.type", required=True, index=True, check_company=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    department_id = fields.Many2one(
        "hr.department",
        "Unit",
        required=True,
        index=True,
        check_company=True,
        default=lambda self: self.env.user.employee_id.department_id,
    )
    state = fields.Selection(
        [("open", "Open"), ("filed", "Filed"), ("archived", "In the archive"), ("destroyed", "Destroyed")],
        required=True,
        readonly=True,
        default="open",
        copy=False,
        index=True,
        tracking=True,
    )
    date = fields.Date(
        required=True,
        default=lambda self: self.env.company._qms_today(),
        help="The day of the event, or on which its result was known.",
    )
    process_id = fields.Many2one("qms.process", index=True, check_company=True, ondelete="restrict")
    process_version_id = fields.Many2one(related="process_id.version_id", string="Version in Force")
    step_id = fields.Many2one(
        "qms.process.step",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        domain="[('version_id', '=', process_version_id)]",
        help="The step that leaves such a record.",
    )
    form_version_id = fields.Many2one(
        "qms.document.version",
        "Filled from",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="The version of the form that was in force when the record was begun.",
    )
    nomenclature_line_id = fields.Many2one(
        "qms.nomenclature.line",
        "File",
        index=True,
        check_company=True,
        ondelete="restrict",
        domain="[('nomenclature_state', 'in', ('approved', 'counting')), ('department_id', '=', department_id)]",
        tracking=True,
    )
    responsible_id = fields.Many2one(
        "hr.employee",
        check_company=True,
        ondelete="restrict",
        default=lambda self: self.env.user.employee_id,
    )
    medium = fields.Selection(
        [("paper", "Paper"), ("electronic", "Electronic"), ("both", "Paper and electronic")],
        required=True,
        default="electronic",
    )
    location = fields.Char("Where the Paper is", help="Cabinet, shelf, number of the volume.")
    note = fields.Text()
    attachment_ids = fields.Many2many("ir.attachment", "qms_record_attachment_rel", string="Files", copy=False)
    replaces_id = fields.Many2one(
        "qms.record",
        index="btree_not_null",
        copy=False,
        check_company=True,
        ondelete="restrict",
        help="Kept until it is replaced: the earlier record whose time ends when this one is filed.",
    )
    replaced_by_ids = fields.One2many("qms.record", "replaces_id", "Replaced by")
    date_filed = fields.Date("Filed on", readonly=True, copy=False)
    filed_by_id = fields.Many2one("res.users", "Filed by", readonly=True, copy=False)
    date_archived = fields.Date("In the Archive since", readonly=True, copy=False)
    archive_act_id = fields.Many2one("qms.disposal", "Handed Over by", readonly=True, copy=False, ondelete="restrict")
    date_destroyed = fields.Date("Destroyed on", readonly=True, copy=False)
    disposal_id = fields.Many2one("qms.disposal", "Destroyed by", readonly=True, copy=False, ondelete="restrict")
    retention = fields.Char(related="nomenclature_line_id.retention", string="Retention")
    retention_until = fields.Date(
        "Kept until",
        compute="_compute_retention_until",
        store=True,
        compute_sudo=True,
        index=True,
        help="The last day of the retention; empty for what is kept permanently or until it is replaced.",
    )
    is_due = fields.Boolean("May be Destroyed", compute="_compute_is_due", search="_search_is_due")

    # === CONSTRAINTS === #

    @api.constrains("replaces_id", "department_id", "type_id")
    def _check_replaces(self):
        for record in self.filtered("replaces_id"):
            # sudo: what is replaced need not be readable for who must not replace it
            other = record.sudo().replaces_id
            if (other.department_id, other.type_id) != (record.sudo().department_id, record.sudo().type_id):
                raise ValidationError(
                    self.env._("“%s” replaces a record of the same unit and type. Choose that one.", record.name)
                )

    # === COMPUTES === #

    @api.depends("number", "name")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.number or ''} {record.name or ''}".strip()

    @api.depends(
        "date_filed",
        "nomenclature_line_id.retention_kind",
        "nomenclature_line_id.retention_years",
        "nomenclature_line_id.finished_year",
        "replaced_by_ids.date_filed",
    )
    def _compute_retention_until(self):
        for record in self:
            line, filed = record.nomenclature_line_id, record.date_filed
            if not (line and filed):
                record.retention_until = False
            elif line.retention_kind == "replaced":
                record.retention_until = min(filter(None, record.replaced_by_ids.mapped("date_filed")), default=False)
            else:
                ended = line.finished_year
                record.retention_until = bool(ended) and line._retention_end(max(filed.year, ended))

    @api.depends("retention_until", "state")
    def _compute_is_due(self):
        for record in self:
            today = record.company_id._qms_today()
            kept = record.state in ("filed", "archived")
            record.is_due = kept and bool(record.retention_until) and record.retention_until < today

    def _search_is_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        due = Domain("state", "in", ("filed", "archived"))
        due &= Domain("retention_until", "<", self.env.company._qms_today())
        return due if True in value else ~due

    # === ONCHANGE === #

    @api.onchange("type_id")
    def _onchange_type_id(self):
        self.medium = self.type_id.medium or self.medium
        self.process_id = self.process_id or self.type_id.process_id

    @api.onchange("process_id")
    def _onchange_process_id(self):
        if self.step_id.version_id != self.process_id.version_id:
            self.step_id = False

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        types = self.env["qms.record.type"].browse([vals.get("type_id") for vals in vals_list if vals.get("type_id")])
        # sudo: the form in force is noted whoever fills it in; nobody types it in.
        forms = {row.id: row.form_id.version_id.id for row in types.sudo()}
        records = super().create([{**vals, "form_version_id": forms.get(vals.get("type_id"))} for vals in vals_list])
        records._adopt_files()
        return records

    def write(self, vals):
        if "form_version_id" in vals:
            raise UserError(self.env._("Which version of the form was filled in is noted by the system."))
        result = super().write(vals)
        if "department_id" in vals and not self._in_transition():
            self.check_access("write")  # no rule of Odoo's looks where a record has gone
        if "attachment_ids" in vals:
            self._adopt_files()
        return result

    def _check_files(self):
        """Raise a UserError unless the files are here, and the record's own, at this moment.

        Their uploader may have untied them again since they were attached; a link has its contents elsewhere.
        """
        self._adopt_files()
        for file in self.sudo().attachment_ids:  # sudo: files that the user may not read count, too
            if file.type != "binary" or not file.file_size:
                raise UserError(self.env._("“%(name)s” is empty. Choose the file again.", name=file.name))

    # === ACTIONS === #

    def action_file(self):
        """File records: from now on they stay as they are.

        :raises UserError: naming what is missing
        """
        for record in self:
            record.check_access("write")
            record._check_state("open")
            record._check_files()
            record._check_complete()
            record._transition(
                {"state": "filed", "date_filed": record.company_id._qms_today(), "filed_by_id": self.env.uid}
            )

    def action_reopen(self, reason=None):
        """Withdraw filed records for correction.

        :param str reason: why; without it a dialog asks
        :raises AccessError: for who keeps neither the unit's records nor the archive
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_reopen", self.env._("Why is it withdrawn?"))
        for record in self:
            record._check_state("filed")
            record._check_may_keep()
            record._check_in_no_act()
            record._transition({"state": "open", "date_filed": False, "filed_by_id": False})
            record.message_post(body=record.env._("Withdrawn for correction: %s", reason))
        return True

    # === ACCESS === #

    def _check_may_keep(self):
        user = self.env.user
        # sudo: the unit's officers are staff data, whoever asks
        officers = self.sudo().department_id.qms_officer_ids.user_id
        if not (any(user.has_group(group) for group in KEEPERS) or user in officers):
            raise AccessError(
                self.env._("Filed records are withdrawn by the quality officer of the unit, or by the archive.")
            )

    def _check_in_no_act(self):
        # sudo: whether an act waits for its signatures must not depend on who asks.
        acts = self.env["qms.disposal"].sudo().search([("state", "=", "signing"), ("record_ids", "in", self.ids)])
        if acts:
            raise UserError(
                self.env._(
                    "%(record)s is in the act %(act)s, which waits for its signatures.",
                    record=(self & acts[0].record_ids.with_env(self.env))[:1].display_name,
                    act=acts[0].number,
                )
            )

    def _check_complete(self):
        """Raise a UserError that names what a record lacks to be filed."""
        self.ensure_one()
        line = self.nomenclature_line_id
        if not line:
            raise UserError(self.env._("Choose the file in which “%s” is kept.", self.name))
        if line.nomenclature_state not in ("approved", "counting"):
            raise UserError(
                self.env._("The file %s takes no records: its nomenclature is not approved, or closed.", line.index)
            )
        if not (self.attachment_ids or self.location):
            raise UserError(
                self.env._("Attach the record “%s”, or enter where its paper is kept.", self.name),
            )
        if problem := self._kept_too_shortly():
            raise UserError(problem)

    def _kept_too_shortly(self):
        """Return a sentence if the file is kept for less time than the type demands, or nothing."""
        line = self.nomenclature_line_id
        return line._retention_rank() < self.type_id._retention_rank() and self.env._(
            "“%(kind)s” is kept %(wanted)s, the file %(index)s only %(kept)s. Choose another file.",
            kind=self.type_id.name,
            wanted=self.type_id.retention,
            index=line.index,
            kept=line.retention,
        )

    # === BUSINESS METHODS === #

    def _hand_over_to_archive(self, act):
        """Put filed records into the archive, by an act that two people have signed."""
        self._transition({"state": "archived", "date_archived": act.company_id._qms_today(), "archive_act_id": act.id})

    def _destroy(self, act):
        """Destroy records by an act that two people have signed: their files go, the note of them stays.

        This is the only place where files of a filed record are removed.
        """
        # sudo: who signs the act need not be able to write files of other units.
        files = self.env["ir.attachment"].sudo().search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        files |= self.sudo().attachment_ids.filtered(lambda file: not file.res_id)
        self._transition(
            {
                "state": "destroyed",
                "date_destroyed": act.company_id._qms_today(),
                "disposal_id": act.id,
                "attachment_ids": [(5, 0, 0)],
                "location": False,
                "note": False,
            }
        )
        files.unlink()
        self.sudo()._seal()  # sudo: as in the frozen mixin; what is sealed from now on is that it was destroyed

    def _seal_content(self):
        # By ids: who renames a type, or the index of a file by a new approval, changes no record.
        self.ensure_one()
        content = {"number": self.number, "name": self.name, "date": str(self.date), "type": self.type_id.id}
        if self.state == "destroyed":
            return {**content, "destroyed_by": self.disposal_id.number, "destroyed_on": str(self.date_destroyed)}
        return {
            **content,
            "file": self.nomenclature_line_id.id,
            # Digests alone: what is sealed outlives the destruction, and these must not.
            "location": self._digest((self.location or "").encode()),
            "note": self._digest((self.note or "").encode()),
            "files": sorted(
                [self._digest((file.name or "").encode()), self._digest(file.raw or b"")]
                for file in self.attachment_ids
            ),
        }

    @api.model
    def _digest(self, content):
        return hashlib.sha256(content).hexdigest()
