from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger

from .goal_common import GoalCase


class TestQmsGoal(GoalCase):
    def test_no_goal_under_itself(self):
        top = self._goal("1")
        middle = self._goal("1.1", top)
        low = self._goal("1.1.1", middle)
        for whole in (top, middle, low):
            with self.assertRaisesRegex(ValidationError, "can't contribute to itself"):
                top.with_user(self.users["coordinator"]).write({"parent_id": whole.id})
        low.with_user(self.users["coordinator"]).write({"parent_id": top.id})
        self.assertEqual(top.child_ids, middle + low)

    def test_dates_the_wrong_way_round(self):
        goal = self._goal("1")
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            goal.write({"date_end": "2025-12-31"})
            goal.flush_recordset()

    def test_life_of_a_goal(self):
        goal = self._goal("1")
        manager = self.users["top_management"]
        with self.assertRaisesRegex(UserError, "can't be edited"):
            goal.with_user(self.users["coordinator"]).write({"state": "approved"})
        for user in (self.users["coordinator"], self.users["quality_officer"], self.clerk_user):
            with self.assertRaises(AccessError):
                goal.with_user(user).action_approve()
        goal.with_user(manager).action_approve()
        self.assertEqual((goal.state, goal.approver_id, goal.date_approved), ("approved", manager, self.today))
        with self.assertRaisesRegex(UserError, "Revise"):
            goal.with_user(self.users["coordinator"]).write({"name": "Less"})
        goal.with_user(self.users["coordinator"]).write({"indicator_ids": [(4, self._indicator("I").id)]})
        with self.assertRaisesRegex(UserError, "can't be deleted"):
            goal.with_user(self.users["coordinator"]).unlink()
        with self.assertRaisesRegex(UserError, "choose its result"):
            goal.with_user(manager).action_close("Done")
        goal.with_user(self.users["coordinator"]).write({"result": "partly"})
        goal.with_user(manager).action_close("Half of it")
        self.assertEqual((goal.state, goal.close_reason, goal.date_closed), ("closed", "Half of it", self.today))
        with self.assertRaises(UserError):
            goal.with_user(self.users["coordinator"]).write({"indicator_ids": [(5,)]})
        goal.with_user(manager).action_revise("Taken up again")
        self.assertEqual((goal.state, goal.close_reason, goal.approver_id.id), ("draft", False, False))

    def test_author_does_not_approve(self):
        goal = self._goal("1", user=self.users["commissioner"])
        with self.assertRaisesRegex(AccessError, "another person"):
            goal.with_user(self.users["commissioner"]).action_approve()

    def test_reason_is_asked_for(self):
        goal = self._approved_goal("1")
        goal.result = "reached"
        action = goal.with_user(self.users["top_management"]).action_close()
        wizard = self.env["qms.reason.wizard"].with_user(self.users["top_management"]).browse(action["res_id"])
        wizard.reason = "All visits are counted."
        wizard.action_confirm()
        self.assertEqual((goal.state, goal.close_reason), ("closed", "All visits are counted."))

    def test_approved_from_the_top(self):
        top = self._goal("1")
        part = self._goal("1.1", top)
        manager = self.users["top_management"]
        with self.assertRaisesRegex(UserError, "Approve that one first"):
            part.with_user(manager).action_approve()
        (part + top).with_user(manager).action_approve()
        self.assertEqual((top + part).mapped("state"), ["approved", "approved"])

    def test_goal_without_dates_is_not_approved(self):
        goal = self._goal("1", date_end=False)
        with self.assertRaisesRegex(UserError, "from when until when"):
            goal.with_user(self.users["top_management"]).action_approve()

    def test_whole_is_not_closed_before_its_parts(self):
        top = self._approved_goal("1", result="failed")
        part = self._approved_goal("1.1", top, result="failed")
        manager = self.users["top_management"]
        with self.assertRaisesRegex(UserError, r"go on: 1\.1\."):
            top.with_user(manager).action_close("Given up")
        (top + part).with_user(manager).action_close("Given up")
        self.assertEqual((top + part).mapped("state"), ["closed", "closed"])

    def test_status_follows_indicators_and_goals_below(self):
        good, bad = self._indicator("I-1", 95), self._indicator("I-2", 95)
        top = self._approved_goal("1")
        part = self._approved_goal("1.1", top)
        leaf = self._approved_goal("1.1.1", part, indicator_ids=[(6, 0, (good + bad).ids)])
        other = self._approved_goal("1.2", top)
        self.assertEqual((leaf + part + top + other).mapped("status"), ["met", "met", "met", "none"])
        self._measure(bad, 10)
        self.assertEqual((leaf + part + top).mapped("status"), ["missed", "missed", "missed"])
        leaf.indicator_ids -= bad
        self.assertEqual((leaf + part + top).mapped("status"), ["met", "met", "met"])
        other.indicator_ids = bad
        self.assertEqual((part + top).mapped("status"), ["met", "missed"])
        other.write({"result": "failed"})
        other.with_user(self.users["top_management"]).action_close("Given up")
        self.assertEqual(top.status, "met", "What is closed no longer counts.")
        found = self.env["qms.goal"].search([("status", "=", "missed"), ("company_id", "=", self.company.id)])
        self.assertEqual(found, other, "The status is stored.")

    def test_drafts_do_not_count(self):
        top = self._approved_goal("1")
        part = self._goal("1.1", top, indicator_ids=[(6, 0, self._indicator("I-1", 10).ids)])
        self.assertEqual((part.status, top.status), ("missed", "none"))
        part.with_user(self.users["top_management"]).action_approve()
        self.assertEqual(top.status, "missed")

    def _queries_of_values(self, indicators):
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.env["qms.measurement"].create(
            [{"indicator_id": indicator.id, "date": self.today, "value": 10} for indicator in indicators]
        )
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_tree_of_500_goals_costs_no_query_a_goal(self):
        indicators = self.env["qms.indicator"].create(
            [{"name": f"I {n}", "code": f"I-{n}", "target": 90, "company_id": self.company.id} for n in range(40)]
        )
        indicators, alone = indicators[:20], indicators[20:]
        goals, rows = self.env["qms.goal"], [{"code": "T", "name": "Top", "company_id": self.company.id}]
        top = goals.create(rows)
        middle = goals.create(
            [{"code": f"M{n}", "name": f"M {n}", "parent_id": top.id, "company_id": self.company.id} for n in range(9)]
        )
        leaves = goals.create(
            [
                {
                    "code": f"L{n}",
                    "name": f"L {n}",
                    "parent_id": middle[n % 9].id,
                    "indicator_ids": [(6, 0, indicators[n % 20].ids)],
                    "company_id": self.company.id,
                }
                for n in range(490)
            ]
        )
        (top + middle + leaves)._transition({"state": "approved"})
        self.env.flush_all()
        self.assertLessEqual(self._queries_of_values(indicators) - self._queries_of_values(alone), 12)
        self.assertEqual(set((top + middle + leaves).mapped("status")), {"missed"})
        self.env.invalidate_all()
        spec = {"name": {}, "status": {}, "child_count": {}, "indicator_count": {}, "gaps": {}, "is_foreign": {}}
        with self.assertQueryCount(12):
            goals.search([("id", "child_of", top.id)]).web_read(spec)
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            self.assertEqual(len(top._tree_rows()), 500)
            for row in top._tree_rows():
                row.goal._print_indicators()

    def test_gaps_are_named(self):
        goal = self._goal("1", date_end=False)
        self.assertEqual(goal.gaps, "an indicator or a goal below it, who is responsible, until when")
        goal.write({"date_end": "2026-12-31", "owner_role_id": self.process.owner_role_id.id})
        goal.indicator_ids = self._indicator("I")
        self.assertFalse(goal.gaps)

    def test_form_of_an_officer(self):
        form = Form(self.env["qms.goal"].with_user(self.users["quality_officer"]))
        form.code, form.name = "O-1", "Fewer visits"
        form.department_id = self.unit
        goal = form.save()
        self.assertEqual((goal.state, goal.company_id, goal.status), ("draft", self.company, "none"))

    def test_code_is_taken_once(self):
        self._goal("1")
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._goal("1")
            self.env.flush_all()

    def test_tree_on_paper(self):
        top = self._approved_goal("1", owner_role_id=self.process.owner_role_id.id)
        self._approved_goal("1.1", top, indicator_ids=[(6, 0, self._indicator("I-1", 95.5).ids)])
        self._goal("2")
        text = self._pdf_text("report_goal", top)
        for words in ("1 Goal 1", "1.1 Goal 1.1", "R-OWN", "Indicator I-1", "Indicator I-1 (90 %; 95", "Target met"):
            self.assertPrinted(words, text)
        self.assertNotIn("Goal 2", text)
        action = self.env["qms.goal"].action_print_tree()
        self.assertEqual(action["report_name"], "qms_core.report_goal_tree")
        self.assertPrinted("2 Goal 2", self._pdf_text("report_goal_tree", self.company))
