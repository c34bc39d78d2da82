import base64

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .workbook_common import MODEL, WorkbookCase


@tagged("-at_install", "post_install")
class TestQmsWorkbookImport(WorkbookCase):
    # === DIALOG === #

    def _wizard(self, content):
        return (
            self.env["qms.workbook.import"]
            .with_user(self.coordinator)
            .create({"file": base64.b64encode(content), "filename": "model.xlsx"})
        )

    def test_dry_run_shows_and_keeps_nothing(self):
        wizard = self._wizard(self._pack())
        wizard.action_check()
        self.assertEqual((wizard.state, len(wizard.problem_ids)), ("checked", 0))
        change = wizard.change_ids.filtered(lambda row: row.sheet == "services")
        self.assertEqual((change.code, change.change), ("S1", "new: Registration"))
        self.assertIn(f"New: {sum(map(len, MODEL.values()))}, changed: 0", wizard.summary)
        self.assertFalse(self._find("qms.process", "P1.1"))
        self.assertFalse(self._find("hr.employee", "E1", "qms_code"))

    def test_import_and_its_drafts(self):
        wizard = self._wizard(self._pack())
        wizard.action_check()
        wizard.action_import()
        self.assertEqual(wizard.state, "done")
        self.assertEqual(len(wizard.draft_ids), 2)
        opened = self.env["qms.process.version"].search(wizard.action_open_drafts()["domain"])
        self.assertEqual(opened, wizard.draft_ids.with_env(self.env))

    def test_problems_are_shown_and_nothing_is_written(self):
        content = self._pack(flows=self._rows("flows", ["P1.1", "i1"], other_process="P1.2"))
        wizard = self._wizard(content)
        for press in (wizard.action_check, wizard.action_import):
            press()
            problem = wizard.problem_ids
            self.assertEqual((problem.sheet, problem.row, problem.column), ("flows", 2, "party"))
            self.assertEqual(wizard.state, "draft")
            self.assertFalse(self._find("qms.body", "B1"))

    def test_no_workbook(self):
        wizard = self._wizard(b"code;name\n")
        wizard.action_check()
        self.assertEqual(len(wizard.problem_ids), 1)
        self.assertIn("XLSX", wizard.problem_ids.message)
        wizard.file = False
        with self.assertRaises(UserError):
            wizard.action_check()

    @mute_logger("odoo.sql_db")
    def test_what_the_database_refuses_is_one_problem(self):
        """Two positions of one name in one unit: only Odoo's own constraint knows."""
        jobs = [*MODEL["jobs"], {"code": "J3", "name@en": "Clerk", "name@uk": "Діловод", "unit": "U2"}]
        wizard = self._wizard(self._pack(jobs=jobs))
        wizard.action_check()
        self.assertEqual((wizard.state, len(wizard.problem_ids)), ("draft", 1))
        self.assertIn("unique per department", wizard.problem_ids.message)
        wizard.action_import()
        self.assertFalse(self._find("qms.body", "B1"))

    def test_download_gives_the_workbook(self):
        self._load()
        wizard = self._wizard(b"")
        action = wizard.action_export()
        self.assertIn(f"/qms.workbook.import/{wizard.id}/export_file/", action["url"])
        self.assertEqual(self._changes(base64.b64decode(wizard.export_file)), [])
