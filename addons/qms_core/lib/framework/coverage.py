"""Which clauses are answered: by what the authority does, or through a mapping by the answer to another clause."""

from collections import Counter
from dataclasses import dataclass

ANSWERED, MAPPED, PARTLY, OPEN, EXCLUDED = "answered", "mapped", "partly", "open", "excluded"
NOTHING, SOME, ALL = 0, 1, 2


@dataclass(frozen=True)
class Node:
    """A clause: the key of the clause above, whether it is applied, whether something answers it directly."""

    parent: object = None
    applicable: bool = True
    answered: bool = False


def cover(nodes, links):
    """Judge each clause.

    A clause that is answered directly is answered. Through a mapping, a full answer passes on fully by a full
    link and partly by a partial one, and a part of an answer passes by a full link only; related clauses pass on
    nothing. A clause with parts is answered when all its applied parts are. What stands under an excluded clause
    is excluded with it, and what is excluded answers nothing elsewhere.

    :param dict nodes: ``{key: Node}``
    :param links: ``(from, to, strength)`` by keys; ends that are no nodes are passed over
    :return: ``{key: status}`` and ``{key: keys whose answers came through a mapping}``
    :rtype: tuple(dict, dict)
    """
    return _Cover(nodes, links).judge()


def tally(nodes, statuses):
    """Count what has to be answered: clauses without applied parts, and excluded ones without any parts.

    :return: ``(Counter by status, share of the applied ones that is answered, in percent)``
    """
    parents = {node.parent for node in nodes.values()}
    applied_parents = {node.parent for key, node in nodes.items() if statuses[key] != EXCLUDED}
    counts = Counter(
        status for key, status in statuses.items() if key not in (parents if status == EXCLUDED else applied_parents)
    )
    applied = sum(counts.values()) - counts[EXCLUDED]
    answered = counts[ANSWERED] + counts[MAPPED]
    return counts, 100.0 * answered / applied if applied else 0.0


class _Cover:
    def __init__(self, nodes, links):
        self.nodes = nodes
        self.applied = {key for key in nodes if self._is_applied(key)}
        self.children, self.incoming = {}, {}
        for key in self.applied:
            self.children.setdefault(nodes[key].parent, []).append(key)
        for source, target, strength in links:
            if source in self.applied and target in self.applied:
                self.incoming.setdefault(target, []).append((source, strength))
        self.values = dict.fromkeys(self.applied, NOTHING)

    def _is_applied(self, key):
        while key in self.nodes:
            if not self.nodes[key].applicable:
                return False
            key = self.nodes[key].parent
        return True

    def judge(self):
        changed = True
        while changed:  # answers only ever grow, so this comes to rest, also where mappings go both ways
            changed = False
            for key in self.applied:
                value = self._value(key)
                if value > self.values[key]:
                    self.values[key], changed = value, True
        statuses = {key: self._status(key) for key in self.nodes}
        return statuses, {key: self._through(key) for key in self.applied}

    def _passed(self, source, strength):
        if strength == "full":
            return self.values[source]
        return SOME if strength == "partial" and self.values[source] == ALL else NOTHING

    def _value(self, key):
        got = max((self._passed(*link) for link in self.incoming.get(key, ())), default=NOTHING)
        if self.nodes[key].answered:
            got = ALL
        parts = [self.values[child] for child in self.children.get(key, ())]
        if not parts:
            return got
        if min(parts) == ALL:
            return ALL
        return SOME if got or max(parts) else NOTHING

    def _status(self, key):
        if key not in self.applied:
            return EXCLUDED
        if self.values[key] != ALL:
            return PARTLY if self.values[key] else OPEN
        parts = self.children.get(key)
        if parts:
            return MAPPED if MAPPED in map(self._status, parts) else ANSWERED
        return ANSWERED if self.nodes[key].answered else MAPPED

    def _through(self, key):
        return [source for source, strength in self.incoming.get(key, ()) if self._passed(source, strength)]
