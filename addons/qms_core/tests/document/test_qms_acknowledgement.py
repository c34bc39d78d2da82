from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError

from odoo.addons.qms_core.models.document import qms_acknowledgement_assign
from odoo.addons.qms_core.models.document.qms_document_bound import QmsDocument

from ..common import user_vals
from .acknowledgement_common import AcknowledgementCase


class TestQmsAcknowledgement(AcknowledgementCase):
    # === WHO IS BOUND === #

    def test_exactly_the_people_of_the_unit_are_asked(self):
        other = self.env["hr.department"].create({"name": "Archive", "company_id": self.company.id})
        outsider = self._person("Outsider", department_id=other.id)
        section = self.env["hr.department"].create(
            {"name": "Desk", "company_id": self.company.id, "parent_id": self.unit.id}
        )
        below = self._person("Below", department_id=section.id)
        document = self._document(distribution_ids=self._to_unit())
        self._in_force(document)
        self.assertEqual(self._asked(document).employee_id, self.head | self.clerk | self.officer | below)
        self.assertNotIn(outsider, document._bound_employees())
        self.assertEqual(set(self._asked(document).mapped("date_deadline")), {self.today + timedelta(days=10)})

    def test_roles_of_a_process_are_asked(self):
        role = self._role("R-CLERK")
        self.env["qms.role.holder"].create({"role_id": role.id, "employee_id": self.clerk.id})
        process = self._process()
        self.env["qms.role.holder"].create({"role_id": process.owner_role_id.id, "employee_id": self.head.id})
        letter = self.env["qms.letter.set"]._current()._performing()[:1]
        self.env["qms.responsibility"].create({"process_id": process.id, "role_id": role.id, "letter_id": letter.id})
        document = self._document(process_ids=process.ids)
        self._in_force(document)
        self.assertEqual(self._asked(document).employee_id, self.head | self.clerk)

    def test_a_person_a_role_and_everybody(self):
        role = self._role("R-CLERK")
        self.env["qms.role.holder"].create({"role_id": role.id, "employee_id": self.clerk.id})
        named = self._document(
            distribution_ids=[
                (0, 0, {"target": "role", "role_id": role.id}),
                (0, 0, {"target": "employee", "employee_id": self.officer.id}),
            ]
        )
        everybody = self._document(name="For all", is_for_all=True)
        self._in_force(named)
        self._in_force(everybody)
        self.assertEqual(self._asked(named).employee_id, self.clerk | self.officer)
        self.assertEqual(self._asked(everybody).employee_id, self.head | self.clerk | self.officer)

    def test_a_document_nobody_signs_for_asks_nobody(self):
        self.doc_type.acknowledge = False
        document = self._document(distribution_ids=self._to_unit())
        self._in_force(document)
        self.assertFalse(self._asked(document))

    def test_people_of_another_authority_are_not_asked(self):
        abroad = self.env["hr.employee"].create({"name": "Abroad", "company_id": self.other_company.id})
        document = self._document(is_for_all=True)
        self._in_force(document)
        self.assertNotIn(abroad, self._asked(document).employee_id)

    # === CONFIRMING === #

    def test_the_person_confirms_with_name_and_time(self):
        document = self._document(distribution_ids=self._to_unit())
        self._in_force(document)
        row = self._row(document, self.clerk)
        row.with_user(self.clerk_user).action_confirm()
        self.assertEqual(row.state, "done")
        self.assertEqual((row.person_name, row.way, row.date_signed), (self.clerk.name, "screen", self.today))
        self.assertEqual(row.recorded_by_id, self.clerk_user)
        self.assertTrue(row.date_done)
        self.assertFalse(self._calls(self.clerk_user), "The call is off the list.")
        self.assertTrue(self._calls(self.head_user), "Others still have theirs.")

    def test_nobody_confirms_for_another_person(self):
        document = self._document(distribution_ids=self._to_unit())
        self._in_force(document)
        row = self._row(document, self.clerk)
        for user in (self.head_user, self.users["commissioner"], self.users["hr"], self.env.ref("base.user_admin")):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                row.with_user(user).sudo().action_confirm()
        with self.assertRaises(AccessError):
            row.with_user(self.env.ref("base.user_root")).action_confirm()
        self.assertEqual(row.state, "open")

    def test_it_can_be_confirmed_once_and_never_changed(self):
        document = self._document(distribution_ids=self._to_unit())
        self._in_force(document)
        row = self._row(document, self.clerk).with_user(self.clerk_user)
        row.action_confirm()
        with self.assertRaises(UserError):
            row.action_confirm()
        for vals in ({"state": "open"}, {"date_done": False}, {"person_name": "X"}, {"employee_id": self.head.id}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                row.sudo().write(vals)
        with self.assertRaises(UserError):
            row.sudo().unlink()
        with self.assertRaises(UserError):
            row.with_user(self.env.ref("base.user_admin")).with_context(_force_unlink=True).unlink()

    def test_rpc_of_people_changes_nothing(self):
        document = self._document(distribution_ids=self._to_unit())
        version = self._in_force(document)
        row = self._row(document, self.clerk)
        for user in (self.clerk_user, self.users["coordinator"], self.users["commissioner"], self.users["hr"]):
            own = row.with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(UserError):
                    own.write({"state": "done"})
                with self.assertRaises(UserError):
                    own.write({"date_deadline": self.today})
                with self.assertRaises(UserError):
                    own.unlink()
                with self.assertRaises(UserError):
                    own.create({"version_id": version.id, "employee_id": self.clerk.id, "date_deadline": self.today})
                with self.assertRaises(UserError):
                    own.with_context(default_state="done", qms_transition=True).write({"state": "done"})
        self.assertEqual(row.state, "open")

    def test_a_version_that_is_not_in_force_is_not_confirmed(self):
        document = self._document(distribution_ids=self._to_unit())
        version = self._in_force(document)
        row = self._row(document, self.clerk)
        version._transition({"date_effective": self.today + timedelta(days=3)})
        with self.assertRaises(UserError):
            row.with_user(self.clerk_user).action_confirm()
        version._transition({"date_effective": self.today})
        self._in_force(document)
        self.assertEqual(row.state, "void")
        self.assertEqual(row.void_reason, "superseded")
        with self.assertRaises(UserError):
            row.with_user(self.clerk_user).action_confirm()

    def test_the_next_version_asks_anew_and_keeps_what_was_confirmed(self):
        document = self._document(distribution_ids=self._to_unit())
        first = self._in_force(document)
        done = self._row(document, self.clerk)
        done.with_user(self.clerk_user).action_confirm()
        second = self._in_force(document, body="<p>Until six.</p>")
        self.assertEqual(done.state, "done")
        self.assertEqual(len(first.acknowledgement_ids.filtered(lambda row: row.state == "void")), 2)
        self.assertEqual(len(second.acknowledgement_ids.filtered(lambda row: row.state == "open")), 3)
        self.assertEqual(len(self._calls(self.clerk_user)), 1)

    def test_withdrawn_lets_everybody_off(self):
        document = self._document(distribution_ids=self._to_unit())
        version = self._in_force(document)
        version.with_user(self.users["commissioner"]).action_withdraw("No longer needed")
        self.assertEqual(set(version.acknowledgement_ids.mapped("state")), {"void"})
        self.assertFalse(self._calls())

    def test_through_the_real_gates(self):
        """Author, approver and reader are three people; who approved has not read it by that."""
        document = self._document(distribution_ids=self._to_unit())
        version = (
            self.env["qms.document.version"]
            .with_user(self.users["coordinator"])
            .create(
                {
                    "document_id": document.id,
                    "body": "<p>Text</p>",
                    "approval_ids": [(0, 0, {"user_id": self.users["commissioner"].id})],
                }
            )
        )
        version.action_submit()
        self.assertFalse(self._asked(document))
        version.with_user(self.users["commissioner"])._approve()
        self.assertEqual(version.state, "effective")
        self.assertEqual(len(self._asked(document)), 3)

    # === TEST BEFORE THE CONFIRMATION === #

    def test_the_test_comes_first_and_its_mark_is_kept(self):
        survey = self.env["survey.survey"].create(
            {
                "title": "Quiz",
                "scoring_type": "scoring_without_answers",
                "scoring_success_min": 60,
                "access_mode": "token",
                "users_login_required": True,
            }
        )
        document = self._document(distribution_ids=self._to_unit(), test_survey_id=survey.id)
        self._in_force(document)
        row = self._row(document, self.clerk).with_user(self.clerk_user)
        with self.assertRaisesRegex(UserError, "short test"):
            row.action_confirm()
        url = row.action_test()["url"]
        self.assertIn("/survey/start/", url)
        self.assertEqual(row.action_test()["url"], url, "What was begun goes on.")
        answer = self.env["survey.user_input"].search([("survey_id", "=", survey.id)])
        answer.write({"state": "done", "scoring_percentage": 40.0})
        with self.assertRaisesRegex(UserError, "short test"):
            row.action_confirm()
        answer.write({"scoring_percentage": 75.0})
        row.action_confirm()
        self.assertEqual((row.test_score, row.test_pass_mark), (75.0, 60.0))

    def test_a_test_passed_by_another_person_does_not_count(self):
        survey = self.env["survey.survey"].create({"title": "Quiz", "scoring_type": "scoring_without_answers"})
        document = self._document(distribution_ids=self._to_unit(), test_survey_id=survey.id)
        self._in_force(document)
        self.env["survey.user_input"].create(
            {
                "survey_id": survey.id,
                "partner_id": self.head_user.partner_id.id,
                "state": "done",
                "scoring_percentage": 100.0,
            }
        )
        with self.assertRaises(UserError):
            self._row(document, self.clerk).with_user(self.clerk_user).action_confirm()
        with self.assertRaises(UserError):
            self._row(document, self.clerk).with_user(self.users["coordinator"]).action_test()

    # === MANY === #

    def test_many_are_asked_by_the_cron_and_none_twice(self):
        for index in range(25):
            self._person(f"Worker {index}")
        document = self._document(distribution_ids=self._to_unit())
        with patch.object(qms_acknowledgement_assign, "BATCH", 10):
            self._in_force(document)
            self.assertEqual(len(self._asked(document)), 10, "The person who approves waits for the first ones only.")
            self._night()
        self.assertEqual(len(self._asked(document)), 28)
        self._night()
        self.assertEqual(len(self._asked(document)), 28)

    def test_what_comes_into_force_in_one_night_is_asked_together(self):
        documents = self.env["qms.document"]
        for index in range(3):
            documents |= self._document(name=f"Rule {index}", distribution_ids=self._to_unit())
        for document in documents:
            version = self.env["qms.document.version"].create(
                {"document_id": document.id, "body": "<p>x</p>", "reason": "x"}
            )
            version._transition({"state": "approved", "date_effective": self.today})
        reads = []
        staff_on = QmsDocument._staff_on
        with patch.object(QmsDocument, "_staff_on", lambda own, day: reads.append(own) or staff_on(own, day)):
            self.env["qms.document.version"]._put_due_in_force(self.company)
        self.assertEqual(set(documents.mapped("state")), {"effective"})
        self.assertFalse(reads, "The staff is not read for each of them.")
        self._night()
        self.assertEqual(len(self._asked(documents[2])), 3)

    def test_queries_do_not_grow_with_people(self):
        document = self._document(distribution_ids=self._to_unit())
        users = self.env["res.users"].with_context(no_reset_password=True)
        users = users.create([user_vals(self.env, self.company, f"many{index}") for index in range(120)])
        people = self.env["hr.employee"].create(
            [
                {"name": user.name, "user_id": user.id, "company_id": self.company.id, "department_id": self.unit.id}
                for user in users
            ]
        )
        version = self._in_force(document)
        rows = self._asked(document)
        self.assertEqual(len(self._calls()), len(people) + 3, "One call a person.")

        def queries(asked):
            rows.with_context(active_test=False)
            models_ = asked.reading_id
            asked._transition({"state": "void"})
            models_._settle()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.rows.sudo().with_context(tracking_disable=True)._ask(
                [(version.id, person.id) for person in asked.employee_id]
            )
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few = queries(rows[:40])
        many = queries(self._asked(document, "open").sorted("id")[:120])
        self.assertLessEqual(many - few, 12, "Rows of a hundred are one statement of the database.")
