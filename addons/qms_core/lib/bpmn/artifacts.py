"""What stands beside the steps of a BPMN file: documents and systems go to their steps, the rest is told."""

from dataclasses import replace

from .names import KINDS, STEP, key_of, q

DATA = {"dataObjectReference": "documents", "dataStoreReference": "information_system"}
LEFT_OUT = {"textAnnotation": "annotation", "group": "group"}


def read_artifacts(root, processes, steps, remark):
    """Give documents and information systems to the steps they are joined with; note all else.

    :param steps: ``{key: Step}``, changed in place
    :param remark: function that notes what is lost or was done instead
    """
    joined = _joined(processes, steps)
    for holder in (*processes, *root.findall(q("collaboration"))):
        for element in holder.iterchildren(q("*")):
            tag = element.tag.rpartition("}")[2]
            if tag in DATA:
                _give(element, DATA[tag], joined.get(element.get("id"), ()), steps, remark)
            elif tag in LEFT_OUT:
                remark(LEFT_OUT[tag], (element.findtext(q("text")) or element.get("name") or "").strip())
    for step in steps.values():
        if step.note:
            remark("documentation", step.name or step.key)


def _joined(processes, steps):
    """Return the keys of the steps that read or write each data object or store."""
    joined = {}
    for process in processes:
        for element in process.iterchildren(q("*")):
            key = key_of(element.get("id") or "", STEP)
            if element.tag.rpartition("}")[2] in KINDS and key in steps:
                ends = [*element.iterfind(f"{q('dataInputAssociation')}/{q('sourceRef')}")]
                ends += element.iterfind(f"{q('dataOutputAssociation')}/{q('targetRef')}")
                for end in ends:
                    joined.setdefault((end.text or "").strip(), {})[key] = True
    return joined


def _give(element, field, keys, steps, remark):
    name = (element.get("name") or "").strip()
    if not name or not keys:
        remark("data_lost", name or element.get("id") or "")
        return
    for key in keys:
        known = getattr(steps[key], field) or ""
        parts = [part.strip() for part in known.split(";")]
        if name not in parts:
            steps[key] = replace(steps[key], **{field: f"{known}; {name}" if known else name})
    remark("data_kept", name, ", ".join(steps[key].name or key for key in keys))
