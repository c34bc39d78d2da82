from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import ValidationError

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
