from dataclasses import dataclass, field


@dataclass(frozen=True)
class Step:
    """A step as the figures need it: times in minutes, who performs it, whether it is an approval."""

    key: str
    kind: str = "task"
    touch: float = 0.0
    wait: float = 0.0
    role: str = ""
    unit: str = ""
    applicant: bool = False
    approval: bool = False


@dataclass(frozen=True)
class Arc:
    """A way from step to step; ``share`` of a hundred cases take it, 0 where nobody has said."""

    source: str
    target: str
    share: float = 0.0


@dataclass
class Network:
    """Steps in their order and the ways between them. Without any way the steps follow one another."""

    steps: list[Step]
    arcs: list[Arc] = field(default_factory=list)

    def __post_init__(self):
        if not self.arcs:
            keys = [step.key for step in self.steps]
            self.arcs = [Arc(*pair) for pair in zip(keys, keys[1:], strict=False)]

    def entries(self):
        """Return the keys of the steps with which a case begins."""
        starts = [step.key for step in self.steps if step.kind == "start"]
        if starts:
            return starts
        left, reached = {arc.source for arc in self.arcs}, {arc.target for arc in self.arcs}
        # A step without any way is not connected yet, so it is no beginning unless there is nothing else.
        connected = [step.key for step in self.steps if step.key in left]
        return (
            [key for key in connected if key not in reached] or connected[:1] or [step.key for step in self.steps[:1]]
        )
