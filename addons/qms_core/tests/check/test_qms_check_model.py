from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields

from .check_common import CheckCase


class TestProcessChecks(CheckCase):
    def test_process_without_owner(self):
        process = self._process("P-1")
        heading = self._process("P-9")
        self._process("P-9.1", parent_id=heading.id)
        self.assertFalse(self._hits("process_without_owner"))
        (process + heading).owner_role_id = False
        self.assertEqual(self._hits("process_without_owner"), {(process.display_name, "")})

    def test_process_whose_owner_nobody_is(self):
        role = self._role("R-NOBODY", kind="commission")
        process = self._process("P-1", owner_role_id=role.id)
        self.assertEqual(self._hits("process_owner_absent"), {(process.display_name, "")})
        self.assertFalse(self._hits("role_unheld"), "One gap is one hit.")
        self._hold(role)
        self.assertFalse(self._hits("process_owner_absent"))

    def test_process_not_in_force(self):
        process = self._process("P-1")
        self.assertEqual(self._hits("process_not_in_force"), {(process.display_name, "")})
        self._in_force(process)
        self.assertFalse(self._hits("process_not_in_force"))

    def test_process_unmeasured(self):
        process = self._process("P-1")
        self._published(process)
        self.assertFalse(self._hits("process_unmeasured"))
        self._published(process, criteria=False)
        self.assertEqual(self._hits("process_unmeasured"), {(process.display_name, "")})
        self.env["qms.indicator"].create({"name": "Term", "code": "I-1", "process_id": process.id})
        self.assertFalse(self._hits("process_unmeasured"))

    def test_bodies_that_do_not_take_part(self):
        process = self._process("P-1", scope="between")
        self.assertEqual(self._hits("process_between_bodies"), {(process.display_name, "")})
        body = self.env["qms.body"].create(
            {"name": "City B", "code": "B", "company_id": self.other_company.id, "is_listed": True}
        )
        process.body_ids = body
        self.assertFalse(self._hits("process_between_bodies"))
        body.is_listed = False
        self.assertEqual(self._hits("process_between_bodies"), {(process.display_name, "B")})
        body.write({"is_listed": True, "date_to": self.today - timedelta(days=1)})
        self.assertEqual(self._hits("process_between_bodies"), {(process.display_name, "B")})

    def test_step_without_role(self):
        process = self._process("P-1")
        self._published(process, [{}, {"role_id": False}])
        self.assertEqual(self._hits("step_without_role"), {(process.display_name, "s1")})
        self._published(process, [{}, {"role_id": False, "kind": "start"}])
        self.assertFalse(self._hits("step_without_role"), "Events happen, nobody performs them.")

    def test_step_times(self):
        process = self._process("P-1")
        self._published(process, [{"touch_minutes": 0}, {"wait_hours": 24 * 91}])
        name = process.display_name
        self.assertEqual(self._hits("step_times"), {(name, "missing"), (name, "long")})
        applicant = self._role("R-APPL", kind="applicant")
        self._published(process, [{"touch_minutes": 0, "role_id": applicant.id}, {"wait_hours": 24 * 90}])
        self.assertFalse(self._hits("step_times"))

    def test_versions_that_wait_or_are_outdated(self):
        process = self._process("P-1")
        waiting, planned = self._draft(process), self._draft(process)
        waiting.action_submit()
        planned.variant = "to_be"
        self.env.flush_all()
        self.assertFalse(self._hits("version_waits") | self._hits("to_be_outdated"))
        today = fields.Datetime.now()
        self._dated(waiting, "write_date", today - timedelta(days=40))
        self._dated(planned, "create_date", today - relativedelta(years=1, days=2))
        self.assertEqual(self._hits("version_waits"), {(process.display_name, "1")})
        self.assertEqual(self._hits("to_be_outdated"), {(process.display_name, "2")})

    def _dated(self, record, field, moment):
        """Set a date that only the system writes."""
        record._fields[field].write(record, moment)
        record.env.flush_all()
        record.invalidate_recordset()

    def test_maturity(self):
        process = self._process("P-1", maturity="1", maturity_date=self.today)
        self.assertEqual(self._hits("maturity_low"), {(process.display_name, "")})
        self.assertFalse(self._hits("maturity_outdated"))
        process.write({"maturity": "3", "maturity_date": self.today - relativedelta(years=1, days=1)})
        self.assertFalse(self._hits("maturity_low"))
        self.assertEqual(self._hits("maturity_outdated"), {(process.display_name, "")})


