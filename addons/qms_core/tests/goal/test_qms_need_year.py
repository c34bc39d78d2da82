from odoo.exceptions import AccessError, UserError, ValidationError

from .test_qms_need import NeedCase


class TestQmsNeedYear(NeedCase):
    def _approve(self):
        self.year.action_submit()
        self.year.with_user(self.users["commissioner"]).action_approve()

    def _decided(self, name, decision="goal", **vals):
        return self._need(name, decision=decision, decision_reason="Because", passed_to="Elsewhere", **vals)

    def test_year_is_a_year(self):
        for year in (26, 20226):
            with self.assertRaisesRegex(ValidationError, "is no year"):
                self.year.create({"year": year})

    def test_report_waits_until_all_is_said(self):
        event = self._event(name="Round table")
        with self.assertRaisesRegex(UserError, "still planned: Round table"):
            self.year.action_submit()
        event.minutes = "Said"
        event.action_hold()
        with self.assertRaisesRegex(UserError, "nothing to report"):
            self.year.action_submit()
        need = self._need("Mend the road")
        self.assertEqual((self.year.need_count, self.year.open_count), (1, 1))
        with self.assertRaisesRegex(UserError, "Undecided: Mend the road"):
            self.year.action_submit()
        need.decision = "goal"
        self.year.action_submit()
        late = self._need("One more")
        with self.assertRaisesRegex(UserError, "Undecided: One more"):
            self.year.with_user(self.users["commissioner"]).action_approve()
        late.decision = "goal"
        with self.assertRaises(AccessError):
            self.year.with_user(self.users["coordinator"]).action_approve()
        self.year.with_user(self.users["commissioner"]).action_approve()
        self.assertEqual((self.year.state, self.year.approver_id), ("approved", self.users["commissioner"]))

    def test_returned_with_a_reason(self):
        self._decided("Mend the road")
        self.year.action_submit()
        self.year.with_user(self.users["top_management"]).action_return("Count the calls again.")
        self.assertEqual((self.year.state, self.year.return_reason), ("draft", "Count the calls again."))

    def test_approved_report_is_frozen_with_all_it_counts(self):
        event = self._held()
        need = self._decided("Mend the road", event_id=event.id)
        self._approve()
        self.assertTrue(self.year.seal_checksum)
        officer = self.users["coordinator"]
        for attempt in (
            lambda: self.year.with_user(officer).write({"conclusion": "x"}),
            lambda: event.write({"people_count": 1000}),
            lambda: event.action_plan_again(),
            lambda: need.write({"times_named": 99}),
            lambda: need.sudo().unlink(),
            lambda: self._need("Forgotten"),
            lambda: self._event(name="Forgotten"),
        ):
            with self.assertRaises(UserError):
                attempt()
        self.assertEqual(self.env["qms.frozen.mixin"].verify_all(), [])
        self.env.cr.execute("UPDATE qms_need SET times_named = 7 WHERE id = %s", [need.id])
        self.env.invalidate_all()
        self.assertEqual(len(self.year.sudo()._verify()), 1, "What was changed behind the system's back is noticed.")

    def test_accepted_needs_become_goals_of_next_year_once(self):
        road = self._decided("Mend the road", process_id=self.process.id, details="Sadova street")
        self._decided("Open later")
        refused = self._decided("A free flat", "refused")
        with self.assertRaisesRegex(UserError, "not possible"):
            self.year.action_carry_out()
        self._approve()
        self.env["qms.goal"].create({"code": f"{self.year.year + 1}-01", "name": "Taken", "active": False})
        with self.assertRaises(AccessError):
            self.year.with_user(self.users["quality_officer"]).action_carry_out()
        action = self.year.action_carry_out()
        goals = self.env["qms.goal"].search(action["domain"])
        self.assertEqual(goals.mapped("code"), [f"{self.year.year + 1}-02", f"{self.year.year + 1}-03"])
        goal = road.goal_ids
        self.assertEqual((goal.name, goal.state, goal.description), ("Mend the road", "draft", "Sadova street"))
        self.assertEqual((goal.origin_model, goal.origin_id, goal.origin_label), ("qms.need", road.id, "Mend the road"))
        self.assertEqual((goal.date_start.year, goal.date_end.year), (self.year.year + 1, self.year.year + 1))
        self.assertEqual((goal.owner_role_id, goal.department_id), (self.process.owner_role_id, self.unit))
        self.assertEqual(goal.process_ids, self.process)
        self.assertEqual(goal.action_open_origin()["res_id"], road.id)
        self.assertFalse(refused.goal_ids)
        self.assertEqual((self.year.goal_count, self.year.accepted_count), (2, 0))
        with self.assertRaisesRegex(UserError, "Nothing is left"):
            self.year.action_carry_out()
        self.assertEqual(self.env["qms.frozen.mixin"].verify_all(), [], "The report is what was approved.")

    def test_statistics(self):
        line, table = self._held(), self._held(name="Table", kind="round_table", people_count=8)
        self._event(name="Other table", kind="round_table").action_cancel("No hall")
        self._decided("Mend the road", event_id=line.id, times_named=5)
        self._decided("Light", "passed", event_id=table.id, times_named=2)
        self._decided("Stairs", "passed", event_id=table.id, party_id=False, topic_id=False)
        self._decided("Letter", "refused")
        act = self._held(name="Bill on procedure", kind="draft_act", people_count=3)
        self._decided("A term for answers", event_id=act.id, party_id=False, topic_id=False, times_named=4)
        figures = self.year._statistics()
        self.assertEqual(
            [tuple(row) for row in figures["kinds"]],
            [
                ("Hot line", 1, 1, 12, 1),
                ("Round table", 2, 1, 8, 2),
                ("Analysis of a draft act", 1, 1, 3, 1),
                ("Otherwise", 0, 0, 0, 1),
            ],
        )
        self.assertEqual(tuple(figures["total"])[1:], (4, 3, 23, 5))
        self.assertEqual([tuple(row) for row in figures["parties"]], [("Citizens", 3, 8), ("Not stated", 2, 5)])
        self.assertEqual(
            [tuple(row) for row in figures["topics"]], [("Roads and transport", 3, 8), ("Not stated", 2, 5)]
        )
        self.assertEqual(
            [tuple(row) for row in figures["decisions"]],
            [("Becomes a goal", 2, 9), ("Passed on", 2, 3), ("Refused", 1, 1)],
        )

    def test_statistics_of_many_needs_cost_no_query_each(self):
        events = self.env["qms.need.event"].create(
            [{"name": f"E {n}", "year_id": self.year.id, "kind": "reception"} for n in range(60)]
        )
        self.env["qms.need"].create(
            [
                {"name": f"N {n}", "year_id": self.year.id, "event_id": events[n % 60].id, "party_id": self.party.id}
                for n in range(600)
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            self.year.sudo()._statistics()

    def test_plan_and_report_on_paper(self):
        self.year.write({"plan_note": "Hear the Left Bank", "conclusion": "Roads come first"})
        event = self._held(place="Town hall")
        self._decided("Mend the road", event_id=event.id, times_named=5)
        self._decided("A free flat", "refused")
        plan = self._pdf_text("report_need_plan", self.year)
        for words in ("Hear the Left Bank", "Hot line", "Town hall", str(self.year.year)):
            self.assertPrinted(words, plan)
        self.assertIn("DRAFT, NOT APPROVED", self._pdf_text("report_need_year", self.year).upper())
        self._approve()
        report = self._pdf_text("report_need_year", self.year)
        for words in ("Roads come first", "Citizens", "Mend the road", "Because", "Becomes a goal (1)"):
            self.assertPrinted(words, report)
        self.assertIn(self.year.seal_checksum, "".join(report.split()))

    def test_year_with_events_is_kept(self):
        self._event()
        with self.assertRaisesRegex(UserError, "events or needs"):
            self.year.unlink()
