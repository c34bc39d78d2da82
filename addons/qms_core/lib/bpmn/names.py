"""Names of the format: namespaces, tags, and identifiers made of the keys of steps."""

import re

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
QMS = "urn:qms-for-authorities:bpmn:1"
NAMESPACES = {"bpmn": BPMN, "bpmndi": BPMNDI, "dc": DC, "di": DI, "qms": QMS}

TAGS = {
    "start": "startEvent",
    "task": "task",
    "decision": "exclusiveGateway",
    "subprocess": "callActivity",
    "event": "intermediateThrowEvent",
    "end": "endEvent",
}
KINDS = {
    "startEvent": "start",
    "task": "task",
    "userTask": "task",
    "manualTask": "task",
    "serviceTask": "task",
    "scriptTask": "task",
    "businessRuleTask": "task",
    "sendTask": "task",
    "receiveTask": "task",
    "exclusiveGateway": "decision",
    "parallelGateway": "decision",
    "inclusiveGateway": "decision",
    "complexGateway": "decision",
    "eventBasedGateway": "decision",
    "subProcess": "subprocess",
    "adHocSubProcess": "subprocess",
    "transaction": "subprocess",
    "callActivity": "subprocess",
    "intermediateCatchEvent": "event",
    "intermediateThrowEvent": "event",
    "endEvent": "end",
}
# Of these tasks the kind says who does it; the map says that by lanes.
TASK_TYPES = {tag for tag, kind in KINDS.items() if kind == "task"} - {"task"}
# These gateways don't choose one way, as a decision does.
GATEWAY_TYPES = {tag for tag, kind in KINDS.items() if kind == "decision"} - {"exclusiveGateway"}

TOUCH_MAX = 365 * 24 * 60
WAIT_MAX = 87_600
SHARE_MAX = 100

STEP, LANE, FLOW = "qms.step.", "qms.lane.", "qms.flow."
NO_LANE = "qms.no-lane"
_OWN = "qms."
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_UNSAFE = re.compile(r"[^A-Za-z0-9-]")
_ESCAPED = re.compile(r"_([0-9a-f]+)_")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def q(tag, namespace=BPMN):
    """Return the tag in the notation of lxml."""
    return f"{{{namespace}}}{tag}"


def xml_text(text):
    """Return ``text`` without the characters that XML can't hold."""
    return _NOT_XML.sub("", text or "")


def step_id(key):
    """Return the identifier of a step: its key, or a reversible escape where the key is no XML name."""
    plain = _PLAIN.fullmatch(key) and not key.startswith(_OWN)
    return key if plain else escaped(STEP, key)


def escaped(prefix, key):
    """Return an XML name that :func:`key_of` turns back into ``key``; identifiers of one file must not meet."""
    return prefix + _UNSAFE.sub(lambda match: f"_{ord(match[0]):x}_", key)


def key_of(identifier, prefix):
    """Return the key an identifier was made of; identifiers of other tools are keys as they are."""
    if not identifier.startswith(prefix):
        return identifier
    return _ESCAPED.sub(_unescape, identifier[len(prefix) :])


def _unescape(match):
    number = int(match[1], 16)
    return chr(number) if number <= 0x10FFFF else match[0]
