from datetime import datetime, time, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..questionnaire_common import QuestionnaireCase


@tagged("post_install", "-at_install")
class TestFeedbackWave(QuestionnaireCase):
    def test_how_many_answers_are_needed(self):
        wave = self._wave(population_size=1000, margin_wanted=5)
        self.assertEqual(wave.sample_needed, 278)
        wave.population_size = 0
        self.assertEqual(wave.sample_needed, 385)
        wave.confidence = "0.99"
        self.assertEqual(wave.sample_needed, 664)

    def test_what_the_answers_reach(self):
        wave = self._running(population_size=1000)
        self.assertEqual((wave.answer_count, wave.margin_reached), (0, 0))
        self._answer(wave, 5, count=50)
        self._answer(wave, 1, count=50)
        wave.invalidate_recordset()
        self.assertEqual(wave.answer_count, 100)
        self.assertAlmostEqual(wave.margin_reached, 9.3, places=1)

    def test_results_are_means_and_shares_with_margins(self):
        wave = self._running()
        self._answer(wave, 5, self.yes, count=30)
        self._answer(wave, 3, self.no, count=10)
        wave.action_close()
        mean, yes, no = wave.result_ids
        self.assertEqual((mean.kind, mean.answer_count, mean.value), ("mean", 40, 4.5))
        self.assertAlmostEqual(mean.margin, 0.28)
        self.assertEqual((yes.answer, yes.value, no.value), ("Yes", 75, 25))
        # Wilson's limits are 59.8 and 85.8 %.
        self.assertAlmostEqual(yes.margin, 15.19)

    def test_unfinished_and_test_answers_do_not_count(self):
        wave = self._running()
        self._answer(wave, 5, count=6)
        self._answer(wave, 1, state="in_progress")
        self._answer(wave, 1, test_entry=True)
        self.assertEqual(wave.answer_count, 6)
        wave.action_close()
        self.assertEqual((wave.result_ids[0].value, wave.result_ids[0].answer_count), (5, 6))

    def test_what_few_people_said_is_not_told(self):
        wave = self._running(audience="staff")
        self._answer(wave, 1, self.no, count=2)
        self._answer(wave, 5, count=3)
        wave.action_close()
        self.assertEqual(wave.result_ids.question_id, self.scale, "only two have chosen")

    def test_all_of_one_mind_are_not_certain(self):
        first = self._running(date_from=self.today - timedelta(days=200), date_to=self.today)
        self._answer(first, 4, self.yes, count=5)
        first.action_close()
        self.assertGreater(first.result_ids[1].margin, 40)
        second = self._running()
        self._answer(second, 4, self.yes, count=3)
        self._answer(second, 4, self.no, count=2)
        second.action_close()
        yes = second.result_ids[1]
        self.assertEqual((yes.change, yes.verdict), (-40, "same"))

    def test_a_matrix_has_a_share_for_each_line(self):
        matrix = self.env["survey.question"].create(
            {
                "survey_id": self.survey.id,
                "title": "How was it?",
                "question_type": "matrix",
                "sequence": 3,
                "suggested_answer_ids": [(0, 0, {"value": "Good"}), (0, 0, {"value": "Bad"})],
                "matrix_row_ids": [(0, 0, {"value": "The queue"}), (0, 0, {"value": "The hall"})],
            }
        )
        good, bad = matrix.suggested_answer_ids
        queue, hall = matrix.matrix_row_ids
        waves = []
        for asked, answers in ((self.today - timedelta(days=200), (good, bad)), (self.today, (bad, bad))):
            wave = self._running(date_from=asked, date_to=self.today)
            self._answer(wave, 5, count=40, more=dict(zip((queue, hall), answers, strict=True)))
            wave.action_close()
            waves.append(wave)
        rows = waves[1].result_ids.filtered("matrix_row_id")
        self.assertEqual(rows.mapped("name"), ["How was it?: The queue"] * 2 + ["How was it?: The hall"] * 2)
        self.assertEqual(rows.mapped("value"), [0, 100, 0, 100])
        self.assertEqual(rows.mapped("verdict"), ["lower", "higher", "same", "same"])

    def test_the_trend_between_rounds(self):
        first = self._running(date_from=self.today - timedelta(days=200), date_to=self.today)
        self._answer(first, 2, count=20)
        self._answer(first, 4, count=20)
        first.action_close()
        second = self._running(date_from=self.today - timedelta(days=10), date_to=self.today)
        self.assertEqual(second.previous_id, first)
        self._answer(second, 4, count=20)
        self._answer(second, 5, count=20)
        second.action_close()
        row = second.result_ids[0]
        self.assertEqual((row.change, row.verdict, row.previous_id), (1.5, "higher", first.result_ids[0]))
        third = self._running(date_from=self.today, date_to=self.today)
        self._answer(third, 4, count=3)
        self._answer(third, 5, count=2)
        third.action_close()
        self.assertEqual(third.result_ids[0].verdict, "same")

    def test_services_are_not_compared_with_one_another(self):
        first = self._running(date_from=self.today - timedelta(days=20), service_id=self.service.id)
        first.action_close()
        other = self._wave(service_id=self._service("T-02", self.unit).id)
        same = self._wave(service_id=self.service.id)
        self.assertEqual((other.previous_id, same.previous_id), (other.browse(), first))

    def test_a_closed_round_stays_as_it_was(self):
        wave = self._running()
        self._answer(wave, 5, count=5)
        wave.action_close()
        self.scale.sudo().title = "Something else"
        self.assertEqual(wave.result_ids[0].name, "How content are you?")
        for record in (wave, wave.result_ids[0]):
            with self.assertRaises(UserError):
                record.sudo().write({"name": "Changed"})
            with self.assertRaises(UserError):
                record.sudo().unlink()

    def test_whom_it_asks_stays_once_people_answer(self):
        wave = self._running()
        with self.assertRaisesRegex(UserError, "stays"):
            wave.population_size = 10
        with self.assertRaises(UserError):
            wave.unlink()
        wave.date_to = self.today + timedelta(days=30)

    def test_nobody_but_who_is_asked_answers(self):
        wave = self._running()
        self._answer(wave, 1, count=6)
        answers = self.env["survey.user_input"].with_user(self.manager)
        answer = answers.sudo().search([("feedback_wave_id", "=", wave.id)], limit=1).sudo(False)
        with self.assertRaises(AccessError):
            answers.create({"survey_id": self.survey.id, "feedback_wave_id": wave.id, "state": "done"})
        for vals in ({"test_entry": True}, {"state": "new"}, {"feedback_wave_id": False}, {"nickname": "Petro"}):
            with self.subTest(vals=vals), self.assertRaisesRegex(AccessError, "given by who is asked"):
                answer.write(vals)
        with self.assertRaises(AccessError):
            answer.unlink()
        stray = answers.create({"survey_id": self.survey.id, "state": "done"})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            stray.feedback_wave_id = wave
        self.manager.group_ids += self.env.ref("survey.group_survey_manager")
        with self.assertRaises(AccessError):
            answer.sudo().user_input_line_ids.sudo(False).write({"value_scale": 5})
        wave.action_close()
        self.assertEqual(wave.result_ids.answer_count, 6)
        answer.unlink()
        self.assertEqual(wave.result_ids.answer_count, 6)

    def test_answers_are_read_when_all_are_there_and_bear_no_minute(self):
        wave = self._running()
        moment = datetime(2026, 3, 2, 10, 17, 23)
        self._answer(wave, 5, count=5, start_datetime=moment, end_datetime=moment)
        mine = [("feedback_wave_id", "=", wave.id)]
        self.manager.group_ids += self.env.ref("survey.group_survey_manager")
        answers = self.env["survey.user_input"].with_user(self.manager)
        lines = self.env["survey.user_input.line"].with_user(self.manager)
        self.assertFalse(answers.search(mine))
        self.assertFalse(lines.search([("user_input_id.feedback_wave_id", "=", wave.id)]))
        self.assertEqual(wave.answer_count, 5)
        wave.action_close()
        found = answers.search(mine)
        self.assertEqual((len(found), len(found.user_input_line_ids)), (5, 5))
        for name in ("create_date", "write_date", "start_datetime", "end_datetime"):
            self.assertEqual({value.time() for value in found.mapped(name)}, {time()}, name)
        self.assertEqual(found[0].start_datetime.date(), moment.date())
        self.assertEqual({value.time() for value in found.user_input_line_ids.mapped("create_date")}, {time()})

    def test_questions_stay_while_people_answer(self):
        wave = self._running()
        question, answer = self.scale.with_user(self.manager), self.yes.with_user(self.manager)
        for step in (
            lambda: question.write({"title": "Are you discontent?"}),
            lambda: self.survey.write({"question_and_page_ids": [(2, question.id)]}),
            lambda: question.unlink(),
            lambda: answer.write({"value": "No"}),
            lambda: answer.unlink(),
        ):
            with self.assertRaisesRegex(UserError, "Close it before"):
                step()
        question.description = "Of all services"
        self._answer(wave, 5, count=5)
        wave.action_close()
        question.title = "How content are you with all of it?"
        self.assertEqual(wave.result_ids.name, "How content are you?")

    def test_only_what_anybody_can_answer_is_opened(self):
        self.survey.sudo().access_mode = "token"
        with self.assertRaisesRegex(UserError, "login"):
            self._wave().action_start()
        self.survey.sudo().access_mode = "public"
        self.survey.sudo().question_and_page_ids.unlink()
        with self.assertRaisesRegex(UserError, "no questions"):
            self._wave().action_start()

    def test_managers_organise_operators_read(self):
        wave = self._running()
        self.assertEqual(wave.with_user(self.operator).state, "running")
        for user in (self.operator, self.head_user, self.users["coordinator"]):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                wave.with_user(user).action_close()

    def test_heads_read_closed_rounds_about_their_services(self):
        wave = self._running(service_id=self.service.id)
        waves = self.env["feedback.wave"]
        self.assertFalse(waves.with_user(self.head_user).search([("id", "=", wave.id)]))
        wave.action_close()
        self.assertTrue(waves.with_user(self.head_user).search([("id", "=", wave.id)]))
        self.assertFalse(waves.with_user(self.other_head_user).search([("id", "=", wave.id)]))

    def test_questionnaires_of_another_authority(self):
        wave = self._running()
        self._answer(wave, 5)
        wave.action_close()
        self.foreigner.group_ids += self.env.ref("citizen_feedback.group_feedback_manager")
        self.assertFalse(self._abroad("feedback.wave").search([("id", "=", wave.id)]))
        self.assertFalse(self._abroad("survey.survey").search([("id", "=", self.survey.id)]))
        self.assertFalse(self._abroad("survey.user_input").search([("survey_id", "=", self.survey.id)]))
        # The same where the questions are everybody's.
        self.survey.sudo().feedback_company_id = False
        self.assertTrue(self._abroad("survey.survey").search([("id", "=", self.survey.id)]))
        for model in ("survey.user_input", "survey.user_input.line"):
            self.assertFalse(self._abroad(model).search([("survey_id", "=", self.survey.id)]), model)
            answers = self.env[model].with_user(self.manager)
            self.assertTrue(answers.search([("survey_id", "=", self.survey.id)]), model)
        self.survey.sudo().feedback_company_id = self.company
        with self.assertRaises(ValidationError):
            self.env["feedback.wave"].sudo().create(
                {
                    "name": "Theirs",
                    "company_id": self.other_company.id,
                    "survey_id": self.survey.id,
                    "date_to": self.today,
                    "audience": "population",
                }
            )
