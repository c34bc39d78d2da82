from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import ValidationError

from odoo.addons.base.models.ir_cron import IrCron

from .control_common import ControlCase


class TestQmsAssignmentSeries(ControlCase):
    def _weekly(self, **vals):
        return self._assignment(recurrence="week", **{"recurrence_times": 3, **vals})

    def _series(self, record):
        return self.env["qms.assignment"].search([("series_id", "=", record.id)], order="occurrence")

    def test_endless_term_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "has to end"):
            self._draft_assignment(recurrence="month")
        with self.assertRaisesRegex(ValidationError, "has to end"):
            self._draft_assignment(recurrence="day", recurrence_until="2999-01-01")
        with self.assertRaisesRegex(ValidationError, "has to end"):
            self._draft_assignment(recurrence="day", recurrence_times=100000)
        record = self._draft_assignment(recurrence="month", recurrence_times=2)
        with self.assertRaisesRegex(ValidationError, "has to end"):
            record.recurrence_times = 0

    def test_end_in_a_far_future(self):
        record = self._draft_assignment(
            recurrence="year", recurrence_interval=20, recurrence_until=self.today + timedelta(days=20000)
        )
        record.action_put_on_control()
        record.with_user(self.clerk_user)._report("final", "Done", "List")
        self.assertEqual(self._series(record).date_nominal.year, record.date_deadline.year + 20)

    def test_end_before_the_first_term_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "before its first"):
            self._draft_assignment(recurrence="month", recurrence_until=self.today + timedelta(days=9))
        with self.assertRaisesRegex(ValidationError, "before its first"):
            self._draft_assignment(recurrence="month", recurrence_times=-1)

    def test_next_is_made_when_the_former_is_reported(self):
        record = self._weekly()
        self.assertFalse(self._series(record))
        record.with_user(self.clerk_user)._report("final", "Done", "List")
        following = self._series(record)
        self.assertEqual((following.state, following.occurrence), ("control", 1))
        self.assertEqual(following.date_nominal, record.date_deadline + timedelta(days=7))
        self.assertEqual((following.responsible_id, following.controller_id), (self.clerk, self.control))
        self.assertEqual(self._activities(following).user_id, self.clerk_user)
        following.with_user(self.clerk_user)._report("final", "Done", "List")
        last = self._series(record)[-1]
        last.with_user(self.clerk_user)._report("final", "Done", "List")
        self.assertEqual(len(self._series(record)), 2, "Three times in all.")

    def test_returned_report_makes_no_second_one(self):
        record = self._weekly()
        record.with_user(self.clerk_user)._report("final", "Done", "List")
        record.with_user(self.control).action_return("More")
        record.with_user(self.clerk_user)._report("final", "Done again", "List")
        self.assertEqual(len(self._series(record)), 1)

    def test_missed_nights_are_made_up_for(self):
        record = self._weekly(days=1, recurrence_times=10)
        self._night(1)
        self.assertFalse(self._series(record), "Its own day is not over yet.")
        self._night(23)
        following = self._series(record)
        self.assertEqual([item.occurrence for item in following], [1, 2, 3, 4])
        self.assertEqual(set(following.mapped("state")), {"control"})
        self._night(23)
        self.assertEqual(len(self._series(record)), 4, "A second run makes nothing twice.")
        self._night(300)
        self.assertEqual(len(self._series(record)), 9)
        self._night(400)
        self.assertEqual(len(self._series(record)), 9)

    def test_made_in_bulk(self):
        for _index in range(2):
            self._weekly(days=1, recurrence_times=4)
        few = self._queries_of_night(2)
        for _index in range(10):
            self._weekly(days=1, recurrence_times=4)
        # The same night again: the two have theirs already.
        self.assertLessEqual(self._queries_of_night(2), few + 10 * 2)

    def _queries_of_night(self, days):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._night(days)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_day_off_moves_the_term_but_not_the_rhythm(self):
        with freeze_time("2026-04-01 09:00:00"):
            saturday = date(2026, 5, 2)
            record = self._draft_assignment(
                date_deadline=saturday, recurrence="month", recurrence_until=date(2026, 8, 31)
            )
            record.action_put_on_control()
            record.with_user(self.clerk_user)._report("final", "Done", "List")
            first = self._series(record)
            self.assertEqual(first.date_deadline, date(2026, 6, 2))
            first.with_user(self.clerk_user)._report("final", "Done", "List")
            second = self._series(record)[-1]
            self.assertEqual(second.date_deadline, date(2026, 7, 2))
            second.with_user(self.clerk_user)._report("final", "Done", "List")
            third = self._series(record)[-1]
            # 2 August 2026 is a Sunday.
            self.assertEqual((third.date_nominal, third.date_deadline), (date(2026, 8, 2), date(2026, 8, 3)))

    def test_postponement_moves_one_term_only(self):
        record = self._weekly()
        first_day = record.date_deadline
        record.with_user(self.mayor_user)._postpone(first_day + timedelta(days=5), "Snow")
        record.with_user(self.clerk_user)._report("final", "Done", "List")
        self.assertEqual(self._series(record).date_nominal, first_day + timedelta(days=7))

    def test_cancelled_series_ends(self):
        record = self._weekly(days=1)
        record.with_user(self.control).action_cancel("Repealed")
        self._night(30)
        self.assertFalse(self._series(record))

    def test_successor_gets_what_the_leaver_would_have_got(self):
        record = self._weekly(days=1)
        self.clerk.write({"departure_date": self.today})
        self._night(2)
        self.assertEqual(self._series(record).responsible_id, self.head)

    def test_parts_return_with_the_whole(self):
        part = {"name": "Send", "responsible_id": self.helper.id, "date_deadline": self.today + timedelta(days=8)}
        record = self._weekly(part_ids=[(0, 0, part)])
        record.part_ids.with_user(self.helper_user).action_done("Sent")
        record.with_user(self.clerk_user)._report("final", "Done", "List")
        again = self._series(record).part_ids
        self.assertEqual((again.state, again.date_deadline), ("open", self.today + timedelta(days=15)))
        self.assertEqual(self._activities(again).user_id, self.helper_user)

    def test_postponed_part_returns_by_the_rhythm(self):
        part = {"name": "Send", "responsible_id": self.helper.id, "date_deadline": self.today + timedelta(days=8)}
        record = self._weekly(part_ids=[(0, 0, part)])
        record.with_user(self.mayor_user)._postpone(self.today + timedelta(days=16), "Snow")
        record.part_ids.with_user(self.mayor_user)._postpone(self.today + timedelta(days=15), "Snow")
        late = {**part, "name": "Count again", "date_deadline": self.today + timedelta(days=16)}
        record.with_user(self.control).write({"part_ids": [(0, 0, late)]})
        for item in record.part_ids:
            item.with_user(self.helper_user).action_done("Sent")
        record.with_user(self.clerk_user)._report("final", "Done", "List")
        following = self._series(record)
        self.assertEqual(
            {item.name: item.date_deadline for item in following.part_ids},
            {"Send": self.today + timedelta(days=15), "Count again": following.date_deadline},
        )

    def test_nobody_is_left_to_carry_it_on(self):
        part = {"name": "Send", "responsible_id": self.head.id, "date_deadline": self.today + timedelta(days=1)}
        record = self._weekly(days=1, recurrence_times=4, part_ids=[(0, 0, part)])
        (self.clerk | self.head).write({"departure_date": self.today})
        self._night(2)
        following = self._series(record)
        self.assertEqual((following.state, following.responsible_id), ("control", self.env["hr.employee"]))
        self.assertFalse(following.part_ids)
        self.assertEqual(self._activities(following).user_id, self.control)
        self._night(9)
        self.assertEqual(len(self._series(record)), 2, "The rhythm goes on.")
        following.with_user(self.control).write({"responsible_id": self.helper.id})
        self.assertEqual((self._activities(following).user_id, following.holder_id), (self.helper_user, self.helper))

    def _that_can_t_go_on(self):
        """Return a series whose next occurrence is refused: who set the term went over to another authority."""
        setter = self._employee(self._user("setter"), department_id=False, user_id=False)
        record = self._weekly(days=1, set_by_id=setter.id)
        setter.company_id = self.other_company
        return record, setter

    def test_one_that_can_t_go_on_keeps_no_other_back(self):
        bad, setter = self._that_can_t_go_on()
        good = self._weekly(days=1)
        for day in (2, 3):
            self._night(day)
            self.assertEqual((len(self._series(bad)), len(self._series(good))), (0, 1))
            self.assertEqual(len(self._activities(bad, self.control)), 1, "Called once, however many nights.")
        setter.company_id = self.company
        self._night(4)
        self.assertEqual(len(self._series(bad)), 1)
        self.assertFalse(self._activities(bad, self.control))

    def test_report_on_one_that_can_t_go_on(self):
        record = self._that_can_t_go_on()[0]
        record.with_user(self.clerk_user)._report("final", "Done", "List")
        self.assertEqual(record.state, "reported")
        self.assertEqual(len(self._activities(record, self.control)), 2, "To check the report, and of the next term.")

    def _steps_of_night(self, stop=False):
        steps = []

        def progress(_cron, done=0, remaining=None):
            steps.append((done, remaining))
            return 0 if stop else 60

        with self._on(2), patch.object(IrCron, "_commit_progress", progress):
            self.env["qms.assignment"]._cron_next_occurrences()
        return steps

    def test_night_tells_whether_it_got_through(self):
        self._weekly(days=1)
        self.assertEqual(self._steps_of_night(stop=True), [(1, 1)], "Stopped, it is to come back at once.")
        self._weekly(days=1)
        self.assertEqual(self._steps_of_night(), [(1, 1), (0, 0)])
