from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.citizen_feedback.lib import receipt

from .common import TEXT, AppealCase


@tagged("post_install", "-at_install")
class TestFeedbackAppealPublic(AppealCase):
    def _found(self, code, company=None):
        return self.env["feedback.appeal"]._by_receipt(company or self.company, code)

    def test_receipt_leads_to_the_appeal_and_is_stored_nowhere(self):
        appeal, code = self._intake()
        self.assertEqual((appeal.text, appeal.channel, appeal.state), (TEXT, "web", "new"))
        self.assertEqual(self._found(code.lower().replace("-", " ")), appeal)
        self.assertFalse(self._found(code, self.other_company))
        self.env.flush_all()
        self.env.cr.execute("SELECT row_to_json(a)::text FROM feedback_appeal a WHERE id = %s", [appeal.id])
        self.assertNotIn(receipt.normalised(code), self.env.cr.fetchone()[0])

    def test_guesses_find_nothing(self):
        self._intake()
        for guess in (receipt.draw(), "", "0" * 20, "' OR 1=1 --", None, "%" * 20):
            with self.subTest(guess=guess):
                self.assertFalse(self._found(guess))

    def test_a_new_receipt_makes_the_old_one_void(self):
        appeal, code = self._intake()
        other = appeal._issue_receipt()
        self.assertFalse(self._found(code))
        self.assertEqual(self._found(other), appeal)

    def test_only_named_fields_come_in(self):
        appeal, _code = self._intake(
            state="closed",
            is_solved="solved",
            number="X-1",
            responsible_id=self.head.id,
            company_id=1,
            id=7,
            identity="verified",
        )
        self.assertEqual(appeal.identity, "stated")
        self.assertEqual((appeal.state, appeal.is_solved, appeal.company_id), ("new", "unknown", self.company))
        self.assertFalse(appeal.responsible_id)
        self.assertNotEqual(appeal.number, "X-1")

    def test_bad_input_has_one_message_and_stores_nothing(self):
        foreign_topic = self.env["feedback.topic"].create(
            {"name": "Abroad", "code": "F", "company_id": self.other_company.id}
        )
        closed = self._service("T-77", self.unit, active=False)
        internal = self.profile.with_user(self.manager).copy()
        internal.kind_ids.is_public = False
        before = self.env["feedback.appeal"].sudo().search_count([])
        internal.active = False
        for values, words in (
            ({"text": " \n"}, "Write what it is about"),
            ({"text": "a" * 10_001}, "at most 10000"),
            ({"text": "a\0b"}, "can't be stored"),
            ({"text": 5}, "can't be stored"),
            ({"author_name": ["a"]}, "can't be stored"),
            ({"channel": "pigeon"}, "not offered here"),
            ({"kind_id": "abc"}, "not offered here"),
            ({"kind_id": True}, "not offered here"),
            ({"service_id": "1"}, "not offered here"),
            ({"topic_id": 2**40}, "not offered here"),
            ({"kind_id": False}, "Choose what you send"),
            ({"kind_id": 10**9}, "Choose what you send"),
            ({"kind_id": self.env.ref("citizen_feedback.appeal_kind_ru_complaint").id}, "Choose what you send"),
            ({"service_id": self.foreign_service.id}, "not offered here"),
            ({"service_id": closed.id}, "not offered here"),
            ({"topic_id": foreign_topic.id}, "not offered here"),
            ({"author_name": "n" * 201}, "at most 200"),
            ({"files": [("a.txt", b"a")] * 40}, "Too many files"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                self._intake(**values)
        internal.active = True
        with self.assertRaisesRegex(UserError, "Choose what you send"):
            self._intake(kind_id=internal.kind_ids[0].id)
        self.assertEqual(self.env["feedback.appeal"].sudo().search_count([]), before)

    def test_longest_text_is_taken(self):
        self.assertEqual(len(self._intake(text="a" * 10_000)[0].text), 10_000)

    def test_files_belong_to_the_appeal(self):
        appeal, _code = self._intake(files=[("photo.png", b"\x89PNG")])
        [file] = appeal.attachment_ids
        self.assertEqual((file.res_model, file.res_id, file.raw), ("feedback.appeal", appeal.id, b"\x89PNG"))
        self.assertFalse(file.public)

    def test_dialogue_answer_mark_and_reopening(self):
        appeal, code = self._intake()
        line = self._found(code)._add_message("One more thing", [("a.txt", b"a")])
        self.assertEqual((line.author, line.body, len(line.attachment_ids)), ("author", "One more thing", 1))
        self.assertFalse(line.user_id)
        with self.assertRaisesRegex(UserError, "no answer yet"):
            appeal._rate_answer(5, "solved")
        with self.assertRaisesRegex(UserError, "Only what was answered"):
            appeal._reopen("Not enough")
        appeal.with_user(self.operator).action_register()
        managed = appeal.with_user(self.manager)
        managed.responsible_id = self.head
        managed.action_assign()
        headed = appeal.with_user(self.head_user)
        headed.answer = "Repaired."
        headed.action_submit_answer()
        managed.action_approve()
        mine = self._found(code)
        for score in (0, 6, "5", True, None, 3.5):
            with self.subTest(score=score), self.assertRaisesRegex(UserError, "1 to 5"):
                mine._rate_answer(score, "solved")
        with self.assertRaises(UserError):
            mine._rate_answer(3, "perhaps")
        with self.assertRaises(UserError):
            mine._rate_answer(3, ["solved"])
        mine._rate_answer(2, "unsolved")
        self.assertEqual((appeal.answer_score, appeal.is_solved, appeal.state), (2, "unsolved", "answered"))
        for text in ("", "  ", None, "a\0b", "a" * 10_001):
            with self.subTest(text=text), self.assertRaises(UserError):
                mine._reopen(text)
        mine._reopen("It is dark again.")
        self.assertEqual((appeal.state, appeal.reopen_count, appeal.is_solved), ("assigned", 1, "unsolved"))
        self.assertFalse(appeal.answer)
        self.assertEqual(appeal.message_line_ids.mapped("author"), ["author", "office", "author"])
        self.assertIn(self.head_user, appeal.activity_ids.user_id)

    def test_news_by_mail_tell_nothing_of_the_matter(self):
        appeal, _code = self._intake()
        before = self.env["mail.mail"].sudo().search([])
        appeal.with_user(self.operator).action_write_author("We sent a mechanic to Olena Bondar.")
        [mail] = self.env["mail.mail"].sudo().search([]) - before
        self.assertEqual((mail.email_to, mail.state), ("olena@example.org", "outgoing"))
        self.assertNotIn("mechanic", mail.body_html)
        self.assertNotIn("Bondar", mail.body_html + mail.subject)
        self.assertRegex(mail.body_html, r'href="https?://[^"]+/appeals/follow\?lang=[a-z]{2}"')

    def test_news_by_mail_name_no_employee(self):
        appeal, _code = self._intake()
        self.operator.partner_id.email = "operator.person@example.org"
        for address in ("office@example.org", False):
            self.company.email = address
            before = self.env["mail.mail"].sudo().search([])
            appeal.with_user(self.operator).action_write_author("We sent a mechanic.")
            [mail] = self.env["mail.mail"].sudo().search([]) - before
            with self.subTest(address=address):
                self.assertNotIn("operator", f"{mail.email_from} {mail.reply_to} {mail.author_id.name}".lower())
                self.assertIn(address or "@", mail.email_from)

    def test_what_was_said_stays(self):
        appeal, _code = self._intake()
        line = appeal._add_message("One more thing").with_user(self.manager).sudo(False)
        for vals in ({"body": "Nothing"}, {"author": "office"}):
            with self.subTest(**vals), self.assertRaises(UserError):
                line.write(vals)
        with self.assertRaises(UserError):
            line.unlink()
        with self.assertRaises(UserError):
            line.sudo().unlink()
        with self.assertRaises(UserError):
            line.create({"appeal_id": appeal.id, "author": "author", "body": "Invented"})
