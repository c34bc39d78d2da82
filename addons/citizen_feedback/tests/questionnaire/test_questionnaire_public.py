from odoo.tests import tagged

from ..http_common import FeedbackHttpCase
from ..questionnaire_common import QuestionnaireCase


@tagged("post_install", "-at_install")
class TestQuestionnairePublic(QuestionnaireCase, FeedbackHttpCase):
    def setUp(self):
        super().setUp()
        self.wave = self._running(service_id=self.service.id)
        self.path = f"/feedback/questionnaire/{self.wave.token}"

    def _answers(self):
        return self.env["survey.user_input"].sudo().search([("survey_id", "=", self.survey.id)])

    def _begin(self, path=None, data=None, **kwargs):
        return self._post(path or self.path, data or {}, purpose="questionnaire", **kwargs)

    def test_the_page_tells_what_is_asked_and_keeps_no_cookie(self):
        page = self._get(self.path)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Trust in the executive", page.text)
        self.assertIn("Service T-01", page.text)
        self.assertFalse(page.headers.get("Set-Cookie"))
        self.assertFalse(self._answers())

    def test_an_answer_is_begun_without_a_name(self):
        response = self._begin()
        self.assertEqual(response.status_code, 303)
        answer = self._answers()
        self.assertEqual((answer.feedback_wave_id, answer.state), (self.wave.with_env(self.env), "new"))
        self.assertFalse(answer.partner_id or answer.email or answer.nickname)
        self.assertTrue(answer.create_uid.id == 1)
        questions = self.url_open(response.headers["Location"])
        self.assertEqual(questions.status_code, 200)
        self.assertIn("Trust in the executive", questions.text)
        self.assertIn(answer.access_token, questions.url + questions.text)

    def test_nothing_is_begun_at_wrong_addresses(self):
        closed = self._running()
        closed.action_close()
        planned = self._wave()
        past = self._running(date_from="2020-01-01", date_to="2020-01-31")
        paths = [
            f"/feedback/questionnaire/{token}" for token in (closed.token, planned.token, past.token, "x", "%00", "'")
        ]
        for path in paths:
            with self.subTest(path=path):
                self.assertEqual(self._get(path).status_code, 404)
                self.assertEqual(self._begin(path).status_code, 404)
        self.assertFalse(self._answers())

    def test_programs_and_other_sites_begin_nothing(self):
        self.assertEqual(self._begin(headers={"Origin": "https://elsewhere.example"}).status_code, 403)
        proof = self._proof("questionnaire")
        self.assertEqual(self._begin(data=proof).status_code, 303)
        self.assertEqual(self._begin(data=proof).status_code, 422)
        self.assertEqual(self._begin(data=self._proof("rating")).status_code, 422)
        self.assertEqual(self._begin(data={"ticket": "forged"}).status_code, 422)
        self.assertEqual(len(self._answers()), 1)

    def test_too_many_at_once(self):
        self.company.feedback_address_limit = 1
        self.assertEqual(self._begin().status_code, 303)
        response = self._begin()
        self.assertEqual(response.status_code, 422)
        self.assertEqual(len(self._answers()), 1)

    def test_the_other_authoritys_site_has_no_such_page(self):
        self.website.company_id = self.other_company
        self.assertEqual(self._get(self.path).status_code, 404)

    def test_a_survey_that_asks_for_a_login_meanwhile(self):
        self.survey.sudo().users_login_required = True
        self.assertEqual(self._begin().status_code, 404)
        self.assertFalse(self._answers())
