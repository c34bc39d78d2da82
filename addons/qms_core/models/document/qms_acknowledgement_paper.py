from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from .qms_acknowledgement import COUNTING


class QmsAcknowledgement(models.Model):
    """Signatures on paper, of people who have no login."""

    _inherit = "qms.acknowledgement"

    sheet_line_ids = fields.One2many("qms.acknowledgement.sheet.line", "acknowledgement_id", "Lines on Paper")

    # === ACTIONS === #

    def action_make_sheets(self):
        """Make a paper sheet per version and unit of those rows that wait for people without a login.

        :return: an action that opens the sheets
        :raises AccessError: for who doesn't keep the sheets of the unit
        :raises UserError: where there is nobody who has to sign on paper
        """
        self.check_access("read")
        # sudo: whether a person has a login is read from staff records.
        rows = self.sudo().filtered(lambda row: row.state == "open" and row._signs_on_paper())
        if not rows:
            raise UserError(
                self.env._(
                    "Nobody here has to sign on paper: who has a login confirms on screen, and others have signed."
                )
            )
        sheets = self.env["qms.acknowledgement.sheet"]
        for (version, unit), own in rows.grouped(lambda row: (row.version_id, row.department_id)).items():
            self._check_keeps_sheets(unit)
            sheets |= sheets._for(version, unit, own)
        action = self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_acknowledgement_sheet_action")
        if len(sheets) == 1:
            return {**action, "res_id": sheets.id, "views": [(False, "form")], "view_mode": "form"}
        return {**action, "domain": [("id", "in", sheets.ids)]}

    # === BUSINESS METHODS === #

    def _signs_on_paper(self):
        self.ensure_one()
        return not self.employee_id.user_id.active

    def _check_keeps_sheets(self, unit):
        if not unit._keeps_sheets(self.env.user):
            raise AccessError(
                self.env._(
                    "The sheets of %s are kept by its quality officer, its head, human resources or the quality staff.",
                    unit.name or self.env._("people without a unit"),
                )
            )

    def _sign_on_paper(self, line):
        """Note a signature on a scanned sheet; the sheet has checked who notes it.

        :param line: ``qms.acknowledgement.sheet.line``
        """
        row = self._row_signed()
        if row.state == "done":
            raise UserError(self.env._("“%s” is confirmed already.", row.display_name))
        # Who got his login after he signed has signed all the same.
        user = row.employee_id.user_id
        if user.active and line.date_signed >= row.company_id._qms_day_of(user.create_date):
            raise UserError(
                self.env._(
                    "%s has a login and confirms on screen. Take the line off by leaving it without a signature.",
                    row.employee_id.name,
                )
            )
        if line.date_signed < row.version_id.date_effective:
            raise UserError(
                self.env._(
                    "%(person)s can't have signed on %(day)s: the version is in force since %(start)s. "
                    "Correct the date.",
                    person=row.employee_id.name,
                    day=fields.Date.to_string(line.date_signed),
                    start=fields.Date.to_string(row.version_id.date_effective),
                )
            )
        end = row.version_id.date_withdrawn
        if row.version_id.state != "effective" and (not end or line.date_signed > end):
            raise UserError(
                self.env._(
                    "%(person)s can't have signed on %(day)s: the version was in force until %(end)s. "
                    "Correct the date.",
                    person=row.employee_id.name,
                    day=fields.Date.to_string(line.date_signed),
                    end=fields.Date.to_string(end),
                )
            )
        row.with_env(self.env)._complete(
            {
                "way": "paper",
                "date_done": fields.Datetime.now(),
                "date_signed": line.date_signed,
                "void_reason": False,
            }
        )

    def _row_signed(self):
        """Return the row that a signature ends: this one, also when nobody is asked any more; or a later one of his.

        The sheet with his name shows that he was asked. What he signed in time counts although the scan came later.
        """
        self.ensure_one()
        row = self.sudo()  # sudo: as in action_make_sheets
        if row.state != "void":
            return row
        same = [("version_id", "=", row.version_id.id), ("employee_id", "=", row.employee_id.id)]
        return row.search([*same, ("state", "in", COUNTING)], limit=1) or row

    def _sheet_order(self):
        # sudo: names of people and units of rows that the user may read.
        return self.sudo().sorted(
            lambda row: (row.department_id.complete_name or "", row.person_name or row.employee_id.name or "", row.id)
        )

    def _sheet_cells(self):
        """Return the rows of a printed sheet: number, name, position, unit, deadline, date, how it was confirmed."""
        # sudo: as in _sheet_order
        ways = dict(self._fields["way"]._description_selection(self.env))
        return [
            [
                number,
                row.person_name or row.employee_id.name,
                row.job_name or row.employee_id.job_title or row.employee_id.job_id.name or "",
                row.department_id.name or "",
                self._sheet_day(row.date_deadline),
                self._sheet_day(row.date_signed),
                ways[row.way] if row.way else "",
            ]
            # sudo: names and posts of the staff are what the sheet is about
            for number, row in enumerate(self.sudo(), start=1)
        ]

    def _sheet_day(self, day):
        return format_date(self.env, day) if day else ""
