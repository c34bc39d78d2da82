from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AppealCase


@tagged("post_install", "-at_install")
class TestFeedbackLegalProfile(AppealCase):
    def _own(self, **vals):
        return self.profile.with_user(self.manager).copy(vals)

    def test_shipped_laws_say_that_nobody_checked_them(self):
        for country in ("ua", "ru"):
            profile = self.env.ref(f"citizen_feedback.legal_profile_{country}")
            self.assertFalse(profile.is_checked)
            self.assertTrue(profile.unchecked_note)
            self.assertTrue(profile.refusal_ground_ids)
            for kind in profile.kind_ids:
                self.assertEqual(bool(kind.answer_count), kind.needs_answer, kind.name)

    def test_country_chooses_the_law(self):
        self.assertEqual(self.company._feedback_profile(), self.profile)
        self.company.country_id = self.env.ref("base.ru")
        self.assertEqual(self.company._feedback_profile(), self.env.ref("citizen_feedback.legal_profile_ru"))
        self.company.country_id = self.env.ref("base.is")
        self.assertFalse(self.company._feedback_profile())

    def test_an_own_profile_stands_before_that_of_the_product(self):
        own = self._own()
        self.assertEqual(self.company._feedback_profile(), own)
        self.assertEqual(self.other_company._feedback_profile(), self.profile)
        self.assertEqual(len(own.kind_ids), len(self.profile.kind_ids))

    def test_editions_follow_one_another(self):
        old = self._own(date_from="2020-01-01", date_to="2025-12-31")
        new = self._own(date_from="2026-01-01")
        self.assertEqual(self.company._feedback_profile(date(2025, 6, 1)), old)
        self.assertEqual(self.company._feedback_profile(date(2026, 6, 1)), new)
        with self.assertRaises(ValidationError):
            old.date_to = "2026-01-01"

    def test_manager_chooses_the_law_of_his_authority(self):
        russia = self.env.ref("citizen_feedback.legal_profile_ru")
        russia.with_user(self.manager).action_follow()
        self.assertEqual(self.company._feedback_profile(), russia)
        with self.assertRaises(AccessError):
            self.profile.with_user(self.operator).action_follow()

    def test_what_comes_with_the_product_is_changed_by_a_copy_only(self):
        with self.assertRaises(AccessError):
            self.kinds["complaint"].with_user(self.manager).answer_count = 3
        with self.assertRaises(AccessError):
            self.profile.with_user(self.manager).name = "Our law"
        own = self._own()
        own.kind_ids[0].answer_count = 3
        self.assertNotEqual(self.profile.kind_ids[0].answer_count, 3)

    def test_a_law_without_terms_is_refused_with_one_message(self):
        own = self._own()
        with self.assertRaisesRegex(ValidationError, "no term for the answer"):
            own.kind_ids[0].answer_count = 0
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            own.kind_ids[0].answer_count = -1
            own.flush_recordset()
        empty = self.env["feedback.legal.profile"].with_user(self.manager).create({"name": "Empty", "code": "empty"})
        with self.assertRaisesRegex(ValidationError, "no kinds of appeals"):
            empty.action_follow()

    def test_without_a_law_nothing_is_received(self):
        self.company.country_id = False
        with self.assertRaisesRegex(UserError, "No law on appeals"):
            self._appeal()

    def test_a_kind_of_another_law_is_refused(self):
        foreign = self.env.ref("citizen_feedback.appeal_kind_ru_complaint")
        with self.assertRaisesRegex(UserError, "no kind of appeal by"):
            self._appeal(kind_id=foreign.id)

    def test_terms_in_words(self):
        self.assertEqual(
            self.kinds["application"].terms_text,
            "Answer within 1 month(s). Where nothing has to be looked into: within 15 calendar day(s). "
            "Extended with a notice to you: 45 calendar day(s) in all at most.",
        )
        self.assertIn("no answer", self.kinds["thanks"].terms_text)

    def test_words_follow_each_term(self):
        kind = self._own().kind_ids.filtered(lambda kind: kind.code == "application")
        self.assertIn("45 calendar day(s) in all", kind.terms_text)
        kind.total_unit = "working"
        self.assertIn("45 working day(s) in all", kind.terms_text)
        kind.write({"total_count": 0, "extension_count": 10})
        kind.extension_count = 20
        self.assertIn("by 20 calendar day(s)", kind.terms_text)

    def test_an_abbreviated_unit_ends_with_one_stop(self):
        with patch.object(type(self.kinds["application"]), "_words_of", lambda kind, term: f"{term.count} дн."):
            words = self.kinds["application"]._words_of_terms()
        self.assertIn("1 дн. ", words)
        self.assertNotIn("..", words)
