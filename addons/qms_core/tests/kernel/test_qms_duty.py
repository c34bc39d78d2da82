from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tools import mute_logger

from ..common import QmsCase


class TestQmsDuty(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.role = cls._role("R-CLERK")
        cls.env["qms.role.holder"].create({"role_id": cls.role.id, "employee_id": cls.clerk.id})
        cls.kind = cls.env["hr.skill.type"].create(
            {
                "name": "Languages",
                "skill_ids": [(0, 0, {"name": "Sign language"})],
                "skill_level_ids": [
                    (0, 0, {"name": "Basic", "level_progress": 20}),
                    (0, 0, {"name": "Fluent", "level_progress": 90}),
                ],
            }
        )
        cls.skill = cls.kind.skill_ids
        cls.basic = cls.kind.skill_level_ids.filtered(lambda level: level.name == "Basic")
        cls.fluent = cls.kind.skill_level_ids - cls.basic

    def _duty(self, **vals):
        return self.env["qms.duty"].create({"role_id": self.role.id, "text": "Serves people", **vals})

    def _require(self, level):
        return self.env["qms.role.skill"].create(
            {
                "role_id": self.role.id,
                "skill_type_id": self.kind.id,
                "skill_id": self.skill.id,
                "skill_level_id": level.id,
            }
        )

    @mute_logger("odoo.sql_db")
    def test_keys_are_numbered_and_unique(self):
        first = self._duty()
        first.active = False
        self.assertEqual(self._duty().key, "d020")
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._duty(key="d010")

    def test_job_shows_the_duties_of_its_positions(self):
        job = self.env["hr.job"].create({"name": "Clerk", "company_id": self.company.id})
        self.role.write({"job_ids": [(6, 0, job.ids)], "headcount": 2, "required_training": "Fire safety, yearly"})
        duty = self._duty()
        self.assertEqual(job.qms_duty_ids, duty)
        self.assertEqual(job.qms_headcount, 2)
        self.assertEqual(job.qms_required_training, "Fire safety, yearly")

    def test_skill_gaps(self):
        self.assertEqual(self.clerk._skill_gaps(), [])
        self._require(self.fluent)
        gap = {"skill": "Sign language", "required": "Fluent", "has": ""}
        self.assertEqual(self.clerk._skill_gaps(), [gap])
        has = {
            "employee_id": self.clerk.id,
            "skill_type_id": self.kind.id,
            "skill_id": self.skill.id,
            "skill_level_id": self.basic.id,
        }
        row = self.env["hr.employee.skill"].create(has)
        self.assertEqual(self.clerk._skill_gaps(), [{**gap, "has": "Basic"}])
        row.skill_level_id = self.fluent
        self.assertEqual(self.clerk._skill_gaps(), [])

    def test_job_title_requires_too(self):
        job = self.env["hr.job"].create(
            {
                "name": "Clerk",
                "company_id": self.company.id,
                "job_skill_ids": [
                    (
                        0,
                        0,
                        {
                            "skill_type_id": self.kind.id,
                            "skill_id": self.skill.id,
                            "skill_level_id": self.fluent.id,
                        },
                    )
                ],
            }
        )
        self._require(self.basic)
        self.role.job_ids = job
        self.assertEqual(self.clerk._skill_gaps()[0]["required"], "Fluent")

    def test_level_of_another_kind_of_skill_is_refused(self):
        other = self.env["hr.skill.type"].create(
            {
                "name": "Computers",
                "skill_ids": [(0, 0, {"name": "Sheets"})],
                "skill_level_ids": [(0, 0, {"name": "Good", "level_progress": 50})],
            }
        )
        with self.assertRaisesRegex(ValidationError, "kind of skill"):
            self._require(other.skill_level_ids)
