from datetime import timedelta

from .common import FeedbackCase


class QuestionnaireCase(FeedbackCase):
    """A questionnaire of the first authority: a scale from 1 to 5, and a choice of yes or no."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._qms_today()
        cls.survey = (
            cls.env["survey.survey"]
            .with_user(cls.manager)
            .create(
                {
                    "title": "Trust in the executive",
                    "feedback_company_id": cls.company.id,
                    "feedback_audience": "population",
                    "access_mode": "public",
                    "question_and_page_ids": [
                        (
                            0,
                            0,
                            {
                                "title": "How content are you?",
                                "question_type": "scale",
                                "scale_min": 1,
                                "scale_max": 5,
                                "sequence": 1,
                            },
                        ),
                        (
                            0,
                            0,
                            {
                                "title": "Would you come again?",
                                "question_type": "simple_choice",
                                "sequence": 2,
                                "suggested_answer_ids": [
                                    (0, 0, {"value": "Yes", "sequence": 1}),
                                    (0, 0, {"value": "No", "sequence": 2}),
                                ],
                            },
                        ),
                    ],
                }
            )
        )
        cls.scale, cls.choice = cls.survey.question_ids
        cls.yes, cls.no = cls.choice.suggested_answer_ids

    def _wave(self, **vals):
        return (
            self.env["feedback.wave"]
            .with_user(self.manager)
            .create(
                {
                    "name": "Autumn",
                    "survey_id": self.survey.id,
                    "date_from": self.today - timedelta(days=5),
                    "date_to": self.today + timedelta(days=5),
                    **vals,
                }
            )
        )

    def _running(self, **vals):
        wave = self._wave(**vals)
        wave.action_start()
        return wave

    def _answer(self, wave, score, choice=None, count=1, more=None, **vals):
        lines = [{"question_id": self.scale.id, "answer_type": "scale", "value_scale": score}]
        if choice:
            lines.append({"question_id": self.choice.id, "answer_type": "suggestion", "suggested_answer_id": choice.id})
        lines += [
            {
                "question_id": row.matrix_question_id.id,
                "answer_type": "suggestion",
                "matrix_row_id": row.id,
                "suggested_answer_id": answer.id,
            }
            for row, answer in (more or {}).items()
        ]
        self.env["survey.user_input"].sudo().create(
            [
                {
                    "survey_id": self.survey.id,
                    "feedback_wave_id": wave.id,
                    "state": "done",
                    "user_input_line_ids": [(0, 0, line) for line in lines],
                    **vals,
                }
                for _nth in range(count)
            ]
        )
