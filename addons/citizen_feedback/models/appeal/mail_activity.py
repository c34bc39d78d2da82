from odoo import api, models
from odoo.exceptions import ValidationError


class MailActivity(models.Model):
    _inherit = "mail.activity"

    # === CONSTRAINTS === #

    @api.constrains("user_id", "res_id")
    def _check_not_subject_of_appeal(self):
        # Who is called to an appeal reads it: neither a colleague's hand nor a hand-over calls whom it is about.
        for activity in self.filtered(lambda activity: activity.res_model == "feedback.appeal" and activity.user_id):
            appeal = self.env["feedback.appeal"].browse(activity.res_id)
            if appeal._is_subject(activity.user_id):
                raise ValidationError(
                    self.env._(
                        "%(appeal)s is about %(person)s, his chief or the unit he works in. Choose somebody else.",
                        appeal=appeal.sudo().display_name,  # sudo: the number, which the activity names as well
                        person=activity.user_id.sudo().name,  # sudo: whom the user has just chosen
                    )
                )
