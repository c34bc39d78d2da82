import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

MOST = 500  # lines shown; nobody reads more before correcting these


class QmsWorkbookImport(models.TransientModel):
    """Import the model workbook: first a dry run with all problems and differences, then all or nothing."""

    _name = "qms.workbook.import"
    _description = "Import of the Model Workbook"

    file = fields.Binary("Workbook")
    filename = fields.Char()
    export_file = fields.Binary(readonly=True)
    state = fields.Selection(
        [("draft", "Not checked"), ("checked", "Checked"), ("done", "Imported")], default="draft", readonly=True
    )
    summary = fields.Text("Result", readonly=True)
    problem_ids = fields.One2many("qms.workbook.import.problem", "import_id", "Problems", readonly=True)
    change_ids = fields.One2many("qms.workbook.import.change", "import_id", "Differences", readonly=True)
    draft_ids = fields.Many2many("qms.process.version", string="Drafts to Submit", readonly=True)

    @api.onchange("file")
    def _onchange_file(self):
        # What was found concerns the file before.
        self.state = "draft"
        self.summary = False
        self.problem_ids = self.change_ids = False

    # === ACTIONS === #

    def action_check(self):
        """Check the file and try the import, without keeping anything of it."""
        self._run(keep=False)
        return self._reopen()

    def action_import(self):
        """Check the file again and load it, if nothing is wrong; otherwise nothing is written."""
        self._run(keep=True)
        return self._reopen()

    def action_export(self):
        """Download the current model, which is also the workbook to fill in."""
        self.ensure_one()
        self.export_file = base64.b64encode(self.env["qms.workbook"]._export())
        name = f"qms-model-{self.env.company._qms_today()}.xlsx"
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/export_file/{name}?download=true",
            "target": "download",
        }

    def action_open_drafts(self):
        """Open the drafts that the import made, to be submitted for approval."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Drafts to Submit"),
            "res_model": "qms.process.version",
            "domain": [("id", "in", self.draft_ids.ids)],
            "views": [(False, "list"), (False, "form")],
        }

    # === BUSINESS METHODS === #

    def _run(self, keep):
        self.ensure_one()
        workbook = self.env["qms.workbook"]
        workbook._check_may_import()
        if not self.file:
            raise UserError(self.env._("Choose a workbook first."))
        self.problem_ids.unlink()
        self.change_ids.unlink()
        book = workbook._read(base64.b64decode(self.file))
        problems = workbook._check(book)
        load, error = (None, "") if problems else workbook._attempt(book, keep)
        if load:
            self._show_load(load, keep)
        else:
            self._show_problems(problems, error)

    def _show_problems(self, problems, error):
        workbook = self.env["qms.workbook"]
        rows = [
            {"sheet": p.sheet, "row": p.row, "column": p.column, "message": workbook._problem_sentence(p)}
            for p in problems[:MOST]
        ]
        rows += [{"message": error}] if error else []
        self.env["qms.workbook.import.problem"].create([{**row, "import_id": self.id} for row in rows])
        count = len(problems) or 1
        self.write(
            {
                "state": "draft",
                "summary": self.env._(
                    "Nothing was written. Correct the workbook and check it again. Problems: %s.", count
                ),
            }
        )

    def _show_load(self, load, keep):
        workbook = self.env["qms.workbook"]
        differences = [item for group in load.differences.values() for item in group]
        self.env["qms.workbook.import.change"].create(
            [
                {
                    "import_id": self.id,
                    "sheet": item.sheet,
                    "code": " / ".join(item.key),
                    "change": workbook._difference_sentence(item),
                }
                for item in differences[:MOST]
            ]
        )
        sentences = [workbook._counts_sentence(load), *load.notes]
        if len(differences) > MOST:
            sentences.append(self.env._("The first %s differences are shown.", MOST))
        if keep and load.drafts:
            sentences.append(
                self.env._("%s drafts of process versions wait to be submitted for approval.", len(load.drafts))
            )
        self.write(
            {
                "state": "done" if keep else "checked",
                "summary": "\n".join(sentences),
                "draft_ids": [(6, 0, load.drafts.ids)],
            }
        )

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Model Workbook"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }


class QmsWorkbookImportProblem(models.TransientModel):
    _name = "qms.workbook.import.problem"
    _description = "Problem in the Model Workbook"

    import_id = fields.Many2one("qms.workbook.import", required=True, index=True, ondelete="cascade")
    sheet = fields.Char(readonly=True)
    row = fields.Integer(readonly=True)
    column = fields.Char(readonly=True)
    message = fields.Text("What to Correct", readonly=True)


class QmsWorkbookImportChange(models.TransientModel):
    _name = "qms.workbook.import.change"
    _description = "Difference between the Model Workbook and the Model"

    import_id = fields.Many2one("qms.workbook.import", required=True, index=True, ondelete="cascade")
    sheet = fields.Char(readonly=True)
    code = fields.Char(readonly=True)
    change = fields.Text(readonly=True)
