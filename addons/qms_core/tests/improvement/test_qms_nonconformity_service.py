from odoo.exceptions import AccessError, UserError

from .common import NonconformityCase


class TestNonconformingService(NonconformityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls.env["qms.service"].create(
            {"name": "Certificate", "code": "S-1", "company_id": cls.company.id, "department_id": cls.unit.id}
        )

    def _service_case(self, **vals):
        record, _action = self._planned(kind="service", service_id=self.service.id, **vals)
        return record

    def _remedy(self, record, user=None, **vals):
        return (
            self.env["qms.nonconformity.remedy"]
            .with_user(user or self.head_user)
            .create({"nonconformity_id": record.id, "description": "Handed over at home the same day", **vals})
        )

    def test_no_work_before_the_citizen_was_helped(self):
        record = self._service_case().with_user(self.head_user)
        with self.assertRaisesRegex(UserError, "citizen"):
            record.action_start()
        self._remedy(record, kind="transfer")
        record.action_start()
        self.assertEqual(record.state, "work")

    def test_other_kinds_need_no_remedy(self):
        record, _action = self._planned(kind="document")
        record.with_user(self.head_user).action_start()
        self.assertEqual(record.state, "work")

    def test_only_who_answers_says_what_was_done(self):
        record = self._service_case()
        remedy = self._remedy(record)
        for user in (self.clerk_user, self.stranger, self.users["auditor"]):
            with self.assertRaises(AccessError):
                self._remedy(record, user=user)
            with self.assertRaises(AccessError):
                remedy.with_user(user).description = "Nothing"
            with self.assertRaises(AccessError):
                remedy.with_user(user).unlink()

    def test_closed_means_closed_for_its_lines(self):
        record = self._nonconformity(kind="service")
        remedy = self._remedy(record)
        record.with_user(self.head_user).action_reject("No requirement says so.")
        with self.assertRaises(UserError):
            remedy.with_user(self.head_user).description = "Else"
        with self.assertRaises(UserError):
            self._remedy(record)
        with self.assertRaises(UserError):
            remedy.sudo().unlink()

    def test_block_names_what_must_not_be_used(self):
        record = self._service_case().with_user(self.head_user)
        with self.assertRaisesRegex(UserError, "affected result"):
            record.action_block_use()
        record.service_result = "Certificate No. 15"
        record.action_block_use()
        self.assertEqual((record.use_blocked, record.blocked_by_id), (True, self.head_user))
        self.assertEqual(record.date_blocked, self.company._qms_today())
        with self.assertRaises(UserError):
            record.write({"use_blocked": False})
        # Whoever delivers the service is warned, also who may not read the nonconformity.
        self.service.invalidate_recordset()
        self.assertIn("Certificate No. 15", self.service.with_user(self.stranger).blocked_results)

    def test_warning_stays_until_the_release(self):
        record = self._service_case(service_result="Certificate No. 15")
        record.with_user(self.head_user).action_block_use()
        other = self.service.copy({"code": "S-2"})
        for user in (self.head_user, self.users["commissioner"]):
            for vals in ({"service_result": "No. 16"}, {"service_id": other.id}, {"kind": "document"}):
                with self.assertRaisesRegex(UserError, "Release the result"):
                    record.with_user(user).write(vals)
        record.with_user(self.users["commissioner"]).action_release_use("A corrected one was handed over.")
        record.with_user(self.head_user).service_result = "Certificates No. 15 and 16"
        self.assertFalse(self.service.blocked_results)

    def test_released_by_the_quality_staff_with_a_reason(self):
        record = self._service_case(service_result="Certificate No. 15").with_user(self.head_user)
        record.action_block_use()
        with self.assertRaises(AccessError):
            record.action_release_use("Corrected")
        officer = record.with_user(self.users["quality_officer"])
        self.assertEqual(officer.action_release_use()["res_model"], "qms.reason.wizard")
        officer.action_release_use("A corrected certificate was handed over.")
        self.assertFalse(record.use_blocked)
        self.assertEqual(record.released_by_id, self.users["quality_officer"])
        self.service.invalidate_recordset()
        self.assertFalse(self.service.blocked_results)

    def test_not_closed_while_blocked(self):
        self.company.qms_check_days = 0
        record = self._service_case(service_result="Certificate No. 15")
        head = record.with_user(self.head_user)
        head.action_block_use()
        self._remedy(record)
        head.action_start()
        self._do(record.action_ids)
        head.action_verify_effect()
        checker = record.with_user(self.users["commissioner"])
        checker.effect = "No second case"
        with self.assertRaisesRegex(UserError, "still blocked"):
            checker.action_close()

    def test_plain_employee_blocks_nothing(self):
        record = self._nonconformity(kind="service", service_result="No. 15")
        with self.assertRaises(AccessError):
            record.with_user(self.clerk_user).action_block_use()

    def test_step_belongs_to_the_process(self):
        process, other = self._process(), self._process("P-2")
        step = self._approved(process).step_ids[0]
        record = self._nonconformity(process_id=process.id, step_id=step.id)
        self.assertEqual(record.step_id, step)
        with self.assertRaisesRegex(UserError, "no step of the process"):
            record.with_user(self.head_user).process_id = other
