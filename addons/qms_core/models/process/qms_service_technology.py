from odoo import api, models

from .qms_optimisation import HOURS_PER_DAY

# Events happen, nobody does them.
EVENTS = ("start", "end")


class QmsService(models.Model):
    """The technological card: who does what within which time, out of the steps in force.

    The letters are those of the card's set. A step is performed; a control point is an agreement, and the last one on
    the way puts the decision in force. What the responsibilities of the process tell by letters of the card goes
    before that.
    """

    _inherit = "qms.service"

    def _technology_version(self):
        """Return the version whose steps the card shows; none if the process isn't described."""
        self.ensure_one()
        version = self.process_id.version_id
        return version if version.step_ids else version.browse()

    def _technology_rows(self):
        """Return the steps as the card shows them, in their order.

        :return: ``[{number, name, documents, role, unit, letter, days, ways}]``; ``days`` are whole working days,
            one at least; ``ways`` are ``(condition, number of the next step)`` where a step decides
        :rtype: list[dict]
        """
        version = self._technology_version()
        steps = version.step_ids.filtered(lambda step: step.kind not in EVENTS).sorted("sequence")
        numbers = {step: number for number, step in enumerate(steps, start=1)}
        told = self._letters_told()
        parts = self._step_parts(version)
        return [
            {
                "number": numbers[step],
                "name": step.name,
                "documents": self._lines(step.documents),
                "role": step.role_name or "",
                "unit": step.department_name or step.role_id.department_id.name or "",
                "letter": self._step_letter(step, parts[step], told).letter,
                "days": self._working_days(step.touch_minutes / 60 + step.wait_hours),
                "ways": [
                    (way.label, numbers[way.target_id])
                    for way in version.transition_ids
                    if way.source_id == step and way.label and way.target_id in numbers
                ],
            }
            for step in steps
        ]

    def _technology_data(self):
        """Return the table of the card as plain data, for the print and for the document that is made of it.

        :return: ``stages`` (the rows, documents and ways as texts) and ``letters`` of the legend
        :rtype: dict[str, list[dict]]
        """
        return {
            "stages": [
                {
                    **row,
                    "documents": "; ".join(row["documents"]),
                    "ways": [f"{condition} → {number}" for condition, number in row["ways"]],
                }
                for row in self._technology_rows()
            ],
            "letters": [{"letter": letter.letter, "name": letter.name} for letter in self._technology_letters()],
        }

    def _technology_letters(self):
        """Return the letters of the card, for its legend."""
        return self._shipped("qms.letter.set", "letter_set_card").letter_ids

    def _letters_told(self):
        """Return ``{role: letters}`` where the responsibilities of the process tell letters of the card."""
        by_text = {letter.letter: letter for letter in self._technology_letters()}
        told = {}
        for row in self.process_id.responsibility_ids:
            # An authority may have its own copy of the set: the letter itself counts.
            if row.origin == "hand" and row.letter_id.letter in by_text:
                told[row.role_id] = told.get(row.role_id, row.letter_id.browse()) | by_text[row.letter_id.letter]
        return told

    def _step_letter(self, step, part, told):
        letter = self._shipped("qms.letter", f"letter_card_{part}")
        letters = told.get(step.role_id, letter)
        return letter if letter in letters else letters[:1]

    @api.model
    def _shipped(self, model, name):
        # Not env.ref: that asks the database each time whether the record still exists, once for each step.
        return self.env[model].browse(self.env["ir.model.data"]._xmlid_to_res_id(f"qms_core.{name}"))

    def _step_parts(self, version):
        """Return ``{step: "performs" | "agrees" | "approves"}``."""
        following = {step: version.step_ids.browse() for step in version.step_ids}
        for way in version.transition_ids:
            following[way.source_id] |= way.target_id
        points = version.step_ids.filtered("control_point")
        performers = (version.step_ids - points).filtered(lambda step: step.kind == "task").role_id
        parts = {}
        for step in version.step_ids:
            if step not in points or (step.kind == "task" and step.role_id in performers):
                parts[step] = "performs"  # what somebody does is confirmed, too: that takes no letter of its own
            else:
                parts[step] = "agrees" if (self._reached(step, following) - step) & points else "approves"
        return parts

    def _reached(self, step, following):
        reached, todo = step.browse(), following[step]
        while todo:
            reached |= todo
            todo = step.union(*(following[one] for one in todo)) - reached
        return reached

    def _working_days(self, hours):
        return max(1, round(hours / self._hours_per_day()))

    def _hours_per_day(self):
        return self.company_id.resource_calendar_id.hours_per_day or HOURS_PER_DAY
