"""Test-only models; import them inside ``setUpClass`` only (see helper.load_models)."""

from odoo import fields, models


class FakeRecord(models.Model):
    _name = "qms.fake.record"
    _description = "Frozen Record of the Tests"
    _inherit = ["qms.frozen.mixin", "mail.thread"]
    _frozen_states = ("approved", "superseded")
    _sealed = True

    name = fields.Char()
    body = fields.Html()
    note = fields.Char(translate=True)
    file = fields.Binary(attachment=True)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    state = fields.Selection(
        [("draft", "Draft"), ("approved", "Approved"), ("superseded", "Superseded")],
        default="draft",
        required=True,
        readonly=True,
    )
    line_ids = fields.One2many("qms.fake.line", "record_id")

    def action_approve(self):
        self._transition({"state": "approved"})

    def _seal_content(self):
        self.ensure_one()
        return {"name": self.name or "", "body": self.body or "", "lines": self.line_ids.mapped("name")}


class FakeLine(models.Model):
    _name = "qms.fake.line"
    _description = "Line of the Tests"
    _inherit = ["qms.frozen.line.mixin"]
    _frozen_parent = "record_id"

    record_id = fields.Many2one("qms.fake.record", required=True, ondelete="restrict")
    name = fields.Char()
