from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, LockError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from odoo.addons.qms_core.lib import document as document_files

from .document_common import ACT, DocumentCase, pdf


@tagged("post_install", "-at_install")
class TestQmsDocumentVersion(DocumentCase):
    def test_life_of_a_version(self):
        document = self._document()
        first = self._effective(self._version(document))
        self.assertEqual((first.state, document.version_id, document.state), ("effective", first, "effective"))
        self.assertTrue(first.seal_checksum and first.pdf_attachment_id and first.pdf_checksum)
        second = document.with_user(self.coordinator)._new_version({"reason": "Shorter"})
        self.assertEqual((second.number, second.based_on_id, second.body), (2, first, first.body))
        self.assertEqual(second.approval_ids.role_id, self.head_role | self.chief_role)
        second.body = "<h2>1. Taking in</h2><p>Look at it.</p>"
        self.assertIn("application", first.body, "A draft must not leak into what is in force.")
        self._effective(second)
        self.assertEqual((first.state, second.state), ("superseded", "effective"))
        self.assertEqual(first.date_withdrawn, second.date_effective)
        self.assertEqual((first | second)._verify(), [])

    def test_the_route_is_asked_in_turn(self):
        version = self._submitted()
        head, chief = version.approval_ids
        self.assertEqual((head.state, chief.state), ("asked", "waiting"))
        self.assertEqual(head.responsible_id, self.head)
        self.assertTrue(head.date_deadline > self.company._qms_today())
        self.assertEqual(len(self._calls(self.head_user, head)), 1)
        self.assertFalse(self._calls(self.commissioner, chief))
        version.with_user(self.head_user)._approve("Good")
        self.assertEqual((head.state, head.decided_by_id, head.comment), ("approved", self.head_user, "Good"))
        self.assertEqual((version.state, chief.state), ("review", "asked"))
        self.assertFalse(self._calls(self.head_user, head))
        self.assertEqual(len(self._calls(self.commissioner, chief)), 1)

    def test_same_turn_is_asked_at_once(self):
        version = self._version()
        version.approval_ids.sequence = 10
        self._submitted(version)
        self.assertEqual(set(version.approval_ids.mapped("state")), {"asked"})
        version.with_user(self.commissioner)._approve()
        self.assertEqual(version.state, "review")
        version.with_user(self.head_user)._approve()
        self.assertEqual(version.state, "effective")

    def test_author_does_not_approve(self):
        self.env["qms.role.holder"].create({"role_id": self.chief_role.id, "employee_id": self.officer.id})
        version = self._version(user=self.commissioner)
        version.with_user(self.coordinator).action_submit()
        version.with_user(self.head_user)._approve()
        with self._refused("another person", AccessError):
            version.with_user(self.commissioner)._approve()
        self.assertEqual(version.state, "review")

    def test_submitter_does_not_approve(self):
        """Else who edited another's draft submits it in his name and approves it himself."""
        version = self._version()
        version.with_user(self.commissioner).body = "<p>Mine</p>"
        with self._refused("approve nothing"):
            version.with_user(self.commissioner).action_submit()
        self.assertEqual(version.state, "draft")

    def test_author_is_not_given_from_outside(self):
        version = self._version(user=self.commissioner, author_id=self.coordinator.id, number=9, approved_count=2)
        self.assertEqual((version.author_id, version.number, version.approved_count), (self.commissioner, 1, 0))

    def test_somebody_acts_for_the_approver(self):
        version = self._submitted()
        self.env["qms.role.holder"].create(
            {
                "role_id": self.head_role.id,
                "employee_id": self.clerk.id,
                "kind": "acting",
                "acted_for_id": self.head.id,
                "reason": "leave",
                "date_from": self.company._qms_today(),
            }
        )
        version.with_user(self.clerk_user)._approve()
        self.assertEqual(version.approval_ids[0].decided_by_id, self.clerk_user)

    def test_deputy_approves_where_nobody_holds_the_role(self):
        self.env["qms.role.holder"].search([("role_id", "=", self.head_role.id)]).unlink()
        version = self._version()
        with self._refused("approve nothing"):
            version.action_submit()
        self.env["qms.role.holder"].create(
            {"role_id": self.head_role.id, "employee_id": self.clerk.id, "kind": "deputy"}
        )
        version.action_submit()
        version.with_user(self.clerk_user)._approve()
        self.assertEqual(version.approval_ids[0].state, "approved")

    def test_a_dismissed_person_approves_nothing(self):
        version = self._version(
            approval_ids=[(0, 0, {"user_id": self.head_user.id}), (0, 0, {"role_id": self.chief_role.id})]
        )
        self._submitted(version)
        self.head.sudo().write({"active": False, "departure_date": self.company._qms_today() - timedelta(days=1)})
        with self._refused("no longer work", AccessError):
            version.with_user(self.head_user)._approve()
        self.assertEqual((version.state, version.approval_ids[0].state), ("review", "asked"))

    def test_a_stranger_approves_nothing(self):
        version = self._submitted()
        for user in (self.clerk_user, self.commissioner, self.users["top_management"]):
            with self.assertRaises(AccessError):
                version.with_user(user)._approve()
        self.assertEqual(version.approval_ids.mapped("state"), ["asked", "waiting"])

    def test_return_for_changes(self):
        version = self._submitted()
        version.with_user(self.head_user).action_return("Name the room")
        self.assertEqual((version.state, version.return_reason), ("draft", "Name the room"))
        self.assertEqual(version.approval_ids[0].state, "returned")
        self.assertEqual(self._told(self.coordinator, "Your document was returned to you"), 1)
        version.body = "<p>Room 5</p>"
        version.action_submit()
        self.assertEqual(version.approval_ids.mapped("state"), ["asked", "waiting"])
        self.assertFalse(version.approval_ids[0].comment or version.return_reason)

    def test_a_stranger_returns_nothing(self):
        version = self._submitted()
        with self.assertRaises(AccessError):
            version.with_user(self.clerk_user).action_return("Because")
        self.assertEqual(version.state, "review")

    def test_the_author_takes_back(self):
        version = self._submitted()
        with self.assertRaises(AccessError):
            version.with_user(self.head_user).action_take_back()
        version.action_take_back()
        self.assertEqual((version.state, version.approval_ids[0].state), ("draft", "waiting"))
        self.assertFalse(self._calls(self.head_user, version.approval_ids))

    def test_incomplete_drafts_are_named(self):
        version = self._version(body="<p><br></p>", approval_ids=[])
        version.approval_ids.unlink()
        with self._refused("(?s)neither a text nor a file.*Nobody is named"):
            version.action_submit()
        first = self._effective()
        second = first.document_id.with_user(self.coordinator)._new_version()
        with self._refused("what changed"):
            second.action_submit()

    def test_in_review_it_stays_as_submitted(self):
        version = self._submitted()
        for change in (
            lambda: version.write({"body": "<p>x</p>"}),
            lambda: version.with_user(self.commissioner).write({"date_effective": "2020-01-01"}),
            lambda: version.approval_ids[1].write({"role_id": self.head_role.id}),
            lambda: version.approval_ids[1].unlink(),
            lambda: version.approval_ids.create({"version_id": version.id, "user_id": self.clerk_user.id}),
            lambda: version.approval_ids[0].write({"responsible_id": self.officer.id}),
            lambda: version.approval_ids[0].write({"state": "approved"}),
            lambda: version.unlink(),
        ):
            with self.assertRaises(UserError):
                change()

    def test_two_versions_approved_at_once(self):
        """Two people approve two drafts of one document: the second is told that the first was not seen in his."""
        document = self._document()
        one, two = self._version(document), self._version(document)
        self._submitted(one)
        self._submitted(two)
        self._effective_of(one)
        two.with_user(self.head_user)._approve()
        with self._refused("was approved after"):
            two.with_user(self.commissioner)._approve()
        self.assertEqual((one.state, two.state, document.version_id), ("effective", "review", one))
        two.with_user(self.commissioner).action_return("Compare with version 1")
        self.assertTrue(two.is_behind)
        with self._refused("was approved after"):
            two.action_submit()
        two.action_rebase()
        self._submitted(two)
        self._effective_of(two)
        self.assertEqual((one.state, two.state), ("superseded", "effective"))

    def _effective_of(self, version):
        version.with_user(self.head_user)._approve()
        version.with_user(self.commissioner)._approve()

    def test_approving_at_the_same_moment(self):
        """While one decides, another who decides on the same document is told to look again."""
        version = self._submitted()
        busy = LockError("Cannot grab a lock on records")
        with patch.object(self.registry["qms.document"], "lock_for_update", side_effect=busy):
            with self._refused("at this moment"):
                version.with_user(self.head_user)._approve()
        self.assertEqual((version.state, version.approval_ids[0].state), ("review", "asked"))

    def test_withdrawing(self):
        version = self._effective()
        with self.assertRaises(AccessError):
            version.with_user(self.coordinator).action_withdraw("x")
        version.with_user(self.commissioner).action_withdraw("Needed no more")
        self.assertEqual((version.state, version.document_id.state), ("withdrawn", "withdrawn"))
        self.assertFalse(version.document_id.version_id)
        self.assertEqual(version._verify(), [])

    def test_scripts_are_taken_out(self):
        version = self._version(
            body='<p onclick="steal()">Hello<script>alert(1)</script></p><iframe src="//x"></iframe>'
            '<a href="javascript:alert(1)">x</a><form action="/x"><input name="y"></form>'
        )
        for bad in ("script", "onclick", "iframe", "<form", "<input"):
            self.assertNotIn(bad, version.body)
        self.assertIn("Hello", version.body)

    def test_difference(self):
        first = self._effective()
        second = first.document_id.with_user(self.coordinator)._new_version({"reason": "Room"})
        self.assertEqual(second._difference(first), "")
        second.write({"body": first.body.replace("application", "paper"), "attachment_ids": [(4, self._file().id)]})
        html = second._difference(first)
        self.assertIn("<del>application</del><ins>paper</ins>", html)
        self.assertIn("annex.pdf", html)
        wizard = self.env["qms.document.compare"].with_user(self.clerk_user)
        with self.assertRaises(AccessError):
            wizard.create({"version_id": second.id, "other_id": first.id}).content  # noqa: B018 the draft is not his


