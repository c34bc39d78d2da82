from odoo import api, fields, models
from odoo.exceptions import AccessError


class SurveyUserInput(models.Model):
    """An answer to a round: given by who was asked, and by nobody else."""

    _inherit = "survey.user_input"

    feedback_wave_id = fields.Many2one(
        "feedback.wave", "Round", readonly=True, index="btree_not_null", ondelete="restrict"
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        answers = super().create(vals_list)
        answers._check_given()
        return answers

    def write(self, vals):
        self._check_given()
        result = super().write(vals)
        if "feedback_wave_id" in vals:
            self._check_given()
        return result

    def unlink(self):
        self._of_running_rounds()._check_given()
        return super().unlink()

    # === ACCESS === #

    def _of_running_rounds(self):
        """Return the answers to rounds under way: of a closed one the results stand, and what people wrote may go."""
        # sudo: how far the round is, whoever asks
        return self.filtered(lambda answer: answer.sudo().feedback_wave_id.state == "running")

    def _check_given(self):
        # Pages on which people answer write as the system. sudo: of which round it is, whoever asks.
        if not self.env.su and self.sudo().feedback_wave_id:
            raise AccessError(
                self.env._(
                    "Answers to a round are given by who is asked. Nobody else adds or changes them, nor deletes them "
                    "before the round is closed."
                )
            )