class TestFlowChecks(CheckCase):
    def _flow(self, direction, name, **end):
        return {"key": f"{direction}-{name}", "direction": direction, "name": name, **end}

    def test_ends_that_are_missing(self):
        first, second = self._process("P-1"), self._process("P-2")
        self._in_force(
            first,
            [
                self._flow("input", "Request", party_id=self.party.id),
                self._flow("input", "Map"),
                self._flow("output", "Plan", other_process_id=second.id),
                self._flow("output", "Copy"),
            ],
        )
        self._in_force(second, [self._flow("output", "Answer", party_id=self.party.id)])
        name = first.display_name
        self.assertEqual(self._hits("input_unsupplied"), {(name, "input map ")})
        self.assertEqual(self._hits("output_untaken"), {(name, "output copy ")})
        self.assertEqual(self._hits("flow_one_sided"), {(name, "output plan P-2")})

    def test_other_authorities_are_not_told(self):
        foreign = self.env["qms.process"].create({"name": "Theirs", "code": "F-1", "company_id": self.other_company.id})
        version = foreign._new_version({"flow_ids": [(0, 0, self._flow("input", "Map"))]})
        version._transition({"state": "approved"})
        foreign._put_in_force(version)
        self.assertFalse(self._hits("input_unsupplied"))


