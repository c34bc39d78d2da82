from odoo.tests import BaseCase

from ...lib.bpmn import read

# Shaped as the modelers of bpmn.io and Camunda write: no lanes asked, random identifiers, settings of their own.
MODELER = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
 xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:modeler="http://camunda.org/schema/modeler/1.0"
 id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn" exporter="Camunda Modeler" exporterVersion="5.0.0">
  <bpmn:collaboration id="Collaboration_1">
    <bpmn:participant id="Participant_1" name="Міська рада" processRef="Process_1" />
    <bpmn:participant id="Participant_2" name="Заявник" />
    <bpmn:messageFlow id="Flow_m" name="Заява" sourceRef="Participant_2" targetRef="StartEvent_1" />
  </bpmn:collaboration>
  <bpmn:process id="Process_1" isExecutable="true">
    <bpmn:laneSet id="LaneSet_1">
      <bpmn:lane id="Lane_dep" name="Департамент">
        <bpmn:flowNodeRef>StartEvent_1</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>Activity_1</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>Activity_2</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>Gateway_1</bpmn:flowNodeRef>
        <bpmn:childLaneSet id="LaneSet_2">
          <bpmn:lane id="Lane_a" name="Адміністратор">
            <bpmn:flowNodeRef>StartEvent_1</bpmn:flowNodeRef>
            <bpmn:flowNodeRef>Activity_1</bpmn:flowNodeRef>
          </bpmn:lane>
          <bpmn:lane id="Lane_b" name="Начальник відділу">
            <bpmn:flowNodeRef>Activity_2</bpmn:flowNodeRef>
            <bpmn:flowNodeRef>Gateway_1</bpmn:flowNodeRef>
          </bpmn:lane>
        </bpmn:childLaneSet>
      </bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="StartEvent_1" name="Подано">
      <bpmn:outgoing>Flow_1</bpmn:outgoing>
      <bpmn:messageEventDefinition id="MessageEventDefinition_1" />
    </bpmn:startEvent>
    <bpmn:userTask id="Activity_1" name="Перевірити" camunda:assignee="demo">
      <bpmn:extensionElements><camunda:formData /></bpmn:extensionElements>
      <bpmn:dataInputAssociation id="DataInputAssociation_1">
        <bpmn:sourceRef>DataObjectReference_1</bpmn:sourceRef>
      </bpmn:dataInputAssociation>
      <bpmn:dataOutputAssociation id="DataOutputAssociation_1">
        <bpmn:targetRef>DataStoreReference_1</bpmn:targetRef>
      </bpmn:dataOutputAssociation>
    </bpmn:userTask>
    <bpmn:dataObjectReference id="DataObjectReference_1" name="Паспорт" dataObjectRef="DataObject_1" />
    <bpmn:dataObject id="DataObject_1" />
    <bpmn:dataStoreReference id="DataStoreReference_1" name="Реєстр" />
    <bpmn:dataObjectReference id="DataObjectReference_2" name="Лист" dataObjectRef="DataObject_2" />
    <bpmn:dataObject id="DataObject_2" />
    <bpmn:boundaryEvent id="Event_1" name="минув строк" attachedToRef="Activity_1">
      <bpmn:timerEventDefinition id="TimerEventDefinition_1" />
    </bpmn:boundaryEvent>
    <bpmn:subProcess id="Activity_2" name="Погодити">
      <bpmn:startEvent id="Event_i1" />
      <bpmn:task id="Activity_i2" name="Внутрішній крок" />
      <bpmn:sequenceFlow id="Flow_i" sourceRef="Event_i1" targetRef="Activity_i2" />
    </bpmn:subProcess>
    <bpmn:parallelGateway id="Gateway_1" />
    <bpmn:intermediateCatchEvent id="Event_2" name="Чекати">
      <bpmn:timerEventDefinition id="TimerEventDefinition_2" />
    </bpmn:intermediateCatchEvent>
    <bpmn:task id="Activity_3" name="Кожен документ">
      <bpmn:multiInstanceLoopCharacteristics />
    </bpmn:task>
    <bpmn:endEvent id="Event_3" />
    <bpmn:sequenceFlow id="Flow_1" sourceRef="StartEvent_1" targetRef="Activity_1" />
    <bpmn:sequenceFlow id="Flow_2" sourceRef="Activity_1" targetRef="Activity_2" />
    <bpmn:sequenceFlow id="Flow_3" sourceRef="Event_1" targetRef="Event_3" />
    <bpmn:sequenceFlow id="Flow_4" sourceRef="Activity_2" targetRef="Gateway_1" />
    <bpmn:sequenceFlow id="Flow_5" sourceRef="Gateway_1" targetRef="Event_2">
      <bpmn:conditionExpression>${sum &gt; 100}</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="Flow_6" sourceRef="Gateway_1" targetRef="Event_2" name="ще раз" />
    <bpmn:sequenceFlow id="Flow_7" sourceRef="Event_2" targetRef="Activity_3" />
    <bpmn:sequenceFlow id="Flow_8" sourceRef="Activity_3" targetRef="Event_3" />
    <bpmn:textAnnotation id="TextAnnotation_1"><bpmn:text>Увага</bpmn:text></bpmn:textAnnotation>
    <bpmn:association id="Association_1" sourceRef="Activity_1" targetRef="TextAnnotation_1" />
    <bpmn:group id="Group_1" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="BPMNDiagram_1"><bpmndi:BPMNPlane id="BPMNPlane_1" bpmnElement="Collaboration_1">
    <bpmndi:BPMNShape id="Activity_1_di" bpmnElement="Activity_1">
      <dc:Bounds x="280" y="100" width="100" height="80" /></bpmndi:BPMNShape>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>"""

# Shaped as tools on .NET write: default namespace, GUIDs, two pools with steps, other processes empty.
POOLS = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="http://example.com">
  <process id="_6ba7b810-9dad" name="Заявник">
    <startEvent id="_a" name="Потреба"/><sendTask id="_b" name="Подати заяву"/>
    <sequenceFlow id="_f1" sourceRef="_a" targetRef="_b"/>
  </process>
  <process id="_6ba7b811-9dad" name="ЦНАП">
    <laneSet id="_l"><lane id="_l1" name="Адміністратор"><flowNodeRef> _c </flowNodeRef></lane></laneSet>
    <receiveTask id="_c" name="Прийняти заяву"/><endEvent id="_d" name="Готово"/>
    <sequenceFlow id="_f2" sourceRef="_c" targetRef="_d"/>
  </process>
  <process id="empty"/>
  <collaboration id="_col">
    <participant id="_p1" name="Громадянин" processRef="_6ba7b810-9dad"/>
    <participant id="_p2" name="ЦНАП" processRef="_6ba7b811-9dad"/>
    <messageFlow id="_m" sourceRef="_b" targetRef="_c"/>
  </collaboration>
</definitions>"""


