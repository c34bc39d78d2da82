from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

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
    continues_id = fields.Many2one(
        "qms.nomenclature.line",
        index="btree_not_null",
        copy=False,
        check_company=True,
        ondelete="set null",
        help="The file of an earlier year that goes on in this one: it is kept from the end of the last.",
    )
    continued_by_ids = fields.One2many("qms.nomenclature.line", "continues_id", "Continued by")
    finished_year = fields.Integer(
        compute="_compute_finished_year", store=True, recursive=True, compute_sudo=True, aggregator=None
    )
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

    # === CONSTRAINTS === #

    @api.constrains("continues_id", "nomenclature_id")
    def _check_continues(self):
        for line in self.sudo().filtered("continues_id"):  # sudo: files of other units may be continued
            if line.continues_id.year >= line.year:
                raise ValidationError(
                    self.env._("“%s” continues a file of an earlier year. Choose that one.", line.display_name)
                )

    # === COMPUTES === #

    @api.depends("index", "name", "year")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.index} {line.name} ({line.year})"

    @api.depends("year", "is_carried", "continued_by_ids.finished_year", "continued_by_ids.nomenclature_id.state")
    def _compute_finished_year(self):
        """The year in which the work on the file ended; none while it goes on in a file that is not closed."""
        for line in self:
            following = line.continued_by_ids
            if not line.is_carried:
                line.finished_year = line.year
            elif following and all(row.nomenclature_id.state == "closed" for row in following):
                years = following.mapped("finished_year")
                line.finished_year = max(years) if all(years) else 0
            else:
                line.finished_year = 0

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

    def _next_year_data(self, year):
        """Return the values of copies in the list of a later year, each of which continues its original.

        Whether the original goes on in it is said when its year is closed.

        :param int year: of the list
        :rtype: list[dict]
        """
        return [
            {**row, "continues_id": line.id if year > line.year else False}
            for line, row in zip(self, self.copy_data(), strict=True)
        ]

    def _go_on_in(self, nomenclature):
        """Let files that go on be continued by those of the same index in a draft that was no copy.

        :param nomenclature: the list of the next year
        """
        draft = nomenclature.sudo()  # sudo: as in `_next_draft`; who closes a year need not write the next one's list
        if draft.state != "draft":
            return
        fresh = {line.index: line for line in draft.line_ids if not line.continues_id}
        for line in self.filtered(lambda line: line.is_carried and not line.sudo().continued_by_ids):
            if line.index in fresh:
                fresh[line.index].continues_id = line

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