class TestStandardChecks(CheckCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.standard = cls.env["qms.standard"].create({"name": "Quality", "code": "Q", "company_id": cls.company.id})
        cls.chapter, cls.clause, cls.other, cls.design = cls.env["qms.requirement"].create(
            [
                {"standard_id": cls.standard.id, "clause": clause, "name": clause, "company_id": cls.company.id}
                for clause in ("7", "7.1", "7.2", "7.3")
            ]
        )
        (cls.clause | cls.other | cls.design).parent_id = cls.chapter
        cls.process = cls._process("P-1")

    def test_requirement_nobody_covers(self):
        self.process.requirement_ids = self.clause
        self.assertEqual(
            self._hits("requirement_uncovered"), {(self.other.display_name, ""), (self.design.display_name, "")}
        )
        self.design.write({"applicable": False, "reason": "Nothing is designed."})
        self.assertEqual(self._hits("requirement_uncovered"), {(self.other.display_name, "")})
        self.standard.active = False
        self.assertFalse(self._hits("requirement_uncovered"))

    def test_left_out_and_yet_described(self):
        self.process.requirement_ids = self.clause | self.design
        self.assertFalse(self._hits("exclusion_contradicted"))
        self.design.write({"applicable": False, "reason": "Nothing is designed."})
        self.assertEqual(self._hits("exclusion_contradicted"), {(self.design.display_name, "")})

    def test_a_chapter_left_out_takes_its_clauses_with_it(self):
        self.chapter.write({"applicable": False, "reason": "Not here."})
        self.assertFalse(self._hits("requirement_uncovered"))
        self.process.requirement_ids = self.clause
        self.assertEqual(self._hits("exclusion_contradicted"), {(self.clause.display_name, "")})

    def test_requirement_without_accountable_role(self):
        self.assertFalse(self._hits("requirement_unaccounted"), "Nobody has begun the matrix yet.")
        letter = self.env["qms.letter.set"]._current()._accountable()
        row = {"role_id": self.process.owner_role_id.id, "letter_id": letter.id}
        self.env["qms.responsibility"].create({"requirement_id": self.clause.id, **row})
        self.assertEqual(
            self._hits("requirement_unaccounted"), {(self.other.display_name, ""), (self.design.display_name, "")}
        )
        self.env["qms.responsibility"].create({"requirement_id": self.chapter.id, **row})
        self.assertFalse(self._hits("requirement_unaccounted"))


class TestServiceChecks(CheckCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls._process("P-1")
        cls.service = cls.env["qms.service"].create(
            {
                "name": "Certificate",
                "code": "S-1",
                "company_id": cls.company.id,
                "process_id": cls.process.id,
                "department_id": cls.unit.id,
                "legal_basis": "Law 1",
                "result": "Certificate",
                "refusal_grounds": "Documents are missing.",
                "document_ids": [(0, 0, {"name": "Application"})],
                "channel_ids": [(0, 0, {"name": "At the counter", "code": "at"})],
                "applicant_category_ids": [(0, 0, {"name": "Everybody", "code": "all"})],
                "norm_ids": [(0, 0, {"deadline_days": 10, "valid_from": cls.today - timedelta(days=30)})],
            }
        )

    def _names(self, check):
        return {name for name, _key in self._hits(check)}

    def test_service_without_process(self):
        self.assertFalse(self._names("service_without_process"))
        self.service.process_id = False
        self.assertEqual(self._names("service_without_process"), {self.service.display_name})

    def test_service_without_deadline(self):
        self.assertFalse(self._names("service_without_deadline"))
        self.service.norm_ids.deadline_days = 0
        self.assertEqual(self._names("service_without_deadline"), {self.service.display_name})
        self.service.norm_ids.write({"deadline_days": 10, "valid_from": self.today + timedelta(days=5)})
        self.assertEqual(self._names("service_without_deadline"), {self.service.display_name})

    def test_norm_overdue_for_review(self):
        self.assertFalse(self._names("norm_review_overdue"))
        self.service.norm_ids.date_deadline = self.today - timedelta(days=1)
        self.assertEqual(self._names("norm_review_overdue"), {self.service.display_name})
        self.service.norm_ids.action_reviewed()
        self.assertFalse(self._names("norm_review_overdue"))

    def test_gaps_of_the_card(self):
        self.assertFalse(self._names("service_card_incomplete"))
        self.service.write({"result": False, "fee": 12})
        self.service.document_ids.unlink()
        self.assertEqual(self._names("service_card_incomplete"), {self.service.display_name})
        issue = self._issue("service_card_incomplete")
        for missing in ("Documents to Submit", "Result", "Fee Basis"):
            self.assertIn(missing, issue.sentence)
        self.assertNotIn("Legal Basis", issue.sentence)

    def test_promise_nobody_measures(self):
        promise = self.env["qms.service.promise"].create({"service_id": self.service.id, "name": "In 15 minutes"})
        self.assertFalse(self._names("promise_unmeasured"), "The service isn't measured yet at all.")
        indicator = self.env["qms.indicator"].create({"name": "Wait", "code": "I-1", "service_id": self.service.id})
        self.assertEqual(self._names("promise_unmeasured"), {self.service.display_name})
        promise.indicator_id = indicator
        self.assertFalse(self._names("promise_unmeasured"))


class TestIndicatorChecks(CheckCase):
    def test_indicator_without_value(self):
        indicator = self.env["qms.indicator"].create({"name": "Term", "code": "I-1", "period": "month"})
        self.assertFalse(self._hits("indicator_unmeasured"), "Made today, it owes nothing yet.")
        indicator._fields["create_date"].write(indicator, fields.Datetime.now() - timedelta(days=100))
        indicator.flush_recordset()
        self.assertEqual(self._hits("indicator_unmeasured"), {(indicator.display_name, "")})
        value = self.env["qms.measurement"].create(
            {"indicator_id": indicator.id, "date": self.today - timedelta(days=90), "value": 1}
        )
        self.assertTrue(self._hits("indicator_unmeasured"))
        value.date = self.today.replace(day=1)
        self.assertFalse(self._hits("indicator_unmeasured"))

    def test_indicator_without_owner(self):
        indicator = self.env["qms.indicator"].create({"name": "Term", "code": "I-1"})
        self._check()
        self.assertEqual(self._hits("indicator_without_owner"), {(indicator.display_name, "")})
        indicator.owner_role_id = self._role("R-1")
        self.assertFalse(self._hits("indicator_without_owner"))


class TestStaffChecks(CheckCase):
    def _position(self, code, **vals):
        return self._role(code, kind="position", **vals)

    def test_role_nobody_performs(self):
        role = self._role("R-TEAM", kind="commission")
        self._in_force(self._process("P-1"), role_id=role.id)
        self.assertEqual(self._hits("role_unheld"), {(role.display_name, "")})
        self._hold(role)
        self.assertFalse(self._hits("role_unheld"))

    def test_vacant_position_is_told_once(self):
        position = self._position("R-CLERK")
        self._in_force(self._process("P-1"), role_id=position.id)
        self.assertEqual(self._hits("position_vacant"), {(position.display_name, "")})
        self.assertFalse(self._hits("role_unheld"))
        self._hold(position)
        self.assertFalse(self._hits("position_vacant"))

    def test_visa_of_one_person(self):
        position = self._position("R-VISA")
        self._hold(position)
        process = self._process("P-1")
        self._published(process, [{"role_id": position.id}])
        self.assertFalse(self._hits("role_held_alone"), "Nobody waits for a visa of his.")
        self._published(process, [{"role_id": position.id, "control_point": True}])
        self.assertEqual(self._hits("role_held_alone"), {(position.display_name, "")})
        self._hold(position, self.officer, kind="deputy")
        self.assertFalse(self._hits("role_held_alone"))

    def test_position_without_duties(self):
        position = self._position("R-CLERK")
        self._process("P-1")
        self.assertEqual(self._hits("position_without_duties"), {(position.display_name, "")})
        self.env["qms.duty"].create({"role_id": position.id, "text": "Answers letters"})
        self.assertFalse(self._hits("position_without_duties"))

    def test_people_without_position_or_duties(self):
        self._process("P-1")  # gives the head, its owner, something to do
        people = self.clerk | self.officer
        names = {(person.name, "") for person in people}
        self.assertEqual(self._hits("employee_without_position"), names)
        self.assertFalse(self._hits("employee_without_duties"), "One gap is one hit.")
        position = self._position("R-CLERK", headcount=2)
        for person in people:
            self._hold(position, person)
        self.assertFalse(self._hits("employee_without_position"))
        self.assertEqual(self._hits("employee_without_duties"), names)
        self.env["qms.duty"].create({"role_id": position.id, "text": "Answers letters"})
        self.assertFalse(self._hits("employee_without_duties"))

    def test_who_is_away_has_duties_still(self):
        position = self._position("R-CLERK", headcount=2)
        self.env["qms.duty"].create({"role_id": position.id, "text": "Answers letters"})
        self._process("P-1")
        for person in self.head | self.clerk:
            self._hold(position, person)
        self._hold(
            position, self.officer, kind="acting", acted_for_id=self.clerk.id, date_from=self.today, reason="leave"
        )
        self.assertFalse(self._hits("employee_without_duties"))

    def test_unit_without_head(self):
        process = self._process("P-1")
        self.assertFalse(self._hits("unit_without_head"))
        unit = self.env["hr.department"].create({"name": "Archive", "company_id": self.company.id})
        process.department_id = unit
        self.assertEqual(self._hits("unit_without_head"), {(unit.display_name, "")})
        self._hold(self._role("R-HEAD", kind="head", department_id=unit.id))
        self.assertFalse(self._hits("unit_without_head"))


class TestDutyChecks(CheckCase):
    def test_duty_without_person(self):
        record = self._nonconformity()
        self.assertFalse(self._hits("duty_unassigned"))
        record.sudo().responsible_id = False
        self.assertEqual(self._hits("duty_unassigned"), {(self.unit.display_name, "qms.nonconformity")})
        issue = self._issue("duty_unassigned")
        self.assertNotIn(record.name, issue.sentence, "Who sees the issue need not be able to read the record.")
        action = issue.action_open_place()
        self.assertEqual(self.env["qms.nonconformity"].search(action["domain"]), record.sudo())
        record.with_user(self.users["quality_officer"]).action_reject("It was right.")
        self.assertFalse(self._hits("duty_unassigned"))

    def test_duty_without_unit_is_told_at_the_authority(self):
        self._nonconformity(department_id=False)
        self.assertEqual(self._hits("duty_unassigned"), {(self.company.display_name, "qms.nonconformity")})

    def test_duty_of_a_person_who_left(self):
        self._nonconformity()
        self._nonconformity()
        self.assertFalse(self._hits("duty_person_left"))
        self.head.active = False
        self.assertEqual(self._hits("duty_person_left"), {(self.head.name, "")})
        self.assertIn("2", self._issue("duty_person_left").sentence)

    def test_corruption_is_not_even_counted(self):
        secret = self._nonconformity(kind="corruption")
        self.env["qms.action"].create(
            {"name": "x", "nonconformity_id": secret.id, "company_id": self.company.id}
        )._transition({"state": "open"})
        self.assertFalse(self._hits("duty_unassigned"))
        secret.sudo().responsible_id = self.clerk
        self.clerk.active = False
        self.assertFalse(self._hits("duty_person_left"))

    def test_scheduled_job_that_fails(self):
        self.env["ir.cron"].with_context(active_test=False).search([("failure_count", ">", 0)]).failure_count = 0
        self.assertFalse(self._hits("job_failing"))
        job = self.env.ref("qms_core.ir_cron_deadlines")
        job.sudo().write({"failure_count": 5, "active": False})
        self.assertEqual(self._hits("job_failing"), {(self.company.display_name, str(job.id))})
