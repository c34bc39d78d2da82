from datetime import timedelta

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
        self.assertAlmostEqual(mean.margin, 0.27)
        self.assertEqual((yes.answer, yes.value, no.value), ("Yes", 75, 25))
        self.assertAlmostEqual(yes.margin, 13.42)

    def test_unfinished_and_test_answers_do_not_count(self):
        wave = self._running()
        self._answer(wave, 5, count=3)
        self._answer(wave, 1, state="in_progress")
        self._answer(wave, 1, test_entry=True)
        wave.action_close()
        self.assertEqual((wave.result_ids[0].value, wave.result_ids[0].answer_count), (5, 3))

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
        self._answer(wave, 5, count=2)
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
        self.foreigner.group_ids += self.env.ref("citizen_feedback.group_feedback_manager")
        self.assertFalse(self._abroad("feedback.wave").search([("id", "=", wave.id)]))
        self.assertFalse(self._abroad("survey.survey").search([("id", "=", self.survey.id)]))
        self.assertFalse(self._abroad("survey.user_input").search([("survey_id", "=", self.survey.id)]))
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
