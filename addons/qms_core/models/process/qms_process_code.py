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
        if vals.get("code"):
            for process in self.filtered(lambda process: not process.first_code and process.code != vals["code"]):
                process.first_code = process.code
        return super().write(vals)

    def _seal_code(self):
        """Return the code by which sealed contents refer to the process, the same for ever."""
        self.ensure_one()
        return self.first_code or self.code
