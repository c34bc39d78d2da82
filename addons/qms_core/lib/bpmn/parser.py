"""From BPMN 2.0 to a map: of ours, and of other tools as far as a map can hold it; the rest becomes remarks."""

import math
from collections import Counter

from .artifacts import read_artifacts
from .model import BpmnError, Flow, Process, Reading, Remark, Step
from .names import (
    FLOW,
    GATEWAY_TYPES,
    KINDS,
    QMS,
    SHARE_MAX,
    STEP,
    TASK_TYPES,
    TOUCH_MAX,
    WAIT_MAX,
    key_of,
    q,
)
from .pools import read_pools
from .source import LIMIT, parse

MOST_STEPS, MOST_FLOWS = 1000, 5000
LONGEST = 1000
LOOPS = {"standardLoopCharacteristics", "multiInstanceLoopCharacteristics"}
BOUNDARY = "boundaryEvent"


def read(data, limit=LIMIT):
    """Read a BPMN file.

    :param data: the file, bytes or text
    :param int limit: most bytes
    :rtype: Reading
    :raise BpmnError: if nothing can be read
    """
    return _Parser(parse(data, limit)).reading()


def tag_of(element):
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def name_of(element):
    """Return what people see of an element, else its identifier."""
    return element.get("name") or element.get("id") or tag_of(element)


class _Parser:
    def __init__(self, root):
        self.root = root
        self.remarks = []
        self.task_types = Counter()
        self.namespaces = Counter()

    def remark(self, code, name="", detail=""):
        """Note what the map can't hold."""
        self.remarks.append(Remark(code, name[:LONGEST], str(detail)[:LONGEST]))

    def reading(self):
        """Return the map and the remarks."""
        pools = read_pools(self.root, self.remark)
        self.steps, self.flows, self.ends, attached = {}, [], {}, []
        flow_elements = []
        for process in pools.processes:
            for element in process.iterchildren(q("*")):
                tag = tag_of(element)
                if tag in KINDS:
                    self._read_step(element, pools)
                elif tag == BOUNDARY:
                    attached.append(element)
                elif tag == "sequenceFlow":
                    flow_elements.append(element)
        self._read_boundaries(attached)
        self._read_flows(flow_elements)
        read_artifacts(self.root, pools.processes, self.steps, self.remark)
        self._check_numbers()
        self._summarise()
        process = Process(
            lanes=tuple(pools.lanes),
            nodes=tuple(self.steps.values()),
            edges=tuple(self.flows),
            key=self.root.get(q("process", QMS), ""),
            name=pools.name,
            stamp=self.root.get(q("stamp", QMS), ""),
        )
        return Reading(process, tuple(self.remarks))

    def _check_numbers(self):
        for count, most in ((len(self.steps), MOST_STEPS), (len(self.flows), MOST_FLOWS)):
            if count > most:
                raise BpmnError(
                    "too_many",
                    f"The file holds {count} steps or arrows; a map holds at most {most}.",
                    count=count,
                    limit=most,
                )

    def _summarise(self):
        for tag, count in sorted(self.task_types.items()):
            self.remark("task_type", tag, count)
        for namespace, count in sorted(self.namespaces.items()):
            self.remark("foreign_extension", namespace, count)

    # ---- steps

    def _read_step(self, element, pools):
        identifier = element.get("id", "")
        if not identifier or identifier in self.ends:
            self.remark("no_id" if not identifier else "double_id", name_of(element))
            return
        tag = tag_of(element)
        key = key_of(identifier, STEP)
        self.ends[identifier] = key
        self._tell_type(element, tag)
        values = self._step_details(element)
        documentation = element.findtext(q("documentation")) or ""
        self.steps[key] = Step(
            key=key,
            name=self._short(element.get("name", "")),
            lane=pools.lane_of.get(identifier, pools.lane_of.get(element.getparent().get("id"), "")),
            kind=KINDS[tag],
            note=documentation,
            **values,
        )

    def _short(self, text):
        if len(text) > LONGEST:
            self.remark("long_name", text[:80], LONGEST)
        return text[:LONGEST]

    def _tell_type(self, element, tag):
        name = name_of(element)
        if tag in TASK_TYPES:
            self.task_types[tag] += 1
        elif tag in GATEWAY_TYPES:
            self.remark("gateway_type", name, tag)
        for child in element.iterchildren(q("*")):
            child_tag = tag_of(child)
            if child_tag.endswith("EventDefinition"):
                self.remark("event_type", name, child_tag.removesuffix("EventDefinition"))
            elif child_tag in LOOPS:
                self.remark("loop", name)
        inner = sum(tag_of(child) in KINDS for child in element.iterdescendants(q("*")))
        if inner:
            self.remark("subprocess_content", name, inner)

    def _step_details(self, element):
        own = self._own_extension(element, "step")
        if own is None:
            return {}
        name = name_of(element)
        marked = own.get("controlPoint")
        return {
            "touch_minutes": self._number(own, "touchMinutes", TOUCH_MAX, name),
            "wait_hours": self._number(own, "waitHours", WAIT_MAX, name),
            "marked": None if marked is None else marked == "true",
            "unit": own.get("unit"),
            "information_system": own.get("informationSystem"),
            "documents": own.get("documents"),
        }

    def _own_extension(self, element, tag):
        """Return our extension of an element, None without one; count what other tools put there."""
        own = None
        for extension in element.findall(q("extensionElements")):
            for child in extension.iterchildren(tag="*"):
                namespace, closed, _tag = child.tag.partition("}")
                if child.tag == q(tag, QMS):
                    own = child
                elif namespace != "{" + QMS:
                    self.namespaces[namespace[1:] if closed else ""] += 1
        return own

    def _number(self, element, attribute, most, name):
        text = element.get(attribute)
        if text is None:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if 0 <= value <= most:
            return value
        self.remark("bad_number", name, f"{attribute} = {text[:40]}")
        return None

    # ---- arrows

    def _read_boundaries(self, elements):
        """Let the arrows of an event on the edge of a step leave from that step."""
        self.boundaries = {}
        for element in elements:
            host = self.ends.get(element.get("attachedToRef"))
            self.remark("boundary_event", name_of(element), self.steps[host].name if host else "")
            if host:
                self.boundaries[element.get("id")] = host, element.get("name", "")

    def _read_flows(self, elements):
        known = {}
        for element in elements:
            source, label = self.boundaries.get(element.get("sourceRef"), (None, ""))
            source = source or self.ends.get(element.get("sourceRef"))
            target = self.ends.get(element.get("targetRef"))
            if not source or not target:
                detail = element.get("targetRef" if source else "sourceRef") or "?"
                self.remark("missing_end", name_of(element), detail)
            elif (source, target) in known:
                self.remark("double_flow", self.steps[source].name or source, self.steps[target].name or target)
            else:
                known[source, target] = True
                self.flows.append(self._flow(element, source, target, label))

    def _flow(self, element, source, target, label):
        own = self._own_extension(element, "flow")
        condition = (element.findtext(q("conditionExpression")) or "").strip()
        return Flow(
            key=key_of(element.get("id") or f"{source}>{target}", FLOW),
            source=source,
            target=target,
            label=self._short(element.get("name") or label or condition),
            share=None if own is None else self._number(own, "share", SHARE_MAX, name_of(element)),
        )
