import base64
from collections import Counter
from datetime import date, datetime, time

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib.rating_form import ASPECTS, COMMENT_LIMIT
from ...lib.rating_import import form_of, read_table, template

# Nobody reads more before correcting these.
MOST_PROBLEMS = 500
# By what a rating of a file is compared with those that are stored.
SAME = ("service_id", "point_id", "channel", "date", "score", *ASPECTS, "inapplicable", "comment")


class FeedbackRatingImport(models.TransientModel):
    """Load ratings from a file: first a dry run with all problems by row and cell, then all or nothing."""

    _name = "feedback.rating.import"
    _description = "Import of Ratings"

    file = fields.Binary()
    filename = fields.Char()
    template_file = fields.Binary(readonly=True)
    state = fields.Selection(
        [("draft", "Not checked"), ("checked", "Checked"), ("done", "Imported")], default="draft", readonly=True
    )
    is_stored = fields.Boolean(readonly=True, help="Every rating of the file is stored already.")
    again = fields.Boolean("These are other ratings", help="Other citizens really said the same on the same days.")
    summary = fields.Text("Result", readonly=True)
    problem_ids = fields.One2many("feedback.rating.import.problem", "import_id", "Problems", readonly=True)

    @api.onchange("file")
    def _onchange_file(self):
        # What was found concerns the file before.
        self.state = "draft"
        self.is_stored = False
        self.again = False
        self.summary = False
        self.problem_ids = False

    # === ACTIONS === #

    def action_check(self):
        """Read the file and tell what is wrong, without keeping anything of it."""
        self._run(keep=False)
        return self._reopen()

    def action_import(self):
        """Read the file again and store its ratings, if nothing is wrong; otherwise nothing is stored."""
        self._run(keep=True)
        return self._reopen()

    def action_template(self):
        """Download the workbook to fill in."""
        self.ensure_one()
        self.template_file = base64.b64encode(template())
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/template_file/ratings.xlsx?download=true",
            "target": "download",
        }

    # === BUSINESS METHODS === #

    def _run(self, keep):
        self.ensure_one()
        self.env["feedback.rating"].check_access("create")
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        self.problem_ids.unlink()
        table = read_table(self.filename, base64.b64decode(self.file))
        services, points = self._known("qms.service"), self._known("qms.service.point")
        problems = [self._problem_vals(problem) for problem in table.problems]
        problems += [vals for row in table.rows for vals in self._unknown(row, services, points)]
        if not table.rows and not problems:
            problems = [{"message": self.env._("The file has no rows. Write one rating a row.")}]
        if problems:
            self._show_problems(sorted(problems, key=lambda vals: vals.get("row", 0)))
            return
        vals_list = [self._rating_vals(row, services, points) for row in table.rows]
        self.is_stored = self._are_stored(vals_list)
        keep = keep and (self.again or not self.is_stored)
        if keep:
            self.env["feedback.rating"].create(vals_list)
        self._show_result(table.rows, keep)

    @api.model
    def _known(self, model):
        """Return ``{code: id}`` of what the authority has now."""
        records = self.env[model].search([("company_id", "=", self.env.company.id)])
        return {record.code: record.id for record in records}

    def _unknown(self, row, services, points):
        """Return the problems of a row that names what the authority doesn't have, or a day to come."""
        service, point, day = (row.values.get(name) for name in ("service", "point", "date"))
        found = []
        if service and service not in services:
            found.append(("service", self.env._("No service has the code %s, or it was closed.", service)))
        if point and point not in points:
            found.append(("point", self.env._("No service point has the code %s, or it was closed.", point)))
        if day and day > self.env.company._qms_today().isoformat():
            found.append(("date", self.env._("%s lies in the future. Write the day of the rating.", day)))
        return [{"row": row.number, "column": column, "message": message} for column, message in found]

    def _rating_vals(self, row, services, points):
        values = row.values
        return {
            **form_of(row).values,
            "service_id": services[values["service"]],
            "point_id": points.get(values["point"], False),
            "channel": values["channel"] or "paper",
            "date": self._moment(values["date"]),
        }

    def _moment(self, day):
        """Return noon of a day of the authority in UTC, never later than now."""
        now = fields.Datetime.now()
        if not day:
            return now
        noon = self.env.company._qms_zone().localize(datetime.combine(date.fromisoformat(day), time(12)))
        return min(now, noon.astimezone(pytz.utc).replace(tzinfo=None))

    @api.model
    def _are_stored(self, vals_list):
        """Tell whether as many equal ratings are stored already: the file was loaded before.

        Ratings have no number by which each could be known again.
        """
        services, moments = ({vals[name] for vals in vals_list} for name in ("service_id", "date"))
        domain = [("service_id", "in", list(services)), ("date", "in", list(moments))]
        # sudo: also ratings that the operator may not read
        stored = self.env["feedback.rating"].sudo().search_read(domain, SAME, load=None)
        told, known = (
            Counter(tuple(vals.get(name) or False for name in SAME) for vals in each) for each in (vals_list, stored)
        )
        return told <= known

    def _problem_vals(self, problem):
        return {"row": problem.row, "column": problem.column, "message": self._problem_sentence(problem)}

    def _problem_sentence(self, problem):
        own = {
            "not_utf8": self.env._("The file is not in UTF-8. Save it as “CSV UTF-8” or as XLSX."),
            "not_csv": self.env._("This is no CSV file, or it is damaged. Save it as “CSV UTF-8” or as XLSX."),
            "too_many_rows": self.env._(
                "The file has more than %s rows, so nothing of it was read. Divide it.", problem.params.get("limit")
            ),
            "form_missing": self.env._("Write a mark from 1 to 5."),
            "form_mark": self.env._("This mark does not exist. Write 1 to 5, or 0 if it does not apply."),
            "form_long": self.env._("The comment is too long. Shorten it to %s characters.", COMMENT_LIMIT),
            "form_characters": self.env._("The comment contains characters that can't be stored. Type it anew."),
        }
        return own.get(problem.code) or self.env["qms.workbook"]._problem_sentence(problem)

    def _show_problems(self, problems):
        self.env["feedback.rating.import.problem"].create(
            [{**vals, "import_id": self.id} for vals in problems[:MOST_PROBLEMS]]
        )
        summary = self.env._("Nothing was stored. Correct the file and check it again. Problems: %s.", len(problems))
        self.write({"state": "draft", "summary": summary})

    def _show_result(self, rows, keep):
        marks = Counter(row.values["score"] for row in rows)
        told = {"count": len(rows), "marks": ", ".join(f"{mark}: {marks[mark]}" for mark in sorted(marks))}
        if keep:
            # The file goes, so that one press too many stores nothing again.
            told = self.env._("Ratings stored: %(count)s. By mark: %(marks)s.", **told)
            self.write({"state": "done", "is_stored": False, "summary": told, "file": False, "filename": False})
            return
        sentence = self.env._("Nothing is wrong. Ratings to store: %(count)s. By mark: %(marks)s.", **told)
        if self.is_stored:
            sentence = self.env._(
                "All ratings of this file are stored already (%(count)s; by mark: %(marks)s). "
                "Close this window if it was loaded before; say below if these are other ratings.",
                **told,
            )
        self.write({"state": "checked", "summary": sentence})

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import of Ratings"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }
