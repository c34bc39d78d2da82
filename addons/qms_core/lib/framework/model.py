"""What a framework file says. Texts are ``{language: text}``, English among them."""

from dataclasses import dataclass, field

SOURCE = "en"
# How far an answer to one clause answers another: wholly, in part, or it is only worth a look.
STRENGTHS = ("full", "partial", "related")


@dataclass(frozen=True)
class Clause:
    code: str
    parent: str
    title: dict
    paraphrase: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Framework:
    """One edition of a standard. ``revision`` numbers the versions of this file, ``edition`` is the publisher's."""

    code: str
    revision: int
    title: dict
    edition: str
    source: dict
    licence: dict
    clauses: tuple[Clause, ...]
    valid_from: str = ""
    valid_to: str = ""
    supersedes: str = ""

    def levels(self):
        """Return the clauses in batches, parents before their children."""
        depth, batches = {"": -1}, []
        by_code = {clause.code: clause for clause in self.clauses}

        def depth_of(code):
            if code not in depth:
                depth[code] = depth_of(by_code[code].parent) + 1
            return depth[code]

        for clause in self.clauses:
            level = depth_of(clause.code)
            while len(batches) <= level:
                batches.append([])
            batches[level].append(clause)
        return batches


@dataclass(frozen=True)
class Link:
    source: str
    target: str
    strength: str
    note: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """Answers to clauses of one framework that are answers to clauses of another.

    ``complete`` promises that each clause of the first has a counterpart, as a transition between editions needs
    it; ``both_ways`` says that the links hold in the other direction as well.
    """

    source: str
    target: str
    revision: int
    complete: bool
    both_ways: bool
    links: tuple[Link, ...]

    @property
    def code(self):
        return f"{self.source} → {self.target}"
