import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.qms_core.lib.workbook import write

from ...lib.case_table import CASES, read_file

MOST = 500  # lines shown; nobody reads more before correcting these


class FeedbackCaseImport(models.TransientModel):
    """Import a table of cases: first a dry run with all problems, then all or nothing."""

    _name = "feedback.case.import"
    _description = "Import of Service Cases"

    file = fields.Binary("Table")
    filename = fields.Char()
    template_file = fields.Binary(readonly=True)
    state = fields.Selection(
        [("draft", "Not checked"), ("checked", "Checked"), ("done", "Imported")], default="draft", readonly=True
    )
    summary = fields.Text("Outcome", readonly=True)
    problem_ids = fields.One2many("feedback.case.import.problem", "import_id", "Problems", readonly=True)

    @api.onchange("file")
    def _onchange_file(self):
        # What was found concerns the file before.
        self.state = "draft"
        self.summary = False
        self.problem_ids = False

    # === ACTIONS === #

    def action_check(self):
        """Check the file, without keeping anything of it."""
        self._run(keep=False)
        return self._reopen()

    def action_import(self):
        """Check the file again and load it, if nothing is wrong; otherwise nothing is written."""
        self._run(keep=True)
        return self._reopen()

    def action_download(self):
        """Download the empty table, with an explanation at each column."""
        self.ensure_one()
        table = {CASES.name: [[column.name for column in CASES.columns]]}
        self.template_file = base64.b64encode(write([CASES], table, self._explain))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/template_file/cases.xlsx?download=true",
            "target": "download",
        }

    # === BUSINESS METHODS === #

    def _run(self, keep):
        self.ensure_one()
        cases = self.env["feedback.case"]
        cases.check_access("create")
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        self.problem_ids.unlink()
        book = read_file(base64.b64decode(self.file))
        cases._check_not_empty(book)
        load = cases._judge_book(book)
        if load.problems:
            self._show_problems(load.problems)
            return
        if keep:
            cases._keep(load)
        self.write({"state": "done" if keep else "checked", "summary": self._counts_sentence(load)})

    def _show_problems(self, problems):
        cases = self.env["feedback.case"]
        self.env["feedback.case.import.problem"].create(
            [
                {
                    "import_id": self.id,
                    "row": problem.row,
                    "column": problem.column,
                    "message": cases._problem_sentence(problem),
                }
                for problem in problems[:MOST]
            ]
        )
        summary = self.env._("Nothing was written. Correct the table and check it again. Problems: %s.", len(problems))
        if len(problems) > MOST:
            summary += "\n" + self.env._("The first %s problems are shown.", MOST)
        self.write({"state": "draft", "summary": summary})

    def _counts_sentence(self, load):
        return self.env._(
            "New cases: %(new)s, brought up to date: %(changed)s, unchanged: %(same)s.",
            new=len(load.new),
            changed=len(load.changed),
            same=load.same,
        )

    @api.model
    def _explain(self, column):
        """Return the note of a column's header."""
        return {
            "service": self.env._("Required. The code of the service in the register."),
            "number": self.env._("Required. The number of the case; each once per service."),
            "asked": self.env._("Required. The day on which it was asked for, as YYYY-MM-DD."),
            "done": self.env._("The day on which it was finished; empty while it is open."),
            "result": self.env._("Of a finished case: granted, refused or withdrawn."),
            "refusal_ground": self.env._("Why it was refused."),
            "point": self.env._("The code of the service point."),
            "channel": self.env._("The code of the way in which it was asked for."),
            "applicant": self.env._("The code of the applicant's category."),
            "visits": self.env._("How often the applicant had to come."),
        }[column.name]

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Cases"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }


class FeedbackCaseImportProblem(models.TransientModel):
    _name = "feedback.case.import.problem"
    _description = "Problem in a Table of Cases"

    import_id = fields.Many2one("feedback.case.import", required=True, index=True, ondelete="cascade")
    row = fields.Integer(readonly=True)
    column = fields.Char(readonly=True)
    message = fields.Text("What to Correct", readonly=True)
