import base64
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .document_common import ACT, DocumentCase, pdf


@tagged("post_install", "-at_install")
class TestFilesOfADraft(DocumentCase):
    """What was uploaded stays what was approved, whoever uploaded it."""

    def test_an_untied_file_does_not_follow_its_uploader(self):
        file = self._file()
        version = self._version(attachment_ids=[(4, file.id)])
        file.with_user(self.coordinator).write({"res_model": False, "res_id": 0})
        self._effective(version)
        kept = version.sudo().attachment_ids
        self.assertEqual((kept.res_model, kept.res_id), (version._name, version.id))
        with self.assertRaises(UserError):
            kept.with_user(self.coordinator).raw = pdf(2)
        file.with_user(self.coordinator).raw = b"changed"
        self.assertEqual(version._verify(), [])

    def test_a_file_that_was_changed_in_the_draft_is_looked_at_again(self):
        for vals in ({"name": "virus.exe"}, {"type": "url", "url": "https://example.com"}):
            file = self._file()
            version = self._version(attachment_ids=[(4, file.id)])
            file.with_user(self.coordinator).write(vals)
            with self._refused("of a type", ValidationError):
                version.action_submit()
            self.assertEqual(version.state, "draft")

    def test_pictures_from_elsewhere(self):
        for body in (
            '<p><img src="https://example.com/x.png"></p>',
            '<p><img src="/web/image/res.partner/1/image_128"></p>',
            "<p style=\"background-image: url('https://example.com/x.png')\">x</p>",
        ):
            version = self._version(body=body)
            with self._refused("comes from elsewhere"):
                version.action_submit()
        pixel = base64.b64encode(b"\x89PNG").decode()
        self.assertEqual(
            self._submitted(self._version(body=f'<p><img src="data:image/png;base64,{pixel}"></p>')).state, "review"
        )


@tagged("post_install", "-at_install")
class TestWhatApproversKnew(DocumentCase):
    """What an approval sets off was known to who approved it."""

    def setUp(self):
        super().setUp()
        self.keeper = self.users["quality_officer"]

    def test_what_is_superseded_stays_while_it_is_decided_on(self):
        policy = self._document()
        self._effective(self._version(policy))
        document = self._document()
        version = self._submitted(self._version(document, date_effective="2999-01-01"))
        with self._refused("being decided on"):
            document.with_user(self.keeper).supersedes_id = policy
        version.with_user(self.head_user)._approve()
        version.with_user(self.commissioner)._approve()
        self.assertEqual(version.state, "approved")
        with self._refused("being decided on"):
            document.with_user(self.keeper).supersedes_id = policy

    def test_only_who_withdraws_ends_another_document(self):
        policy = self._document()
        self._effective(self._version(policy))
        document = self._document(supersedes_id=policy.id)
        version = self._version(document, approval_ids=[(0, 0, {"role_id": self.head_role.id})])
        self._submitted(version)
        with self._refused("only the chief quality commissioner"):
            version.with_user(self.head_user)._approve()
        self.assertEqual((policy.state, version.state), ("effective", "review"))

    def test_a_document_in_force_ends_another_one_at_once_by_who_withdraws(self):
        old, new = self._document(), self._document()
        self._effective(self._version(old))
        self._effective(self._version(new))
        with self.assertRaises(AccessError):
            new.with_user(self.keeper).supersedes_id = old
        self.assertEqual(old.state, "effective")
        new.with_user(self.commissioner).supersedes_id = old
        self.assertEqual(old.state, "withdrawn")

    def test_the_superseded_document_is_sealed(self):
        old = self._document()
        self._effective(self._version(old))
        version = self._effective(self._version(self._document(supersedes_id=old.id)))
        self.assertEqual((version.supersedes_id, version._verify()), (old, []))
        version.flush_recordset()
        self.env.cr.execute("UPDATE qms_document_version SET supersedes_id = NULL WHERE id = %s", [version.id])
        version.invalidate_recordset()
        self.assertEqual(len(version._verify()), 1)

    def test_more_readers_are_for_who_decides(self):
        document = self._document(confidentiality="restricted")
        document.with_user(self.keeper).confidentiality = "internal"
        document.with_user(self.keeper).confidentiality = "restricted"
        self._effective(self._version(document))
        for vals in ({"confidentiality": "internal"}, {"confidentiality": "public", "is_published": True}):
            with self._refused("More people", AccessError):
                document.with_user(self.keeper).write(vals)
        document.with_user(self.commissioner).write({"confidentiality": "public", "is_published": True})
        document.with_user(self.keeper).write({"confidentiality": "internal", "is_published": False})

    def test_nobody_gives_a_document_to_a_foreign_unit(self):
        document = self._document()
        elsewhere = self.env["hr.department"].create({"name": "Elsewhere", "company_id": self.company.id})
        with self.assertRaises(AccessError):
            document.with_user(self.keeper).department_id = elsewhere
        document.with_user(self.coordinator).department_id = elsewhere

    def test_the_act_is_no_choice_of_the_author(self):
        self.regulation.by_act = True
        route = [(0, 0, {"role_id": self.head_role.id})]
        version = self._version(self._document(self.regulation), by_act=False, approval_ids=route)
        with self._refused("by an act"):
            version.action_submit()
        version.with_user(self.commissioner).action_submit()
        self.assertEqual(version.state, "review")

    def test_nobody_of_the_type_s_route_is_left_out(self):
        self.env["qms.document.type.approver"].create(
            {"type_id": self.form.id, "company_id": self.company.id, "who": "role", "role_id": self.chief_role.id}
        )
        version = self._version(approval_ids=[(0, 0, {"role_id": self.head_role.id})])
        with self._refused("lacks"):
            version.action_submit()
        self.env["qms.document.approval"].create({"version_id": version.id, "role_id": self.chief_role.id})
        self._submitted(version)
        self.assertEqual(version.state, "review")

    def test_an_act_that_approved_nothing_is_not_shown(self):
        version = self._version(**ACT)
        self.assertTrue(version.act_number)
        self._effective(version)
        self.assertFalse(version.act_number or version.act_kind)
        document = version.document_id
        version.flush_recordset()
        self.env.cr.execute(
            "UPDATE qms_document_version SET act_number = '99-r', act_issuer = 'Forger' WHERE id = %s", [version.id]
        )
        version.invalidate_recordset()
        shown = [document._public_facts(), document.get_reader()["facts"], version._approval_lines()]
        self.assertNotIn("99-r", str(shown))
        self.assertNotIn("Forger", str(shown))

    def test_a_day_before_the_act_is_confirmed(self):
        version = self._version(self._document(self.regulation), approval_ids=[])
        version.approval_ids.unlink()
        self._submitted(version)
        with self._refused("before the date of the act"):
            self._by_act(version, date_effective="2026-01-14")
        self._by_act(version, date_effective="2026-01-14", confirm_earlier=True)
        self.assertEqual(str(version.date_effective), "2026-01-14")


