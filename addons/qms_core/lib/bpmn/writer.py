"""BPMN 2.0 XML with diagram geometry: one pool, a lane per role, one band from left to right."""

from lxml import etree

from ..layout import Box, place
from .names import (
    BPMN,
    BPMNDI,
    DC,
    DI,
    FLOW,
    LANE,
    NAMESPACES,
    NO_LANE,
    QMS,
    TAGS,
    escaped,
    q,
    step_id,
    xml_text,
)

TARGET = "urn:qms-for-authorities:process"
EXPORTER = "QMS for Authorities"
# Drawing tools turn the name of a lane by 90 degrees into a strip of 30 px at its left end.
STRIP = 30
LANE_HEIGHT = 140
EMPTY_POOL = Box(0, 0, 720, 200)
POOL, PROCESS, DRAWN = "qms.pool", "qms.process", "qms.drawn."


def write(process):
    """Return a map as BPMN 2.0 with its drawing.

    :param Process process: its keys must be unique, its arrows lead from step to step
    :rtype: bytes
    :raise ValueError: for a key used twice or an arrow from or to a step that does not exist
    """
    diagram = place(process, width=None, lane_height=LANE_HEIGHT)
    root = etree.Element(q("definitions"), nsmap=NAMESPACES)
    root.set("id", "qms.definitions")
    root.set("targetNamespace", TARGET)
    root.set("exporter", EXPORTER)
    root.set("exporterVersion", "1")
    _set(root, q("process", QMS), process.key)
    _set(root, q("stamp", QMS), process.stamp)
    lane_ids = _lane_ids(process, diagram)
    _write_model(root, process, diagram, lane_ids)
    _write_diagram(root, diagram, lane_ids)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _lane_ids(process, diagram):
    known = {lane.key for lane in process.lanes}
    return {
        placed.lane.key: escaped(LANE, placed.lane.key) if placed.lane.key in known else NO_LANE
        for placed in diagram.lanes
    }


# ---- the process


def _write_model(root, process, diagram, lane_ids):
    collaboration = _add(root, "collaboration", id="qms.collaboration")
    _set(_add(collaboration, "participant", id=POOL, processRef=PROCESS), "name", process.name)
    element = _add(root, "process", id=PROCESS, isExecutable="false")
    _set(element, "name", process.name)
    if diagram.lanes:
        _write_lanes(element, diagram, lane_ids)
    incoming, outgoing = {}, {}
    for flow in process.edges:
        outgoing.setdefault(flow.source, []).append(escaped(FLOW, flow.key))
        incoming.setdefault(flow.target, []).append(escaped(FLOW, flow.key))
    for step in process.nodes:
        _write_step(element, step, incoming.get(step.key, ()), outgoing.get(step.key, ()))
    for flow in process.edges:
        _write_flow(element, flow)


def _write_lanes(element, diagram, lane_ids):
    steps = {}
    for placed in diagram.nodes:
        steps.setdefault(placed.lane, []).append(step_id(placed.node.key))
    lane_set = _add(element, "laneSet", id="qms.lanes")
    for placed in diagram.lanes:
        lane = _add(lane_set, "lane", id=lane_ids[placed.lane.key])
        _set(lane, "name", placed.lane.name)
        code = getattr(placed.lane, "code", "")
        if code:
            _extend(lane, "role", {"code": code})
        for identifier in steps.get(placed.lane.key, ()):
            _add(lane, "flowNodeRef").text = identifier


def _write_step(element, step, incoming, outgoing):
    node = _add(element, TAGS.get(step.kind, "task"), id=step_id(step.key))
    _set(node, "name", step.name)
    if step.note:
        _add(node, "documentation").text = xml_text(step.note)
    details = {
        "touchMinutes": step.touch_minutes,
        "waitHours": step.wait_hours,
        "controlPoint": step.marked,
        "unit": step.unit,
        "informationSystem": step.information_system,
        "documents": step.documents,
    }
    _extend(node, "step", details)
    for tag, flows in (("incoming", incoming), ("outgoing", outgoing)):
        for identifier in flows:
            _add(node, tag).text = identifier


def _write_flow(element, flow):
    sequence_flow = _add(
        element,
        "sequenceFlow",
        id=escaped(FLOW, flow.key),
        sourceRef=step_id(flow.source),
        targetRef=step_id(flow.target),
    )
    _set(sequence_flow, "name", flow.label)
    _extend(sequence_flow, "flow", {"share": flow.share})


def _extend(element, tag, values):
    values = {name: value for name, value in values.items() if value is not None}
    if not values:
        return
    extension = etree.SubElement(_add(element, "extensionElements"), q(tag, QMS))
    for name, value in values.items():
        extension.set(name, _plain(value))


def _plain(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return xml_text(value) if isinstance(value, str) else repr(value)


# ---- the drawing


def _write_diagram(root, diagram, lane_ids):
    plane = _add(_add(root, "BPMNDiagram", BPMNDI, id="qms.diagram"), "BPMNPlane", BPMNDI, id="qms.plane")
    plane.set("bpmnElement", "qms.collaboration")
    lanes = [(placed, _strip(placed)) for placed in diagram.lanes]
    pool = EMPTY_POOL
    if lanes:
        first, last = lanes[0][1], lanes[-1][1]
        pool = Box(first.x - STRIP, first.y, first.width + STRIP, last.bottom - first.y)
    _shape(plane, POOL, pool, horizontal=True)
    for placed, box in lanes:
        _shape(plane, lane_ids[placed.lane.key], box, horizontal=True)
    for placed in diagram.nodes:
        beside = None if placed.box.contains(placed.label.box) else placed.label
        shape = _shape(plane, step_id(placed.node.key), placed.box, label=beside)
        if placed.node.kind == "decision":
            shape.set("isMarkerVisible", "true")
    for route in diagram.routes:
        identifier = escaped(FLOW, route.edge.key)
        edge = _add(plane, "BPMNEdge", BPMNDI, id=escaped(DRAWN, identifier), bpmnElement=identifier)
        for x, y in route.parts[0]:
            _add(edge, "waypoint", DI, x=_pixels(x), y=_pixels(y))
        _label(edge, route.label)


def _strip(placed):
    """Return the box of a lane whose name stands in a strip instead of in a wide cell."""
    x = placed.header.right - STRIP
    return Box(x, placed.box.y, placed.box.right - x, placed.box.height)


def _shape(plane, identifier, box, label=None, horizontal=False):
    shape = _add(plane, "BPMNShape", BPMNDI, id=escaped(DRAWN, identifier), bpmnElement=identifier)
    if horizontal:
        shape.set("isHorizontal", "true")
    _bounds(shape, box)
    _label(shape, label)
    return shape


def _label(element, label):
    if label and label.lines:
        _bounds(_add(element, "BPMNLabel", BPMNDI), label.box)


def _bounds(element, box):
    _add(
        element,
        "Bounds",
        DC,
        x=_pixels(box.x),
        y=_pixels(box.y),
        width=_pixels(box.width),
        height=_pixels(box.height),
    )


def _pixels(value):
    return f"{value:.2f}".rstrip("0").rstrip(".")


# ---- elements


def _add(parent, tag, namespace=BPMN, **attributes):
    return etree.SubElement(parent, q(tag, namespace), attributes)


def _set(element, name, value):
    if value:
        element.set(name, xml_text(value))
