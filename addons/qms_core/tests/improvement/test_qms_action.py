from datetime import timedelta

from odoo.exceptions import AccessError, UserError

from ..common import QmsCase


class TestQmsAction(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._qms_today()
        cls.coordinator = cls.users["coordinator"]
        cls.deputy_user = cls._user("deputy")
        cls.deputy = cls._employee(cls.deputy_user)

    def _action(self, user=None, start=True, **vals):
        action = (
            self.env["qms.action"]
            .with_user(user or self.coordinator)
            .create(
                {
                    "name": "Mend it",
                    "company_id": self.company.id,
                    "department_id": self.unit.id,
                    "responsible_id": self.clerk.id,
                    "date_deadline": self.today + timedelta(days=10),
                    **vals,
                }
            )
        )
        if start:
            action.action_start()
        return action

    # === WORK === #

    def test_deputy_reports_it_done_but_does_not_steer(self):
        action = self._action(deputy_ids=[(6, 0, self.deputy_user.ids)]).with_user(self.deputy_user)
        self.assertTrue(action.may_report)
        action.write({"evidence": "Mended"})
        for vals in ({"responsible_id": self.head.id}, {"deputy_ids": [(5,)]}, {"date_deadline": self.today}):
            with self.assertRaises(AccessError):
                action.write(vals)
        action.action_done()
        self.assertEqual((action.state, action.done_by_id), ("done", self.deputy_user))
        with self.assertRaisesRegex(AccessError, "another person"):
            self.deputy_user.write({"group_ids": [(4, self.env.ref("qms_core.group_auditor").id)]})
            action.action_check()

    def test_colleague_who_is_no_deputy_neither_reads_nor_reports(self):
        action = self._action(evidence="Mended").with_user(self.deputy_user)
        self.assertFalse(self.env["qms.action"].with_user(self.deputy_user).search([("id", "=", action.id)]))
        with self.assertRaises(AccessError):
            action.action_done()

    def test_who_stands_in_reports_it_done(self):
        action = self._action()
        self.env["qms.role.holder"].create(
            {
                "role_id": self._role("R-X", kind="position").id,
                "employee_id": self.deputy.id,
                "kind": "acting",
                "acted_for_id": self.clerk.id,
                "date_from": self.today,
            }
        )
        action.with_user(self.deputy_user).write({"evidence": "Mended"})
        action.with_user(self.deputy_user).action_done()
        self.assertEqual(action.done_by_id, self.deputy_user)

    def test_dismissed_deputy_is_refused(self):
        self.deputy.active = False
        with self.assertRaisesRegex(UserError, "no longer works here"):
            self._action(deputy_ids=[(6, 0, self.deputy_user.ids)])

    def test_improvement_lives_alone_and_is_planned_by_the_head(self):
        action = self._action(self.head_user, start=False, kind="improvement")
        self.assertFalse(action.nonconformity_id)
        action.action_start()
        self.assertEqual((action.state, action.date_started), ("open", self.today))
        action.responsible_id = self.deputy
        with self.assertRaises(AccessError):
            self._action(self.stranger, kind="improvement")
        with self.assertRaises(AccessError):
            self._action(self.clerk_user, start=False).action_start()

    # === COST AND PRIORITY === #

    def test_cost_that_is_no_number_gives_one_clear_message(self):
        for cost in ("a lot", "1 200,50", float("nan"), float("inf"), [1]):
            with self.assertRaisesRegex(UserError, "no amount of money"):
                self._action(start=False, cost=cost)
        action = self._action(cost="1500.50")
        self.assertEqual(action.cost, 1500.5)
        with self.assertRaisesRegex(UserError, "no amount of money"):
            action.cost = "much"
        self.assertEqual(action.cost, 1500.5)

    def test_cost_that_is_no_number_in_an_imported_file(self):
        result = (
            self.env["qms.action"]
            .with_user(self.coordinator)
            .load(["name", "cost"], [["Imported", "a lot"], ["Imported as well", "12"]])
        )
        self.assertFalse(result["ids"], "Nothing is imported by halves.")
        self.assertEqual(len(result["messages"]), 1)
        self.assertIn("Cost", result["messages"][0]["message"])
        self.assertEqual(result["messages"][0]["rows"]["from"], 0)

    def test_priority_is_significance_times_effect_by_cost(self):
        urgent = self._action(significance="5", citizen_effect="4", cost_class="2")
        costly = self._action(significance="5", citizen_effect="4", cost_class="5")
        vague = self._action(significance="5", citizen_effect="4")
        self.assertEqual([urgent.priority_score, costly.priority_score, vague.priority_score], [10, 4, 0])
        self.assertEqual(
            [urgent.priority_level, costly.priority_level, vague.priority_level], ["high", "medium", "none"]
        )
        found = self.env["qms.action"].search(
            [("id", "in", (urgent | costly | vague).ids)], order="priority_score desc"
        )
        self.assertEqual(found.ids, (urgent | costly | vague).ids)

    # === EFFECT === #

    def _measured(self, direction="higher", before=70, after=None, target=90):
        indicator = self.env["qms.indicator"].create(
            {
                "name": "In time",
                "code": f"I-{direction}-{after}",
                "company_id": self.company.id,
                "direction": direction,
                "period": "month",
                "target": target,
                "measurement_ids": [(0, 0, {"date": self.today - timedelta(days=200), "value": before})],
            }
        )
        action = self._action(indicator_id=indicator.id)
        action.with_user(self.clerk_user).write({"evidence": "Mended"})
        action.with_user(self.clerk_user).action_done()
        action.with_user(self.users["auditor"]).action_check()
        # Values are of the past, so the work has to lie further back.
        started, done = (self.today - timedelta(days=days) for days in (110, 100))
        action._transition({"state": action.state, "date_started": started, "date_done": done})
        if after is not None:
            self.env["qms.measurement"].create(
                {"indicator_id": indicator.id, "date": self.today - timedelta(days=50), "value": after}
            )
        return action

    def test_effect_is_read_from_the_indicator(self):
        cases = {
            ("higher", 95): "reached",
            ("higher", 80): "better",
            ("higher", 70): "same",
            ("higher", 0): "worse",
            ("lower", 95): "worse",
            ("lower", 75): "worse",
            ("lower", 60): "reached",
        }
        for (direction, after), verdict in cases.items():
            with self.subTest(direction=direction, after=after):
                action = self._measured(direction, after=after)
                self.assertEqual((action.value_before, action.value_after), (70, after))
                self.assertEqual(action.effect_verdict, verdict)

    def test_effect_waits_for_a_value_after_the_work(self):
        action = self._measured()
        self.assertEqual(action.effect_verdict, "waiting")
        self.env["qms.measurement"].create(
            {"indicator_id": action.indicator_id.id, "date": self.today - timedelta(days=150), "value": 99}
        )
        self.assertEqual(action.effect_verdict, "waiting", "That value is of the time before.")
        self.assertEqual(action.value_before, 99)

    def test_no_indicator_no_verdict(self):
        self.assertFalse(self._action().effect_verdict)

    # === WHO SEES WHAT === #

    def test_acting_head_sees_the_unit_s_records_while_acting(self):
        nonconformity = self._nonconformity(self.coordinator)
        action = self._action(nonconformity_id=nonconformity.id, start=False)
        models = [(self.env[record._name].with_user(self.stranger), record) for record in (nonconformity, action)]
        acting = self._employee(self.stranger, department_id=False)
        for model, record in models:
            self.assertFalse(model.search([("id", "=", record.id)]))
        row = self.env["qms.role.holder"].create(
            {
                "role_id": self._role("R-HEAD", kind="head", department_id=self.unit.id).id,
                "employee_id": acting.id,
                "kind": "acting",
                "acted_for_id": self.head.id,
                "date_from": self.today,
                "date_to": self.today + timedelta(days=9),
            }
        )
        for model, record in models:
            self.assertEqual(model.search([("id", "=", record.id)]), record)
            self.assertTrue(record.with_user(self.stranger).has_access("read"))
            self.assertTrue(model.search([("department_id.qms_headed_by_me", "=", True)]))
            self.assertTrue(record.with_user(self.head_user).has_access("read"), "The head goes on seeing them.")
        row.write({"date_from": self.today - timedelta(days=9), "date_to": self.today - timedelta(days=1)})
        self.env.invalidate_all()
        for model, record in models:
            self.assertFalse(model.search([("id", "=", record.id)]))
            self.assertFalse(record.with_user(self.stranger).has_access("read"))

    def test_acting_by_another_role_of_the_head_counts_too(self):
        action = self._action()
        self.env["qms.role.holder"].create(
            {
                "role_id": self._role("R-POS", kind="position").id,
                "employee_id": self._employee(self.stranger, department_id=False).id,
                "kind": "acting",
                "acted_for_id": self.head.id,
                "date_from": self.today,
            }
        )
        self.assertTrue(action.with_user(self.stranger).has_access("read"))
        self.assertTrue(self.unit.with_user(self.stranger).qms_headed_by_me)
        self.assertFalse(self.unit.with_user(self.clerk_user).qms_headed_by_me)

    def test_chief_who_is_told_reads_the_action(self):
        boss_user = self._user("boss")
        self.head.parent_id = self._employee(boss_user)
        action = self._action()
        self.assertFalse(action.with_user(boss_user).has_access("read"))
        action._call_to_act(boss_user, self.today, "Late")
        self.env.invalidate_all()
        self.assertTrue(action.with_user(boss_user).has_access("read"))
        self.assertFalse(action.with_user(boss_user).has_access("write"))

    def test_search_for_one_s_own_unit(self):
        action = self._action()
        mine = ["|", ("department_id.qms_headed_by_me", "=", True), ("department_id.member_ids.user_id", "=", None)]
        for user in (self.clerk_user, self.head_user):
            domain = [*mine[:2], ("department_id.member_ids.user_id", "=", user.id)]
            self.assertIn(action, self.env["qms.action"].with_user(user).search(domain))

    # === FIGURES === #

    def test_list_and_board_take_few_queries(self):
        actions = self.env["qms.action"].with_user(self.coordinator)
        actions.create(
            [
                {"name": f"A {index}", "company_id": self.company.id, "responsible_id": self.clerk.id}
                for index in range(100)
            ]
        )
        named = {"fields": {"display_name": {}}}
        columns = {
            **dict.fromkeys(("number", "name", "kind", "state", "date_deadline", "priority_level"), {}),
            "nonconformity_id": named,
            "responsible_id": named,
        }

        def listed():
            actions.web_search_read([("state", "not in", ("closed", "cancelled"))], columns, limit=80)

        def board():
            actions.web_read_group(
                [], ["state"], ["__count"], auto_unfold=True, unfold_read_specification=columns | {"is_late": {}}
            )

        for work, most in ((listed, 6), (board, 12)):
            work()  # rights and rules are read once
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(most):
                work()