@tagged("post_install", "-at_install")
class TestHandOverOfApprovals(DocumentCase):
    """Nobody makes himself an approver by a hand-over."""

    def setUp(self):
        super().setUp()
        self.personnel = self.users["hr"]
        self.taker = self._employee(self.personnel)
        self.version = self._version(self._document(confidentiality="restricted"))
        self._submitted(self.version)
        self.place = self.version.approval_ids[0]

    def _handover(self, user, successor):
        values = {"employee_id": self.head.id, "successor_id": successor.id, "company_id": self.company.id}
        handover = self.env["qms.handover"].with_user(user).create(values)
        handover.action_collect()
        return handover

    def _places(self, handover):
        return handover.line_ids.filtered(lambda line: line.res_model == self.place._name)

    def test_who_is_here_decides_himself(self):
        handover = self._handover(self.commissioner, self.clerk)
        self.assertFalse(self._places(handover))
        self.assertNotIn(self.version.display_name, "".join(handover.line_ids.mapped(lambda line: line.label or "")))
        with self._refused("handed over only", AccessError):
            self.place.with_user(self.commissioner)._hand_over(self.clerk, "x")
        self.assertEqual(self.place.responsible_id, self.head)

    def test_a_place_that_somebody_left_is_handed_over_to_another(self):
        self.env["qms.role.holder"].search([("role_id", "=", self.head_role.id)]).unlink()
        with self._refused("handed over only", AccessError):
            self.place.with_user(self.personnel)._hand_over(self.taker, "x")
        self.assertFalse(self._places(self._handover(self.personnel, self.taker)), "It is not for him to read.")
        self.place.with_user(self.commissioner)._hand_over(self.clerk, "x")
        self.assertEqual(self.place.responsible_id, self.clerk)


