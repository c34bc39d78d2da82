from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError, UserError, ValidationError

from ..common import QmsCase


class RiskCase(QmsCase):
    """A risk of the unit's process, owned by the head of the unit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scale = cls.env.ref("qms_core.risk_scale_5")
        cls.process = cls._process()

    @classmethod
    def _risk(cls, user=None, **vals):
        return (
            cls.env["qms.risk"]
            .with_user(user or cls.users["coordinator"])
            .create({"name": "The register fails", "company_id": cls.company.id, "process_id": cls.process.id, **vals})
        )

    @classmethod
    def _step(cls, axis, value):
        return cls.scale.step_ids.filtered(lambda step: step.axis == axis and step.value == value).id

    @classmethod
    def _judged(cls, likelihood, impact, stage="inherent", axis="impact"):
        return {
            f"{stage}_likelihood_id": cls._step("likelihood", likelihood),
            f"{stage}_impact_id": cls._step(axis, impact),
        }

    @classmethod
    def _assessed(cls, likelihood=4, impact=5, **vals):
        risk = cls._risk(**cls._judged(likelihood, impact), **vals)
        risk.action_assess()
        return risk

    def _treated(self, **vals):
        risk = self._assessed(strategy="reduce", **vals)
        action = self.env["qms.action"].create(
            {
                "name": "Train a second person",
                "risk_id": risk.id,
                "company_id": self.company.id,
                "responsible_id": self.clerk.id,
                "date_deadline": self.company._qms_today() + timedelta(days=200),
            }
        )
        risk.action_treat()
        return risk, action

    def _do(self, action):
        action.with_user(self.clerk_user).evidence = "Order of the head, list of participants"
        action.with_user(self.clerk_user).action_done()


class TestQmsRisk(RiskCase):
    def test_any_employee_names_a_risk_and_the_head_of_the_unit_answers(self):
        risk = self._risk(self.clerk_user)
        self.assertEqual(risk.reporter_id, self.clerk_user)
        self.assertEqual(risk.responsible_id, self.head)
        self.assertEqual(risk.department_id, self.unit)
        self.assertTrue(risk.number.startswith("RI-"))
        [activity] = risk.sudo().activity_ids
        self.assertEqual((activity.user_id, activity.summary), (self.head_user, "Assess the risk"))

    def test_risk_without_a_place_is_one_of_the_own_unit(self):
        risk = self._risk(self.clerk_user, process_id=False)
        self.assertEqual((risk.department_id, risk.responsible_id), (self.unit, self.head))
        other = self.env["hr.department"].create({"name": "Other", "company_id": self.company.id})
        self.assertEqual(self._risk(self.clerk_user, process_id=False, department_id=other.id).department_id, other)

    def test_level_follows_likelihood_and_impact(self):
        risk = self._risk(**self._judged(4, 5))
        self.assertEqual((risk.inherent_score, risk.level_id.name), (20, "Very high"))
        risk.write(self._judged(1, 2, "residual"))
        self.assertEqual((risk.residual_score, risk.level_id.name, risk.score), (2, "Low", 2))
        self.assertEqual(risk.inherent_level_id.name, "Very high")

    def test_level_follows_the_thresholds(self):
        self.company.qms_risk_scale_id = scale = self.scale.copy()
        steps = {(step.axis, step.value): step.id for step in scale.step_ids}
        risk = self._risk(
            inherent_likelihood_id=steps["likelihood", 2], inherent_impact_id=steps["impact", 2], scale_id=scale.id
        )
        self.assertEqual(risk.level_id.name, "Low")
        scale.level_ids.filtered(lambda level: level.kind == "risk" and level.score_from == 5).score_from = 4
        self.assertEqual(risk.level_id.name, "Moderate")

    def test_step_of_another_axis_or_scale_is_refused(self):
        risk = self._risk()
        with self.assertRaises(ValidationError):
            risk.inherent_likelihood_id = self._step("impact", 3)
        with self.assertRaises(ValidationError):
            risk.inherent_impact_id = self._step("benefit", 3)
        with self.assertRaises(ValidationError):
            risk.inherent_likelihood_id = self.scale.copy().step_ids[0]

    def test_opportunity_is_measured_by_benefit_and_has_its_own_strategies(self):
        risk = self._risk(kind="opportunity", **self._judged(4, 4, axis="benefit"))
        self.assertEqual(risk.level_id.name, "Great")
        with self.assertRaises(ValidationError):
            risk.strategy = "reduce"
        risk.strategy = "use"
        self.assertEqual(risk.strategy, "use")

    def test_negative_loss_is_refused(self):
        with self.assertRaises(Exception) as caught, self.cr.savepoint():
            self._risk(loss=-1)
        self.assertIn("qms_risk_loss_range", str(caught.exception))

    def test_stages_are_gates(self):
        risk = self._risk()
        with self.assertRaises(UserError):
            risk.action_assess()  # nothing judged
        risk.write(self._judged(3, 3))
        risk.action_assess()
        self.assertEqual((risk.state, risk.date_assessed), ("assessed", self.company._qms_today()))
        with self.assertRaises(UserError):
            risk.action_treat()  # no strategy
        risk.strategy = "accept"
        with self.assertRaises(UserError):
            risk.action_treat()
        risk.strategy = "reduce"
        with self.assertRaises(UserError):
            risk.action_treat()  # no action
        with self.assertRaises(UserError):
            risk.state = "monitored"
        with self.assertRaises(UserError):
            risk.date_assessed = False

    def test_treatment_from_plan_to_monitoring(self):
        risk, action = self._treated()
        self.assertEqual((risk.state, action.state), ("treated", "open"))
        self.assertEqual(risk.date_deadline, action.date_deadline)
        self.assertEqual((action.process_id, action.department_id), (self.process, self.unit))
        with self.assertRaises(UserError):
            risk.action_monitor()  # not done
        self._do(action)
        with self.assertRaises(UserError):
            risk.action_monitor()  # what remains is not judged
        risk.write(self._judged(1, 5, "residual"))
        risk.action_monitor()
        self.assertEqual(risk.state, "monitored")
        self.assertEqual(risk.date_deadline, self.company._qms_today() + relativedelta(months=6))
        self.assertEqual(risk.sudo().activity_ids.mapped("summary"), ["Review the risk"])

    def test_actions_of_a_risk_wait_for_its_treatment(self):
        risk = self._assessed()
        action = self.env["qms.action"].create(
            {
                "name": "Too early",
                "risk_id": risk.id,
                "company_id": self.company.id,
                "responsible_id": self.clerk.id,
                "date_deadline": self.company._qms_today(),
            }
        )
        with self.assertRaises(UserError):
            action.action_start()

    def test_high_risk_is_accepted_only_by_the_management_and_with_a_reason(self):
        risk = self._assessed(5, 5)
        for user in (self.head_user, self.users["coordinator"]):
            with self.assertRaises(AccessError):
                risk.with_user(user).action_accept("It never happened here")
        for decider in ("commissioner", "top_management"):
            dialog = risk.with_user(self.users[decider]).action_accept("  ")
            self.assertEqual((dialog["res_model"], risk.state), ("qms.reason.wizard", "assessed"))
        risk.with_user(self.users["top_management"]).action_accept("A second data centre costs more than the loss")
        self.assertEqual((risk.state, risk.strategy), ("monitored", "accept"))
        self.assertEqual(risk.accepted_by_id, self.users["top_management"])
        self.assertEqual(risk.assessment_ids[:1].note, "A second data centre costs more than the loss")

    def test_high_risk_is_not_accepted_by_what_would_remain(self):
        risk = self._assessed(5, 5)
        owner = risk.with_user(self.head_user)
        owner.write(self._judged(1, 1, "residual"))
        with self.assertRaisesRegex(AccessError, "Very high"):
            owner.action_accept("It never happened here")
        risk.with_user(self.users["commissioner"]).action_accept("A second data centre costs more")
        self.assertEqual((risk.level_id.name, risk.residual_score), ("Very high", 0), "Nothing was done about it.")

    def test_what_remains_counts_once_the_treatment_is_done(self):
        risk, action = self._treated()
        owner = risk.with_user(self.head_user)
        owner.write(self._judged(1, 1, "residual"))
        with self.assertRaisesRegex(AccessError, "Very high"):
            owner.action_accept("The rest is small")
        self._do(action)
        owner.action_accept("The rest is small")
        self.assertEqual((risk.state, risk.accepted_by_id), ("monitored", self.head_user))

    def test_assessed_anew_nothing_of_the_old_judgement_remains(self):
        risk, action = self._treated()
        self._do(action)
        risk.write(self._judged(1, 1, "residual"))
        risk.action_monitor()
        risk.with_user(self.head_user).action_reassess("A new register")
        self.assertEqual((risk.residual_score, risk.level_id.name), (0, "Very high"))
        with self.assertRaises(AccessError):
            risk.with_user(self.head_user).action_accept("As before")

    def test_taken_up_again_nothing_of_the_old_decision_remains(self):
        risk, action = self._treated()
        self._do(action)
        risk.write(self._judged(1, 1, "residual"))
        risk.with_user(self.head_user).action_accept("The rest is small")
        risk.action_close("The process was abolished")
        risk.action_reopen("It came back")
        self.assertFalse(risk.accepted_by_id or risk.date_accepted or risk.accept_reason or risk.residual_score)

    def test_low_risk_that_grows_is_accepted_no_more(self):
        risk = self._assessed(1, 2)
        owner = risk.with_user(self.head_user)
        owner.action_accept("Costs nothing")
        owner.write(self._judged(2, 2))
        self.assertEqual(risk.accepted_by_id, self.head_user, "Still nothing that the management decides.")
        owner.write(self._judged(5, 5))
        self.assertFalse(risk.accepted_by_id or risk.date_accepted or risk.accept_reason)
        with self.assertRaisesRegex(UserError, "Very high"):
            owner.action_review("Looked at it")

    def test_low_risk_is_accepted_by_its_owner_and_by_nobody_else(self):
        risk = self._assessed(1, 2)
        with self.assertRaises(AccessError):
            risk.with_user(self.clerk_user).action_accept("Fine")
        risk.with_user(self.head_user).action_accept("Costs nothing")
        self.assertEqual(risk.accepted_by_id, self.head_user)

    def test_high_rest_does_not_pass_as_treated(self):
        risk, action = self._treated()
        self._do(action)
        risk.write(self._judged(4, 4, "residual"))
        with self.assertRaises(UserError):
            risk.action_monitor()
        risk.with_user(self.users["commissioner"]).action_accept("The rest is the ministry's register")
        self.assertEqual((risk.state, risk.strategy), ("monitored", "reduce"))

    def test_review_that_finds_it_grown_leads_back_to_treatment(self):
        risk = self._assessed(1, 2)
        risk.action_accept("Small")
        risk.action_review("Nothing new")
        self.assertEqual(risk.date_reviewed, self.company._qms_today())
        risk.action_reassess("A new register")
        self.assertEqual((risk.state, risk.accepted_by_id), ("assessed", self.env["res.users"]))

    def test_grown_risk_is_not_reviewed_away(self):
        risk, action = self._treated()
        self._do(action)
        risk.write(self._judged(1, 2, "residual"))
        risk.action_monitor()
        risk.write(self._judged(5, 5, "residual"))
        with self.assertRaises(UserError):
            risk.action_review("Looked at it")

    def test_every_judgement_stays_as_it_was(self):
        risk = self._assessed(4, 5)
        risk.write(self._judged(3, 5))
        self.assertEqual(risk.assessment_ids.mapped("occasion"), ["change", "assess"])
        self.assertEqual(risk.assessment_ids.mapped("inherent"), ["3 × 5 = 15, High", "4 × 5 = 20, Very high"])
        row = risk.assessment_ids[:1]
        for attempt in (
            lambda: row.sudo().write({"note": "x"}),
            lambda: row.sudo().unlink(),
            lambda: row.sudo().copy(),
            lambda: row.with_user(self.users["coordinator"]).write({"note": "x"}),
            lambda: self.env["qms.risk.assessment"].sudo().with_context(qms_recording=True).create({}),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_same_figures_leave_no_row(self):
        risk = self._assessed(4, 5)
        risk.write(self._judged(4, 5))
        self.assertEqual(len(risk.assessment_ids), 1)

    def test_closing_and_taking_up_again_belong_to_the_quality_staff(self):
        risk = self._assessed()
        for user in (self.head_user, self.clerk_user, self.users["top_management"]):
            with self.assertRaises(AccessError):
                risk.with_user(user).action_close("It is over")
        risk.action_close("The process was abolished")
        self.assertFalse(risk.sudo().activity_ids)
        with self.assertRaises(UserError):
            risk.name = "Another"
        risk.action_reopen("It came back")
        self.assertEqual((risk.state, risk.close_reason), ("identified", False))

    def test_assessed_risk_stays_in_the_database(self):
        risk = self._assessed()
        risk.flush_recordset()
        with self.assertRaises(Exception) as caught, self.cr.savepoint():
            risk.sudo().unlink()
        self.assertIn("qms_risk_assessment", str(caught.exception))

    def test_only_owner_and_quality_staff_judge(self):
        risk = self._risk(self.clerk_user)
        with self.assertRaises(AccessError):
            risk.with_user(self.clerk_user).write(self._judged(1, 1))
        risk.with_user(self.head_user).write(self._judged(2, 3))
        self.assertEqual(risk.inherent_score, 6)

    def test_who_reads_what(self):
        risk = self._risk(self.clerk_user)
        mine = self.env["qms.risk"]
        for user in (self.clerk_user, self.head_user, self.users["top_management"], self.users["auditor"]):
            self.assertIn(risk, mine.with_user(user).search([]))
        self.assertNotIn(risk, mine.with_user(self.stranger).search([]))
        self.assertNotIn(risk, self._abroad("qms.risk").search([]))
        with self.assertRaises(AccessError):
            risk.with_user(self.users["auditor"]).name = "x"
        self.assertNotIn(risk, self._abroad("qms.risk").search([]))
        risk.with_user(self.head_user).write(self._judged(2, 3))
        risk.with_user(self.head_user).action_assess()
        rows = self.env["qms.risk.assessment"]
        self.assertEqual(len(rows.with_user(self.clerk_user).search([("risk_id", "=", risk.id)])), 1)
        self.assertFalse(rows.with_user(self.stranger).search([("risk_id", "=", risk.id)]))
        self.assertFalse(self._abroad("qms.risk.assessment").search([("risk_id", "=", risk.id)]))

    def test_owner_plans_the_treatment(self):
        risk = self._assessed(strategy="reduce")
        action = (
            self.env["qms.action"]
            .with_user(self.head_user)
            .create({"name": "Plan", "risk_id": risk.id, "company_id": self.company.id})
        )
        action.write({"responsible_id": self.clerk.id, "date_deadline": self.company._qms_today()})
        risk.with_user(self.head_user).action_treat()
        self.assertEqual(action.state, "open")

    def test_risk_from_a_record_of_any_addon(self):
        nonconformity = self._nonconformity(process_id=self.process.id)
        risk = self.env["qms.risk"]._raise_from(nonconformity, {"name": "It may happen elsewhere"})
        self.assertEqual(risk.action_open_origin()["res_id"], nonconformity.id)

    def test_process_counts_its_open_risks(self):
        risk = self._assessed()
        self._risk()
        self.process.invalidate_recordset()
        self.assertEqual(self.process.open_risk_count, 2)
        risk.action_close("Over")
        self.process.invalidate_recordset()
        self.assertEqual(self.process.open_risk_count, 1)
