from .acknowledgement_common import AcknowledgementCase


class TestJobDescription(AcknowledgementCase):
    """On the position and the job stands the job description in force, and who has signed for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job_type = cls.env["qms.document.type"].create(
            {
                "name": "Job description",
                "code": "TJOB",
                "kind": "job_description",
                "level": 3,
                "acknowledge": True,
                "company_id": cls.company.id,
            }
        )
        cls.job = cls.env["hr.job"].create({"name": "Clerk", "company_id": cls.company.id})
        cls.role = cls._role("R-CLERK", job_ids=cls.job.ids, department_id=cls.unit.id)
        cls.clerk.job_id = cls.job
        cls.role._reconcile()
        cls.description = cls._document(name="Job description: clerk", type_id=cls.job_type.id)
        # The generator says what a document is about; here it is said for it.
        cls.description._write_by_method({"subject_model": "qms.role", "subject_id": cls.role.id})

    def test_exactly_the_holders_sign(self):
        self._in_force(self.description)
        self.assertEqual(self._asked(self.description).employee_id, self.clerk)

    def test_on_the_position_and_the_job(self):
        version = self._in_force(self.description)
        hr = self.users["hr"]
        role = self.role.with_user(hr)
        self.assertEqual(role.job_description_id, self.description)
        self.assertEqual(role.job_description_version_id, version)
        self.assertEqual(role.job_description_told, "0 of 1")
        self._row(self.description, self.clerk).with_user(self.clerk_user).action_confirm()
        self.env.invalidate_all()
        self.assertEqual(role.job_description_told, "1 of 1")
        self.assertEqual(self.job.with_user(hr).qms_job_description_ids, self.description)
        self.assertEqual(self.job.with_user(hr).qms_job_description_version_ids, version)
        self.assertEqual(self.job.with_user(hr).qms_job_description_rows.mapped("person_name"), [self.clerk.name])

    def test_without_one_there_is_none(self):
        role = self._role("R-2")
        self.assertFalse(role.job_description_id)
        self.assertFalse(role.job_description_told)

    def test_hiring_into_the_position_starts_the_acquaintance(self):
        self._in_force(self.description)
        hired = self._person("Hired", self.stranger, job_id=self.job.id)
        self.role._reconcile()
        self._night()
        self.assertEqual(self._row(self.description, hired).state, "open")

    def test_moving_to_another_position_ends_it(self):
        self._in_force(self.description)
        self.clerk.job_id = self.env["hr.job"].create({"name": "Guard", "company_id": self.company.id})
        self.role._reconcile()
        self._night()
        self.assertEqual(self._row(self.description, self.clerk, "void").void_reason, "unbound")

    def test_on_the_employee_all_acquaintances(self):
        self._in_force(self.description)
        self._in_force(self._document(distribution_ids=self._to_unit()))
        self._row(self.description, self.clerk).with_user(self.clerk_user).action_confirm()
        self.assertEqual(self.clerk.qms_acknowledgement_text, "1 / 2")
        action = self.clerk.action_qms_acknowledgements()
        self.assertEqual(self.rows.search_count(action["domain"]), 2)

    def test_of_a_unit_and_of_a_service(self):
        about_unit = self._document(name="Provision")
        about_unit._write_by_method({"subject_model": "hr.department", "subject_id": self.unit.id})
        service = self.env["qms.service"].create(
            {"name": "Permit", "code": "S-1", "company_id": self.company.id, "responsible_role_id": self.role.id}
        )
        about_service = self._document(name="Card")
        about_service._write_by_method({"subject_model": "qms.service", "subject_id": service.id})
        self._in_force(about_unit)
        self._in_force(about_service)
        self.assertEqual(self._asked(about_unit).employee_id, self.head | self.clerk | self.officer)
        self.assertEqual(self._asked(about_service).employee_id, self.clerk)

    def test_a_subject_that_is_gone_binds_nobody(self):
        role = self._role("R-GONE")
        document = self._document(name="Of nobody")
        document._write_by_method({"subject_model": "qms.role", "subject_id": role.id})
        role.unlink()
        self._in_force(document)
        self.assertFalse(self._asked(document))
