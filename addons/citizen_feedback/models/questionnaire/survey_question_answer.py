from odoo import models


class SurveyQuestionAnswer(models.Model):
    _inherit = "survey.question.answer"

    # === CRUD === #

    def write(self, vals):
        if {"value", "question_id", "matrix_question_id"} & set(vals):
            self._check_not_under_way()
        return super().write(vals)

    def unlink(self):
        self._check_not_under_way()
        return super().unlink()

    # === ACCESS === #

    def _check_not_under_way(self):
        (self.question_id | self.matrix_question_id)._check_not_under_way()