@tagged("post_install", "-at_install")
class TestEffectiveDay(DocumentCase):
    def test_it_waits_for_its_day(self):
        with freeze_time("2026-03-02 09:00:00"):
            document = self._document()
            first = self._effective(self._version(document))
            second = self._version(document, date_effective="2026-03-10")
            self._effective(second)
            self.assertEqual((first.state, second.state), ("effective", "approved"))
            self.env["qms.document.version"]._cron_effective()
            self.assertEqual(document.version_id, first)
        with freeze_time("2026-03-14 09:00:00"):  # four days of the cron were missed
            self.env["qms.document.version"]._cron_effective()
            self.assertEqual((first.state, second.state), ("superseded", "effective"))
            self.assertEqual(str(document.date_effective), "2026-03-10")

    def test_no_day_in_the_past_without_an_act(self):
        version = self._version(date_effective="2020-01-01")
        with self._refused("in the past"):
            version.action_submit()
        self.assertEqual(version.state, "draft")

    def test_a_day_that_passes_during_approval_moves(self):
        with freeze_time("2026-03-02 09:00:00"):
            version = self._submitted(self._version(date_effective="2026-03-03"))
        with freeze_time("2026-03-05 09:00:00"):
            version.with_user(self.head_user)._approve()
            version.with_user(self.commissioner)._approve()
        self.assertEqual(str(version.date_effective), "2026-03-05")

    def test_an_act_gives_an_earlier_day(self):
        document = self._document(self.regulation)
        version = self._version(document)
        self._submitted(version)
        with self._refused("still waits for"):
            self._by_act(version, date_effective="2026-01-16")
        version.with_user(self.head_user)._approve()
        version.with_user(self.commissioner)._approve()
        self.assertEqual(version.state, "review", "By an act: the route gives visas, the act approves.")
        for user in (self.coordinator, self.head_user):
            with self.assertRaises(AccessError):
                self._by_act(version, user)
        self._by_act(version, self.users["top_management"], date_effective="2026-01-16")
        self.assertEqual((version.state, str(version.date_effective)), ("effective", "2026-01-16"))
        self.assertEqual((version.act_number, version.act_issuer), ("12-r", "Mayor"))

    def test_an_incomplete_act(self):
        version = self._version(self._document(self.regulation), approval_ids=[])
        version.approval_ids.unlink()
        self._submitted(version)
        with self._refused("Minutes"):
            self._by_act(version, is_collegial=True)
        with self._refused("still to come"):
            self._by_act(version, act_date="2999-01-01")
        self.assertEqual((version.state, version.act_number), ("review", False))
        self._by_act(version, is_collegial=True, act_minutes="No. 3 of 15.01.2026")
        self.assertEqual(version.state, "effective")

    def test_one_order_approves_many(self):
        versions = self.env["qms.document.version"]
        for _number in range(3):
            version = self._version(self._document(self.regulation), approval_ids=[])
            version.approval_ids.unlink()
            versions |= self._submitted(version)
        self._by_act(versions)
        self.assertEqual(set(versions.mapped("state")), {"effective"})

    def test_what_the_route_approves_needs_no_act(self):
        version = self._submitted()
        with self._refused("not by an act"):
            self._by_act(version)


