from odoo import api, fields, models
from odoo.exceptions import UserError

# What the closing of the year enters; everything else stands since the approval.
COUNTS = frozenset({"volume_count", "sheet_count", "is_carried", "is_counted", "close_note"})


class QmsNomenclatureLine(models.Model):
    """A file of a unit in a year: its index and title, how long it is kept, who answers for it."""

    _name = "qms.nomenclature.line"
    _description = "File of the Nomenclature"
    _inherit = ["qms.retention.mixin", "qms.frozen.line.mixin"]
    _order = "nomenclature_id, index, id"
    _check_company_auto = True
    _rec_names_search = ["index", "name"]
    _frozen_parent = "nomenclature_id"

    nomenclature_id = fields.Many2one("qms.nomenclature", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="nomenclature_id.company_id", store=True, index=True)
    department_id = fields.Many2one(related="nomenclature_id.department_id", store=True, index=True)
    year = fields.Integer(related="nomenclature_id.year", store=True, index=True, aggregator=None)
    nomenclature_state = fields.Selection(related="nomenclature_id.state", string="State of the Nomenclature")
    index = fields.Char("File Index", required=True, help="Such as 02-05: index of the unit, number of the file.")
    name = fields.Char("Title of the File", required=True)
    volumes = fields.Integer(help="How many volumes or parts are expected.")
    medium = fields.Selection(
        [("paper", "Paper"), ("electronic", "Electronic"), ("both", "Paper and electronic")],
        required=True,
        default="paper",
    )
    responsible_id = fields.Many2one("hr.employee", "Kept by", check_company=True, ondelete="restrict")
    note = fields.Char(help="Carried over from earlier years, kept by whom, whether experts decide on its value.")
    record_ids = fields.One2many("qms.record", "nomenclature_line_id", "Records")
    record_count = fields.Integer("Number of Records", compute="_compute_record_count", compute_sudo=False)
    is_counted = fields.Boolean("Counted", copy=False)
    volume_count = fields.Integer("Volumes Counted", copy=False)
    sheet_count = fields.Integer("Sheets or Files Counted", copy=False)
    is_carried = fields.Boolean("Goes On Next Year", copy=False)
    close_note = fields.Char("Note at the Closing", copy=False)

    _index_nomenclature = models.UniqueIndex(
        "(nomenclature_id, index)", "The nomenclature has a file of this index already. Choose another index."
    )
    _counts = models.Constraint(
        "CHECK (volumes >= 0 AND volume_count >= 0 AND sheet_count >= 0)", "A count can't be negative. Correct it."
    )

    # === COMPUTES === #

    @api.depends("index", "name", "year")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.index} {line.name} ({line.year})"

    @api.depends("record_ids")
    @api.depends_context("uid")
    def _compute_record_count(self):
        groups = self.env["qms.record"]._read_group(
            [("nomenclature_line_id", "in", self.ids)], ["nomenclature_line_id"], ["__count"]
        )
        counts = dict(groups)
        for line in self:
            line.record_count = counts.get(line, 0)

    # === ONCHANGE === #

    @api.onchange("volume_count", "sheet_count")
    def _onchange_counts(self):
        self.is_counted = self.is_counted or bool(self.volume_count or self.sheet_count)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create([{name: vals[name] for name in vals if name not in COUNTS} for vals in vals_list])
        lines._check_parent_draft()
        return lines

    def write(self, vals):
        if set(vals) & COUNTS:
            self._check_counting()
        if set(vals) - COUNTS:
            self._check_parent_draft()
        result = super().write(vals)
        if "nomenclature_id" in vals:
            self._check_parent_draft()
        return result

    def unlink(self):
        self._check_parent_draft()
        return super().unlink()

    # === ACCESS === #

    def _check_parent_draft(self):
        """The list itself is written in a draft only, also while counts are entered."""
        # sudo: the state of the list must not depend on who asks.
        closing = self.filtered(lambda line: line.sudo().nomenclature_id.state == "counting")
        if closing:
            raise UserError(
                self.env._("The year is being closed: only counts are entered, the list of files stays as approved.")
            )

    def _check_counting(self):
        # sudo: as in _check_parent_draft
        early = self.filtered(lambda line: line.sudo().nomenclature_id.state != "counting")
        if early:
            raise UserError(
                self.env._("Volumes are counted when the year is closed. Press “Close the year” on the nomenclature.")
            )
        # The closing is the work of few; who may write the unit's lists need not be one of them.
        for nomenclature in self.nomenclature_id:
            nomenclature._check_may_close()

    # === ACTIONS === #

    def action_view_records(self):
        """Open the quality records kept in this file."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_record_action"),
            "domain": [("nomenclature_line_id", "=", self.id)],
            "context": {"default_nomenclature_line_id": self.id, "default_department_id": self.department_id.id},
        }

    # === BUSINESS METHODS === #

    def _seal_values(self, counted):
        """Return what of the file is sealed with its nomenclature.

        :param bool counted: with the counts of the closing
        """
        self.ensure_one()
        vals = {
            "index": self.index,
            "name": self.name,
            "kept": self.retention_kind,
            "years": self.retention_years,
            "article": self.retention_article or "",
            "medium": self.medium,
            "volumes": self.volumes,
        }
        if counted:
            vals |= {"counted": self.volume_count, "sheets": self.sheet_count, "carried": self.is_carried}
        return vals

    def _print_row(self, closed):
        """Return the file as a row of the printed list.

        :param bool closed: with what was counted, not with what is expected
        """
        self.ensure_one()
        going_on = self.is_carried and self.env._("Goes on next year")
        notes = [self.note, *([going_on, self.close_note] if closed else [])]
        volumes = self.volume_count if closed else self.volumes or None
        return [self.index, self.name, volumes, self.retention, "; ".join(filter(None, notes))]
