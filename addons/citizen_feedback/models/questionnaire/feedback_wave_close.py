from odoo import SUPERUSER_ID, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...lib.sampling import change, change_of_share, mean_of, quantile, quantile_of_mean, share_of

# What fewer people said of a question is not told: whoever knows them would know who said what.
FEWEST_ANSWERS = 5
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
        """Close the round: no more answers are taken, the results are kept and compared with the round before.

        What fewer than five people said is not among them.
        """
        for wave in self:
            wave._check_state("running")
            wave._check_may_organise()
            wave._make_results()
            wave._forget_times()
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
            elif question.question_type == "matrix":
                for line in question.matrix_row_ids:
                    rows += wave._choice_rows(question, line)
        wave.env["feedback.wave.result"].create(
            [{**row, "wave_id": wave.id, "sequence": index} for index, row in enumerate(rows)]
        )

    def _forget_times(self):
        """Keep of the moments of answers their days: the minute would tell a colleague whose answer it is."""
        # sudo: answers are read by the survey's people only.
        answers = self.env["survey.user_input"].sudo().search([("feedback_wave_id", "=", self.id)])
        if not answers:
            return
        lines = answers.user_input_line_ids
        self.env.flush_all()
        # The ORM sets when a record was made and changed by itself, and lets nobody else do it.
        for records, extra in ((answers, ("start_datetime", "end_datetime")), (lines, ())):
            names = [SQL.identifier(name) for name in ("create_date", "write_date", *extra)]
            days = SQL(", ").join(SQL("%s = date_trunc('day', %s)", name, name) for name in names)
            if records:
                self.env.cr.execute(
                    SQL("UPDATE %s SET %s WHERE id IN %s", SQL.identifier(records._table), days, records._ids)
                )
        self.env.invalidate_all()

    def _number_rows(self, question):
        """Return the row of a question that is answered by a number: mean and margin."""
        found = mean_of(self._answers(question, NUMBERS[question.question_type]), self.population_size)
        if not found or found.count < FEWEST_ANSWERS:
            return []
        row = {
            "kind": "mean",
            "question_id": question.id,
            "name": question.title,
            "answer_count": found.count,
            "value": found.mean,
            "error": found.error,
            "margin": quantile_of_mean(self._certainty(), found.count - 1) * found.error,
        }
        if before := self._before(row):
            row |= self._change(before, change((before.value, before.margin), (row["value"], row["margin"])))
        return [row]

    def _choice_rows(self, question, line=None):
        """Return a row for each answer of a question with choices: its share and margin.

        :param line: of a matrix, the line that is answered (``survey.question.answer``)
        """
        counts = {answer.id: count for answer, count in self._answers(question, "suggested_answer_id", line)}
        total = self._answered(question, line)
        if total < FEWEST_ANSWERS:
            return []
        return [
            self._share_row(question, answer, line, counts.get(answer.id, 0), total)
            for answer in question.suggested_answer_ids
        ]

    def _share_row(self, question, answer, line, count, total):
        found = self._share(count, total)
        row = {
            "kind": "share",
            "question_id": question.id,
            "answer_id": answer.id,
            "matrix_row_id": line and line.id,
            "name": f"{question.title}: {line.value}" if line else question.title,
            "answer": answer.value,
            "answer_count": total,
            "value": 100 * found.share,
            "error": 100 * found.margin / quantile(self._certainty()),
            "margin": 100 * found.margin,
        }
        if before := self._before(row):
            past = before.wave_id._share(round(before.value * before.answer_count / 100), before.answer_count)
            row |= self._change(before, change_of_share(past, found), 100)
        return row

    def _share(self, count, total):
        return share_of(count, total, self.population_size, self._certainty())

    def _before(self, row):
        """Return the result of the round before that says the same."""
        return self.previous_id.result_ids.filtered(
            lambda old: (
                all(
                    (old[name].id or False) == (row.get(name) or False)
                    for name in ("question_id", "answer_id", "matrix_row_id")
                )
                and old.kind == row["kind"]
            )
        )[:1]

    def _change(self, before, found, unit=1):
        return {
            "previous_id": before.id,
            "change": unit * found.by,
            "change_margin": unit * found.margin,
            "verdict": self._verdict(found),
        }

    def _verdict(self, found):
        if not found.is_certain:
            return "same"
        return "higher" if found.by > 0 else "lower"

    def _lines(self, question, line=None):
        return [
            ("user_input_id.feedback_wave_id", "=", self.id),
            ("user_input_id.state", "=", "done"),
            ("user_input_id.test_entry", "=", False),
            ("question_id", "=", question.id),
            ("skipped", "=", False),
            *([("matrix_row_id", "=", line.id)] if line else []),
        ]

    def _answers(self, question, column, line=None):
        """Return how often each answer was given: ``[(answer, count)]``."""
        types = {"value_scale": "scale", "value_numerical_box": "numerical_box", "suggested_answer_id": "suggestion"}
        domain = [*self._lines(question, line), ("answer_type", "=", types[column])]
        return self.env["survey.user_input.line"]._read_group(domain, [column], ["__count"])

    def _answered(self, question, line=None):
        """Return how many people answered a question, each once however many choices he made."""
        [[total]] = self.env["survey.user_input.line"]._read_group(
            self._lines(question, line), [], ["user_input_id:count_distinct"]
        )
        return total
