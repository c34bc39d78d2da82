import base64

from odoo.exceptions import AccessError, UserError

from .test_qms_process_bpmn import BpmnCase

FOREIGN = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">
  <process id="p"><laneSet id="ls">
    <lane id="l1" name="Clerk"><flowNodeRef>a</flowNodeRef></lane>
    <lane id="l2" name="Unknown"><flowNodeRef>b</flowNodeRef></lane></laneSet>
    <startEvent id="s" name="Begin"/><userTask id="a" name="Look"/><task id="b" name="Sign"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="b"/>
    <textAnnotation id="t"><text>Careful</text></textAnnotation>
  </process></definitions>"""


class TestQmsBpmnImport(BpmnCase):
    def _wizard(self, content, process=None, user=None):
        user = user or self.users["coordinator"]
        data = content.encode() if isinstance(content, str) else content
        return (
            self.env["qms.bpmn.import"]
            .with_user(user)
            .create({"process_id": (process or self.process).id, "file": base64.b64encode(data)})
        )

    def test_dry_run_writes_nothing_and_shows_everything(self):
        before = self.draft._seal_content()
        wizard = self._wizard(FOREIGN)
        wizard.action_check()
        self.assertEqual(wizard.state, "checked")
        self.assertEqual(self.draft._seal_content(), before)
        changes = {(line.name, line.change) for line in wizard.change_ids}
        self.assertLessEqual({("Look", "new"), ("Take in", "is removed"), ("Begin → Look", "new")}, changes)
        remarks = " ".join(wizard.remark_ids.mapped("message"))
        for part in ("Careful", "Unknown", "userTask"):
            self.assertIn(part, remarks)
        self.assertIn("new: 3, changed: 0, removed: 2", wizard.summary)

    def test_import_into_the_open_draft(self):
        wizard = self._wizard(FOREIGN)
        wizard.action_check()
        wizard.action_import()
        self.assertEqual((wizard.state, wizard.version_id), ("done", self.draft))
        self.assertEqual(self.draft.step_ids.mapped("name"), ["Begin", "Look", "Sign"])
        steps = self._steps()
        self.assertEqual((steps["a"].role_id, steps["b"].role_id.id), (self.clerk_role, False))
        self.assertEqual(wizard.action_open_draft()["res_id"], self.draft.id)

    def test_import_over_what_is_in_force_makes_a_draft(self):
        process = self._process("P-2")
        approved = self._approved(process)
        exported = approved._bpmn_file("bpmn")[1]
        wizard = self._wizard(exported.replace(b"Take in", b"Take over"), process)
        wizard.action_check()
        self.assertEqual(wizard.change_ids.mapped("change"), ["Name: “Take over”"])
        wizard.action_import()
        self.assertEqual((wizard.version_id.state, wizard.version_id.based_on_id), ("draft", approved))
        self.assertEqual(self._steps(wizard.version_id)["s010"].name, "Take over")
        self.assertEqual(self._steps(wizard.version_id)["s020"].wait_hours, 2)
        self.assertEqual(self._steps(approved)["s010"].name, "Take in")

    def test_our_file_fills_another_process_without_loss(self):
        exported = self.draft._bpmn_file("bpmn")[1]
        process = self._process("P-3")
        wizard = self._wizard(exported, process)
        wizard.action_check()
        self.assertIn("P-1", wizard.remark_ids[:1].message)
        wizard.action_import()
        for name in ("steps", "transitions"):
            self.assertEqual(wizard.version_id._seal_content()[name], self.draft._seal_content()[name])

    def test_same_file_again_changes_nothing(self):
        wizard = self._wizard(self.draft._bpmn_file("bpmn")[1])
        wizard.action_check()
        self.assertFalse(wizard.change_ids)
        self.assertIn("changes nothing", wizard.summary)

    def test_changed_since_the_check(self):
        wizard = self._wizard(FOREIGN)
        with self.assertRaises(UserError):
            wizard.action_import()
        wizard.action_check()
        self.draft.step_ids[0].name = "Meanwhile"
        with self.assertRaisesRegex(UserError, "Check the file again"):
            wizard.action_import()

    def test_bad_files(self):
        for content, part in ((b"PK", "no XML"), (b"\0" * 50 * 1024**2, "larger than 5 MB"), (b"", "Choose a BPMN")):
            with self.assertRaisesRegex(UserError, part):
                self._wizard(content).action_check()

    def test_who_may_import(self):
        for user in (self.clerk_user, self.users["auditor"]):
            with self.assertRaises(AccessError):
                self._wizard(FOREIGN, user=user)
        unit = self.env["hr.department"].create({"name": "Archive", "company_id": self.company.id})
        foreign = self._process("P-4", department_id=unit.id)
        wizard = self._wizard(FOREIGN, foreign, self.users["quality_officer"])
        wizard.action_check()
        with self.assertRaises(AccessError):
            wizard.action_import()
