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
    note = fields.Char(compute="_compute_note")

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

    @api.depends("state", "kind")
    def _compute_note(self):
        for line in self:
            if line.state != "conflict":
                line.note = False
            elif line.kind == "letter":
                line.note = self.env._("Another role is accountable already.")
            else:
                line.note = self.env._("The clause is answered, so it can't be excluded.")

    # === BUSINESS METHODS === #

    def _claims(self):
        """Return what the line takes for itself, as no second line may have it."""
        if self.kind == "process":
            return {(self.to_id.id, "process", self.process_id.id)}
        if self.kind == "exclusion":
            return {(self.to_id.id, "excluded")}
        row = self.responsibility_id
        claims = {(self.to_id.id, "letter", row.role_id.id, row.letter_id.id)}
        return claims | {(self.to_id.id, "accountable")} if row.letter_id.accountable else claims

    def _judge(self, planned):
        """Return the state of a line.

        :param set planned: claims of the lines before it
        """
        self.ensure_one()
        target = self.to_id
        if self.kind == "process":
            there = self.process_id in target.process_ids or self._claims() <= planned
            return "there" if there else "new"
        if self.kind == "exclusion":
            if not target.applicable:
                return "there"
            return "conflict" if target._answers()[target.id] else "new"
        row, rows = self.responsibility_id, target.responsibility_ids
        if rows.filtered(lambda other: (other.role_id, other.letter_id) == (row.role_id, row.letter_id)):
            return "there"
        claims = self._claims()
        if row.letter_id.accountable and rows.filtered("accountable"):
            return "conflict"
        if claims <= planned:
            return "there"
        return "conflict" if (target.id, "accountable") in claims & planned else "new"

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
