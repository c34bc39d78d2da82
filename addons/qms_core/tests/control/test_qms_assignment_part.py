from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError

from .control_common import ControlCase


class TestQmsAssignmentPart(ControlCase):
    """Co-executors and their parts."""

    def _part_vals(self, **vals):
        day = self.today + timedelta(days=5)
        return {"name": "Send the list", "responsible_id": self.helper.id, "date_deadline": day, **vals}

    def _with_part(self, **vals):
        return self._assignment(part_ids=[(0, 0, self._part_vals(**vals))])

    def test_part_is_a_duty_of_its_own(self):
        record = self._with_part()
        part = record.part_ids
        self.assertEqual((part.state, self._activities(part).user_id), ("open", self.helper_user))
        with self.assertRaisesRegex(UserError, "not finished.*qms_helper"):
            record.with_user(self.clerk_user)._report("final", "All", "List")
        with self.assertRaises(AccessError):
            part.with_user(self.clerk_user).action_done("Sent")
        with self.assertRaises(UserError):
            part.with_user(self.control).write({"state": "done"})
        part.with_user(self.helper_user).action_done("Sent on Monday")
        self.assertEqual((part.state, part.result, part.done_by_id), ("done", "Sent on Monday", self.helper_user))
        self.assertFalse(self._activities(part))
        record.with_user(self.clerk_user)._report("final", "All", "List")
        self.assertEqual(record.state, "reported")

    def test_part_within_the_whole(self):
        with self.assertRaisesRegex(ValidationError, "after the whole assignment"):
            self._with_part(date_deadline=self.today + timedelta(days=11))
        for missing in ("responsible_id", "date_deadline"):
            with self.assertRaisesRegex(ValidationError, "needs a co-executor"):
                self._with_part(**{missing: False})

    def test_part_not_needed_any_more(self):
        part = self._with_part().part_ids
        with self.assertRaises(AccessError):
            part.with_user(self.helper_user).action_cancel("I don't want to")
        part.with_user(self.control).action_cancel("The list came by itself")
        self.assertEqual(part.state, "cancelled")
        part.assignment_id.with_user(self.clerk_user)._report("final", "All", "List")

    def test_whole_cancelled_parts_cancelled(self):
        record = self._with_part()
        record.with_user(self.control).action_cancel("Repealed")
        self.assertEqual(record.part_ids.state, "cancelled")
        self.assertFalse(self._activities(record.part_ids))

    def test_co_executor_who_joins_later_starts_at_once(self):
        record = self._assignment().with_user(self.control)
        vals = {"name": "Help", "responsible_id": self.helper.id, "date_deadline": self.today}
        record.write({"part_ids": [(0, 0, vals)]})
        self.assertEqual((record.part_ids.state, self._activities(record.part_ids).user_id), ("open", self.helper_user))

    def test_part_under_way_is_cancelled_not_deleted(self):
        record = self._with_part().with_user(self.control)
        for removal in (record.part_ids.unlink, lambda: record.write({"part_ids": [(2, record.part_ids.id)]})):
            with self.assertRaisesRegex(UserError, "not deleted"):
                removal()
        self.assertEqual(record.part_ids.state, "open")
        draft = self._draft_assignment(part_ids=[(0, 0, self._part_vals())])
        draft.part_ids.unlink()
        self.assertFalse(draft.part_ids)

    def test_nobody_joins_what_is_reported(self):
        record = self._reported()
        with self.assertRaisesRegex(UserError, "no co-executor joins"):
            record.with_user(self.control).write({"part_ids": [(0, 0, self._part_vals())]})
        record.with_user(self.control).action_close()
        with self.assertRaises(UserError):
            self.env["qms.assignment.part"].create({"assignment_id": record.id, **self._part_vals()})

    def test_part_under_way_stays_what_it_is(self):
        part, other = self._with_part().part_ids.with_user(self.control), self._draft_assignment()
        for vals in ({"name": "Something else"}, {"assignment_id": other.id}):
            with self.assertRaisesRegex(UserError, "stays part of its assignment"):
                part.write(vals)
        other.write({"part_ids": [(0, 0, self._part_vals())]})
        other.part_ids.name = "Not yet under way"
        with self.assertRaisesRegex(UserError, "stays part of its assignment"):
            other.part_ids.assignment_id = part.assignment_id

    def test_co_executor_does_not_postpone_his_part(self):
        """Not even who set the term of the whole."""
        part = self._with_part(responsible_id=self.mayor.id).part_ids
        later = self.today + timedelta(days=7)
        with self.assertRaisesRegex(AccessError, "can only ask for it"):
            part.with_user(self.mayor_user)._postpone(later, "Too much to do")
        part = self._with_part().part_ids
        part.with_user(self.mayor_user)._postpone(later, "The list comes in June")
        self.assertEqual(part.date_deadline, later)
