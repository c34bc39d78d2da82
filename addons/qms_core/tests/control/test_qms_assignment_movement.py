from odoo.exceptions import AccessError, UserError

from .control_common import ControlCase


class TestQmsAssignmentMovement(ControlCase):
    def test_goes_to_the_executor_first(self):
        record = self._assignment()
        self.assertEqual((record.holder_id, record.move_ids.to_id), (self.clerk, self.clerk))

    def test_passed_on_with_a_resolution(self):
        record = self._assignment()
        action = record.with_user(self.clerk_user).action_pass_on()
        wizards = self.env["qms.assignment.pass.wizard"].with_user(self.clerk_user)
        wizard = wizards.with_context(**action["context"]).create(
            {"to_id": self.helper.id, "resolution": "Count the lamps of the north"}
        )
        wizard.action_pass_on()
        self.assertEqual((record.holder_id, record.responsible_id), (self.helper, self.clerk))
        first, second = record.move_ids
        self.assertTrue(first.date_left)
        self.assertEqual((second.from_id, second.to_id), (self.clerk, self.helper))
        self.assertEqual(second.resolution, "Count the lamps of the north")
        self.assertEqual(set(self._activities(record).user_id), {self.clerk_user, self.helper_user})

    def test_only_the_holder_passes_on(self):
        record = self._assignment()
        for user in (self.head_user, self.control, self.mayor_user):
            with self.assertRaisesRegex(AccessError, "with qms_clerk"):
                record.with_user(user)._pass_on(self.helper, "Take it")
        record.with_user(self.clerk_user)._pass_on(self.helper, "Take it")
        with self.assertRaises(AccessError):
            record.with_user(self.clerk_user)._pass_on(self.head, "Take it")
        record.with_user(self.helper_user)._pass_on(self.head, "Take it")
        self.assertEqual(record.holder_id, self.head)
        self.assertEqual(set(self._activities(record).user_id), {self.clerk_user, self.head_user})

    def test_given_back(self):
        record = self._assignment()
        record.with_user(self.clerk_user)._pass_on(self.helper, "Take it")
        record.with_user(self.helper_user).action_hand_back("It is not mine")
        last = record.move_ids[-1]
        self.assertEqual((record.holder_id, last.is_return, last.resolution), (self.clerk, True, "It is not mine"))
        self.assertEqual(self._activities(record).user_id, self.clerk_user)

    def test_nobody_to_give_back_to(self):
        record = self._assignment()
        with self.assertRaisesRegex(UserError, "nobody to give it back"):
            record.with_user(self.clerk_user).action_hand_back("No")

    def test_not_to_oneself_nor_to_who_left(self):
        record = self._assignment().with_user(self.clerk_user)
        with self.assertRaisesRegex(UserError, "holds it already"):
            record._pass_on(self.clerk, "Take it")
        self.helper.write({"departure_date": "2020-01-01"})
        with self.assertRaisesRegex(UserError, "no longer works"):
            record._pass_on(self.helper, "Take it")

    def test_ends_with_the_control(self):
        record = self._reported()
        with self.assertRaises(UserError):
            record.with_user(self.clerk_user)._pass_on(self.helper, "Take it")
        record.with_user(self.control).action_close()
        self.assertFalse(record.holder_id)
        self.assertTrue(all(record.move_ids.mapped("date_left")))

    def test_how_long_each_held_it(self):
        record = self._assignment()
        move = record.move_ids
        self.env.cr.execute("UPDATE qms_assignment_move SET date = date - interval '36 hours' WHERE id = %s", [move.id])
        move.invalidate_recordset()
        record.with_user(self.clerk_user)._pass_on(self.helper, "Take it")
        self.assertAlmostEqual(record.move_ids[0].days_held, 1.5, places=1)
        self.assertAlmostEqual(record.move_ids[1].days_held, 0, places=1)

    def test_nobody_writes_the_movement(self):
        record = self._assignment()
        for user in (self.clerk_user, self.control):
            with self.assertRaises(AccessError):
                record.move_ids.with_user(user).write({"resolution": "x"})
            with self.assertRaises(AccessError):
                record.move_ids.with_user(user).unlink()
            with self.assertRaises(AccessError):
                self.env["qms.assignment.move"].with_user(user).create(
                    {"assignment_id": record.id, "to_id": self.helper.id, "date": "2026-01-01 08:00:00"}
                )
