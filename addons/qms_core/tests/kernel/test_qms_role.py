from datetime import timedelta

from odoo.tests import users

from ..common import QmsCase


class TestQmsRole(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls.env["hr.job"].create({"name": "Clerk", "company_id": cls.company.id})
        cls.clerk.job_id = cls.job
        cls.role = cls._role("R-CLERK", kind="position", job_ids=[(6, 0, cls.job.ids)])
        cls.today = cls.company._qms_today()

    def test_holders_follow_the_staff(self):
        self.role._reconcile()
        self.assertEqual(self.role._holders(), self.clerk)
        self.clerk.job_id = False
        self.role._reconcile()
        self.assertFalse(self.role._holders())

    def test_scheduled_move(self):
        """A move planned for next month changes who holds the role from that day on, without any write."""
        other = self.env["hr.job"].create({"name": "Archivist", "company_id": self.company.id})
        day = self.today + timedelta(days=30)
        self.clerk.create_version({"date_version": day, "job_id": other.id})
        self.role._reconcile()
        archivist = self._role("R-ARCH", kind="position", job_ids=[(6, 0, other.ids)])
        archivist._reconcile()
        self.assertEqual(self.role._holders(), self.clerk)
        self.assertFalse(self.role._holders(day))
        self.assertFalse(archivist._holders())
        self.assertEqual(archivist._holders(day), self.clerk)

    def test_dismissed_people_hold_nothing(self):
        self.role._reconcile()
        self.clerk.action_archive()
        self.assertFalse(self.role._holders())

    def test_acting_takes_the_place_and_deputies_wait(self):
        self.role._reconcile()
        rows = self.role.holder_ids
        acting = rows.create(
            {
                "role_id": self.role.id,
                "employee_id": self.officer.id,
                "kind": "acting",
                "basis": "Order 1",
                "date_from": self.today,
                "date_to": self.today + timedelta(days=5),
            }
        )
        rows.create({"role_id": self.role.id, "employee_id": self.head.id, "kind": "deputy"})
        self.assertEqual(self.role._holders(), self.officer)
        self.assertEqual(self.role._holders(self.today + timedelta(days=6)), self.clerk)
        acting.unlink()
        self.clerk.job_id = False
        self.role._reconcile()
        self.assertEqual(self.role._holders(), self.head)

    def test_rows_by_hand_stay(self):
        row = self.role.holder_ids.create({"role_id": self.role.id, "employee_id": self.officer.id})
        self.role._reconcile()
        self.role._reconcile()
        self.assertTrue(row.exists())
        self.assertEqual(len(self.role.holder_ids), 2)

    def test_head_of_unit(self):
        role = self._role("R-HEAD", kind="head", department_id=self.unit.id)
        role._reconcile()
        self.assertEqual(role._holders(), self.head)
        self.unit.manager_id = self.officer
        role._reconcile()
        self.assertEqual(role._holders(), self.officer)

    @users("qms_stranger")
    def test_everybody_sees_who(self):
        self.role.sudo()._reconcile()
        self.assertEqual(self.role.with_user(self.env.user)._holders().mapped("name"), [self.clerk.name])
