import base64
from urllib.parse import urlencode

from odoo import fields, models
from odoo.exceptions import UserError

from ..lib import framework, workbook

SHOWN = 20


class QmsRequirementWording(models.TransientModel):
    """Take in the wording of the copy that the authority has bought, for its own use only."""

    _name = "qms.requirement.wording"
    _description = "Wording of Our Own Copy"

    standard_id = fields.Many2one("qms.standard", required=True, readonly=True, ondelete="cascade")
    file = fields.Binary("Table of Codes and Texts")
    filename = fields.Char()
    export_file = fields.Binary(readonly=True)

    # === ACTIONS === #

    def action_export(self):
        """Download the clauses with the wording that is there, as the table to fill in.

        :return: a download
        """
        self.ensure_one()
        rows = [[row.clause, row.own_wording or ""] for row in self.standard_id.requirement_ids]
        sheet = framework.wording_sheet()
        content = workbook.write([sheet], {sheet.name: [["code", "text"], *rows]})
        self.export_file = base64.b64encode(content)
        # A code may have slashes, so it is no part of the path.
        options = urlencode({"download": "true", "filename": f"{self.standard_id.code}.xlsx"})
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/export_file?{options}",
            "target": "download",
        }

    def action_import(self):
        """Store the texts on the clauses; nothing at all if anything is wrong. Clauses not in the table stay.

        :return: the coverage of the standard
        :raises UserError: naming the rows to correct
        """
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose a table first."))
        self.standard_id.requirement_ids.check_access("write")
        rows = self._read(base64.b64decode(self.file))
        by_code = {requirement.clause: requirement for requirement in self.standard_id.requirement_ids}
        unknown = [row for row in rows if row.values["code"] not in by_code]
        if unknown:
            raise UserError(
                "\n".join(
                    self.env._(
                        "Row %(row)s: %(standard)s has no clause %(clause)s. Correct the code.",
                        row=row.number,
                        standard=self.standard_id.code,
                        clause=row.values["code"],
                    )
                    for row in unknown[:SHOWN]
                )
            )
        for row in rows:
            by_code[row.values["code"]].own_wording = row.values["text"]
        return self.standard_id.action_view_coverage()

    # === BUSINESS METHODS === #

    def _read(self, content):
        """Return the rows of the table that have a text.

        :param bytes content: XLSX, or CSV in UTF-8
        :raises UserError: naming the first problems
        """
        if not content.startswith(b"PK"):  # whatever its name, an XLSX is a ZIP archive
            try:
                content = framework.pack_wording(content)
            except UnicodeDecodeError as error:
                raise UserError(self.env._("The file is neither XLSX nor text in UTF-8. Save it as XLSX.")) from error
        sheet = framework.wording_sheet()
        book = workbook.read(content, [sheet])
        problems = book.problems + (workbook.check([sheet], book) if sheet.name in book.rows else [])
        if problems:
            line = self.env["qms.workbook"]._problem_line
            raise UserError("\n".join(line(problem) for problem in problems[:SHOWN]))
        return [row for row in book.rows[sheet.name] if row.values["text"]]
