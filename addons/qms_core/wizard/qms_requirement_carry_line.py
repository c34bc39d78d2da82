from odoo import api, fields, models


class QmsRequirementCarryLine(models.TransientModel):
    """One answer that would go over: a process, a role with its letter, or an exclusion with its reason."""

    _name = "qms.requirement.carry.line"
    _description = "Answer to Carry Over"
    _order = "id"

    wizard_id = fields.Many2one("qms.requirement.carry", required=True, index=True, ondelete="cascade")
    is_selected = fields.Boolean("Carry Over")
    from_id = fields.Many2one("qms.requirement", "From Clause", readonly=True, ondelete="cascade")
    to_id = fields.Many2one("qms.requirement", "To Clause", readonly=True, ondelete="cascade")
    strength = fields.Selection(
        selection=lambda self: self.env["qms.requirement.mapping"]._fields["strength"]._description_selection(self.env),
        readonly=True,
    )
    kind = fields.Selection(
        [("process", "Process"), ("letter", "Responsibility"), ("exclusion", "Exclusion")], readonly=True
    )
    process_id = fields.Many2one("qms.process", readonly=True, ondelete="cascade")
    responsibility_id = fields.Many2one("qms.responsibility", readonly=True, ondelete="cascade")
    answer = fields.Char("Answered by", compute="_compute_answer")
    state = fields.Selection(
        [("new", "Can be carried over"), ("there", "There already"), ("conflict", "Not possible")], readonly=True
    )
    note = fields.Char(readonly=True)

    # === COMPUTES === #

    @api.depends("kind", "process_id", "responsibility_id", "from_id")
    def _compute_answer(self):
        for line in self:
            if line.kind == "process":
                line.answer = line.process_id.display_name
            elif line.kind == "letter":
                row = line.responsibility_id
                line.answer = f"{row.role_id.name} ({row.letter_id.letter})"
            else:
                line.answer = line.from_id.reason

    # === BUSINESS METHODS === #

    def _claims(self):
        """Return what the line takes for itself, as no second line may have it."""
        target, row = self.to_id.id, self.responsibility_id
        if self.kind == "exclusion":
            return {(target, "excluded")}
        if self.kind == "process":
            return {(target, "process", self.process_id.id), (target, "answered")}
        claims = {(target, "letter", row.role_id.id, row.letter_id.id)}
        if row.letter_id.accountable:
            claims.add((target, "accountable"))
        if row.letter_id.accountable or row.letter_id.performs:
            claims.add((target, "answered"))
        return claims

    def _judge(self, planned):
        """Return the state of a line, and why it is not possible if so.

        :param set planned: claims of the lines before it
        :rtype: tuple(str, str or False)
        """
        self.ensure_one()
        if self._is_there() or self._claims() <= planned:
            return "there", False
        if refusal := self._refusal(planned):
            return "conflict", refusal
        return "new", False

    def _is_there(self):
        target, row = self.to_id, self.responsibility_id
        if self.kind == "process":
            return self.process_id in target.process_ids
        if self.kind == "exclusion":
            return not target.applicable
        pair = (row.role_id, row.letter_id)
        return any((other.role_id, other.letter_id) == pair for other in target.responsibility_ids)

    def _refusal(self, planned):
        """Return why the line can't be with what is there and with what is planned; empty if it can."""
        target, claims = self.to_id, self._claims()

        def taken(name, there):
            return (target.id, name) in planned or there

        if self.kind == "exclusion" and taken("answered", target._answers()[target.id]):
            return self.env._("The clause is answered, so it can't be excluded.")
        if (target.id, "answered") in claims and taken("excluded", not target.applicable):
            return self.env._("The clause is excluded, so it can't be answered.")
        accountable = target.responsibility_ids.filtered("accountable")
        if (target.id, "accountable") in claims and taken("accountable", accountable):
            return self.env._("Another role is accountable already.")
        return ""

    def _carry(self):
        """Write the answer to the other clause."""
        self.ensure_one()
        if self.kind == "process":
            self.to_id.process_ids = [(4, self.process_id.id)]
        elif self.kind == "exclusion":
            self.to_id.write({"applicable": False, "reason": self.from_id.reason})
        else:
            row = self.responsibility_id
            self.env["qms.responsibility"].create(
                {"requirement_id": self.to_id.id, "role_id": row.role_id.id, "letter_id": row.letter_id.id}
            )
