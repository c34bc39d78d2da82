import re
from unittest.mock import patch

from odoo.tests import tagged

from ...models.appeal import feedback_appeal_public
from .common_public import PDF, AppealHttpCase


@tagged("post_install", "-at_install")
class TestFollow(AppealHttpCase):
    def test_the_state_and_the_deadline(self):
        appeal, code = self._sent(
            author_name="Olena Koval", author_contact="olena@example.org", consent="yes", text="No light"
        )
        page = self._follow(code=code)
        self.assertEqual(page.status_code, 200)
        for text in (appeal.number, "No light", "Received. It will be registered."):
            self.assertIn(text, page.text)
        appeal.with_user(self.operator).action_register()
        page = self._follow(code=code.replace("-", " ").lower()).text
        self.assertIn("Registered.", page)
        self.assertIn("Answer by", page)

    def test_dialogue_and_files(self):
        appeal, code = self._sent(files=[PDF])
        response = self._follow(
            "/message", code=code, text="Still dark", files=[("photo.png", b"\x89PNG\r\n\x1a\n1", "")]
        )
        self.assertEqual(response.status_code, 200)
        self.assertIn("Your message was added.", response.text)
        line = appeal.message_line_ids
        self.assertEqual((line.author, line.body), ("author", "Still dark"))
        self.assertEqual(line.attachment_ids.name, "photo.png")
        for file, content in ((appeal.attachment_ids[0], PDF[1]), (line.attachment_ids, b"\x89PNG\r\n\x1a\n1")):
            response = self._follow("/file", code=code, file=str(file.id))
            self.assertEqual(response.content, content)
            self.assertTrue(response.headers["Content-Disposition"].startswith("attachment"))
            self.assertEqual(response.headers["Content-Type"], "application/octet-stream")
            self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
            self.assertIn("sandbox", response.headers["Content-Security-Policy"])

    def test_a_page_sent_again_adds_nothing(self):
        appeal, code = self._sent()
        for _time in range(2):
            response = self._follow("/message", code=code, text="Once")
        self.assertIn("sent already", response.text)
        self.assertEqual(len(appeal.message_line_ids), 1)

    def test_one_receipt_is_no_store(self):
        appeal, code = self._sent()
        with patch.object(feedback_appeal_public, "FILES_AFTERWARDS", 2):
            for number in range(2):
                self._follow("/message", code=code, text=f"See {number}", files=[PDF])
            response = self._follow("/message", code=code, text="And this", files=[PDF])
        self.assertEqual(response.status_code, 422)
        self.assertIn("Only 2 files", response.text)
        self.assertEqual(len(appeal.message_line_ids.attachment_ids), 2)
        with patch.object(feedback_appeal_public, "LINES_A_DAY", 3):
            statuses = [self._follow("/message", code=code, text=f"Line {number}").status_code for number in range(3)]
        self.assertEqual(statuses, [200, 422, 422])
        self.assertEqual(len(appeal.message_line_ids), 3)

    def test_another_language_asks_for_the_code_again(self):
        self.env["res.lang"]._activate_lang("uk_UA")
        _appeal, code = self._sent()
        page = self._follow("/message", code=code, text="More").text
        [link] = re.findall(r'href="([^"]+)"[^>]*hreflang="uk"|hreflang="uk"[^>]*href="([^"]+)"', page)
        link = "".join(link)
        self.assertNotIn(code, link)
        self.assertEqual(self._get(link).status_code, 200)

    def test_the_address_of_a_step_asks_for_the_code(self):
        for step in ("message", "answer", "reopen", "file"):
            page = self._get(f"/appeals/follow/{step}?lang=en")
            self.assertEqual(page.status_code, 200)
            self.assertIn('name="code"', page.text)
            self.assertNotIn("Set-Cookie", page.headers)

    def test_files_of_others(self):
        mine, code = self._sent(files=[PDF])
        other, _code = self._sent(files=[PDF])
        loose = self.env["ir.attachment"].sudo().create({"name": "secret.pdf", "raw": b"%PDF-secret"})
        evidence = loose.copy({"name": "evidence.pdf", "res_model": mine._name, "res_id": mine.id})
        for file in (str(other.attachment_ids[0].id), str(loose.id), str(evidence.id), "", "abc", "0", "-1", "1e3"):
            with self.subTest(file=file):
                response = self._follow("/file", code=code, file=file)
                self.assertEqual(response.status_code, 404)
                self.assertNotIn("secret", response.text)

    def test_answer_mark_and_opening_again(self):
        appeal, code = self._sent()
        self.assertNotIn("/appeals/follow/answer", self._follow(code=code).text)
        self._answer(appeal)
        page = self._follow(code=code).text
        self.assertIn("It is repaired.", page)
        self.assertIn("Answered.", page)
        self.assertNotIn(self.head_user.name, page)
        response = self._follow("/answer", code=code, score="2", solved="no")
        self.assertIn("Thank you for your mark.", response.text)
        self.assertEqual((appeal.answer_score, appeal.is_solved), (2, "unsolved"))
        response = self._follow("/reopen", code=code, text="It broke again")
        self.assertIn("being considered again", response.text)
        self.assertEqual((appeal.state, appeal.reopen_count), ("assigned", 1))
        self.assertIn("It broke again", appeal.message_line_ids.mapped("body"))

    def test_steps_out_of_turn(self):
        appeal, code = self._sent()
        for step, data in (
            ("/reopen", {"text": "Now"}),
            ("/answer", {"score": "5", "solved": "yes"}),
            ("/answer", {"score": "6", "solved": "yes"}),
            ("/answer", {}),
            ("/message", {"text": ""}),
            ("/message", {"text": "x" * 5000}),
            ("/reopen", {"text": ""}),
        ):
            with self.subTest(step=step, data=str(data)[:30]):
                self.assertEqual(self._follow(step, code=code, **data).status_code, 422)
        self.assertEqual((appeal.state, appeal.answer_score, appeal.reopen_count), ("new", 0, 0))
        self.assertFalse(appeal.message_line_ids)

    def test_files_of_a_message_are_judged_too(self):
        appeal, code = self._sent()
        for file in (("a.exe", b"MZ", ""), ("a.pdf", b"<html>", ""), ("a.html", b"<html>", "")):
            self.assertEqual(self._follow("/message", code=code, text="Look", files=[file]).status_code, 422)
        self.assertFalse(appeal.message_line_ids)

    # === CODES === #

    def test_wrong_codes_are_all_alike(self):
        _appeal, code = self._sent()
        digits = "0123456789"
        wrong = code[:-1] + digits[(digits.find(code[-1]) + 1) % 10]
        answers = set()
        for guess in (wrong, "0000-0000-0000-0000-0000", "", "x" * 500, "%", "' OR 1=1 --", "\0", "𝟘" * 20):
            for step in ("", "/message", "/answer", "/reopen", "/file"):
                response = self._follow(step, code=guess, text="x", score="5", solved="yes", file="1")
                answers.add((response.status_code, response.text.replace(step, "")))
        self.assertEqual(len(answers), 1)
        self.assertIn("No appeal belongs to this code", answers.pop()[1])

    def test_another_authority_does_not_know_the_code(self):
        _appeal, code = self._sent()
        self.website.company_id = self.other_company
        self.assertEqual(self._follow(code=code).status_code, 422)

    def test_the_code_stands_in_no_address(self):
        _appeal, code = self._sent()
        page = self._follow(code=code).text
        for link in page.split('href="')[1:] + page.split('action="')[1:]:
            self.assertNotIn(code, link.split('"')[0])
        self.assertNotIn(code, self._get(f"/appeals/follow?code={code}").text)

    def test_guesses_are_limited(self):
        _appeal, code = self._sent()
        self.company.feedback_follow_address_limit = 3
        statuses = [self._follow(code=f"ABCD-EFGH-JKMN-PQRS-000{number}").status_code for number in range(5)]
        self.assertEqual(statuses, [422, 422, 422, 429, 429])
        self.assertEqual(self._follow(code=code).status_code, 429)

    def test_other_sites(self):
        _appeal, code = self._sent()
        self.assertEqual(self._follow(code=code, headers={"Sec-Fetch-Site": "cross-site"}).status_code, 403)
