from odoo import api, fields, models


class QmsReferenceCopyLine(models.TransientModel):
    _name = "qms.reference.copy.line"
    _description = "Process of the Reference Set"
    _order = "code"

    wizard_id = fields.Many2one("qms.reference.copy", required=True, ondelete="cascade")
    is_selected = fields.Boolean("Take Over")
    code = fields.Char(readonly=True, required=True)
    is_heading = fields.Boolean(readonly=True)
    name = fields.Char(readonly=True)
    kind = fields.Selection(selection=lambda self: self._labels("kind"), readonly=True)
    nature = fields.Selection(selection=lambda self: self._labels("nature"), readonly=True)
    purpose = fields.Text(readonly=True)
    process_id = fields.Many2one("qms.process", "In the Register", readonly=True, ondelete="cascade")
    is_copied = fields.Boolean("Copied Already", readonly=True)
    note = fields.Char(compute="_compute_note")

    @api.depends("is_copied", "process_id")
    def _compute_note(self):
        for line in self:
            if line.is_copied:
                line.note = self.env._("Copied already")
            elif line.process_id:
                line.note = self.env._("Same name: %s", line.process_id.code)
            else:
                line.note = False

    @api.model
    def _labels(self, field):
        return self.env["qms.process"]._fields[field]._description_selection(self.env)
