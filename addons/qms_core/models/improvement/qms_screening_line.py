from odoo import api, fields, models


class QmsScreeningLine(models.Model):
    _inherit = "qms.screening.line"

    action_ids = fields.One2many(
        "qms.action", "origin_id", "Actions", domain=lambda self: [("origin_model", "=", self._name)]
    )

    # === COMPUTES === #

    @api.depends("action_ids.state")
    def _compute_outcome(self):
        super()._compute_outcome()

    # === BUSINESS METHODS === #

    def _outcome(self):
        outcome = super()._outcome()
        states = set(self.action_ids.mapped("state")) - {"cancelled"}
        if outcome != "open" or not states:
            return outcome
        # What can't be read from the model (a shorter service) was checked by a person.
        return "done" if states == {"closed"} else "progress" if states - {"draft"} else "open"

    def _raise_actions(self):
        """Give the head of each line's unit the action that carries the verdict out."""
        # sudo: who concludes needs no right to plan actions, nor to read who heads which unit.
        actions = self.env["qms.action"].sudo()
        for line in self.sudo():
            process = line.process_id or line.service_id.process_id
            actions |= actions.create(
                {
                    **actions._origin_vals(line),
                    "name": line._action_name(),
                    "kind": "improvement",
                    "company_id": line.company_id.id,
                    "process_id": process.id,
                    "department_id": line.department_id.id,
                    "responsible_id": line._responsible().id,
                    "date_deadline": line.screening_id.date_deadline,
                    "description": line.reason,
                }
            )
        # Where a unit has no head the action waits as planned until the quality staff names somebody.
        actions.filtered("responsible_id")._start()

    def _responsible(self):
        """Return who carries the verdict out: the head of the unit, else the owner of the process."""
        process = self.process_id or self.service_id.process_id
        head = self.department_id and self.department_id._head()
        return head or process.owner_role_id._holders()[:1]

    def _action_name(self):
        names = {"subject": self.label, "target": self.target or ""}
        if self.verdict == "merge":
            return self.env._("Merge %(subject)s with %(target)s", **names)
        if self.verdict == "transfer":
            return self.env._("Transfer %(subject)s to %(target)s", **names)
        if self.verdict == "reduce":
            return self.env._("Reduce %s", self.label)
        return self.env._("Take %s off the register: no regulation is possible", self.label)
