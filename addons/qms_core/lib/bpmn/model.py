"""A process map as BPMN files hold it: the graph of the layout, with what our steps know besides."""

from dataclasses import dataclass

from ..layout import Edge, Graph, Lane, Node


class BpmnError(ValueError):
    """The file can't be read at all.

    :param str code: ``not_xml``, ``too_large``, ``too_deep``, ``doctype``, ``no_process`` or ``too_many``
    :param values: numbers for the sentence, e.g. the limit
    """

    def __init__(self, code, message, **values):
        super().__init__(message)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Role(Lane):
    """A lane; ``code`` is that of the role in our model, empty in files of other tools."""

    code: str = ""


@dataclass(frozen=True)
class Step(Node):
    """A step. None means that the file doesn't say: what is known already stays.

    :param touch_minutes: minutes of work, 0 to a year
    :param wait_hours: hours of waiting, 0 to ten years
    :param unit: code of the unit that performs it
    :param marked: the step is a control point
    """

    marked: bool | None = None
    touch_minutes: float | None = None
    wait_hours: float | None = None
    documents: str | None = None
    information_system: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Flow(Edge):
    """An arrow; ``share`` is how many of a hundred cases go this way, None if the file doesn't say."""

    share: float | None = None


@dataclass(frozen=True)
class Process(Graph):
    """A map: its lanes are :class:`Role`, its nodes :class:`Step`, its edges :class:`Flow`.

    :param key: code of the process in our model
    :param stamp: what :func:`stamp` gave when the file was written; empty in files of other tools
    """

    key: str = ""
    name: str = ""
    stamp: str = ""


@dataclass(frozen=True)
class Remark:
    """Something in a file that has no place in a map.

    :param str code: which sentence tells it
    :param str name: what it is called in the file
    :param str detail: number, type or place, where the sentence needs one
    """

    code: str
    name: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Reading:
    """What was read: the map, and remarks on what of the file it doesn't hold."""

    process: Process
    remarks: tuple[Remark, ...] = ()
