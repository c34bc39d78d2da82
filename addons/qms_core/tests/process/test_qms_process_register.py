import io

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError

from ..common import QmsCase

ACT = {
    "act_kind": "decision",
    "act_issuer": "Executive Committee",
    "act_number": "214",
    "act_date": "2026-03-05",
    "is_collegial": True,
    "act_minutes": "No. 18",
}


class TestQmsProcessRegister(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls._process("P-1", kind="core")
        cls.version = cls._approved(cls.process)
        cls.service = cls.env["qms.service"].create(
            {"name": "Permit", "code": "S-1", "company_id": cls.company.id, "process_id": cls.process.id}
        )

    def _edition(self, author=None, **vals):
        edition = self.env["qms.process.register"].with_user(author or self.users["coordinator"]).create(vals or ACT)
        edition.action_take()
        return edition

    def _approve(self, edition):
        edition.action_submit()
        edition.with_user(self.users["top_management"]).action_approve()
        return edition

    def _rows(self, edition):
        return {line.code: line for line in edition.line_ids}

    def test_takes_in_processes_and_services(self):
        edition = self._edition()
        rows = self._rows(edition)
        self.assertEqual(set(rows), {"P-1", "S-1"})
        self.assertEqual((rows["P-1"].version_number, rows["P-1"].checksum), (1, self.version.seal_checksum))
        self.assertEqual((rows["P-1"].owner, rows["P-1"].department), ("R-OWN", "Service Centre"))
        self.assertEqual((rows["S-1"].section, rows["S-1"].part_of), ("service", "P-1"))
        self.assertEqual(edition.date, self.company._qms_today())
        edition.action_take()
        self.assertEqual(len(edition.line_ids), 2, "Taken in again it has each entry once.")

    def test_life_of_an_edition(self):
        edition = self._approve(self._edition())
        self.assertEqual((edition.state, edition.number), ("approved", 1))
        self.assertEqual(edition.approver_id, self.users["top_management"])
        self.assertTrue(edition.seal_checksum)
        self.process.name = "Renamed"
        self.assertEqual(self._rows(edition)["P-1"].name, "Process P-1", "Paper keeps what was approved.")
        following = self._approve(self._edition())
        self.assertEqual((edition.state, following.state, following.number), ("superseded", "approved", 2))
        self.assertEqual(self.env["qms.frozen.mixin"].verify_all(), [])

    def test_approved_edition_is_frozen(self):
        edition = self._approve(self._edition())
        commissioner = self.users["commissioner"]
        for attempt in (
            lambda: edition.with_user(commissioner).write({"act_number": "1"}),
            lambda: edition.with_user(commissioner).unlink(),
            lambda: edition.line_ids.sudo()[0].write({"name": "x"}),
            lambda: edition.line_ids.sudo()[0].unlink(),
            lambda: edition.with_user(commissioner).action_take(),
        ):
            with self.assertRaises(UserError):
                attempt()

    def test_nobody_writes_entries(self):
        edition = self._edition()
        for user in (self.users["coordinator"], self.users["commissioner"]):
            with self.assertRaises(AccessError):
                edition.line_ids[0].with_user(user).write({"name": "x"})
            with self.assertRaises(AccessError):
                edition.line_ids.with_user(user).create(
                    {"register_id": edition.id, "code": "X", "name": "X", "section": "core", "nature": "internal"}
                )

    def test_author_does_not_approve(self):
        edition = self._edition(author=self.users["commissioner"])
        edition.action_submit()
        with self.assertRaises(UserError):
            edition.action_approve()
        with self.assertRaises(UserError):
            edition.author_id = self.users["coordinator"]
        self.assertEqual(edition.state, "review")

    def test_who_may_approve(self):
        edition = self._edition()
        edition.action_submit()
        for user in (self.clerk_user, *(self.users[g] for g in ("quality_officer", "coordinator", "auditor", "legal"))):
            with self.assertRaises(AccessError):
                edition.with_user(user).action_approve()

    def test_act_must_be_complete(self):
        edition = self._edition(**{**ACT, "act_number": False, "act_minutes": False})
        edition.action_submit()
        with self.assertRaisesRegex(UserError, "Number of the Act, Minutes"):
            edition.with_user(self.users["commissioner"]).action_approve()
        edition.write({"act_number": "214", "is_collegial": False})
        edition.with_user(self.users["commissioner"]).action_approve()
        self.assertEqual(edition.state, "approved")

    def test_empty_edition_is_not_submitted(self):
        edition = self.env["qms.process.register"].with_user(self.users["coordinator"]).create({})
        self.assertFalse(edition.seal_checksum, "Only what is frozen has a checksum.")
        with self.assertRaisesRegex(UserError, "empty"):
            edition.action_submit()

    def test_return_needs_a_reason(self):
        edition = self._edition()
        edition.action_submit()
        commissioner = edition.with_user(self.users["commissioner"])
        self.assertEqual(commissioner.action_return()["res_model"], "qms.reason.wizard")
        commissioner.action_return("The archive is missing.")
        self.assertEqual((edition.state, edition.return_reason), ("draft", "The archive is missing."))

    def test_changes_against_the_approved_edition(self):
        self._approve(self._edition())
        self._process("P-2")
        self.service.active = False
        self.process.name = "Renamed"
        second = self.process.with_user(self.users["coordinator"])._new_version()
        second.action_submit()
        second.with_user(self.users["commissioner"]).action_approve()
        edition = self._edition()
        changes = {change.code: change for change in edition.change_ids}
        self.assertEqual(
            {code: change.change for code, change in changes.items()},
            {"P-1": "changed", "P-2": "added", "S-1": "removed"},
        )
        self.assertIn("Process P-1 → Renamed", changes["P-1"].note)
        self.assertIn("Version: 1 → 2", changes["P-1"].note)
        self.assertEqual(changes["S-1"].name, "Permit")

    def test_edition_behind_the_model_tells_so(self):
        edition = self._edition()
        self.assertFalse(edition.is_stale)
        self.process.name = "Renamed"
        edition.invalidate_recordset(["is_stale"])
        self.assertTrue(edition.is_stale)

    def test_edition_overtaken_by_another(self):
        first, second = self._edition(), self._edition()
        self._approve(first)
        second.action_submit()
        with self.assertRaisesRegex(UserError, "out of date"):
            second.with_user(self.users["commissioner"]).action_approve()

    def test_remarks_name_what_an_approver_should_know(self):
        lonely = self._process("P-9")
        lonely.owner_role_id = False
        remarks = self._edition().remarks
        self.assertIn("Without owner: P-9", remarks)
        self.assertIn("Without version in force: P-9", remarks)

    def test_employees_read_what_is_approved(self):
        edition = self._edition()
        with self.assertRaises(AccessError):
            edition.with_user(self.stranger).read(["number"])
        self.assertFalse(edition.line_ids.with_user(self.stranger).search([]))
        self._approve(edition)
        self.assertEqual(len(edition.with_user(self.stranger).line_ids), 2)
        with self.assertRaises(AccessError):
            self.env["qms.process.register"].with_user(self.stranger).create({})

    def test_another_authority_sees_nothing(self):
        self._approve(self._edition())
        for model in ("qms.process.register", "qms.process.register.line", "qms.process.register.change"):
            self.assertFalse(self._abroad(model).search([]))

    def test_draft_can_be_deleted(self):
        edition = self._edition()
        edition.unlink()
        self.assertFalse(edition.exists())

    def test_each_language_has_its_names(self):
        self.env["res.lang"]._activate_lang("uk_UA")
        self.process.with_context(lang="uk_UA").name = "Процес"
        self.assertEqual(self._rows(self._edition(**ACT, lang="uk_UA"))["P-1"].name, "Процес")

    # === PDF === #

    def _pages(self, edition):
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = report._render_qweb_pdf("qms_core.report_process_register", edition.ids)
        self.assertEqual(kind, "pdf")
        return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]

    def test_pdf_of_an_approved_register(self):
        for number in range(60):
            self._process(f"P-5.{number:02d}")
        edition = self._approve(self._edition())
        pages = self._pages(edition)
        self.assertGreater(len(pages), 1)
        for number, text in enumerate(pages, start=1):
            self.assertIn(self.company.name, text)
            self.assertIn(f"{number} / {len(pages)}", text)
            self.assertIn("Edition 1", text)
            self.assertIn(edition.seal_checksum, "".join(text.split()))
        for fact in ("APPROVED", "Decision", "214", "Executive Committee", "No. 18"):
            self.assertIn(fact, pages[0])
        text = "\n".join(pages)
        self.assertIn("Process P-5.59", text)
        self.assertIn("Permit", text)
        self.assertIn(self.version.seal_checksum[:16], "".join(text.split()))

    def test_pdf_of_a_draft_says_so(self):
        self.assertIn("draft, not approved", self._pages(self._edition())[0].lower())
        self.assertNotIn("APPROVED\n", self._pages(self._edition())[0])
