from datetime import timedelta

from odoo.exceptions import AccessError, UserError

from .goal_common import GoalCase

ACT = {"act_kind": "order", "act_issuer": "Mayor", "act_number": "193-r", "act_date": "2026-08-12"}
TEXTS = {
    "mission": "We serve the community.",
    "vision": "One visit is enough.",
    "statement": "We commit ourselves.",
    "priorities": "Services\n\nOpenness",
}


class TestQmsPolicy(GoalCase):
    def _policy(self, user=None, **vals):
        return self.env["qms.policy"].with_user(user or self.users["coordinator"]).create({**TEXTS, **ACT, **vals})

    def _in_force(self, **vals):
        policy = self._policy(**vals)
        policy.action_submit()
        policy.with_user(self.users["top_management"]).action_approve()
        return policy.with_env(self.env)

    def test_one_edition_is_in_force(self):
        first = self._in_force()
        self.assertEqual((first.number, first.state, first.date_approved), (1, "approved", self.today))
        self.assertTrue(first.seal_checksum)
        action = first.with_user(self.users["coordinator"]).action_new_edition()
        following = self.env["qms.policy"].browse(action["res_id"])
        self.assertEqual((following.number, following.mission, following.act_number), (2, TEXTS["mission"], False))
        again = first.with_user(self.users["coordinator"]).action_new_edition()
        self.assertEqual(again["res_id"], following.id, "There is one draft at a time.")
        following.with_user(self.users["coordinator"]).write({**ACT, "mission": "We serve better."})
        following.with_user(self.users["coordinator"]).action_submit()
        following.with_user(self.users["commissioner"]).action_approve()
        self.assertEqual((first.state, following.state), ("superseded", "approved"))
        self.assertEqual(self.env["qms.frozen.mixin"].verify_all(), [])

    def test_texts_and_act_must_be_there(self):
        policy = self._policy(vision=" ", statement=False)
        with self.assertRaisesRegex(UserError, "Vision, Quality Policy"):
            policy.action_submit()
        policy.write({"vision": "Far", "statement": "Yes", "act_number": False, "is_collegial": True})
        policy.action_submit()
        with self.assertRaisesRegex(UserError, "Number of the Act, Minutes"):
            policy.with_user(self.users["top_management"]).action_approve()
        self.assertEqual(policy.state, "review")

    def test_who_decides(self):
        policy = self._policy(self.users["commissioner"])
        policy.action_submit()
        for user in (self.users["commissioner"], self.users["coordinator"], self.clerk_user):
            with self.assertRaises(AccessError):
                policy.with_user(user).action_approve()
        policy.with_user(self.users["top_management"]).action_return("No priorities of the city.")
        self.assertEqual((policy.state, policy.return_reason), ("draft", "No priorities of the city."))

    def test_what_is_in_force_is_frozen(self):
        policy = self._in_force()
        for user in (self.users["coordinator"], self.users["commissioner"]):
            with self.assertRaises(UserError):
                policy.with_user(user).write({"mission": "Other"})
            with self.assertRaises(UserError):
                policy.with_user(user).unlink()

    def test_yearly_review(self):
        policy = self._in_force()
        policy._transition({"state": "approved", "reviewed_on": self.today - timedelta(days=400)})
        self.assertLess(policy.date_review, self.today)
        with self.assertRaises(AccessError):
            policy.with_user(self.users["coordinator"]).action_reviewed()
        policy.with_user(self.users["top_management"]).action_reviewed()
        self.assertEqual(policy.reviewed_on, self.today)
        self.assertGreater(policy.date_review, self.today)

    def test_everybody_reads_it_in_his_authority_only(self):
        policy = self._in_force()
        self.assertEqual(policy.with_user(self.stranger).mission, TEXTS["mission"])
        with self.assertRaises(AccessError):
            policy.with_user(self.foreigner).with_context(allowed_company_ids=self.other_company.ids).read(["mission"])

    def test_printed_with_the_act(self):
        policy = self._in_force(lang="en_US")
        text = self._pdf_text("report_policy", policy)
        for words in ("APPROVED", "193-r", "Mayor", "We serve the community.", "Openness", "Edition 1"):
            self.assertPrinted(words, text)
        self.assertIn(policy.seal_checksum, "".join(text.split()))
        draft = self._policy(lang="en_US")
        self.assertIn("DRAFT, NOT APPROVED", self._pdf_text("report_policy", draft).upper())