class TestBpmnForeign(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reading = read(MODELER.encode())
        cls.steps = {step.key: step for step in cls.reading.process.nodes}

    def _remarks(self, code):
        return [(remark.name, remark.detail) for remark in self.reading.remarks if remark.code == code]

    def test_steps_of_a_modeler(self):
        self.assertEqual(
            [(step.key, step.kind) for step in self.steps.values()],
            [
                ("StartEvent_1", "start"),
                ("Activity_1", "task"),
                ("Activity_2", "subprocess"),
                ("Gateway_1", "decision"),
                ("Event_2", "event"),
                ("Activity_3", "task"),
                ("Event_3", "end"),
            ],
        )
        self.assertEqual(self.reading.process.name, "Міська рада")
        self.assertIsNone(self.steps["Activity_1"].touch_minutes, "The file says nothing of times.")

    def test_inner_lanes_hold_the_steps(self):
        process = self.reading.process
        self.assertEqual([lane.name for lane in process.lanes], ["Адміністратор", "Начальник відділу"])
        self.assertEqual(self.steps["Activity_1"].lane, "Lane_a")
        self.assertEqual(self.steps["Gateway_1"].lane, "Lane_b")
        self.assertEqual(self.steps["Event_3"].lane, "")
        self.assertEqual(self._remarks("parent_lane"), [("Департамент", "")])

    def test_arrows_of_a_modeler(self):
        flows = [(flow.source, flow.target, flow.label) for flow in self.reading.process.edges]
        self.assertIn(("Activity_1", "Event_3", "минув строк"), flows, "A boundary event leaves from its step.")
        self.assertIn(("Gateway_1", "Event_2", "${sum > 100}"), flows)
        self.assertEqual(len(flows), 7)
        self.assertEqual(self._remarks("double_flow"), [("Gateway_1", "Чекати")])
        self.assertEqual(self._remarks("boundary_event"), [("минув строк", "Перевірити")])

    def test_documents_and_systems_go_to_their_steps(self):
        step = self.steps["Activity_1"]
        self.assertEqual((step.documents, step.information_system), ("Паспорт", "Реєстр"))
        self.assertEqual(self._remarks("data_kept"), [("Паспорт", "Перевірити"), ("Реєстр", "Перевірити")])
        self.assertEqual(self._remarks("data_lost"), [("Лист", "")])

    def test_nothing_else_is_lost_silently(self):
        self.assertEqual(self._remarks("black_box"), [("Заявник", "")])
        self.assertEqual(self._remarks("message_flow"), [("Заява", "")])
        self.assertEqual(self._remarks("task_type"), [("userTask", "1")])
        self.assertEqual(self._remarks("gateway_type"), [("Gateway_1", "parallelGateway")])
        self.assertEqual(self._remarks("event_type"), [("Подано", "message"), ("Чекати", "timer")])
        self.assertEqual(self._remarks("loop"), [("Кожен документ", "")])
        self.assertEqual(self._remarks("subprocess_content"), [("Погодити", "2")])
        self.assertEqual(self._remarks("foreign_extension"), [("http://camunda.org/schema/1.0/bpmn", "1")])
        self.assertEqual(self._remarks("annotation"), [("Увага", "")])
        self.assertEqual(self._remarks("group"), [("", "")])

    def test_pools_become_lanes(self):
        reading = read(POOLS)
        lanes = {lane.key: lane.name for lane in reading.process.lanes}
        steps = {step.name: lanes.get(step.lane) for step in reading.process.nodes}
        self.assertEqual(
            steps,
            {"Потреба": "Громадянин", "Подати заяву": "Громадянин", "Прийняти заяву": "Адміністратор", "Готово": None},
        )
        self.assertEqual(len(reading.process.edges), 2)
        codes = {remark.code for remark in reading.remarks}
        self.assertLessEqual({"pools", "message_flow", "task_type"}, codes)

    def test_data_that_a_step_names_already_is_not_named_twice(self):
        text = MODELER.replace(
            "<bpmn:extensionElements>",
            '<bpmn:extensionElements><q:step xmlns:q="urn:qms-for-authorities:bpmn:1" documents="Паспорт; Заява"/>',
        )
        step = next(step for step in read(text).process.nodes if step.key == "Activity_1")
        self.assertEqual(step.documents, "Паспорт; Заява")
