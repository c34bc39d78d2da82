from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from .common import AnticorruptionCase


class TestAnticorruptionPlan(AnticorruptionCase):
    def test_whole_life(self):
        plan = self._plan()
        measure = self._measure(plan)
        self.assertFalse(self._duties(measure))
        plan.action_submit()
        self.assertEqual(self._duties(plan).user_id, self.mayor | self.commissioner)
        plan.with_user(self.mayor).action_approve()
        self.assertEqual((plan.state, measure.state), ("approved", "open"))
        self.assertEqual(plan.approver_id, self.mayor)
        self.assertTrue(plan.seal_checksum)
        self.assertFalse(self._duties(plan))
        self.assertEqual(self._duties(measure).user_id, self.clerk_user)
        measure.with_user(self.clerk_user).action_done("Trained on Monday")
        measure.action_accept()
        plan.with_user(self.mayor).action_close()
        self.assertEqual(plan.state, "closed")
        self.assertFalse(plan._verify())

    def test_who_may_not_approve(self):
        plan = self._plan()
        self._measure(plan)
        plan.action_submit()
        for user in (self.anticorruption, self.users["coordinator"]):
            with self.assertRaises(AccessError):
                plan.with_user(user).action_approve()
            with self.assertRaises(AccessError):
                plan.with_user(user).action_return("No")
        with self.assertRaises(AccessError):
            plan.with_user(self.clerk_user).action_approve()

    def test_author_does_not_approve(self):
        self.anticorruption.group_ids += self.env.ref("qms_core.group_commissioner")
        plan = self._plan()
        self._measure(plan)
        plan.action_submit()
        with self.assertRaisesRegex(AccessError, "You wrote"):
            plan.action_approve()
        with self.assertRaisesRegex(UserError, "buttons"):
            plan.author_id = self.commissioner

    def test_author_and_approval_are_not_given_from_outside(self):
        plan = self._plan(author_id=self.mayor.id, approver_id=self.mayor.id)
        self.assertEqual((plan.author_id, plan.approver_id), (self.anticorruption, self.env["res.users"]))
        victim = self._approved()
        plans = self.env["anticorruption.plan"].with_user(self.anticorruption)
        plan = plans.with_context(default_replaces_id=victim.id, default_state="approved").create(
            self._plan().copy_data()
        )
        self.assertEqual((plan.state, plan.replaces_id), ("draft", plans))

    def test_draft_is_not_approved(self):
        with self.assertRaises(UserError):
            self._plan().with_user(self.mayor).action_approve()

    def test_submission_names_everything_that_is_missing(self):
        plan = self._plan(act_kind=False)
        self._measure(plan, responsible_id=False, date_deadline=False)
        self._measure(plan, date_deadline="2032-01-01")
        with self.assertRaises(UserError) as error:
            plan.action_submit()
        for expected in ("act that orders", "no responsible person", "no deadline", "outside the time"):
            self.assertIn(expected, str(error.exception))
        with self.assertRaisesRegex(UserError, "no measures"):
            self._plan().action_submit()

    def test_returned_to_the_author(self):
        plan = self._plan()
        self._measure(plan)
        plan.action_submit()
        plan.with_user(self.commissioner).action_return("Add the schools.")
        self.assertEqual(plan.state, "draft")
        self._measure(plan, name="Schools")
        plan.action_submit()
        self.assertEqual(plan.state, "review")

    def test_cascade_goes_downwards(self):
        strategy = self._plan(level="national")
        programme = self._plan(level="state", parent_id=strategy.id)
        plan = self._plan(level="city", parent_id=programme.id)
        self.assertEqual(strategy.child_ids.child_ids, plan)
        for wrong in (plan, self._plan(level="state")):
            with self.assertRaisesRegex(ValidationError, "level above"):
                programme.parent_id = wrong

    def test_period_in_order(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._plan(date_to="2030-12-31")

    def test_approved_is_frozen(self):
        plan = self._approved()
        for user in (self.anticorruption, self.mayor, self.commissioner):
            for vals in ({"name": "x"}, {"state": "draft"}, {"measure_ids": [(5,)]}):
                with self.assertRaises(UserError):
                    plan.with_user(user).write(vals)
            with self.assertRaises(UserError):
                plan.with_user(user).with_context(_force_unlink=True).unlink()
        for vals in ({"name": "x"}, {"state": "draft"}):
            with self.assertRaises(UserError):
                plan.sudo().write(vals)
        with self.assertRaises(UserError):
            plan.sudo().unlink()

    def test_amendment_replaces_the_plan(self):
        plan = self._approved()
        finished, open_one = plan.measure_ids, self.env["anticorruption.measure"]
        plan2 = self._plan()
        open_one = self._measure(plan2, name="Still to do")
        finished = self._measure(plan2, name="Finished")
        plan2.action_submit()
        plan2.with_user(self.mayor).action_approve()
        finished.with_user(self.clerk_user).action_done("Done")
        finished.action_accept()
        action = plan2.action_amend()
        self.assertEqual(plan2.action_amend()["res_id"], action["res_id"])
        draft = plan2.browse(action["res_id"])
        self.assertEqual(draft.replaces_id, plan2)
        self.assertEqual(draft.measure_ids.mapped("name"), ["Still to do"])
        draft.measure_ids.name = "Still to do, and more"
        draft.action_submit()
        draft.with_user(self.mayor).action_approve()
        self.assertEqual((plan2.state, draft.state), ("superseded", "approved"))
        self.assertEqual((open_one.state, finished.state), ("cancelled", "accepted"))
        self.assertFalse(self._duties(open_one))
        self.assertEqual(self._duties(draft.measure_ids).user_id, self.clerk_user)
        self.assertEqual(plan.state, "approved")
        self.assertFalse((plan2 | draft)._verify())

    def test_amendment_leaves_out_who_has_left(self):
        plan = self._approved()
        self.clerk.active = False
        draft = plan.browse(plan.action_amend()["res_id"])
        self.assertFalse(draft.measure_ids.responsible_id)
        with self.assertRaisesRegex(UserError, "no responsible person"):
            draft.action_submit()
        draft.measure_ids.responsible_id = self.head
        draft.action_submit()
        draft.with_user(self.mayor).action_approve()
        self.assertEqual((plan.state, draft.state), ("superseded", "approved"))

    def test_what_is_in_approval_stays_as_it_was_submitted(self):
        plan = self._plan()
        measure = self._measure(plan)
        plan.action_submit()
        for attempt in (
            lambda: plan.write({"name": "x"}),
            lambda: measure.write({"name": "x"}),
            lambda: self._measure(plan, name="One more"),
            lambda: measure.unlink(),
        ):
            with self.assertRaisesRegex(UserError, "as it was submitted"), self.cr.savepoint():
                attempt()
        plan.with_user(self.mayor).action_return("Shorter")
        measure.name = "Shorter"
        plan.action_submit()
        plan.with_user(self.mayor).action_approve()
        self.assertFalse(plan._verify())

    def test_not_closed_with_unfinished_measures(self):
        plan = self._approved()
        with self.assertRaisesRegex(UserError, plan.measure_ids.number):
            plan.with_user(self.mayor).action_close()
        with self.assertRaises(AccessError):
            plan.action_close()

    def test_draft_is_deleted_with_its_measures(self):
        plan = self._plan()
        measure = self._measure(plan)
        plan.unlink()
        self.assertFalse(measure.exists())

    def test_employees_read_plans_in_force(self):
        draft, plan = self._plan(), self._approved()
        self._measure(draft)
        for record in (draft, draft.measure_ids):
            with self.assertRaises(AccessError):
                record.with_user(self.stranger).read(["name"])
        for record in (plan, plan.measure_ids):
            self.assertTrue(record.with_user(self.stranger).read(["name"]))
            self.assertFalse(record.with_user(self.stranger).has_access("write"))

    def test_other_authorities_see_nothing(self):
        plan = self._approved()
        officer = self._user("foreign_officer", "anticorruption.group_officer", company=self.other_company)
        for record in (plan, plan.measure_ids):
            abroad = self.env[record._name].with_context(allowed_company_ids=self.other_company.ids).with_user(officer)
            with self.assertRaises(AccessError):
                abroad.browse(record.id).read(["name"])
            self.assertFalse(abroad.search([("id", "=", record.id)]))
