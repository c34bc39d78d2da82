from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .control_common import ControlCase


class TestQmsAct(ControlCase):
    def test_act_becomes_assignments_on_control(self):
        act = self._act(paragraph_ids=[self._paragraph(str(number)) for number in (1, 2, 3)])
        act.action_put_on_control()
        self.assertEqual(act.state, "control")
        self.assertEqual(act.registered_by_id, self.control)
        self.assertEqual(len(act.assignment_ids), 3)
        first = act.assignment_ids.filtered(lambda record: record.paragraph_id.number == "1")
        self.assertEqual((first.text, first.responsible_id), ("Do paragraph 1", self.clerk))
        self.assertEqual((first.set_by_id, first.state), (self.mayor, "control"))
        self.assertEqual(set(self._activities(act.assignment_ids).user_id), {self.clerk_user})

    def test_passage_of_an_act(self):
        """Who has it in hand, what is late, and how it leaves control."""
        act = self._act(paragraph_ids=[self._paragraph()])
        act.action_put_on_control()
        record = act.assignment_ids
        record.with_user(self.clerk_user)._pass_on(self.helper, "Prepare the answer")
        self.assertEqual(record.holder_id, self.helper)
        self.assertEqual(
            [(move.from_id, move.to_id, move.resolution) for move in record.move_ids],
            [(self.control.employee_id, self.clerk, False), (self.clerk, self.helper, "Prepare the answer")],
        )
        late = [("is_late", "=", True), ("act_id", "=", act.id)]
        self.assertFalse(record.search(late))
        with self._on(11):
            self.assertEqual(record.search(late), record)
            record.with_user(self.clerk_user)._report("final", "Done", "Letter 5")
        self.assertEqual((record.timeliness, act.state, act.open_count), ("late", "control", 1))
        record.action_close()
        self.assertEqual((record.state, act.state, act.open_count), ("closed", "completed", 0))
        self.assertFalse(record.holder_id, "It is in nobody's hands any more.")
        self.assertTrue(all(record.move_ids.mapped("date_left")))

    def test_unregistered_act_is_not_followed_up(self):
        act = self._act(paragraph_ids=[self._paragraph()])
        with self.assertRaisesRegex(UserError, "Being entered"):
            act.action_make_assignments()
        record = self._draft_assignment(act_id=act.id)
        with self.assertRaisesRegex(UserError, "not registered yet"):
            record.action_put_on_control()
        record.action_cancel("Entered in error")
        self.assertEqual(act.state, "draft", "What was never registered is not completed.")

    def test_paragraph_without_executor_stays_text(self):
        act = self._act(paragraph_ids=[self._paragraph(), self._paragraph("2", responsible_id=False)])
        act.action_put_on_control()
        self.assertEqual(act.assignment_ids.paragraph_id.number, "1")
        with self.assertRaisesRegex(UserError, "who is to carry it out"):
            act.action_put_on_control()

    def test_paragraph_assigned_later(self):
        act = self._act(paragraph_ids=[self._paragraph()])
        act.action_put_on_control()
        action = act.paragraph_ids.action_assign()
        second = self.env["qms.assignment"].with_user(self.control).with_context(**action["context"])
        second = second.create({"responsible_id": self.helper.id})
        self.assertEqual((second.act_id, second.paragraph_id), (act, act.paragraph_ids))
        act.action_put_on_control()
        self.assertEqual(second.state, "control")

    def test_registering_needs_what_identifies_an_act(self):
        for missing in ("act_number", "date", "signatory_id"):
            act = self._act(**{missing: False})
            with self.assertRaisesRegex(UserError, "number and date"):
                act.action_register()
        with self.assertRaisesRegex(UserError, "still to come"):
            self._act(act_number="13-r", date=self.today + timedelta(days=1)).action_register()

    def test_same_act_is_registered_once(self):
        self._act()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self._act().flush_recordset()
        self._act(issuer="Ministry")
        self._act(date=self.today)

    def test_minutes_carry_their_decisions(self):
        act = self._act(
            kind="minutes", participant_ids=[(6, 0, (self.clerk | self.helper).ids)], paragraph_ids=[self._paragraph()]
        )
        act.action_put_on_control()
        self.assertEqual(act.assignment_ids.responsible_id, self.clerk)
        self.assertIn(act, self._seen("qms.act", self.helper_user))

    def test_imported_number_is_kept(self):
        self.assertEqual(self._act(number="2019/77").number, "2019/77")
        self.assertTrue(self._act(act_number="14-r").number.startswith("ACT-"))

    def test_completed_once_all_is_taken_off(self):
        act = self._act(paragraph_ids=[self._paragraph("1"), self._paragraph("2")])
        act.action_put_on_control()
        first, second = act.assignment_ids
        first.with_user(self.clerk_user)._report("final", "Done", "Letter 5")
        first.action_close()
        self.assertEqual(act.state, "control")
        second.action_cancel("Not needed")
        self.assertEqual(act.state, "completed")
        for change in (lambda: act.write({"name": "x"}), lambda: act.paragraph_ids[0].write({"text": "x"}), act.unlink):
            with self.assertRaises(UserError):
                change()

    def test_completed_once_all_is_cancelled(self):
        act = self._act(paragraph_ids=[self._paragraph("1"), self._paragraph("2")])
        act.action_put_on_control()
        first, second = act.assignment_ids
        first.action_cancel("Not needed")
        self.assertEqual(act.state, "control")
        second.action_cancel("Not needed either")
        self.assertEqual(act.state, "completed")

    def test_completed_once_what_was_prepared_is_gone(self):
        for number, go in (("1", "unlink"), ("2", "action_archive")):
            act = self._act(act_number=number, paragraph_ids=[self._paragraph()])
            act.action_put_on_control()
            first, waiting = act.assignment_ids, self._draft_assignment(act_id=act.id)
            first.with_user(self.clerk_user)._report("final", "Done", "Letter 5")
            first.action_close()
            self.assertEqual(act.state, "control")
            getattr(waiting, go)()
            self.assertEqual(act.state, "completed", go)

    def test_put_away_on_control_is_still_open(self):
        """As earlier releases let it be."""
        act = self._act(paragraph_ids=[self._paragraph("1"), self._paragraph("2")])
        act.action_put_on_control()
        first, second = act.assignment_ids
        models.Model.write(second.sudo(), {"active": False})
        first.with_user(self.clerk_user)._report("final", "Done", "Letter 5")
        first.action_close()
        self.assertEqual(act.state, "control")

    def test_only_execution_control_keeps_acts(self):
        act = self._act(paragraph_ids=[self._paragraph()])
        for user in (self.clerk_user, self.head_user, self.mayor_user, self.users["coordinator"]):
            with self.assertRaises(AccessError):
                self.env["qms.act"].with_user(user).create({"name": "x"})
            for step in ("action_register", "action_put_on_control", "action_make_assignments"):
                with self.assertRaises(AccessError):
                    getattr(act.with_user(user), step)()
        with self.assertRaises(UserError):
            act.write({"state": "completed"})

    def test_registered_act_is_not_deleted(self):
        draft = self._act(paragraph_ids=[self._paragraph()])
        draft.unlink()
        act = self._act()
        act.action_register()
        with self.assertRaisesRegex(UserError, "stays in the register"):
            act.unlink()

    def test_term_before_the_act_is_refused(self):
        act = self._act(paragraph_ids=[self._paragraph(days=-3)])
        with self.assertRaisesRegex(UserError, "before the day of the act"):
            act.action_put_on_control()

    def test_files_are_read_by_who_reads_the_act(self):
        file = self.env["ir.attachment"].with_user(self.control).create({"name": "act.pdf", "raw": b"x"})
        act = self._act(paragraph_ids=[self._paragraph()], attachment_ids=[(4, file.id)])
        act.action_put_on_control()
        self.assertEqual(file.with_user(self.clerk_user).read(["name"])[0]["name"], "act.pdf")
        with self.assertRaises(AccessError):
            file.with_user(self.stranger).read(["name"])
