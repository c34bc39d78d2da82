from odoo.exceptions import AccessError, UserError

from ..common import QmsCase


class TestQmsReferenceCopy(QmsCase):
    def _wizard(self, user=None, lang="en_US"):
        model = self.env["qms.reference.copy"].with_user(user or self.users["coordinator"]).with_context(lang=lang)
        return model.browse(model.action_open()["res_id"])

    def _processes(self):
        return self.env["qms.process"].search([("company_id", "=", self.company.id), ("code", "=like", "C-%")])

    def _copy_only(self, wizard, *codes):
        wizard.action_select_none()
        wizard.line_ids.filtered(lambda line: line.code in codes).is_selected = True
        return wizard.action_copy()

    def test_chosen_processes_become_drafts(self):
        self._copy_only(self._wizard(), "C-3.06", "C-2.02")
        processes = {process.code: process for process in self._processes()}
        self.assertEqual(set(processes), {"C-2", "C-2.02", "C-3", "C-3.06"}, "Headings come along.")
        appeals = processes["C-2.02"]
        self.assertEqual((appeals.parent_id, appeals.kind, appeals.nature), (processes["C-2"], "core", "service"))
        self.assertEqual((appeals.version_ids.state, appeals.version_id.id), ("draft", False))
        self.assertIn("on its merits", appeals.version_ids.purpose)
        self.assertEqual(appeals.version_ids.flow_ids.mapped("direction"), ["input", "output", "output"])
        self.assertFalse(processes["C-2"].version_ids, "A heading needs no version.")

    def test_second_copy_adds_nothing(self):
        self._wizard().action_copy()
        codes = self._processes().mapped("code")
        self.assertGreater(len(codes), 40)
        wizard = self._wizard()
        self.assertFalse(wizard.line_ids.filtered("is_selected"))
        wizard.line_ids.is_selected = True
        with self.assertRaises(UserError):
            wizard.action_copy()
        wizard._copy_entries(wizard._entries(), self.company)
        self.assertEqual(self._processes().mapped("code"), codes)

    def test_archived_code_is_taken(self):
        self._copy_only(self._wizard(), "C-3.06")
        self._processes().filtered(lambda process: process.code == "C-3.06").active = False
        line = self._wizard().line_ids.filtered(lambda line: line.code == "C-3.06")
        self.assertTrue(line.is_copied)

    def test_process_of_the_same_name_is_shown_and_not_chosen(self):
        self._process("P-3.03", name="Public procurement")
        line = self._wizard().line_ids.filtered(lambda line: line.code == "C-3.06")
        self.assertEqual((line.is_selected, line.is_copied), (False, False))
        self.assertIn("P-3.03", line.note)

    def test_user_s_language_and_translated_names(self):
        for lang in ("uk_UA", "ru_RU"):
            self.env["res.lang"]._activate_lang(lang)
        self._copy_only(self._wizard(lang="uk_UA"), "C-4.01")
        process = self._processes().filtered(lambda process: process.code == "C-4.01")
        self.assertEqual(process.with_context(lang="uk_UA").name, "Внутрішній аудит")
        self.assertEqual(process.with_context(lang="ru_RU").name, "Внутренний аудит")
        self.assertEqual(process.with_context(lang="en_US").name, "Internal audit")
        self.assertIn("свідченнями", process.version_ids.purpose)

    def test_tick_all(self):
        wizard = self._wizard()
        wizard.action_select_none()
        self.assertEqual(wizard.selected_count, 0)
        wizard.action_select_all()
        self.assertEqual(wizard.selected_count, len(wizard.line_ids))

    def test_another_authority_keeps_its_register(self):
        self._copy_only(self._wizard(), "C-3.06")
        self.assertFalse(self._abroad("qms.process").search([]))

    def test_who_copies(self):
        for user in (self.clerk_user, self.users["auditor"], self.users["quality_officer"]):
            with self.assertRaises(AccessError):
                self._wizard(user)
