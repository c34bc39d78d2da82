from collections import defaultdict
from typing import NamedTuple

from odoo import models


class KindRow(NamedTuple):
    """How often the community was heard in one way, and what it brought."""

    label: str
    planned: int
    held: int
    people: int
    needs: int


class SubjectRow(NamedTuple):
    """How many needs there are of one party, about one topic, or with one decision, and how often they were named."""

    label: str
    needs: int
    named: int


class QmsNeedYear(models.Model):
    """What the yearly report counts, and the tables of plan and report as they are printed."""

    _inherit = "qms.need.year"

    def _statistics(self):
        """Count the year's events and needs; the queries don't depend on how many there are.

        :return: ``kinds`` (:class:`KindRow`), ``parties``, ``topics``, ``decisions`` (:class:`SubjectRow`), the most
            frequent first, and ``total`` (:class:`KindRow`)
        :rtype: dict
        """
        self.ensure_one()
        needs = self.need_ids
        labels = self._labels("qms.need", "decision")
        kinds = self._kind_rows()
        return {
            "kinds": kinds,
            "parties": self._subject_rows(needs, lambda need: need.party_id.name),
            "topics": self._subject_rows(needs, lambda need: need.topic_id.name),
            "decisions": self._subject_rows(needs, lambda need: labels.get(need.decision)),
            "total": KindRow("", *(sum(row[column] for row in kinds) for column in range(1, 5))),
        }

    def _kind_rows(self):
        rows = []
        for kind, label in self._labels("qms.need.event", "kind").items():
            events = self.event_ids.filtered(lambda event, kind=kind: event.kind == kind)
            held = events.filtered(lambda event: event.state == "held")
            if events:
                rows.append(
                    KindRow(label, len(events), len(held), sum(held.mapped("people_count")), len(events.need_ids))
                )
        without_event = self.need_ids.filtered(lambda need: not need.event_id)
        if without_event:
            rows.append(KindRow(self.env._("Otherwise"), 0, 0, 0, len(without_event)))
        return rows

    def _subject_rows(self, needs, subject):
        found = defaultdict(lambda: [0, 0])
        for need in needs:
            row = found[subject(need) or self.env._("Not stated")]
            row[0] += 1
            row[1] += need.times_named
        rows = [SubjectRow(label, *counts) for label, counts in found.items()]
        return sorted(rows, key=lambda row: (-row.named, -row.needs, row.label))

    def _labels(self, model, field):
        return dict(self.env[model]._fields[field]._description_selection(self.env))

    def _print_needs(self):
        """Return the needs as the report lists them: ``[(decision, needs)]``, the most often named first."""
        self.ensure_one()
        groups = [
            (
                label,
                self.need_ids.filtered(lambda need, decision=decision: need.decision == decision).sorted(
                    lambda need: (-need.times_named, need.id)
                ),
            )
            for decision, label in [*self._labels("qms.need", "decision").items(), (False, self.env._("Undecided"))]
        ]
        return [(label, needs) for label, needs in groups if needs]
