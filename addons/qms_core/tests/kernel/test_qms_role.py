from datetime import timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import users
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_cron import IrCron

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

    def test_who_held_an_archived_role_leads_no_more(self):
        head_role = self._role("R-HEAD", kind="head", department_id=self.unit.id)
        head_role.holder_ids.create({"role_id": head_role.id, "employee_id": self.clerk.id})
        units = self.env["hr.department"].with_user(self.clerk_user)
        self.assertEqual(units.search([("qms_headed_by_me", "=", True)]).ids, self.unit.ids)
        head_role.active = False
        self.assertFalse(units.search([("qms_headed_by_me", "=", True)]))

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

    # === ACTING AND DEPUTIES === #

    def _row(self, employee, role=None, **vals):
        role = role or self.role
        return self.env["qms.role.holder"].create({"role_id": role.id, "employee_id": employee.id, **vals})

    def _acting(self, employee, first, last, **vals):
        return self._row(
            employee,
            kind="acting",
            date_from=self.today + timedelta(days=first),
            date_to=self.today + timedelta(days=last),
            **vals,
        )

    def test_acting_takes_one_place_of_several(self):
        self.officer.job_id = self.job
        self.role._reconcile()
        self._acting(self.head, 0, 5, acted_for_id=self.clerk.id, reason="leave")
        self.assertEqual(self.role._holders(), self.officer | self.head)
        self.assertEqual(self.role._holders(self.today + timedelta(days=6)), self.officer | self.clerk)

    def test_acting_in_a_vacancy_displaces_nobody(self):
        self.role.headcount = 2
        self.role._reconcile()
        self._acting(self.head, 0, 5, reason="vacancy")
        self.assertEqual(self.role._holders(), self.clerk | self.head)
        self.assertEqual(self.role.vacancy_count, 1, "who acts fills no vacancy")

    def test_acting_for_who_acts(self):
        self.role._reconcile()
        self._acting(self.head, 0, 9, acted_for_id=self.clerk.id, reason="leave")
        self._acting(self.officer, 2, 4, acted_for_id=self.head.id, reason="leave")
        self.assertEqual(self.role._holders(self.today + timedelta(days=1)), self.head)
        self.assertEqual(self.role._holders(self.today + timedelta(days=3)), self.officer)

    def test_first_deputy_before_the_second(self):
        self._row(self.head, kind="deputy", rank=2)
        first = self._row(self.officer, kind="deputy", rank=1)
        self.assertEqual(self.role._holders(), self.officer)
        first.date_to = self.today - timedelta(days=1)
        self.assertEqual(self.role._holders(), self.head)

    def test_overlapping_acting_is_refused(self):
        self._acting(self.head, 0, 5, acted_for_id=self.clerk.id)
        with self.assertRaisesRegex(ValidationError, "overlap"), self.env.cr.savepoint():
            self._acting(self.officer, 5, 9, acted_for_id=self.clerk.id)
        self._acting(self.officer, 6, 9, acted_for_id=self.clerk.id)

    def test_an_open_acting_period_overlaps_all_that_follows(self):
        row = self._acting(self.head, 0, 5)
        row.date_to = False
        with self.assertRaisesRegex(ValidationError, "overlap"):
            self._acting(self.officer, 400, 401)

    @mute_logger("odoo.sql_db")
    def test_wrong_acting_periods_are_refused(self):
        for vals in (
            {"employee_id": self.clerk.id, "acted_for_id": self.clerk.id, "date_from": self.today},
            {"employee_id": self.head.id, "date_from": self.today, "date_to": self.today - timedelta(days=1)},
            {"employee_id": self.head.id, "date_from": False},
        ):
            with self.subTest(vals=vals), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.env["qms.role.holder"].create({"role_id": self.role.id, "kind": "acting", **vals})

    # === LEAVING AND HISTORY === #

    def test_the_last_day_counts(self):
        self.role._reconcile()
        self.clerk.departure_date = self.today + timedelta(days=2)
        self.role._reconcile()
        self.assertEqual(self.role._holders(self.today + timedelta(days=2)), self.clerk)
        self.assertFalse(self.role._holders(self.today + timedelta(days=3)))

    def test_who_left_stays_in_the_history(self):
        self.role._reconcile()
        self.clerk.action_archive()
        self.clerk.departure_date = self.today - timedelta(days=10)
        self.role._reconcile()
        self.assertEqual(self.role._holders(self.today - timedelta(days=10)), self.clerk)
        self.assertFalse(self.role._holders(self.today - timedelta(days=9)))
        self.assertFalse(self.role._holders())

    def test_a_changed_job_leaves_the_history(self):
        self.role._reconcile()
        self.clerk.job_id = False
        self.role._reconcile()
        self.role._reconcile()
        self.assertEqual(self.role._holders(self.today - timedelta(days=1)), self.clerk)
        self.assertFalse(self.role._holders())

    def test_versions_of_the_same_job_are_one_period(self):
        self.clerk.create_version({"date_version": self.today + timedelta(days=30), "job_id": self.job.id})
        self.role._reconcile()
        self.assertEqual(len(self.role.holder_ids), 1)
        self.assertFalse(self.role.holder_ids.date_to)

    def test_nightly_run_brings_a_planned_move(self):
        other = self.env["hr.job"].create({"name": "Archivist", "company_id": self.company.id})
        archivist = self._role("R-ARCH", kind="position", job_ids=[(6, 0, other.ids)])
        day = self.today + timedelta(days=30)
        self.clerk.create_version({"date_version": day, "job_id": other.id})
        with patch.object(IrCron, "_commit_progress", lambda *args, **kwargs: 60):
            self.env["qms.role"]._cron_reconcile()
        self.assertEqual(self.role._holders(day - timedelta(days=1)), self.clerk)
        self.assertEqual(archivist._holders(day), self.clerk)

    def test_one_person_in_two_positions(self):
        self.role._reconcile()
        second = self._role("R-2")
        self._row(self.clerk, role=second, basis="Order 5")
        self.assertEqual(self.clerk._roles(), self.role | second)

    # === HEADS === #

    def test_who_acts_leads_the_unit(self):
        role = self._role("R-HEAD", kind="head", department_id=self.unit.id)
        role._reconcile()
        self.assertEqual(self.unit._head(), self.head)
        self._row(
            self.officer,
            role=role,
            kind="acting",
            acted_for_id=self.head.id,
            reason="leave",
            date_from=self.today,
            date_to=self.today + timedelta(days=3),
        )
        self.assertEqual(self.unit._head(), self.officer)
        self.assertEqual(self.unit._head(self.today + timedelta(days=4)), self.head)

    def test_without_a_head_the_deputy_leads_then_the_unit_above(self):
        below = self.env["hr.department"].create(
            {"name": "Window", "company_id": self.company.id, "parent_id": self.unit.id}
        )
        self.assertEqual(below._head(), self.head)
        below.manager_id = self.officer
        role = self._role("R-WINDOW", kind="head", department_id=below.id)
        role._reconcile()
        self.assertEqual(below._head(), self.officer)
        self.officer.action_archive()
        self.assertEqual(below._head(), self.head)
        self._row(self.clerk, role=role, kind="deputy")
        self.assertEqual(below._head(), self.clerk)

    def test_a_new_manager_leads_at_once_and_the_old_one_stays_in_the_history(self):
        role = self._role("R-HEAD", kind="head", department_id=self.unit.id)
        role._reconcile()
        self.unit.manager_id = self.officer
        self.assertEqual(role._holders(), self.officer)
        self.assertEqual(role._holders(self.today - timedelta(days=1)), self.head)

    def test_escalation_goes_to_who_acts_for_the_chief(self):
        role = self._role("R-HEAD", kind="head", department_id=self.unit.id)
        self._acting(self.officer, 0, 3, role=role, acted_for_id=self.head.id, reason="leave")
        action = self.env["qms.action"].create(
            {
                "name": "Mend it",
                "company_id": self.company.id,
                "responsible_id": self.clerk.id,
                "date_deadline": self.today - timedelta(days=1),
            }
        )
        action.action_start()
        action._escalate()
        self.assertIn(self.officer.user_id, action.activity_ids.user_id)
        self.assertNotIn(self.head_user, action.activity_ids.user_id)

    # === STAFFING TABLE === #

    def test_vacancies(self):
        self.role.write({"department_id": self.unit.id, "headcount": 3})
        self.role._reconcile()
        self.assertEqual((self.role.filled_count, self.role.vacancy_count), (1, 2))
        self.assertTrue(self.role.held_alone)
        self._row(self.head, kind="deputy")
        self.assertFalse(self.role.held_alone)
        self.clerk.action_archive()
        self.assertEqual((self.role.filled_count, self.role.vacancy_count), (0, 3))
        self.assertEqual(self.role._positions_without_employee(self.company), self.role)

    def test_one_position_for_a_job_and_a_unit(self):
        self.role.department_id = self.unit
        with self.assertRaisesRegex(ValidationError, "already the position"):
            self._role("R-TWIN", kind="head", job_ids=[(6, 0, self.job.ids)], department_id=self.unit.id)
        other = self.env["hr.department"].create({"name": "Other", "company_id": self.company.id})
        self.assertTrue(self._role("R-ELSE", job_ids=[(6, 0, self.job.ids)], department_id=other.id))

    def test_hr_keeps_positions_and_nobody_a_foreign_one(self):
        hr, clerk = self.users["hr"], self.clerk_user
        self.role.with_user(hr).headcount = 4
        row = self.env["qms.role.holder"].with_user(hr)
        row.create({"role_id": self.role.id, "employee_id": self.head.id, "kind": "deputy"})
        self.env["qms.duty"].with_user(hr).create({"role_id": self.role.id, "text": "Serves people"})
        self.assertEqual(self.role.with_user(clerk).duty_ids.text, "Serves people")
        with self.assertRaises(AccessError):
            self.role.with_user(clerk).headcount = 5
        with self.assertRaises(AccessError):
            self.role.duty_ids.with_user(clerk).text = "Rests"
        foreign = self.role.with_user(self.foreigner).with_context(allowed_company_ids=self.other_company.ids)
        with self.assertRaises(AccessError):
            foreign.headcount = 5
        self.assertFalse(self._abroad("qms.duty").search([("role_id", "=", self.role.id)]))
