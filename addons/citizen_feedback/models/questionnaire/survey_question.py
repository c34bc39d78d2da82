from odoo import models
from odoo.exceptions import UserError

# What a question means to who answers it.
MEANING = frozenset(
    {"title", "question_type", "scale_min", "scale_max", "survey_id", "suggested_answer_ids", "matrix_row_ids"}
)


class SurveyQuestion(models.Model):
    """A question stays as it is while people answer it: half of them would have answered another one."""

    _inherit = "survey.question"

    # === CRUD === #

    def write(self, vals):
        if MEANING & set(vals):
            self._check_not_under_way()
        return super().write(vals)

    def unlink(self):
        self._check_not_under_way()
        return super().unlink()

    # === ACCESS === #

    def _check_not_under_way(self):
        waves = self.env["feedback.wave"]._under_way(self.survey_id)
        if waves and not self.env.su:
            raise UserError(
                self.env._(
                    "People are answering these questions in the round “%s”. Close it before you change them.",
                    waves[0].name,
                )
            )
