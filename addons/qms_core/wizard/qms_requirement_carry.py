from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class QmsRequirementCarry(models.TransientModel):
    """Carry the answers of one edition over to the next by mapping: first a list, then what is ticked of it."""

    _name = "qms.requirement.carry"
    _description = "Carry Answers over to Another Standard"

    standard_id = fields.Many2one("qms.standard", "From Standard", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="standard_id.company_id", related_sudo=False)
    target_id = fields.Many2one(
        "qms.standard",
        "To Standard",
        required=True,
        ondelete="cascade",
        domain="[('id', '!=', standard_id), ('company_id', '=', company_id)]",
    )
    line_ids = fields.One2many("qms.requirement.carry.line", "wizard_id", "What Would Be Carried Over")
    new_count = fields.Integer("Can Be Carried Over", compute="_compute_counts")
    selected_count = fields.Integer("Chosen", compute="_compute_counts")

    @api.depends("line_ids.is_selected", "line_ids.state")
    def _compute_counts(self):
        for wizard in self:
            wizard.new_count = len(wizard.line_ids.filtered(lambda line: line.state == "new"))
            wizard.selected_count = len(wizard.line_ids.filtered("is_selected"))

    # === ACTIONS === #

    def action_list(self):
        """Make the list anew and show it; nothing of the model is changed.

        :return: a window action
        """
        self.ensure_one()
        lines = [Command.create(vals) for mapping in self._mappings() for vals in self._line_vals(mapping)]
        self.write({"line_ids": [Command.clear(), *lines]})
        self._settle_lines(choose=True)
        return self._show()

    def action_apply(self):
        """Carry over what is ticked.

        :return: the coverage of the other standard
        :raises UserError: if nothing is ticked, or naming what can't be together
        """
        self.ensure_one()
        self._check_list()
        ticked = self.line_ids.filtered("is_selected")
        # Somebody may have entered the same in the meantime.
        self._settle_lines()
        chosen = self.line_ids.filtered("is_selected")
        if refused := (ticked - chosen).filtered(lambda line: line.state == "conflict"):
            raise UserError("\n".join(f"{line.to_id.display_name}, {line.answer}: {line.note}" for line in refused))
        if not chosen:
            raise UserError(self.env._("Tick at least one line that is new."))
        for line in chosen:
            line._carry()
        return self.target_id.action_view_coverage()

    # === BUSINESS METHODS === #

    def _check_list(self):
        """Raise a UserError if the list leads elsewhere than the dialog says."""
        lines = self.line_ids
        if lines.from_id.standard_id - self.standard_id or lines.to_id.standard_id - self.target_id:
            raise UserError(
                self.env._("The list was made for another standard than %s. Make it anew.", self.target_id.display_name)
            )

    def _mappings(self):
        """Return ``[(from, to, strength)]`` of what leads from the one standard to the other and answers something."""
        rows = self.env["qms.requirement.mapping"].search(
            [("from_standard_id", "=", self.standard_id.id), ("to_standard_id", "=", self.target_id.id)]
        )
        found = [(row.from_id, row.to_id, row.strength) for row in rows if row.strength != "related"]
        return sorted(found, key=lambda item: (item[2] != "full", item[0].sort_key, item[1].sort_key))

    def _line_vals(self, mapping):
        source, target, strength = mapping
        common = {"from_id": source.id, "to_id": target.id, "strength": strength}
        if not source.applicable:
            return [{**common, "kind": "exclusion"}] if strength == "full" else []
        return [
            *({**common, "kind": "process", "process_id": process.id} for process in source.process_ids),
            *({**common, "kind": "letter", "responsibility_id": row.id} for row in source.responsibility_ids),
        ]

    def _settle_lines(self, choose=False):
        """Tell of each line whether it is new, is there already, or can't be with those ticked before it.

        :param bool choose: tick what passes wholly
        """
        planned = set()
        for line in self.line_ids:
            line.state, line.note = line._judge(planned)
            line.is_selected = line.state == "new" and (line.strength == "full" if choose else line.is_selected)
            if line.is_selected:
                planned |= line._claims()

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Carry Answers Over"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }
