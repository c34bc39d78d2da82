from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .record_common import RecordCase

LATER = date(2040, 3, 1)
CALLS = "odoo.addons.qms_core.models.document.qms_nomenclature_calls"


class TestQmsDisposal(RecordCase):
    """Nothing is destroyed but by an act that two different people have signed, and only what may be."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nomenclature = cls._approved_nomenclature()
        cls.line = cls._file_line(cls.nomenclature)
        cls.record = cls._filed(cls.line)

    def setUp(self):
        super().setUp()
        patcher = patch.object(type(self.env["res.company"]), "_qms_today", lambda _self: LATER)
        patcher.start()
        self.addCleanup(patcher.stop)
        self.env.invalidate_all()

    def _act(self, records=None, kind="destroy", user=None):
        records = self.record if records is None else records
        return (
            self.env["qms.disposal"]
            .with_user(user or self.archivist)
            .create({"kind": kind, "company_id": self.company.id, "record_ids": [(6, 0, records.ids)]})
        )

    def test_two_people_destroy_and_the_note_stays(self):
        file = self.record.attachment_ids
        act = self._act()
        act.action_submit()
        act.with_user(self.archivist).action_sign()
        self.assertEqual((act.state, self.record.state), ("signing", "filed"))
        self.assertTrue(file.exists())
        act.with_user(self.mayor).action_sign()
        self.assertEqual((act.state, act.first_signer_id, act.second_signer_id), ("done", self.archivist, self.mayor))
        self.assertEqual((self.record.state, self.record.disposal_id), ("destroyed", act))
        self.assertFalse(file.exists())
        self.assertEqual(self.record.name, "Minutes of the week")
        self.assertEqual(self.record._verify() + act._verify(), [])

    def test_one_person_never_signs_twice(self):
        both = self._user("both", "qms_core.group_archive,qms_core.group_commissioner")
        act = self._act(user=both)
        act.action_submit()
        act.action_sign()
        with self.assertRaisesRegex(AccessError, "another person"):
            act.action_sign()
        self.assertEqual(self.record.state, "filed")

    def test_both_sides_have_to_sign(self):
        act = self._act()
        act.action_submit()
        act.with_user(self.mayor).action_sign()
        with self.assertRaisesRegex(AccessError, "One signature"):
            act.with_user(self.commissioner).action_sign()
        for user in (self.coordinator, self.officer_user):
            with self.assertRaises(AccessError):
                act.with_user(user).action_sign()
        act.with_user(self.archivist).action_sign()
        self.assertEqual(self.record.state, "destroyed")

    def test_kept_and_open_records_are_refused(self):
        permanent = self._filed(self._file_line(self.nomenclature, "01-02"))
        young = self._filed(self.line)  # filed in 2040: its five years begin in 2041
        open_one = self._record(self.line)
        for record, sentence in ((permanent, "is kept"), (young, "2045-12-31"), (open_one, "still open")):
            with self.assertRaisesRegex(UserError, sentence):
                self._act(record).action_submit()
        act = self._act(self.record)
        act.action_submit()
        self.assertEqual(act.state, "signing")

    def test_shortened_periods_wait_for_their_approval(self):
        young = self._filed(self.line)
        self.nomenclature.with_user(self.mayor).action_reopen("Shorter")
        self.line.with_user(self.officer_user).write({"retention_years": 1})
        with self.assertRaisesRegex(UserError, "is being changed"):
            self._act().action_submit()
        with self.assertRaisesRegex(UserError, "No record"):
            self._act(self.env["qms.record"]).action_gather()
        self.nomenclature.with_user(self.officer_user).action_submit()
        self.nomenclature.with_user(self.archivist).action_visa()
        self.nomenclature.with_user(self.commissioner).action_approve()
        with self.assertRaisesRegex(UserError, "Choose another file"):
            self._act().action_submit()
        self.assertEqual(young.retention_until, date(2041, 12, 31))
        self.kind.retention_years = 1
        self._act().action_submit()

    def test_archive_is_called_once_to_what_is_due(self):
        """The act is prepared: who is called finds the records in it."""
        acts = self.env["qms.disposal"]
        young = self._filed(self.line)
        for _night in range(2):
            self.env["qms.nomenclature"]._cron_dispose()
        act = acts.search([("company_id", "=", self.company.id)])
        self.assertEqual((act.state, act.kind, act.record_ids), ("draft", "destroy", self.record))
        call = act.activity_ids
        self.assertEqual((call.user_id, len(call)), (self.archivist, 1))
        act.with_user(self.archivist).action_submit()
        self.assertNotIn(call, act.activity_ids)
        act.with_user(self.mayor).action_return("The commission has not met")
        self.env["qms.nomenclature"]._cron_dispose()
        self.assertEqual(acts.search_count([("company_id", "=", self.company.id)]), 1)
        act.with_user(self.archivist).action_submit()
        act.with_user(self.archivist).action_sign()
        act.with_user(self.mayor).action_sign()
        self.env["qms.nomenclature"]._cron_dispose()
        self.assertEqual(acts.search([("company_id", "=", self.company.id)]), act)
        self.assertEqual((self.record.state, young.state), ("destroyed", "filed"))

    def test_one_authority_s_failure_keeps_no_other_waiting(self):
        prepare, own = type(self.env["qms.disposal"])._prepare_due, self.company

        def fail(model, company):
            if company != own:
                raise KeyError(company.name)
            return prepare(model, company)

        with patch.object(type(self.env["qms.disposal"]), "_prepare_due", fail), mute_logger(CALLS):
            self.env["qms.nomenclature"]._cron_dispose()
        self.assertTrue(self.env["qms.disposal"].search([("company_id", "=", self.company.id)]))

    def test_destruction_takes_files_that_lost_their_record(self):
        file = self.record.attachment_ids
        self.env.flush_all()
        self.env.cr.execute("UPDATE ir_attachment SET res_model = NULL, res_id = NULL WHERE id = %s", [file.id])
        self.env.invalidate_all()
        act = self._act()
        act.action_submit()
        act.with_user(self.archivist).action_sign()
        act.with_user(self.mayor).action_sign()
        self.assertFalse(file.exists())

    def test_empty_act_and_foreign_records(self):
        with self.assertRaisesRegex(UserError, "names no records"):
            self._act(self.env["qms.record"]).action_submit()
        act = self._act()
        act.department_id = self.elsewhere
        with self.assertRaisesRegex(UserError, "another unit"):
            act.action_submit()

    def test_signed_contents_stay(self):
        act = self._act()
        act.action_submit()
        other = self._filed(self.line)
        for attempt in (
            lambda own: own.write({"record_ids": [(4, other.id, 0)]}),
            lambda own: own.write({"kind": "archive"}),
            lambda own: own.write({"first_signer_id": self.mayor.id}),
            lambda own: own.write({"state": "done"}),
            lambda own: own.unlink(),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                attempt(act)
        with self.assertRaises(UserError):
            act.create({"state": "done", "company_id": self.company.id})

    def test_record_in_an_act_is_not_withdrawn_nor_in_a_second_act(self):
        self._act().action_submit()
        with self.assertRaisesRegex(UserError, "waits for its signatures"):
            self.record.with_user(self.officer_user).action_reopen("Quick")
        with self.assertRaisesRegex(UserError, "waits for its signatures"):
            self._act().action_submit()

    def test_return_voids_the_signature(self):
        act = self._act()
        act.action_submit()
        act.with_user(self.archivist).action_sign()
        with self.assertRaises(AccessError):
            act.with_user(self.coordinator).action_return("No")
        act.with_user(self.mayor).action_return("The commission has not met")
        self.assertEqual((act.state, act.first_signer_id.id), ("draft", False))
        self.assertEqual(act.return_reason, "The commission has not met")

    def test_obstacle_that_came_later_stops_the_second_signature(self):
        act = self._act()
        act.action_submit()
        act.with_user(self.archivist).action_sign()
        with (
            patch.object(type(self.env["res.company"]), "_qms_today", lambda _self: date(2027, 1, 1)),
            self.assertRaisesRegex(UserError, "is kept until"),
        ):
            self.env.invalidate_all()
            act.with_user(self.mayor).action_sign()
        self.assertEqual(self.record.state, "filed")
        self.assertTrue(self.record.attachment_ids)

    def test_act_of_the_archive_keeps_the_files(self):
        act = self._act(kind="archive")
        act.action_submit()
        act.with_user(self.archivist).action_sign()
        act.with_user(self.commissioner).action_sign()
        self.assertEqual((self.record.state, self.record.archive_act_id), ("archived", act))
        self.assertTrue(self.record.attachment_ids)
        again = self._act()
        again.action_submit()
        again.with_user(self.archivist).action_sign()
        again.with_user(self.commissioner).action_sign()
        self.assertEqual(self.record.state, "destroyed")

    def test_gathering_finds_what_is_due(self):
        self._filed(self._file_line(self.nomenclature, "01-02"))
        act = self._act(self.env["qms.record"])
        act.action_gather()
        self.assertEqual(act.record_ids, self.record)

    def test_private_steps_are_not_called_from_outside(self):
        """What destroys is no public method, so no client can call it."""
        from odoo.service.model import get_public_method  # noqa: PLC0415 only here

        for method in ("_destroy", "_hand_over_to_archive", "_transition"):
            with self.assertRaises(AccessError):
                get_public_method(self.env["qms.record"], method)

    def test_print_names_records_and_signers(self):
        act = self._act()
        act.action_submit()
        act.with_user(self.archivist).action_sign()
        act.with_user(self.mayor).action_sign()
        html, _type = self.env["ir.actions.report"]._render_qweb_html("qms_core.report_disposal", act.ids)
        for text in (self.record.number, self.archivist.name, self.mayor.name):
            self.assertIn(text, html.decode())

    def test_who_sees_acts(self):
        act = self._act()
        self.assertFalse(act.with_user(self.clerk_user).has_access("read"))
        self.assertTrue(act.with_user(self.users["auditor"]).has_access("read"))
        self.assertFalse(act.with_user(self.users["auditor"]).has_access("write"))
