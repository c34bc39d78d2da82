"""What is drawn: a problem, the categories of its causes, and the causes with their own causes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cause:
    """A cause; ``causes`` answer why it came about.

    :param root: something that can be changed so that the problem does not return
    """

    text: str
    causes: tuple["Cause", ...] = ()
    root: bool = False

    def walk(self, depth=0):
        """Yield ``(cause, depth)`` of this cause and of all below it, from the top."""
        yield self, depth
        for cause in self.causes:
            yield from cause.walk(depth + 1)


@dataclass(frozen=True)
class Bone:
    """A category of causes; one without causes is drawn too, as a question."""

    name: str
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True)
class Fishbone:
    problem: str
    bones: tuple[Bone, ...] = ()
