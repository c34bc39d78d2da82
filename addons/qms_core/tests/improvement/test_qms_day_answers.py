from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Domain

from ..common import QmsCase

ALL = {"roles": 1, "processes": 1, "services": 1, "goals": 1, "indicators": 1, "risks": 1}


class TestQmsDayAnswers(QmsCase):
    """Beside the duties of the day: what somebody answers for, and what he may report."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.role = cls._role("R-MINE")
        cls.holding = cls.env["qms.role.holder"].create({"role_id": cls.role.id, "employee_id": cls.clerk.id})

    def _answers(self, user=None):
        return self.env["qms.day"].with_user(user or self.clerk_user).get_answers()

    def _counts(self, user=None):
        return {group["key"]: group["count"] for group in self._answers(user)["groups"]}

    def _own_all(self):
        """One record of each kind that the clerk answers for, and one of each that he doesn't."""
        other = self._role("R-OTHER")
        for role, person in ((self.role, self.clerk), (other, self.head)):
            process = self._process(f"P-{role.code}", owner_role_id=role.id)
            vals = {"name": role.code, "code": f"X-{role.code}", "company_id": self.company.id}
            self.env["qms.service"].create({**vals, "process_id": process.id, "responsible_role_id": role.id})
            self.env["qms.indicator"].create({**vals, "owner_role_id": role.id})
            self.env["qms.goal"].create({**vals, "owner_role_id": role.id})
            self.env["qms.risk"].create({"name": "A flood", "company_id": self.company.id, "responsible_id": person.id})

    # === WHAT ONE ANSWERS FOR === #

    def test_each_kind_is_counted(self):
        self._own_all()
        self.assertEqual(self._counts(), ALL)
        keys = [group["key"] for group in self._answers()["groups"]]
        self.assertEqual(keys, list(ALL))

    def test_who_has_no_role(self):
        self._own_all()
        answers = self._answers(self.stranger)
        self.assertEqual(answers["groups"], [])
        self.assertEqual([report["key"] for report in answers["reports"]], ["problem", "risk", "suggestion"])

    def test_roles_of_today_only(self):
        today = self.company._qms_today()
        self.holding.date_from = today + timedelta(days=1)
        self.assertEqual(self._counts(), {})
        self.holding.write({"date_from": today - timedelta(days=9), "date_to": today - timedelta(days=1)})
        self.assertEqual(self._counts(), {})
        self.holding.date_to = today
        self.assertEqual(self._counts(), {"roles": 1})

    def test_who_acts_for_somebody_answers_too(self):
        deputy = self._employee(self.stranger)
        self._own_all()
        self.env["qms.role.holder"].create(
            {
                "role_id": self.role.id,
                "employee_id": deputy.id,
                "kind": "acting",
                "acted_for_id": self.clerk.id,
                "reason": "leave",
                "date_from": self.company._qms_today(),
            }
        )
        self.assertEqual(self._counts(self.stranger), ALL)

    def test_closed_and_archived_are_not_counted(self):
        self._own_all()
        self.env["qms.risk"].search([("responsible_id", "=", self.clerk.id)])._transition({"state": "closed"})
        self.env["qms.process"].search([("owner_role_id", "=", self.role.id)]).active = False
        self.assertEqual(self._counts(), {"roles": 1, "services": 1, "goals": 1, "indicators": 1})

    def test_other_authority(self):
        both = self.clerk_user
        both.company_ids |= self.other_company
        there = self.env["hr.employee"].create(
            {"name": "Clerk there", "company_id": self.other_company.id, "user_id": both.id}
        )
        role = self.env["qms.role"].create({"name": "There", "code": "R-T", "company_id": self.other_company.id})
        self.env["qms.role.holder"].create({"role_id": role.id, "employee_id": there.id})
        self.assertEqual(self._counts(), {"roles": 1}, "of the authority one works in at the moment")
        day = self.env["qms.day"].with_user(both)
        day = day.with_context(allowed_company_ids=(self.company | self.other_company).ids)
        self.assertEqual({group["key"]: group["count"] for group in day.get_answers()["groups"]}, {"roles": 2})

    def test_kinds_that_one_may_not_read_are_left_out(self):
        self._own_all()
        self.env["ir.model.access"].search([("model_id.model", "=", "qms.risk")]).active = False
        self.assertNotIn("risks", self._counts())

    def test_addon_adds_a_kind(self):
        cls = self.env.registry["qms.day"]
        before = cls._answers_for

        def with_units(day, roles):
            return before(day, roles) | {
                "units": {
                    "sequence": 5,
                    "label": "Units",
                    "icon": "fa-building",
                    "model": "hr.department",
                    "domain": Domain("manager_id.user_id", "=", day.env.uid),
                    "action": "hr.hr_department_kanban_action",
                }
            }

        with patch.object(cls, "_answers_for", with_units):
            self.assertEqual(self._counts(self.head_user)["units"], 1)
            self.assertEqual(self._answers(self.head_user)["groups"][0]["key"], "units")

    # === WHERE IT LEADS === #

    def test_the_only_record_opens_itself_several_as_list(self):
        self._own_all()
        day = self.env["qms.day"].with_user(self.clerk_user)
        own = self.env["qms.process"].search([("owner_role_id", "=", self.role.id)])
        action = day.open_answers("processes")
        self.assertEqual((action["res_model"], action["res_id"]), ("qms.process", own.id))
        self.assertEqual(action["views"], [(False, "form")])
        self._process("P-MORE", owner_role_id=self.role.id)
        action = day.open_answers("processes")
        self.assertFalse(action.get("res_id"))
        found = self.env["qms.process"].search(action["domain"])
        self.assertEqual(set(found.mapped("code")), {"P-R-MINE", "P-MORE"})

    def test_unknown_kind(self):
        day = self.env["qms.day"].with_user(self.clerk_user)
        with self.assertRaisesRegex(UserError, "Load the page again"):
            day.open_answers("wishes")
        with self.assertRaisesRegex(UserError, "Load the page again"):
            day.open_report("wishes")

    # === WHAT ONE MAY REPORT === #

    def test_reports_open_dialogs_of_their_kind(self):
        day = self.env["qms.day"].with_user(self.clerk_user)
        actions = {key: day.open_report(key) for key in ("problem", "risk", "suggestion")}
        self.assertEqual({action["target"] for action in actions.values()}, {"new"})
        self.assertEqual(actions["problem"]["res_model"], "qms.problem.report")
        self.assertEqual(actions["risk"]["context"], "{'default_kind': 'risk'}")
        self.assertEqual(actions["suggestion"]["context"], "{'default_kind': 'opportunity'}")

    def test_a_suggestion_of_a_clerk_reaches_his_head(self):
        suggestion = (
            self.env["qms.risk"]
            .with_user(self.clerk_user)
            .create({"name": "A second window at noon", "kind": "opportunity", "company_id": self.company.id})
        )
        notice = suggestion.action_send()["params"]
        self.assertIn(suggestion.number, notice["title"])
        self.assertIn(self.head.name, notice["message"])
        self.assertEqual(suggestion.sudo().responsible_id, self.head)
        self.assertEqual(suggestion.reporter_id, self.clerk_user)

    # === FIGURES === #

    def test_queries_do_not_grow_with_what_one_answers_for(self):
        def queries():
            self._answers()  # what is read once per process
            self.env.invalidate_all()
            self.env.company._qms_today()
            self.env["qms.day"].with_user(self.clerk_user).env.user.company_id._qms_today()
            before = self.cr.sql_log_count
            self._answers()
            return self.cr.sql_log_count - before

        self._own_all()
        few = queries()
        for index in range(30):
            process = self._process(f"P-{index}", owner_role_id=self.role.id)
            self.env["qms.indicator"].create(
                {"name": "I", "code": f"I-{index}", "company_id": self.company.id, "owner_role_id": self.role.id}
            )
            self.env["qms.service"].create(
                {
                    "name": "S",
                    "code": f"S-{index}",
                    "company_id": self.company.id,
                    "process_id": process.id,
                    "responsible_role_id": self.role.id,
                }
            )
        self.env.flush_all()
        self.assertEqual(queries(), few)
        # Ten of them find who is bound by which document: by unit, role, process, distribution.
        self.assertLessEqual(few, 16)
