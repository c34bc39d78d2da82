"""What a rule has found about one service or unit: what a signal is made of."""

from dataclasses import dataclass, field


@dataclass
class Finding:
    """Ids of the service and unit (0 for none), of the marks and other records, and the figures it was computed from.

    ``strength`` says by one number how clear it is, in the unit of the rule's limit.
    """

    service_id: int = 0
    department_id: int = 0
    rating_ids: list = field(default_factory=list)
    record_ids: dict = field(default_factory=dict)
    figures: dict = field(default_factory=dict)
    strength: float = 0.0

    @property
    def place(self):
        return self.department_id, self.service_id

    def merge(self, other):
        """Return both as one finding: marks and records together, the clearer one's figures, all words."""
        stronger, weaker = (self, other) if self.strength >= other.strength else (other, self)
        words = [*self.figures.get("words", []), *other.figures.get("words", [])]
        figures = {**weaker.figures, **stronger.figures}
        if words:
            figures["words"] = list(dict.fromkeys(words))
        records = {
            model: [*self.record_ids.get(model, []), *other.record_ids.get(model, [])]
            for model in {**self.record_ids, **other.record_ids}
        }
        return Finding(*_common(self, other), self.rating_ids + other.rating_ids, records, figures, stronger.strength)


def _common(first, second):
    return (
        first.service_id if first.service_id == second.service_id else 0,
        first.department_id if first.department_id == second.department_id else 0,
    )
