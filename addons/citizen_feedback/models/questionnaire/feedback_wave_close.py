from odoo import SUPERUSER_ID, models
from odoo.exceptions import UserError

from ...lib.sampling import change, margin_of_share, mean_of, quantile

# Questions of which a mean is told, and where their answers stand.
NUMBERS = {"scale": "value_scale", "numerical_box": "value_numerical_box"}
CHOICES = ("simple_choice", "multiple_choice")


class FeedbackWave(models.Model):
    """The steps of a round, and what its answers say."""

    _inherit = "feedback.wave"

    # === ACTIONS === #

    def action_start(self):
        """Open the round for answers.

        :raises UserError: for a questionnaire that nobody could answer without a login
        """
        for wave in self:
            wave._check_state("planned")
            wave._check_may_organise()
            survey = wave.sudo().survey_id  # sudo: how the questionnaire is set, whoever begins the round
            if survey.access_mode != "public" or survey.users_login_required:
                raise UserError(
                    self.env._(
                        "The questionnaire asks for a login. Let anyone with the link answer it, without a login."
                    )
                )
            if not survey.question_ids:
                raise UserError(self.env._("The questionnaire has no questions yet. Write them first."))
            wave._transition({"state": "running"})
        return True

    def action_close(self):
        """Close the round: no more answers are taken, the results are kept and compared with the round before."""
        for wave in self:
            wave._check_state("running")
            wave._check_may_organise()
            wave._make_results()
            wave._transition(
                {"state": "closed", "closed_by_id": self.env.uid, "date_closed": wave.company_id._qms_today()}
            )
        return True

    def action_open_answers(self):
        """Open the survey's own page of results."""
        self.ensure_one()
        return self.survey_id.action_result_survey()

    # === BUSINESS METHODS === #

    def _begin_answer(self):
        """Begin an anonymous answer for a visitor.

        :return: the address at which it goes on
        :rtype: str
        """
        self.ensure_one()
        # As the system: the answer bears nobody's name, even if the visitor is an employee.
        wave = self.with_user(SUPERUSER_ID)
        answer = wave.survey_id._create_answer(check_attempts=False, feedback_wave_id=wave.id)
        return answer.get_start_url()

    def _make_results(self):
        # sudo: answers are read by the survey's people only; what is kept is how many said what.
        wave = self.sudo()
        rows = []
        for question in wave.survey_id.question_ids:
            if question.question_type in NUMBERS:
                rows += wave._number_rows(question)
            elif question.question_type in CHOICES:
                rows += wave._choice_rows(question)
        wave.env["feedback.wave.result"].create(
            [{**row, "wave_id": wave.id, "sequence": index} for index, row in enumerate(rows)]
        )

    def _number_rows(self, question):
        """Return the row of a question that is answered by a number: mean and margin."""
        column = NUMBERS[question.question_type]
        counted = self._answers(question, column)
        found = mean_of([value for value, count in counted for _nth in range(count)], self.population_size)
        if not found:
            return []
        row = {"kind": "mean", "answer_count": found.count, "value": found.mean, "error": found.error}
        return [self._row(question, False, row)]

    def _choice_rows(self, question):
        """Return a row for each answer of a question with choices: its share and margin."""
        counts = {answer.id: count for answer, count in self._answers(question, "suggested_answer_id")}
        total = self._answered(question)
        if not total:
            return []
        return [
            self._row(question, answer, self._share_row(counts.get(answer.id, 0), total))
            for answer in question.suggested_answer_ids
        ]

    def _share_row(self, count, total):
        share = count / total
        worst = margin_of_share(total, self.population_size, self._certainty(), share)
        error = worst / quantile(self._certainty())
        return {"kind": "share", "answer_count": total, "value": 100 * share, "error": 100 * error}

    def _row(self, question, answer, row):
        """Complete a row by its margin and by what has changed since the round before."""
        row = {
            **row,
            "question_id": question.id,
            "answer_id": answer and answer.id,
            "name": question.title,
            "answer": answer and answer.value,
            "margin": quantile(self._certainty()) * row["error"],
        }
        before = self.previous_id.result_ids.filtered(
            lambda old: (
                old.question_id == question and old.answer_id.id == (answer and answer.id) and old.kind == row["kind"]
            )
        )[:1]
        if before:
            found = change((before.value, before.error), (row["value"], row["error"]), self._certainty())
            row |= {
                "previous_id": before.id,
                "change": found.by,
                "change_margin": found.margin,
                "verdict": self._verdict(found),
            }
        return row

    def _verdict(self, found):
        if not found.is_certain:
            return "same"
        return "higher" if found.by > 0 else "lower"

    def _lines(self, question):
        return [
            ("user_input_id.feedback_wave_id", "=", self.id),
            ("user_input_id.state", "=", "done"),
            ("user_input_id.test_entry", "=", False),
            ("question_id", "=", question.id),
            ("skipped", "=", False),
        ]

    def _answers(self, question, column):
        """Return how often each answer was given: ``[(answer, count)]``."""
        types = {"value_scale": "scale", "value_numerical_box": "numerical_box", "suggested_answer_id": "suggestion"}
        domain = [*self._lines(question), ("answer_type", "=", types[column])]
        return self.env["survey.user_input.line"]._read_group(domain, [column], ["__count"])

    def _answered(self, question):
        """Return how many people answered a question, each once however many choices he made."""
        [[total]] = self.env["survey.user_input.line"]._read_group(
            self._lines(question), [], ["user_input_id:count_distinct"]
        )
        return total
