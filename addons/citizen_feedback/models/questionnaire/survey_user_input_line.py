from odoo import api, models


class SurveyUserInputLine(models.Model):
    _inherit = "survey.user_input.line"

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.user_input_id._check_given()
        return lines

    def write(self, vals):
        self.user_input_id._check_given()
        result = super().write(vals)
        if "user_input_id" in vals:
            self.user_input_id._check_given()
        return result

    def unlink(self):
        self.user_input_id._of_running_rounds()._check_given()
        return super().unlink()
