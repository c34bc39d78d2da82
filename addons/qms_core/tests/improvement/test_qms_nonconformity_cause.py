from odoo.exceptions import AccessError, UserError, ValidationError

from .common import NonconformityCase


class TestCauseAnalysis(NonconformityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env.ref("qms_core.cause_category_people")
        cls.methods = cls.env.ref("qms_core.cause_category_methods")

    def _cause(self, record, name, parent=None, user=None, **vals):
        vals = {"nonconformity_id": record.id, "name": name, "parent_id": parent.id if parent else False, **vals}
        return self.env["qms.nonconformity.cause"].with_user(user or self.head_user).create(vals)

    def _chain(self, record):
        first = self._cause(record, "Forgotten at rush hour", category_id=self.people.id)
        second = self._cause(record, "Two people at four desks", first)
        third = self._cause(record, "Holidays planned without the season", second, is_root=True)
        return first, second, third

    def test_five_whys_are_a_tree(self):
        record = self._confirmed()
        first, second, third = self._chain(record)
        other = self._cause(record, "No place on the form", category_id=self.methods.id)
        self.assertEqual([cause.level for cause in (first, second, third, other)], [1, 2, 3, 1])
        self.assertEqual(third.category_id, self.people)
        # Each stands below what it explains.
        self.assertEqual(
            self.env["qms.nonconformity.cause"].search([("nonconformity_id", "=", record.id)]).ids,
            [first.id, second.id, third.id, other.id],
        )

    def test_new_category_goes_down_the_branch(self):
        first, _second, third = self._chain(self._confirmed())
        first.category_id = self.methods
        self.assertEqual(third.category_id, self.methods)

    def test_a_circle_is_refused_in_one_sentence(self):
        first, second, third = self._chain(self._confirmed())
        for cause, parent in ((first, third), (first, first), (second, third)):
            with self.assertRaisesRegex(ValidationError, "can't explain itself"), self.env.cr.savepoint():
                cause.parent_id = parent

    def test_causes_of_another_nonconformity_explain_nothing(self):
        first, _second, _third = self._chain(self._confirmed())
        with self.assertRaisesRegex(ValidationError, "another nonconformity"):
            self._cause(self._confirmed(), "Elsewhere", first)

    def test_what_is_explained_is_not_deleted_alone(self):
        first, second, third = self._chain(self._confirmed())
        with self.assertRaisesRegex(UserError, second.name):
            first.unlink()
        (first | second | third).unlink()

    def test_root_causes_make_the_text(self):
        record = self._confirmed()
        _first, _second, third = self._chain(record)
        self._action(record)
        record.with_user(self.head_user).action_start()
        self.assertEqual(record.cause, third.name)

    def test_own_words_win(self):
        record = self._confirmed()
        self._chain(record)
        self._action(record)
        record.with_user(self.head_user).cause = "In my words"
        record.with_user(self.head_user).action_start()
        self.assertEqual(record.cause, "In my words")

    def test_no_plan_before_a_root_cause(self):
        record = self._confirmed()
        _first, _second, third = self._chain(record)
        third.is_root = False
        self._action(record)
        with self.assertRaisesRegex(UserError, "which of the causes is the root cause"):
            record.with_user(self.head_user).action_start()

    def test_ineffective_round_asks_for_another_root_cause(self):
        record = self._confirmed()
        self._chain(record)
        action = self._action(record)
        record.with_user(self.head_user).action_start()
        self._do(action)
        record.with_user(self.head_user).action_verify_effect()
        record.with_user(self.users["auditor"]).action_reopen("Again")
        self.assertFalse(record.cause_ids.filtered("is_root"))
        self.assertIn("Two people at four desks", record.round_ids.analysis)
        with self.assertRaisesRegex(UserError, "root cause"):
            record.with_user(self.head_user).action_start()

    def test_only_who_answers_writes_causes(self):
        record = self._confirmed()
        first, _second, _third = self._chain(record)
        for user in (self.clerk_user, self.stranger, self.users["auditor"]):
            with self.assertRaises(AccessError):
                self._cause(record, "Mine", user=user)
            with self.assertRaises(AccessError):
                first.with_user(user).name = "Mine"
        self._cause(record, "By the officer", user=self.users["quality_officer"])
        with self.assertRaises(AccessError):
            first.with_user(self.stranger).read(["name"])
        self.assertEqual(first.with_user(self.clerk_user).name, first.name)

    def test_fishbone_shows_the_bones_of_the_authority(self):
        record = self._confirmed()
        self._chain(record)
        self.env["qms.cause.category"].create({"name": "Council <b>", "code": "council", "company_id": self.company.id})
        self._cause(record, "Without a bone")
        svg = record.with_user(self.head_user).fishbone_html
        for text in ("People", "Measurement", "Council &lt;b&gt;", "Other", "Forgotten at", "Root cause: Holidays"):
            self.assertIn(text, svg)
        foreign = self.env["qms.cause.category"].create(
            {"name": "Foreign", "code": "foreign", "company_id": self.other_company.id}
        )
        self.assertNotIn(foreign.name, record.with_user(self.head_user).fishbone_html)

    def test_why_opens_a_dialog_below_the_cause(self):
        first, _second, _third = self._chain(self._confirmed())
        context = first.action_ask_why()["context"]
        self.assertEqual(context["default_parent_id"], first.id)
        self.assertEqual(context["default_nonconformity_id"], first.nonconformity_id.id)
