from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError

from ..common import QmsCase


class ScreeningCase(QmsCase):
    """A register of two functions and a service, a commission with the head as its member."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commission = cls._role("R-COM", kind="commission")
        cls.env["qms.role.holder"].create({"role_id": cls.commission.id, "employee_id": cls.head.id})
        cls.first = cls._process("P-1", nature="function")
        cls.second = cls._process("P-2", nature="service")
        cls.internal = cls._process("P-3", nature="internal")
        cls.service = cls.env["qms.service"].create(
            {
                "name": "Permit",
                "code": "S-1",
                "company_id": cls.company.id,
                "process_id": cls.second.id,
                "department_id": cls.unit.id,
            }
        )

    @classmethod
    def _screening(cls, **vals):
        screening = (
            cls.env["qms.screening"]
            .with_user(cls.users["coordinator"])
            .create(
                {
                    "name": "Screening",
                    "commission_id": cls.commission.id,
                    "protocol_number": "7",
                    "date_deadline": cls.company._qms_today() + timedelta(days=30),
                    **vals,
                }
            )
        )
        screening.action_fill()
        return screening

    @classmethod
    def _line(cls, screening, subject):
        return screening.line_ids.filtered(lambda line: line._subject().code == subject.code)

    @classmethod
    def _started(cls, **vals):
        """A round under way in which everything is kept so far."""
        screening = cls._screening(**vals)
        screening.action_start()
        screening.line_ids.verdict = "keep"
        return screening

    @classmethod
    def _conclude(cls, screening):
        screening.with_user(cls.users["commissioner"]).action_conclude()
        return screening


class TestScreeningAndRegister(ScreeningCase):
    def test_screened_passports_are_the_basis_of_the_register(self):
        passport = self._approved(self.first)
        screening = self._started()
        self._line(screening, self.second).write(
            {
                "is_duplicate": "yes",
                "verdict": "merge",
                "merge_process_id": self.first.id,
                "reason": "The same twice.",
            }
        )
        edition = (
            self.env["qms.process.register"]
            .with_user(self.users["coordinator"])
            .create(
                {
                    "screening_id": screening.id,
                    "act_kind": "order",
                    "act_issuer": "Mayor",
                    "act_number": "7",
                    "act_date": "2026-03-05",
                }
            )
        )
        edition.action_take()
        with self.assertRaisesRegex(UserError, "not concluded yet"):
            edition.action_submit()
        self._conclude(screening)
        edition.action_submit()
        edition.with_user(self.users["top_management"]).action_approve()
        self.assertIn(f'"screening":"{screening.name}"', self.env["qms.seal"]._link_of(edition).content)
        row = edition.line_ids.filtered(lambda line: line.code == "P-1")
        self.assertEqual((row.version_number, row.checksum), (passport.number, passport.seal_checksum))
        told = edition.remarks or ""
        self.assertIn("give these up, yet they are listed: P-2", told)
        self.assertNotIn("P-1,", told.split("give these up")[-1], "What passed the analysis stays.")


class TestQmsScreening(ScreeningCase):
    def test_fill_takes_functions_and_services_once(self):
        screening = self._screening()
        screening.action_fill()
        self.assertEqual(
            sorted(line._subject().code for line in screening.line_ids),
            ["P-1", "P-2", "S-1"],
            "Internal processes are no functions, and nothing is listed twice.",
        )

    def test_fill_of_a_branch(self):
        self._process("P-2.1", nature="function", parent_id=self.second.id)
        screening = self._screening(branch_id=self.second.id)
        self.assertEqual(sorted(line._subject().code for line in screening.line_ids), ["P-2.1", "S-1"])

    def test_fill_of_an_empty_branch_says_so(self):
        with self.assertRaisesRegex(UserError, "no functions or services"):
            self._screening(branch_id=self.internal.id)

    def test_members_are_those_of_the_day(self):
        today = self.company._qms_today()
        self.commission.holder_ids.date_to = today - timedelta(days=10)
        screening = self._screening(date=today)
        self.assertFalse(screening.member_ids)
        with self.assertRaisesRegex(UserError, "Nobody is a member"):
            screening.action_start()
        screening.date = today - timedelta(days=10)
        self.assertEqual(screening.sudo().member_ids, self.head)
        screening.action_start()
        self.assertEqual(screening.activity_ids.user_id, self.head_user)

    def test_life_of_a_round(self):
        screening = self._conclude(self._started())
        self.assertEqual(screening.state, "concluded")
        self.assertEqual(screening.concluded_by_id, self.users["commissioner"])
        self.assertTrue(screening.seal_checksum)
        self.assertFalse(screening.activity_ids)
        self.assertEqual(set(screening.line_ids.mapped("outcome")), {"kept"})
        self.assertEqual(self.env["qms.frozen.mixin"].verify_all(), [])

    def test_concluded_round_is_frozen(self):
        screening = self._conclude(self._started())
        coordinator = self.users["coordinator"]
        for attempt in (
            lambda: screening.with_user(coordinator).write({"note": "x"}),
            lambda: screening.line_ids[0].with_user(coordinator).write({"verdict": "drop"}),
            lambda: screening.line_ids[0].with_user(coordinator).unlink(),
            lambda: screening.with_user(coordinator).unlink(),
            lambda: screening.line_ids.with_user(coordinator).create(
                {"screening_id": screening.id, "process_id": self.internal.id}
            ),
            lambda: screening.with_user(coordinator).action_fill(),
        ):
            with self.assertRaises(UserError):
                attempt()

    def test_who_left_the_commission_stays_in_the_minutes(self):
        screening = self._conclude(self._started())
        self.commission.holder_ids.unlink()
        screening.invalidate_recordset()
        self.assertEqual(screening.sudo().member_ids, self.head)

    def test_conclusion_names_each_undecided_line(self):
        screening = self._screening(protocol_number=False)
        screening.action_start()
        self._line(screening, self.first).verdict = "keep"
        with self.assertRaises(UserError) as caught:
            self._conclude(screening)
        message = str(caught.exception)
        self.assertIn("P-2 Process P-2: there is no verdict", message)
        self.assertIn("S-1 Permit: there is no verdict", message)
        self.assertNotIn("P-1", message)
        self.assertIn("minutes", message)
        self.assertEqual(screening.state, "progress")

    def test_rules_of_verdicts(self):
        line = self._line(self._started(), self.first)
        cases = (
            ({"verdict": "reduce", "reason": " "}, "needs a reason"),
            ({"verdict": "merge", "reason": "x"}, "merged with"),
            ({"verdict": "transfer", "reason": "x"}, "goes to"),
            ({"verdict": "drop", "reason": "x", "can_regulate": "yes"}, "Regulation"),
            ({"verdict": "keep", "reason": False, "is_duplicate": "yes"}, "why it is kept"),
        )
        for vals, problem in cases:
            line.write({"is_duplicate": False, **vals})
            self.assertIn(problem, line._problem())
        for vals in (
            {"verdict": "keep", "reason": "The law demands both."},
            {"verdict": "merge", "merge_process_id": self.second.id, "reason": "x"},
            {"verdict": "transfer", "transfer_department_id": self.unit.id, "reason": "x"},
            {"verdict": "drop", "can_regulate": "no", "reason": "x"},
        ):
            line.write(vals)
            self.assertFalse(line._problem())

    def test_verdict_that_changes_something_needs_a_deadline(self):
        screening = self._started(date_deadline=False)
        self._line(screening, self.first).write({"verdict": "reduce", "reason": "x"})
        with self.assertRaisesRegex(UserError, "until when"):
            self._conclude(screening)

    def test_impossible_targets(self):
        line = self._line(self._started(), self.first)
        party = self.env["qms.party"].create({"name": "Firm", "code": "X", "company_id": self.company.id})
        with self.assertRaises(ValidationError):
            line.merge_process_id = self.first
        with self.assertRaises(ValidationError):
            line.write({"transfer_department_id": self.unit.id, "transfer_party_id": party.id})

    def test_who_may_conclude(self):
        screening = self._started()
        for group in ("quality_officer", "coordinator", "auditor", "legal"):
            with self.assertRaises(AccessError):
                screening.with_user(self.users[group]).action_conclude()
        screening.with_user(self.users["top_management"]).action_conclude()
        self.assertEqual(screening.state, "concluded")

    def test_draft_is_not_concluded_at_once(self):
        with self.assertRaises(UserError):
            self._conclude(self._screening())

    def test_employees_read_what_is_concluded(self):
        screening = self._started()
        with self.assertRaises(AccessError):
            screening.with_user(self.stranger).read(["name"])
        self.assertFalse(screening.line_ids.with_user(self.stranger).search([]))
        self.assertTrue(screening.with_user(self.head_user).line_ids[0].label, "A member reads the round he sits in.")
        self._conclude(screening)
        self.assertEqual(len(screening.with_user(self.stranger).line_ids), 3)
        for user in (self.stranger, self.users["auditor"], self.users["top_management"]):
            with self.assertRaises(AccessError):
                self.env["qms.screening"].with_user(user).create({"name": "x"})

    def test_another_authority_sees_nothing(self):
        screening = self._conclude(self._started())
        self.assertFalse(self._abroad("qms.screening").search([]))
        self.assertFalse(self._abroad("qms.screening.line").search([]))
        with self.assertRaises(AccessError):
            self._abroad("qms.screening").browse(screening.id).read(["name"])

    def test_second_screening_compares_with_the_first(self):
        screening = self._started()
        answers = {"in_demand": "yes", "reason": "It repeats the other."}
        self._line(screening, self.first).write({"verdict": "merge", "merge_process_id": self.second.id, **answers})
        self._line(screening, self.service).write({"verdict": "reduce", "reason": "Too many papers."})
        self._conclude(screening)
        self.first.active = False
        second = self._screening(kind="second", previous_id=screening.id)
        self.assertFalse(self._line(second, self.first), "What was merged is no longer in the register.")
        self.assertEqual(self._line(second, self.service).previous_verdict, "reduce")
        self.assertEqual(
            {line.label: line.outcome for line in second.previous_line_ids},
            {"P-1 Process P-1": "done", "S-1 Permit": "progress"},
        )

    def test_answers_of_the_first_are_known_in_the_second(self):
        screening = self._started()
        self._line(screening, self.second).in_demand = "yes"
        self._conclude(screening)
        second = self._screening(kind="second", previous_id=screening.id)
        self.assertEqual(self._line(second, self.second).in_demand, "yes")
        self.assertFalse(self._line(second, self.second).verdict, "A verdict is passed anew.")

    def test_second_screening_needs_the_first(self):
        screening = self._screening(kind="second")
        with self.assertRaisesRegex(UserError, "needs the first"):
            screening.action_start()

    def test_draft_can_be_deleted(self):
        screening = self._screening()
        screening.unlink()
        self.assertFalse(screening.exists())

    def test_nothing_is_taken_from_the_commission(self):
        screening = self._screening()
        screening.action_start()
        self._line(screening, self.service).unlink()
        self._line(screening, self.first).verdict = "keep"
        for record in (self._line(screening, self.second), screening):
            with self.assertRaisesRegex(UserError, "stays for it to decide"):
                record.unlink()

    def test_an_empty_round_is_not_concluded(self):
        screening = self._screening()
        screening.action_start()
        screening.line_ids.unlink()
        with self.assertRaisesRegex(UserError, "nothing to screen"):
            self._conclude(screening)

    def test_minutes_outlive_renamings(self):
        """People marry and leave, codes change: none of it is a broken seal."""
        screening = self._started()
        party = self.env["qms.party"].create({"name": "Firm", "code": "X", "company_id": self.company.id})
        self._line(screening, self.first).write(
            {"verdict": "merge", "merge_process_id": self.second.id, "reason": "Twice"}
        )
        self._line(screening, self.second).write(
            {"verdict": "transfer", "transfer_department_id": self.unit.id, "reason": "Theirs"}
        )
        self._line(screening, self.service).write(
            {"verdict": "transfer", "transfer_party_id": party.id, "reason": "Theirs"}
        )
        self._conclude(screening)
        self.head.name = "Married Otherwise"
        self.commission.code = "R-9"
        self.unit.qms_code = "U-9"
        party.code = "Y"
        self.service.code = "S-9"
        self.second.code = "P-9"
        self.head.active = False
        self.env.invalidate_all()
        self.assertEqual(screening.sudo()._verify(), [])

    def test_minutes_of_an_earlier_release_are_verified_by_their_own_form(self):
        screening = self._conclude(self._started()).sudo()
        link = self.env["qms.seal"]._append(self.company, screening, screening._seal_text(schema=1))
        self.assertIn(f'"members":["{self.head.name}"]', link.content)
        self.assertEqual(screening.sudo()._verify(), [])
        self.head.name = "Another"
        self.assertTrue(screening.sudo()._verify(), "what was sealed by name is compared by name")
