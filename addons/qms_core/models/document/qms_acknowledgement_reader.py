from odoo import fields, models


class QmsAcknowledgement(models.Model):
    """An acknowledgement as the reading page shows it."""

    _inherit = "qms.acknowledgement"

    def _for_reader(self):
        self.ensure_one()
        # sudo: the reader's own name, the test's name and pass mark, and whether he has passed.
        row = self.sudo()
        survey, person = row.document_id.test_survey_id, row.employee_id.name
        passed = survey and row._passed_answer()
        return {
            "id": self.id,
            "state": self.state,
            "deadline": fields.Date.to_string(self.date_deadline),
            "is_late": self.is_late,
            "person": self.person_name or person,
            "date_done": fields.Datetime.to_string(self.date_done) if self.date_done else False,
            "test": bool(survey)
            and {
                "name": survey.title,
                "pass_mark": survey.scoring_success_min,
                "passed": self.state == "done" or bool(passed),
                "score": self.test_score if self.state == "done" else passed.scoring_percentage,
            },
        }
