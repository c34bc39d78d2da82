from odoo import api, fields, models


class QmsFrameworkAddLine(models.TransientModel):
    _name = "qms.framework.add.line"
    _description = "Framework That Comes with the Program"
    _order = "code"

    wizard_id = fields.Many2one("qms.framework.add", required=True, index=True, ondelete="cascade")
    is_selected = fields.Boolean("Add")
    code = fields.Char(readonly=True, required=True)
    name = fields.Char("Title", readonly=True)
    source = fields.Text("Origin of the Titles", readonly=True)
    clause_count = fields.Integer("Clauses", readonly=True)
    revision = fields.Integer("Version of the File", readonly=True)
    standard_id = fields.Many2one("qms.standard", readonly=True, ondelete="cascade")
    note = fields.Char("State", compute="_compute_note")

    @api.depends("standard_id.file_revision", "revision")
    def _compute_note(self):
        for line in self:
            if not line.standard_id:
                line.note = self.env._("Not added yet")
            elif line.standard_id.file_revision < line.revision:
                line.note = self.env._("A newer version of the file is there")
            else:
                line.note = self.env._("Added, up to date")
