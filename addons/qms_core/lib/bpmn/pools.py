"""Pools and lanes of a BPMN file: which processes it holds, and which lane each element lies in."""

from dataclasses import dataclass, field

from .model import BpmnError, Role
from .names import KINDS, LANE, NO_LANE, QMS, key_of, q

STEP_TAGS = {q(tag) for tag in KINDS}


@dataclass
class Pools:
    """What was found.

    :param processes: the elements with steps, in the order of the file
    :param lane_of: key of the lane by identifier of an element, or of a whole process
    """

    processes: list
    name: str = ""
    lanes: list = field(default_factory=list)
    lane_of: dict = field(default_factory=dict)


def read_pools(root, remark):
    """Return the :class:`Pools`; several pools become lanes of one map.

    :param remark: function that notes what is lost
    :raise BpmnError: if there is no process
    """
    processes = root.findall(q("process"))
    if not processes:
        raise BpmnError("no_process", "The file holds no BPMN 2.0 process.")
    filled = [process for process in processes if _has_steps(process)] or processes[:1]
    participants = root.findall(f"{q('collaboration')}/{q('participant')}")
    names = {participant.get("processRef"): participant.get("name", "") for participant in participants}
    shown = {process.get("id") for process in filled}
    for participant in participants:
        if participant.get("processRef") not in shown:
            remark("black_box", participant.get("name") or participant.get("id") or "")
    pools = Pools(filled)
    pools.name = names.get(filled[0].get("id")) or filled[0].get("name", "")
    if len(filled) > 1:
        remark("pools", ", ".join(filter(None, (names.get(process.get("id")) for process in filled))), len(filled))
    for process in filled:
        _read_lanes(process, names, len(filled) > 1, pools, remark)
    for flow in root.findall(f"{q('collaboration')}/{q('messageFlow')}"):
        remark("message_flow", flow.get("name") or flow.get("id") or "")
    return pools


def _has_steps(process):
    return any(child.tag in STEP_TAGS for child in process)


def _read_lanes(process, names, as_lane, pools, remark):
    lanes = [lane for lane_set in process.findall(q("laneSet")) for lane in lane_set.findall(q("lane"))]
    identifier = process.get("id", "")
    if as_lane and not lanes:
        pools.lanes.append(Role(identifier, names.get(identifier) or process.get("name") or identifier))
        pools.lane_of[identifier] = identifier
    # Depth is limited by the source, so this list is short; inner lanes come after their outer ones and win.
    while lanes:
        lane = lanes.pop(0)
        inner = lane.findall(f"{q('childLaneSet')}/{q('lane')}")
        lanes[:0] = inner
        within = {ref.text for child in inner for ref in child.iter(q("flowNodeRef"))}
        own = [ref.text for ref in lane.findall(q("flowNodeRef")) if ref.text not in within]
        if inner and not own:
            remark("parent_lane", lane.get("name") or lane.get("id") or "")
        elif lane.get("id") != NO_LANE:
            key = key_of(lane.get("id", ""), LANE)
            pools.lanes.append(Role(key, lane.get("name", ""), code=_code(lane)))
            pools.lane_of.update(dict.fromkeys((text and text.strip() for text in own), key))


def _code(lane):
    role = lane.find(f"{q('extensionElements')}/{q('role', QMS)}")
    return "" if role is None else role.get("code", "")
