from odoo import fields, models


class QmsProcess(models.Model):
    """Codes can change, what was approved can't: approved contents refer to a process by its first code."""

    _inherit = "qms.process"

    first_code = fields.Char(
        readonly=True,
        copy=False,
        help="The code before the process was renumbered for the first time. Checksums of approved versions hold it.",
    )

    def write(self, vals):
        renumbered = self.filtered(
            lambda process: vals.get("code") and not process.first_code and process.code != vals["code"]
        )
        first_codes = {process: process.code for process in renumbered}
        result = super().write(vals)
        for process, code in first_codes.items():
            process._write_by_method({"first_code": code})
        return result

    def _seal_code(self):
        """Return the code by which sealed contents refer to the process, the same for ever."""
        self.ensure_one()
        return self.first_code or self.code