@tagged("post_install", "-at_install")
class TestWhatIsReplaced(DocumentCase):
    def test_nothing_of_a_superseded_document_comes_into_force(self):
        with freeze_time("2026-03-02 09:00:00"):
            old = self._document(lang="en_US")
            self._effective(self._version(old))
            waiting = old.with_user(self.coordinator)._new_version({"reason": "x", "date_effective": "2026-03-10"})
            self._effective(waiting)
            asked = self._submitted(old.with_user(self.coordinator)._new_version({"reason": "y"}))
            draft = old.with_user(self.coordinator)._new_version({"reason": "z"})
            self._effective(self._version(self._document(supersedes_id=old.id)))
            self.assertEqual((old.state, waiting.state, asked.state), ("withdrawn", "withdrawn", "draft"))
        with freeze_time("2026-03-11 09:00:00"):
            self.env["qms.document.version"]._cron_effective()
            self.assertEqual((old.state, waiting.state), ("withdrawn", "withdrawn"))
            with self._refused("archived or was replaced"):
                draft.action_submit()

    def test_what_waits_for_its_day_is_not_put_away(self):
        document = self._document()
        version = self._effective(self._version(document, date_effective="2999-01-01"))
        self.assertEqual(version.state, "approved")
        with self._refused("waits for its day"):
            document.with_user(self.coordinator).active = False

    def test_what_is_being_decided_on_is_not_put_away(self):
        document = self._document()
        version = self._submitted(self._version(document))
        for user in (self.coordinator, self.commissioner):
            with self._refused("is being decided on"), self.cr.savepoint():
                document.with_user(user).active = False
        self.assertTrue(document.active)
        version.with_user(self.coordinator).action_take_back()
        document.with_user(self.coordinator).active = False
        self.assertFalse(document.active)

    def test_an_archived_document_does_not_come_into_force(self):
        document = self._document()
        version = self._submitted(self._version(document))
        self.env.flush_all()
        # The form refuses it; an import past the ORM would not.
        self.env.cr.execute("UPDATE qms_document SET active = false WHERE id = %s", [document.id])
        self.env.invalidate_all()
        version.with_user(self.head_user)._approve()
        with self._refused("archived or was replaced"):
            version.with_user(self.commissioner)._approve()
        self.assertEqual(version.state, "review")

    def test_the_reason_is_in_the_language_of_the_document(self):
        self.env["res.lang"]._activate_lang("uk_UA")
        old = self._document(lang="uk_UA")
        version = self._effective(self._version(old))
        languages = []

        def said(env, source, *args):
            if source == "Superseded by %s.":
                languages.append(env.lang)
            return source % args if args else source

        with patch.object(type(self.env), "_", said):
            old._withdraw_superseded(self._document())
        self.assertEqual((version.state, languages), ("withdrawn", ["uk_UA"]))


@tagged("post_install", "-at_install")
class TestNight(DocumentCase):
    def test_one_failure_does_not_stop_the_others(self):
        with freeze_time("2026-03-02 09:00:00"):
            bad, good = (self._effective(self._version(date_effective="2026-03-03")) for _number in range(2))
        versions = self.registry["qms.document.version"]
        make = versions._make_effective

        def failing(records):
            if bad in records:
                raise ValueError("anything")
            return make(records)

        calls = []

        def reviews(_documents, company):
            calls.append(company)

        def follow(_documents, _company):
            raise KeyError("gone")

        lapse = patch.object(self.registry["qms.document"], "_follow_validity", follow)
        with (
            freeze_time("2026-03-04 09:00:00"),
            patch.object(versions, "_make_effective", failing),
            patch.object(self.registry["qms.document"], "_call_due_reviews", reviews),
            lapse,
            mute_logger("odoo.addons.qms_core.models.document.qms_document_version"),
        ):
            self.env["qms.document.version"]._cron_effective()
        self.assertEqual((bad.state, good.state), ("approved", "effective"))
        self.assertIn("anything", str(self._calls(self.commissioner, bad)))
        self.assertLessEqual({self.company, self.other_company}, set(calls))

    def test_one_print_that_fails(self):
        bad, good = self._effective(), self._effective()
        for version in bad | good:
            version._transition({"state": version.state, "pdf_attachment_id": False})
        store = self.registry["qms.document.version"]._store_pdf

        def failing(version):
            if version == bad:
                raise ValueError("anything")
            return store(version)

        with (
            patch.object(self.registry["qms.document.version"], "_store_pdf", failing),
            mute_logger("odoo.addons.qms_core.models.document.qms_document_version_files"),
        ):
            self.env["qms.document.version"]._cron_print()
        self.assertFalse(bad.pdf_attachment_id)
        self.assertTrue(good.pdf_attachment_id)

    def test_a_call_that_reached_nobody_is_made_again(self):
        with freeze_time("2026-01-12 09:00:00"):
            document = self._document(review_months=12)
            self._effective(self._version(document))
        nobody = patch.object(self.registry["qms.document"], "_called_keepers", lambda record: record.env["res.users"])
        with freeze_time("2026-12-20 09:00:00"):
            with nobody:
                document._call_due_reviews(self.company)
            self.assertFalse(document.review_called)
            document._call_due_reviews(self.company)
            self.assertEqual(len(self._calls(self.head_user, document)), 1)
            # Whoever was called left, and with him the call.
            self.env["mail.activity"].search(
                [("res_model", "=", "qms.document"), ("res_id", "=", document.id)]
            ).unlink()
            document._call_due_reviews(self.company)
            self.assertEqual(len(self._calls(self.head_user, document)), 1)

    def test_an_archived_act_lapses_and_the_owner_is_told_once_there_is_one(self):
        today = self.company._qms_today()
        act = self._document(self.external, name="Law", valid_to=today + timedelta(days=3))
        document = self._document(legal_basis_ids=[(6, 0, act.ids)])
        self._effective(self._version(document))
        act.active = False
        with freeze_time(f"{today + timedelta(days=5)} 09:00:00"):
            with patch.object(self.registry["qms.document"], "_called_keepers", lambda record: record.env["res.users"]):
                document._follow_validity(self.company)
            self.assertEqual((act.state, document.has_lapsed_basis), ("withdrawn", True))
            self.assertFalse(document.basis_flagged)
            document._follow_validity(self.company)
            self.assertEqual(len(self._calls(self.head_user, document)), 1)
            self.assertIn("Law", self._calls(self.head_user, document)[0])
