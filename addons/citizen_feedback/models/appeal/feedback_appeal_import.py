import base64
from datetime import date, datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...lib.appeal_table import APPEALS, LIMITS, read_file, template
from .feedback_appeal import TEXT_LIMIT

# Nobody reads more before correcting these.
MOST_PROBLEMS = 500
# Which lists of the authority a column's codes are from.
LISTS = {"topic": "feedback.topic", "territory": "feedback.territory", "service": "qms.service"}


class FeedbackAppealImport(models.TransientModel):
    """Load appeals from a file: first a dry run with all problems by row and column, then all or nothing."""

    _name = "feedback.appeal.import"
    _description = "Import of Appeals"

    file = fields.Binary()
    filename = fields.Char()
    template_file = fields.Binary(readonly=True)
    state = fields.Selection(
        [("draft", "Not checked"), ("checked", "Checked"), ("done", "Imported")], default="draft", readonly=True
    )
    summary = fields.Text("Result", readonly=True)
    problem_ids = fields.One2many("feedback.appeal.import.problem", "import_id", "Problems", readonly=True)

    @api.onchange("file")
    def _onchange_file(self):
        # What was found concerns the file before.
        self.state = "draft"
        self.summary = False
        self.problem_ids = False

    # === ACTIONS === #

    def action_check(self):
        """Read the file and tell what is wrong, without keeping anything of it."""
        self._run(keep=False)
        return self._open_again()

    def action_import(self):
        """Read the file again and store its appeals, if nothing is wrong; otherwise nothing is stored."""
        self._run(keep=True)
        return self._open_again()

    def action_template(self):
        """Download the workbook to fill in."""
        self.ensure_one()
        self.template_file = base64.b64encode(template())
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/template_file/appeals.xlsx?download=true",
            "target": "download",
        }

    # === BUSINESS METHODS === #

    def _run(self, keep):
        self.ensure_one()
        self.env["feedback.appeal"].check_access("create")
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        self.problem_ids.unlink()
        book = read_file(base64.b64decode(self.file))
        rows = book.rows.get(APPEALS.name, [])
        problems = [
            {"row": problem.row, "column": problem.column, "message": self._problem_sentence(problem)}
            for problem in book.problems
        ]
        known = {name: self._codes(model) for name, model in LISTS.items()}
        kinds = {}
        stored, numbers = self._stored_marks(rows)
        fresh = [row for row in rows if self._mark(row.values) not in stored]
        for row in fresh:
            problems += self._row_problems(row, kinds, known, numbers)
        if not rows and not problems:
            problems = [{"message": self.env._("The file has no rows. Write one appeal a row.")}]
        if problems:
            self._show_problems(sorted(problems, key=lambda vals: vals.get("row", 0)))
            return
        if keep:
            self._store(fresh, kinds, known)
        self.write(
            {"state": "done" if keep else "checked", "summary": self._result(len(fresh), len(rows) - len(fresh), keep)}
        )

    def _result(self, count, left_out, keep):
        if keep:
            told = self.env._("Appeals stored: %s.", count)
        else:
            told = self.env._("Nothing is wrong. Appeals to store: %s.", count)
        if left_out:
            # The same file is loaded twice, or one with new rows at its end.
            told += " " + self.env._("Known already, so left out: %s.", left_out)
        return told

    @api.model
    def _codes(self, model):
        """Return ``{code: id}`` of what the authority can use now."""
        company = self.env.company
        records = self.env[model].search([("company_id", "in", (False, company.id))])
        return {record.code: record.id for record in records.sorted(lambda record: bool(record.company_id))}

    @api.model
    def _kind(self, kinds, day, code):
        """Return the kind of a code by the law in force on a day; the empty one where there is none."""
        if day not in kinds:
            profile = self.env.company._feedback_profile(date.fromisoformat(day))
            kinds[day] = {kind.code: kind for kind in profile.kind_ids}
        return kinds[day].get(code, self.env["feedback.appeal.kind"])

    @api.model
    def _stored_marks(self, rows):
        """Return by what those appeals are known again that were stored before.

        :return: sets of what ``_mark`` and ``_number_mark`` return
        """
        company, stored, numbers = self.env.company, set(), set()
        # sudo: also appeals that the operator may not read
        for appeal in self.env["feedback.appeal"].sudo().search(self._stored_domain([row.values for row in rows])):
            values = {
                "received": company._qms_day_of(appeal.date_received).isoformat(),
                "registered": str(appeal.document_date or ""),
                "text": appeal.text,
                "author": appeal.author_name,
                "contact": appeal.author_contact,
            }
            stored.add(self._mark(values))
            if appeal.document_number:
                values["document_number"] = appeal.document_number
                stored.add(self._mark(values))
                numbers.add(self._number_mark(values))
        return stored, numbers

    @api.model
    def _stored_domain(self, rows):
        numbers = {values["document_number"] for values in rows if values.get("document_number")}
        plain = [values for values in rows if values.get("received") and not values.get("document_number")]
        same = Domain("document_number", "in", list(numbers))
        if plain:
            days = [date.fromisoformat(values["received"]) for values in plain]
            same |= (
                # A day earlier and later: the authority's day is not that of the database.
                Domain("date_received", ">=", min(days) - timedelta(days=1))
                & Domain("date_received", "<", max(days) + timedelta(days=2))
                & Domain("text", "in", [values.get("text") for values in plain])
            )
        return Domain("company_id", "=", self.env.company.id) & same

    @api.model
    def _mark(self, values):
        """Return by what an appeal is known again: its number and day of receipt, or else all that was said."""
        if number := values.get("document_number"):
            return number, values.get("received")
        return values.get("received"), *(values.get(name) or "" for name in ("text", "author", "contact"))

    @api.model
    def _number_mark(self, values):
        """Return the number with its year: registers begin with 1 each year."""
        return values["document_number"], (values.get("registered") or values.get("received") or "")[:4]

    def _row_problems(self, row, kinds, known, numbers):
        """Return what is wrong with a row beyond its single cells."""
        values, found = row.values, []
        today = self.env.company._qms_today().isoformat()
        received, registered = values.get("received"), values.get("registered")
        if received and received > today:
            found.append(("received", self.env._("%s lies in the future. Write the day of receipt.", received)))
        if received and registered and not received <= registered <= today:
            found.append(
                ("registered", self.env._("An appeal is registered from the day of its receipt on, until today."))
            )
        if received and values.get("kind") and not self._kind(kinds, received, values["kind"]):
            found.append(
                (
                    "kind",
                    self.env._(
                        "By the law in force on %(day)s there is no kind “%(code)s”.",
                        day=received,
                        code=values["kind"],
                    ),
                )
            )
        if len(values.get("text") or "") > TEXT_LIMIT:
            found.append(("text", self.env._("The text is too long: at most %s characters.", TEXT_LIMIT)))
        if values.get("document_number"):
            mark = self._number_mark(values)
            if mark in numbers:
                found.append(
                    ("document_number", self.env._("There is an appeal with this registration number already."))
                )
            numbers.add(mark)
        for name, codes in known.items():
            if values.get(name) and values[name] not in codes:
                found.append((name, self.env._("The code %s is not in the list of your authority.", values[name])))
        return [{"row": row.number, "column": column, "message": message} for column, message in found]

    def _store(self, rows, kinds, known):
        # Nobody followed them before: nothing to track.
        appeals = self.env["feedback.appeal"].with_context(tracking_disable=True)
        appeals = appeals.create([self._appeal_vals(row.values, kinds, known) for row in rows])
        pairs = zip(appeals, rows, strict=True)
        registered = [appeal.id for appeal, row in pairs if row.values.get("registered")]
        appeals.browse(registered).action_register()

    def _appeal_vals(self, values, kinds, known):
        return {
            "kind_id": self._kind(kinds, values["received"], values["kind"]).id,
            "date_received": self._moment(values["received"]),
            "text": values["text"],
            "author_name": values.get("author"),
            "organisation": values.get("organisation"),
            "author_contact": values.get("contact"),
            "author_address": values.get("address"),
            "channel": values.get("channel") or "letter",
            "document_number": values.get("document_number") or False,
            "document_date": values.get("registered") or False,
            **{f"{name}_id": codes.get(values.get(name), False) for name, codes in known.items()},
        }

    def _moment(self, day):
        """Return noon of a day of the authority in UTC, never later than now."""
        noon = self.env.company._qms_zone().localize(datetime.combine(date.fromisoformat(day), time(12)))
        return min(fields.Datetime.now(), noon.astimezone(pytz.utc).replace(tzinfo=None))

    def _problem_sentence(self, problem):
        own = {
            "not_table": self.env._(
                "This is no table of appeals. Download the template, fill it in, and save it as XLSX or CSV."
            ),
            "too_many_rows": self.env._(
                "The file has more than %s rows, so nothing of it was read. Divide it.", LIMITS.rows
            ),
        }
        return own.get(problem.code) or self.env["qms.workbook"]._problem_sentence(problem)

    def _show_problems(self, problems):
        self.env["feedback.appeal.import.problem"].create(
            [{**vals, "import_id": self.id} for vals in problems[:MOST_PROBLEMS]]
        )
        summary = self.env._("Nothing was stored. Correct the file and check it again. Problems: %s.", len(problems))
        self.write({"state": "draft", "summary": summary})

    def _open_again(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import of Appeals"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }
