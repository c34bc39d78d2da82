from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

ARCHIVE = "qms_core.group_archive"


class QmsNomenclature(models.Model):
    """The files that a unit keeps in a year: a list with retention periods, which the archive endorses, another
    person approves, and the year's end closes with counts."""

    _name = "qms.nomenclature"
    _description = "Nomenclature of Files"
    _inherit = ["qms.approval.mixin"]
    _order = "year desc, department_id, id"
    _check_company_auto = True
    _frozen_states = ("approved", "closed")
    _review_frozen = True
    _called_groups = (ARCHIVE,)
    _by_method = frozenset(
        {
            "author_id",
            "submitter_id",
            "approver_id",
            "date_approved",
            "visa_user_id",
            "date_visa",
            "date_closed",
            "return_reason",
        }
    )
    _reason_methods = ("action_return", "action_reopen")
    _sealed = True

    year = fields.Integer(required=True, copy=False, default=lambda self: self.env.company._qms_today().year)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    department_id = fields.Many2one("hr.department", "Unit", required=True, index=True, check_company=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("review", "In review"),
            ("approved", "Approved"),
            ("counting", "Being closed"),
            ("closed", "Closed"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        default=lambda self: self.env.lang or "en_US",
        help="A document has one language: it is printed in this one.",
    )
    submitter_id = fields.Many2one("res.users", "Submitted by", readonly=True, copy=False)
    visa_user_id = fields.Many2one("res.users", "Endorsed by the Archive", readonly=True, copy=False)
    date_visa = fields.Date("Endorsed on", readonly=True, copy=False)
    date_closed = fields.Date("Closed on", readonly=True, copy=False)
    return_reason = fields.Text("Reason for Return", readonly=True, copy=False)
    line_ids = fields.One2many("qms.nomenclature.line", "nomenclature_id", "Files")
    line_count = fields.Integer("Number of Files", compute="_compute_line_count")
    may_close = fields.Boolean(compute="_compute_may")
    may_edit = fields.Boolean(compute="_compute_may")

    _year_unit = models.UniqueIndex(
        "(department_id, year)", "The unit has a nomenclature of this year already. Open that one."
    )

    # === CONSTRAINTS === #

    @api.constrains("year")
    def _check_year(self):
        for record in self:
            if not 1990 <= record.year <= 2100:
                raise ValidationError(self.env._("“%s” is no year. Enter it with four digits.", record.year))

    # === COMPUTES === #

    @api.depends("year", "department_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for record in self:
            record.display_name = self.env._(
                "Files of %(unit)s, %(year)s", unit=record.department_id.name or "…", year=record.year
            )

    @api.depends("line_ids")
    def _compute_line_count(self):
        counts = dict(
            self.env["qms.nomenclature.line"]._read_group(
                [("nomenclature_id", "in", self.ids)], ["nomenclature_id"], ["__count"]
            )
        )
        for record in self:
            record.line_count = counts.get(record, 0)

    @api.depends("department_id", "state")
    @api.depends_context("uid")
    def _compute_may(self):
        for record in self:
            record.may_close = record._may_close()
            record.may_edit = not record._origin or record._origin.has_access("write")

    # === CRUD === #

    def write(self, vals):
        # Lines see to it that they get counts only; everything else stands as it was approved.
        if not self._in_transition() and set(vals) - self._frozen_writable - {"line_ids"}:
            self._check_not_counting()
        result = super().write(vals)
        if "department_id" in vals:
            self.check_access("write")  # no rule of Odoo's looks where a record has gone
        return result

    def unlink(self):
        self._check_not_counting()
        return super().unlink()

    def _check_not_counting(self):
        if any(record.state == "counting" for record in self):
            raise UserError(self._frozen_message())

    def copy_data(self, default=None):
        """A nomenclature is copied with its files, for the year that is asked for."""
        rows = super().copy_data(default)
        for record, vals in zip(self, rows, strict=True):
            vals.setdefault("year", record.year + 1)
            lines = [(0, 0, row) for row in record.line_ids._next_year_data(vals["year"])]
            vals.setdefault("line_ids", lines)
        return rows

    # === ACTIONS === #

    def action_visa(self):
        """Endorse nomenclatures in review for the archive; who approves is called then.

        :raises AccessError: for who does not keep the archive, and for the author
        """
        for record in self:
            record._check_state("review")
            record._check_may_endorse()
            if record.visa_user_id:
                raise UserError(self.env._("%s is endorsed already. It waits for the approval.", record.display_name))
            today = record.company_id._qms_today()
            record._transition({"state": "review", "visa_user_id": self.env.uid, "date_visa": today})
            record._acted()
            record._call_to_act(record._approval_users(), today, record._approval_words()["summary"])

    def action_return(self, reason=None):
        """Give a nomenclature in review back to its author: by the archive or by who approves.

        :param str reason: why; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_return", self.env._("Why is it returned?"))
        vals = {"state": "draft", "return_reason": reason, "visa_user_id": False, "date_visa": False}
        for record in self:
            record._check_state("review")
            if not self.env.user.has_group(ARCHIVE):
                record._check_may_decide()
            record._transition(vals)
            record._acted()
            record._notify_users(record.author_id, record._approval_words()["against"], reason)
        return True

    def action_reopen(self, reason=None):
        """Take an approved nomenclature back, so that files can be added; it is endorsed and approved anew.

        :param str reason: why; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_reopen", self.env._("What has to change?"))
        vals = dict.fromkeys(("visa_user_id", "date_visa", "approver_id", "date_approved"), False)
        for record in self:
            record._check_state("approved")
            record._check_may_decide()
            record._transition({**vals, "state": "draft", "return_reason": reason})
            record._acted()
            record.message_post(body=record.env._("Reopened: %s", reason))
        return True

    def action_count(self):
        """Begin to close the files of a year: what there is of each is counted.

        :raises UserError: before the year is over
        """
        for record in self:
            record._check_state("approved")
            record._check_may_close()
            if record.company_id._qms_today() <= date(record.year, 12, 30):
                raise UserError(
                    self.env._("The files of %s are closed when the year is over. Come back then.", record.year)
                )
            record._transition({"state": "counting"})

    def action_stop_counting(self):
        """Go back from the closing of a year that was begun too early; what was counted stays entered."""
        for record in self:
            record._check_state("counting")
            record._check_may_close()
            record._transition({"state": "approved"})

    def action_close_year(self):
        """Close the files with their counts, and draft the nomenclature of the next year.

        :return: the action that opens next year's draft
        :raises UserError: naming files that were not counted
        """
        drafts = self.browse()
        for record in self:
            record._check_state("counting")
            record._check_may_close()
            missing = record.line_ids.filtered(lambda line: not line.is_counted)
            if missing:
                raise UserError(
                    self.env._(
                        "Say of each file how many volumes there are, or that it was not opened. Missing: %s.",
                        ", ".join(missing.mapped("index")),
                    )
                )
            record._transition({"state": "closed", "date_closed": record.company_id._qms_today()})
            record._acted()
            draft = record._next_draft()
            record.line_ids._go_on_in(draft)
            drafts |= draft
        return drafts[:1]._open_form()

    def action_next_year(self):
        """Open the draft of the next year; it is copied from this one where there is none.

        :return: a window action
        """
        self.ensure_one()
        self.check_access("read")
        return self._next_draft()._open_form()

    def action_view_records(self):
        """Open the quality records kept in these files."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_record_action"),
            "domain": [("nomenclature_line_id.nomenclature_id", "in", self.ids)],
            "context": {},
        }

    def action_xlsx(self):
        """Download the nomenclature as a workbook.

        :return: an action that downloads it
        """
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/qms/xlsx/nomenclature/{self.id}", "target": "download"}

    # === ACCESS === #

    def _check_may_endorse(self):
        if not self.env.user.has_group(ARCHIVE):
            raise AccessError(self.env._("A nomenclature of files is endorsed by who keeps the archive."))
        if self.env.user in self.author_id | self.submitter_id:
            raise AccessError(self.env._("You made this nomenclature, so another person has to endorse it."))

    def _check_may_decide(self):
        super()._check_may_decide()
        if self.submitter_id == self.env.user:
            raise AccessError(self._approval_words()["own"])
        if self.visa_user_id == self.env.user:
            raise AccessError(self.env._("You endorsed this nomenclature, so another person has to approve it."))

    def _check_may_close(self):
        """Raise an AccessError unless the user keeps the unit's files or the archive."""
        if not self._may_close():
            raise AccessError(
                self.env._("The files are closed by the head or the quality officer of the unit, or by the archive.")
            )

    def _may_close(self):
        """Tell whether the user keeps the unit's files or the archive."""
        self.ensure_one()
        return self.env.user.has_group(ARCHIVE) or self.department_id._is_kept_by(self.env.user)

    # === BUSINESS METHODS === #

    def _approvers(self):
        return super()._approvers() - self.submitter_id

    def _approval_users(self):
        users = self.env["res.users"]
        for group in self._decider_groups:
            users |= self._users_of(group, self.company_id)
        return users - self.author_id - self.submitter_id - self.visa_user_id

    def _approval_words(self):
        return {
            "summary": self.env._("Approve the nomenclature of files")
            if self.visa_user_id
            else self.env._("Endorse the nomenclature of files"),
            "against": self.env._("The nomenclature of files was returned to you"),
            "not_yours": self.env._("A nomenclature is approved by the chief quality commissioner or top management."),
            "own": self.env._("You made this nomenclature, so another person has to decide on it."),
        }

    def _check_complete(self):
        if not self.line_ids:
            raise UserError(self.env._("%s lists no files. Enter them first.", self.display_name))

    def _submitted_vals(self):
        return {"return_reason": False, "submitter_id": self.env.uid}

    def _replace_former(self):
        if not self.visa_user_id:
            raise UserError(self.env._("%s waits for the visa of the archive.", self.display_name))

    def _next_draft(self):
        """Return the nomenclature of the next year, copied from this one where there is none."""
        self.ensure_one()
        own = [("department_id", "=", self.department_id.id), ("year", "=", self.year + 1)]
        # sudo: who closes a year need not be able to make lists; the draft is a copy of this one.
        source = self.sudo() if self._may_close() else self
        return (source.with_context(active_test=False).search(own) or source.copy()).with_env(self.env)

    def _open_form(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _seal_content(self):
        self.ensure_one()
        counted = self.state == "closed"
        return {
            "year": self.year,
            "unit": self.department_id.id,
            "lines": [line._seal_values(counted) for line in self.line_ids.sorted("index")],
        }

    def _totals(self):
        """Return how many volumes were counted by category, as the closing note of the year tells it.

        :return: ``[(label, volumes, of them going on in the next year)]``, the sum last
        """
        self.ensure_one()
        groups = [
            (self.env._("Kept permanently"), lambda line: line.retention_kind == "permanent"),
            (self.env._("Kept for more than 10 years"), lambda line: line._retention_rank() in range(11, 101)),
            (
                self.env._("Kept for up to 10 years"),
                lambda line: line.retention_kind != "permanent" and line._retention_rank() <= 10,
            ),
        ]
        rows = []
        for label, belongs in groups:
            lines = self.line_ids.filtered(belongs)
            carried = lines.filtered("is_carried")
            rows.append((label, sum(lines.mapped("volume_count")), sum(carried.mapped("volume_count"))))
        return [*rows, (self.env._("In all"), sum(row[1] for row in rows), sum(row[2] for row in rows))]