@tagged("post_install", "-at_install")
class TestFrozenVersion(DocumentCase):
    def test_nobody_changes_what_was_approved(self):
        file = self._file()
        version = self._effective(self._version(attachment_ids=[(4, file.id)]))
        self.assertEqual((file.res_model, file.res_id), (version._name, version.id))
        users = (self.coordinator, self.commissioner, self.head_user, self.env.ref("base.user_admin"))
        for user in users:
            own = version.with_user(user)
            for change in (
                lambda own=own: own.write({"body": "<p>x</p>"}),
                lambda own=own: own.write({"state": "draft"}),
                lambda own=own: own.write({"date_effective": "2020-01-01"}),
                lambda own=own: own.write({"attachment_ids": [(5,)]}),
                lambda own=own: own.with_context(_force_unlink=True).unlink(),
                lambda own=own: own.document_id.write({"version_ids": [(1, own.id, {"body": "<p>x</p>"})]}),
                lambda own=own: own.approval_ids.write({"comment": "x"}),
                lambda own=own: own.approval_ids.unlink(),
                lambda user=user: file.with_user(user).write({"datas": "eA=="}),
                lambda own=own, user=user: own.pdf_attachment_id.with_user(user).write({"datas": "eA=="}),
                lambda own=own, user=user: own.pdf_attachment_id.with_user(user).unlink(),
            ):
                with self.assertRaises(UserError):
                    change()
        self.assertEqual(version._verify(), [])

    def test_tampering_is_seen(self):
        version = self._effective(self._version(attachment_ids=[(4, self._file().id)]))
        version.flush_recordset()
        self.env.cr.execute("UPDATE qms_document_version SET body = '<p>x</p>' WHERE id = %s", [version.id])
        version.invalidate_recordset()
        self.assertEqual(len(version._verify()), 1)

    def test_changed_files_are_seen(self):
        version = self._effective(self._version(attachment_ids=[(4, self._file().id)]))
        version.attachment_ids.sudo().raw = b"%PDF-other"
        version.pdf_attachment_id.sudo().raw = b"%PDF-other"
        self.assertEqual(len(version._verify()), 2)

    def test_drafts_are_for_those_who_make_and_decide_them(self):
        version = self._version()
        self.assertFalse(version.with_user(self.clerk_user).search([("id", "=", version.id)]))
        self.assertTrue(version.with_user(self.head_user).search([("id", "=", version.id)]), "He will be asked.")
        self._effective(version)
        self.assertTrue(version.with_user(self.clerk_user).search([("id", "=", version.id)]))

    def test_new_versions_begin_as_drafts(self):
        versions = self.env["qms.document.version"].with_user(self.commissioner)
        with self.assertRaises(UserError):
            versions.create({"document_id": self._document().id, "state": "effective"})
        self.assertEqual(
            versions.with_context(default_state="effective").create({"document_id": self._document().id}).state, "draft"
        )

    def test_the_route_of_the_type(self):
        self.env["qms.document.type.approver"].create(
            [
                {"type_id": self.form.id, "company_id": self.company.id, "sequence": 10, "who": "head"},
                {
                    "type_id": self.form.id,
                    "company_id": self.company.id,
                    "sequence": 20,
                    "who": "role",
                    "role_id": self.chief_role.id,
                },
            ]
        )
        head = self._role("R-UNIT", kind="head", department_id=self.unit.id)
        version = self._document()._new_version()
        self.assertEqual(version.approval_ids.role_id, head | self.chief_role)
        with self.assertRaises(ValidationError):
            self.env["qms.document.type.approver"].create({"type_id": self.form.id, "company_id": self.company.id})

    def test_act_is_printed_in_the_language_of_the_version(self):
        self.env["res.lang"]._activate_lang("uk_UA")
        word = '<strong style="letter-spacing: 0.5pt">%s</strong>'
        self.env.ref("qms_core.report_approving_act").update_field_translations(
            "arch_db", {"uk_UA": {word % "APPROVED": word % "ЗАТВЕРДЖЕНО"}}
        )
        version = self._version(self._document(self.regulation), approval_ids=[], lang="uk_UA")
        version.approval_ids.unlink()
        self._submitted(version)
        self._by_act(version, **ACT)
        html = self.env["ir.actions.report"]._render_qweb_html("qms_core.report_document_version", version.ids)[0]
        self.assertIn("12-r", html.decode())
        self.assertIn("ЗАТВЕРДЖЕНО", html.decode())

    def test_pages_of_uploaded_files_are_in_the_print(self):
        version = self._effective(self._version(attachment_ids=[(4, self._file(content=pdf(3)).id)]))
        printed = version.pdf_attachment_id.raw
        self.assertEqual(document_files.page_count(printed), 4)
