import base64
from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import FeedbackCase


@tagged("post_install", "-at_install")
class TestFeedbackBatch(FeedbackCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.batch = cls._batch()

    @classmethod
    def _batch(cls, **vals):
        return (
            cls.env["feedback.batch"]
            .with_user(cls.operator)
            .create({"service_id": cls.service.id, "company_id": cls.company.id, "count_written": 3, **vals})
        )

    def _form(self, position, comment="", **marks):
        return {"position": position, "marks": marks, "comment": comment}

    def _key_in(self, *scores):
        self.batch.save_rows([self._form(number, score=score) for number, score in enumerate(scores, start=1)])

    # === ON PAPER === #

    def test_the_paper_form_asks_what_the_grid_asks(self):
        report = self.env["ir.actions.report"].with_user(self.operator)
        html = report._render_qweb_html("citizen_feedback.report_questionnaire", self.service.ids)[0].decode()
        for question in self.batch.get_grid()["questions"]:
            self.assertIn(question["question"], html)
        self.assertIn(self.service.name, html)
        self.assertIn("anonymous", html)
        self.assertIn(self.service._feedback_consent(), html)
        pdf, kind = report.with_context(force_report_rendering=True)._render_qweb_pdf(
            "citizen_feedback.action_report_questionnaire", self.service.ids
        )
        self.assertEqual((kind, pdf[:5]), ("pdf", b"%PDF-"))

    # === KEYING IN === #

    def test_forms_are_stored_at_their_place_and_can_be_corrected(self):
        self._key_in("4", "5")
        self.assertEqual(self.batch.save_rows([self._form(2, "Late", score="1", waiting="0")]), {})
        grid = self.batch.get_grid()
        self.assertEqual(
            grid["rows"],
            [
                {"position": 1, "marks": {"score": "4"}, "comment": "", "contact": ""},
                {"position": 2, "marks": {"score": "1", "waiting": "0"}, "comment": "Late", "contact": ""},
            ],
        )
        self.assertEqual((grid["written"], self.batch.count_keyed, self.batch.is_complete), (3, 2, False))
        self.assertEqual(grid["questions"][0]["name"], "score")

    def test_the_same_forms_sent_again_change_nothing(self):
        self._key_in("4", "5")
        self._key_in("4", "5")
        self.assertEqual(self.batch.count_keyed, 2)

    def test_two_who_key_in_one_pack_do_not_lose_each_others_forms(self):
        self._key_in("4", "5")
        others = [{**self._form(2, score="1"), "is_new": True}, {**self._form(3, score="3"), "is_new": True}]
        wrong = self.batch.save_rows(others)
        self.assertEqual(list(wrong), [2])
        self.assertIn("Somebody else", wrong[2])
        self.assertEqual(self.batch.line_ids.sorted("position").mapped("marks"), [{"score": s} for s in "453"])
        # The same form again: its answer was lost on the way.
        self.assertEqual(self.batch.save_rows(others[1:]), {})
        self.assertEqual(self.batch.save_rows([{**self._form(1, score=""), "is_new": True}]), {})
        self.assertEqual(self.batch.count_keyed, 3)

    def test_an_emptied_form_is_taken_out(self):
        self._key_in("4", "5")
        self.batch.save_rows([self._form(1, score="")])
        self.assertEqual(self.batch.line_ids.mapped("position"), [2])

    def test_wrong_forms_are_told_and_not_stored(self):
        wrong = self.batch.save_rows(
            [
                self._form(1, score="6"),
                self._form(2, waiting="3"),
                self._form(3, score="5", waiting="9"),
                self._form(4, "x" * 1300, score="5"),
                self._form(5, score="5"),
                {**self._form(6, score="5"), "contact": "x" * 300},
            ]
        )
        self.assertEqual(sorted(wrong), [1, 2, 3, 4, 6])
        self.assertIn("missing", wrong[2])
        self.assertIn("too long", wrong[4])
        self.assertEqual(self.batch.line_ids.mapped("position"), [5])

    def test_what_is_no_form_is_refused(self):
        for rows in (
            "abc",
            [1],
            [{"position": "1", "marks": {}}],
            [{"position": 0, "marks": {"score": "5"}}],
            [{"position": 1001, "marks": {"score": "5"}}],
            [{"position": True, "marks": {"score": "5"}}],
            [{"position": 1, "marks": [5]}],
            [{"position": 1, "marks": {"score": "5"}, "comment": 5}],
            [{"position": 1, "marks": {"score": "5"}, "contact": ["x"]}],
            [self._form(1, score="5")] * 201,
        ):
            with self.subTest(rows=str(rows)[:40]), self.assertRaises(ValidationError):
                self.batch.save_rows(rows)
        self.assertFalse(self.batch.line_ids)

    def test_lines_written_past_the_grid_are_judged_as_well(self):
        with self.assertRaises(ValidationError):
            self.env["feedback.batch.line"].with_user(self.operator).create(
                {"batch_id": self.batch.id, "position": 1, "marks": {"score": "7"}}
            )

    # === CLOSING === #

    def test_closing_makes_ratings_and_freezes(self):
        self._key_in("4", "5", "1")
        self.batch.save_rows([self._form(3, "Rude", score="1", courtesy="1", comfort="0")])
        self.assertIs(self.batch.action_close(), True)
        ratings = self.batch.rating_ids.sorted("id")
        self.assertEqual(ratings.mapped("score"), [4, 5, 1])
        self.assertEqual(set(ratings.mapped("channel")), {"paper"})
        self.assertEqual((ratings[2].courtesy, ratings[2].comfort, ratings[2].comment), (1, 0, "Rude"))
        self.assertTrue(ratings[2].awaits_signal)
        self.assertFalse(self.batch.line_ids)
        self.assertEqual(self.batch.closed_by_id, self.operator)
        self.assertEqual([row["marks"]["score"] for row in self.batch.get_grid()["rows"]], ["4", "5", "1"])
        self.assertFalse(self.batch.get_grid()["may_edit"])
        for change in (
            lambda: self.batch.write({"count_written": 4}),
            lambda: self.batch.write({"scan": base64.b64encode(b"%PDF-1.7"), "scan_name": "a.pdf"}),
            lambda: self.batch.unlink(),
        ):
            with self.assertRaises(UserError):
                change()
        with self.assertRaises(UserError):
            self.batch.save_rows([self._form(1, score="5")])
        with self.assertRaises(UserError):
            self.batch.action_close()

    def test_nothing_is_added_to_a_closed_batch(self):
        self._key_in("4", "5", "1")
        self.batch.action_close()
        with self.assertRaisesRegex(ValidationError, "closed"):
            self._rating(5, batch_id=self.batch.id)

    def test_who_left_a_contact_is_kept_with_his_consent(self):
        self._key_in("4", "5")
        self.batch.save_rows([{**self._form(3, score="2"), "contact": "Olha, 050 123 45 67"}])
        self.batch.action_close()
        ratings = self.batch.rating_ids.sorted("id")
        self.assertEqual(ratings.mapped("contact"), [False, False, "Olha, 050 123 45 67"])
        self.assertEqual([bool(rating.consent_date) for rating in ratings], [False, False, True])
        self.assertFalse(self.batch.line_ids)

    def test_an_open_batch_is_deleted_with_its_forms(self):
        self._key_in("4", "5")
        lines = self.batch.line_ids
        self.batch.unlink()
        self.assertFalse(lines.exists() or self.batch.exists())

    def test_a_difference_to_the_pack_is_explained(self):
        self._key_in("4", "5")
        asked = self.batch.action_close()
        self.assertEqual(asked["res_model"], "qms.reason.wizard")
        self.assertEqual(self.batch.state, "open")
        wizard = self.env["qms.reason.wizard"].with_user(self.operator).browse(asked["res_id"])
        wizard.reason = "One form is illegible"
        wizard.action_confirm()
        self.assertEqual((self.batch.state, self.batch.difference_reason), ("closed", "One form is illegible"))
        self.assertEqual(len(self.batch.rating_ids), 2)

    def test_an_empty_batch_is_not_closed(self):
        with self.assertRaises(UserError):
            self.batch.action_close()

    def test_questionnaires_keep_their_day(self):
        day = self.company._qms_today() - timedelta(days=30)
        self.batch.date = day
        self._key_in("4", "5", "3")
        self.batch.action_close()
        self.assertEqual({self.company._qms_day_of(rating.date) for rating in self.batch.rating_ids}, {day})

    # === BAD INPUT === #

    def test_days_to_come_and_impossible_numbers(self):
        with self.assertRaises(ValidationError):
            self._batch(date=self.company._qms_today() + timedelta(days=1))
        for count in (0, -1, 1001):
            with self.subTest(count=count), self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
                self._batch(count_written=count).flush_recordset()

    def test_a_scan_is_what_its_name_says(self):
        self.batch.write({"scan": base64.b64encode(b"%PDF-1.7 scan"), "scan_name": "pack.pdf"})
        for name, content in (
            ("pack.pdf", b"MZ\x90 program"),
            ("pack.html", b"<html></html>"),
            ("pack.exe", b"MZ"),
            ("pack.docx", b"PK\x03\x04"),
            ("pack.pdf", b"<html></html>"),
        ):
            with self.subTest(name=name), self.assertRaises(ValidationError):
                self.batch.write({"scan": base64.b64encode(content), "scan_name": name})

    def test_the_state_can_not_be_written(self):
        with self.assertRaises(UserError):
            self.batch.state = "closed"
        with self.assertRaises(UserError):
            self.batch.closed_by_id = self.manager

    # === ACCESS === #

    def test_nobody_else_keys_in(self):
        for user in (self.head_user, self.clerk_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.batch.with_user(user).get_grid()
        self.foreigner.group_ids += self.env.ref("citizen_feedback.group_feedback_operator")
        self.assertFalse(self._abroad("feedback.batch").search([("id", "=", self.batch.id)]))
        with self.assertRaises(AccessError):
            self._abroad("feedback.batch").browse(self.batch.id).save_rows([self._form(1, score="5")])
