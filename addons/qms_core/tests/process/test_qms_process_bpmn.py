import re
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ...lib import bpmn
from ..common import QmsCase


class BpmnCase(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls._process()
        cls.clerk_role = cls._role("R-CLERK", name="Clerk")
        cls.draft = cls._draft(cls.process)
        cls.draft.step_ids[0].write(
            {
                "documents": "Application",
                "control_point": True,
                "department_id": cls.unit.id,
                "information_system": "Reg",
            }
        )

    def _replaced(self, *changes):
        xml = self.draft.bpmn_xml
        for old, new in changes:
            self.assertIn(old, xml)
            xml = xml.replace(old, new)
        return xml

    def _steps(self, version=None):
        return {step.key: step for step in (version or self.draft).step_ids}


class TestQmsProcessBpmn(BpmnCase):
    def test_saving_what_was_read_changes_nothing(self):
        before = self.draft._seal_content()
        self.assertEqual(self.draft._bpmn_save(self.draft.bpmn_xml), [])
        self.draft.bpmn_xml = self.draft.bpmn_xml
        self.assertEqual(self.draft._seal_content(), before)

    def test_renamed_step_keeps_the_rest(self):
        self.draft.bpmn_xml = self._replaced(('name="Take in"', 'name="Take in&#10;quickly"'))
        step = self._steps()["s010"]
        self.assertEqual(step.name, "Take in quickly")
        self.assertEqual((step.touch_minutes, step.documents, step.control_point), (5, "Application", True))
        self.assertEqual(step.department_id, self.unit)
        self.assertIn("Take in quickly", self.draft.bpmn_xml, "The map is drawn anew.")

    def test_values_stay_when_a_tool_drops_what_it_does_not_know(self):
        xml = re.sub(r"(?s)<bpmn:extensionElements>.*?</bpmn:extensionElements>", "", self.draft.bpmn_xml)
        self.draft.bpmn_xml = xml.replace("Decide", "Decide well")
        steps = self._steps()
        self.assertEqual((steps["s010"].touch_minutes, steps["s020"].wait_hours), (5, 2))
        self.assertEqual(steps["s020"].name, "Decide well")
        self.assertTrue(steps["s020"].role_id, "Without its code, the lane is known by its name.")

    def test_new_and_deleted_elements(self):
        xml = self._replaced(
            ('<bpmn:task id="s020" name="Decide">', '<bpmn:task id="Gateway_1" name="Complete?">'),
            (">s020</bpmn:flowNodeRef>", ">Gateway_1</bpmn:flowNodeRef>"),
            ('targetRef="s020"', 'targetRef="Gateway_1"'),
            (
                "</bpmn:process>",
                '<bpmn:endEvent id="Event_1"/><bpmn:sequenceFlow id="F" sourceRef="Gateway_1" targetRef="Event_1"'
                ' name="yes"/></bpmn:process>',
            ),
        )
        self.draft.bpmn_xml = re.sub(
            r'(?s)<bpmn:task (id="Gateway_1".*?)</bpmn:task>', r"<bpmn:exclusiveGateway \1</bpmn:exclusiveGateway>", xml
        )
        self.assertEqual(
            [(step.key, step.name, step.kind) for step in self.draft.step_ids.sorted()],
            [
                ("s010", "Take in", "task"),
                ("Gateway_1", "Complete?", "decision"),
                ("Event_1", "End", "end"),
            ],
        )
        self.assertEqual(
            [(line.source_id.key, line.target_id.key, line.label) for line in self.draft.transition_ids],
            [("s010", "Gateway_1", False), ("Gateway_1", "Event_1", "yes")],
        )

    def test_lanes_are_roles(self):
        lanes = (
            '<bpmn:laneSet id="x">'
            '<bpmn:lane id="l1" name=" clerk "><bpmn:flowNodeRef>s010</bpmn:flowNodeRef></bpmn:lane>'
            '<bpmn:lane id="l2" name="Somebody"><bpmn:flowNodeRef>s020</bpmn:flowNodeRef></bpmn:lane>'
            "</bpmn:laneSet>"
        )
        xml = re.sub(r"(?s)<bpmn:laneSet.*?</bpmn:laneSet>", lanes, self.draft.bpmn_xml)
        remarks = self.draft._bpmn_save(xml)
        steps = self._steps()
        self.assertEqual(steps["s010"].role_id, self.clerk_role)
        self.assertFalse(steps["s020"].role_id)
        self.assertEqual(len(remarks), 1)
        self.assertIn("Somebody", remarks[0])

    def test_lane_with_the_name_of_another_role_is_that_role(self):
        own = self.process.owner_role_id
        self.draft.bpmn_xml = self._replaced((f'name="{own.name}"', 'name="Clerk"'))
        self.assertEqual(self.draft.step_ids.role_id, self.clerk_role)

    def test_renamed_lane_stays_the_role_and_that_is_told(self):
        own = self.process.owner_role_id
        remarks = self.draft._bpmn_save(self._replaced((f'name="{own.name}"', 'name="Chief of all"')))
        self.assertEqual(self.draft.step_ids.role_id, own)
        self.assertRegex("".join(remarks), "Chief of all.*R-OWN")

    def test_what_is_lost_is_told_to_who_saves(self):
        note = '<bpmn:textAnnotation id="t"><bpmn:text>Careful</bpmn:text></bpmn:textAnnotation>'
        xml = self._replaced(("</bpmn:process>", f"{note}</bpmn:process>"))
        with patch.object(type(self.env["res.users"]), "_bus_send") as send:
            self.draft.bpmn_xml = xml
        [(kind, values)] = [call.args for call in send.call_args_list]
        self.assertEqual((kind, values["type"]), ("simple_notification", "warning"))
        self.assertIn("Careful", values["message"])

    def test_absurd_values_are_left_out_and_told(self):
        remarks = self.draft._bpmn_save(self._replaced(('touchMinutes="5.0"', 'touchMinutes="-7"')))
        self.assertEqual(self._steps()["s010"].touch_minutes, 5)
        self.assertIn("-7", remarks[0])
        flow = '<bpmn:sequenceFlow id="x" sourceRef="s020" targetRef="nobody"/></bpmn:process>'
        remarks = self.draft._bpmn_save(self._replaced(("</bpmn:process>", flow)))
        self.assertIn("nobody", remarks[0])
        self.assertEqual(len(self.draft.transition_ids), 1)

    def test_changed_since_it_was_opened(self):
        opened = self._replaced(('name="Take in"', 'name="Mine"'))
        for change in (
            lambda: self.draft.step_ids[1].write({"wait_hours": 3}),
            lambda: self.draft.transition_ids.write({"label": "then"}),
        ):
            change()
            with self.assertRaisesRegex(UserError, "changed since this map was opened"):
                self.draft.bpmn_xml = opened
            self.draft.invalidate_recordset(["bpmn_xml"])  # as the end of the failed request does
            opened = self._replaced(('name="Take in"', 'name="Mine"'))
        with self.assertRaisesRegex(UserError, "changed since this map was opened"):
            self.draft.bpmn_xml = re.sub(r' qms:stamp="\w+"', "", opened)
        self.draft.bpmn_xml = opened
        self.assertEqual(self._steps()["s010"].name, "Mine")

    def test_only_drafts_are_edited(self):
        xml = self._replaced(('name="Take in"', 'name="x"'))
        self.draft.action_submit()
        with self.assertRaisesRegex(UserError, "as it was submitted"):
            self.draft.bpmn_xml = xml
        approver = self.users["commissioner"]
        self.draft.with_user(approver).action_approve()
        for user in (self.users["coordinator"], approver):
            with self.assertRaises(UserError):
                self.draft.with_user(user).bpmn_xml = xml
        self.assertEqual(self._steps()["s010"].name, "Take in")

    def test_who_may_not_edit_steps_may_not_save_a_map(self):
        xml = self._replaced(('name="Take in"', 'name="x"'))
        for user in (self.stranger, self.users["auditor"]):
            with self.assertRaises(AccessError):
                self.draft.with_user(user).write({"bpmn_xml": xml})
        self.draft.with_user(self.users["quality_officer"]).write({"bpmn_xml": xml})
        self.assertEqual(self._steps()["s010"].name, "x")

    def test_hostile_files_are_refused_in_one_sentence(self):
        laughs = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
        outside = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
        for xml, part in (
            ("no xml", "no XML file"),
            (laughs, "DOCTYPE"),
            (outside, "DOCTYPE"),
            ("<a>" * 200 + "</a>" * 200, "100 levels"),
            ("<svg/>", "no BPMN 2.0 process"),
            ("x" * 50 * 1024**2, "larger than 5 MB"),
        ):
            with self.assertRaisesRegex(UserError, part) as caught:
                self.draft._bpmn_save(xml)
            self.assertNotIn("\n", str(caught.exception))

    def test_editing_the_list_does_not_touch_the_map(self):
        """Else the client would send a map with every change of the list."""
        form = self.draft.new(origin=self.draft)
        form.step_ids[0].name = "Edited"
        self.assertEqual(form.bpmn_xml, self.draft.bpmn_xml)
        self.assertFalse(self.draft.new({"process_id": self.process.id}).bpmn_xml)

    def test_queries_do_not_grow_with_the_steps(self):
        def queries(count):
            process = self._process(f"P-{count}")
            version = self.env["qms.process.version"].create({"process_id": process.id})
            steps = self.env["qms.process.step"].create(
                [
                    {"version_id": version.id, "key": f"s{i}", "name": f"S{i}", "role_id": self.clerk_role.id}
                    for i in range(count)
                ]
            )
            self.env["qms.process.transition"].create(
                [
                    {"version_id": version.id, "source_id": a.id, "target_id": b.id}
                    for a, b in zip(steps, steps[1:], strict=False)
                ]
            )
            xml = version.bpmn_xml
            for index in range(0, count, 3):
                xml = xml.replace(f'id="s{index}" name="S{index}"', f'id="n{index}" name="N{index}"')
                xml = xml.replace(f'Ref="s{index}"', f'Ref="n{index}"')
                xml = xml.replace(f">s{index}</bpmn:flowNodeRef>", f">n{index}</bpmn:flowNodeRef>")
            xml = re.sub(r'name="S(\d+)"', r'name="T\1"', xml)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            version.bpmn_xml = xml
            self.env.flush_all()
            used = self.env.cr.sql_log_count - before
            self.assertEqual({step.name[0] for step in version.step_ids}, {"N", "T"})
            self.assertEqual(len(version.transition_ids), count - 1)
            return used

        queries(6)
        self.assertEqual(queries(12), queries(60))

    def test_map_of_another_system_fills_an_empty_draft(self):
        version = self.env["qms.process.version"].create({"process_id": self._process("P-9").id})
        flows = [("c", "a"), ("a", "b")]
        foreign = bpmn.Process(
            (bpmn.Role("L", "Clerk"),),
            tuple(bpmn.Step(key, key.upper(), "L") for key in "abc"),
            tuple(bpmn.Flow(str(index), *ends) for index, ends in enumerate(flows)),
        )
        version._bpmn_apply(bpmn.Reading(foreign))
        steps = version.step_ids.sorted()
        self.assertEqual(
            [(step.key, step.sequence, step.role_id) for step in steps],
            [("c", 10, self.clerk_role), ("a", 20, self.clerk_role), ("b", 30, self.clerk_role)],
        )


@tagged("post_install", "-at_install")
class TestQmsProcessBpmnFiles(BpmnCase, HttpCase):
    def _get(self, user, version, kind):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/qms/process-version/{version.id}/{kind}")

    def test_downloads(self):
        coordinator = self.users["coordinator"]
        answer = self._get(coordinator, self.draft, "bpmn")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("P-1-v1.bpmn", answer.headers["Content-Disposition"])
        self.assertEqual([step.key for step in bpmn.read(answer.content).process.nodes], ["s010", "s020"])
        answer = self._get(coordinator, self.draft, "svg")
        self.assertTrue(answer.text.startswith("<?xml"))
        self.assertIn("Take in", answer.text)
        self.assertTrue(self.draft.action_export_bpmn()["url"].endswith(f"/{self.draft.id}/bpmn"))

    def test_who_may_not_read_gets_nothing(self):
        for user in (self.stranger, self.foreigner):
            for kind in ("bpmn", "svg"):
                self.assertEqual(self._get(user, self.draft, kind).status_code, 404)
        self.draft.action_submit()
        self.draft.with_user(self.users["commissioner"]).action_approve()
        self.assertEqual(self._get(self.stranger, self.draft, "bpmn").status_code, 200)
        self.assertEqual(self._get(self.foreigner, self.draft, "bpmn").status_code, 404)
