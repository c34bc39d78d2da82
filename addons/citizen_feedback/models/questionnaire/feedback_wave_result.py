from odoo import api, fields, models


class FeedbackWaveResult(models.Model):
    """What a closed round says about one question: a mean, or the share of one answer.

    Kept as it was when the round was closed, whatever becomes of the questionnaire.
    """

    _name = "feedback.wave.result"
    _description = "Result of a Questionnaire"
    _inherit = ["qms.frozen.line.mixin"]
    _order = "wave_id desc, sequence, id"
    _frozen_parent = "wave_id"

    wave_id = fields.Many2one("feedback.wave", "Round", required=True, index=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(related="wave_id.company_id", store=True, index=True)
    service_id = fields.Many2one(related="wave_id.service_id", store=True, index="btree_not_null")
    date_from = fields.Date(related="wave_id.date_from", store=True)
    sequence = fields.Integer(readonly=True)
    question_id = fields.Many2one(
        "survey.question", "Question of the Survey", readonly=True, index=True, ondelete="set null"
    )
    answer_id = fields.Many2one(
        "survey.question.answer", "Answer of the Survey", readonly=True, index="btree_not_null", ondelete="set null"
    )
    matrix_row_id = fields.Many2one(
        "survey.question.answer", "Line of the Matrix", readonly=True, index="btree_not_null", ondelete="set null"
    )
    name = fields.Char("Question", required=True, readonly=True)
    answer = fields.Char(readonly=True)
    kind = fields.Selection([("mean", "Average"), ("share", "Share (%)")], required=True, readonly=True)
    answer_count = fields.Integer("Answers", readonly=True, aggregator="max")
    value = fields.Float(digits=(16, 2), readonly=True, aggregator="avg")
    error = fields.Float("Standard Error", digits=(16, 4), readonly=True, aggregator=None)
    margin = fields.Float("Margin (±)", digits=(16, 2), readonly=True, aggregator=None)
    previous_id = fields.Many2one("feedback.wave.result", "Round before", readonly=True, ondelete="restrict")
    change = fields.Float(digits=(16, 2), readonly=True, aggregator=None)
    change_margin = fields.Float("Margin of the Change (±)", digits=(16, 2), readonly=True, aggregator=None)
    verdict = fields.Selection(
        [("higher", "Higher than before"), ("lower", "Lower than before"), ("same", "No certain change")], readonly=True
    )

    # === COMPUTES === #

    @api.depends("name", "answer")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.name}: {row.answer}" if row.answer else row.name
