from odoo import Command, api, fields, models

from .feedback_rule import SINGLE_KINDS

SOURCES = {"feedback.appeal": "appeal_ids", "feedback.case": "case_ids"}


class FeedbackSignal(models.Model):
    """Appeals and cases from which a signal was computed; each reader sees those that he may read."""

    _inherit = "feedback.signal"

    appeal_ids = fields.Many2many("feedback.appeal", string="Appeals", readonly=True)
    case_ids = fields.Many2many("feedback.case", string="Cases", readonly=True)

    @api.model
    def _told_fields(self):
        return super()._told_fields() | set(SOURCES.values())

    @api.model
    def _linked_vals(self, rule, finding):
        vals = super()._linked_vals(rule, finding)
        for model, name in SOURCES.items():
            ids = finding.record_ids.get(model, [])
            # What is late now takes the place of what was late before; words stay found.
            added = rule.kind in SINGLE_KINDS
            vals[name] = [Command.link(record_id) for record_id in ids] if added else [Command.set(ids)]
        return vals
