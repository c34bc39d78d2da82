from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..lib import numbering

MANY = 5000


class QmsProcessRenumber(models.TransientModel):
    """Show which code each process of a tree would get, then give them."""

    _name = "qms.process.renumber"
    _description = "Renumber Processes"

    process_ids = fields.Many2many("qms.process", string="Processes", default=lambda self: self._default_process_ids())
    prefix = fields.Char(default="P-", help="What stands before the number of a process that is part of no other.")
    separator = fields.Char(default=".", help="What stands between the code of the whole and the number of the part.")
    width = fields.Integer("Digits of Parts", default=2, required=True)
    first = fields.Integer("First Number", default=1, required=True)
    line_ids = fields.One2many(
        "qms.process.renumber.line", "wizard_id", compute="_compute_line_ids", store=True, string="New Codes"
    )
    change_count = fields.Integer("Codes That Change", compute="_compute_counts")
    problem_count = fields.Integer("Codes in Use", compute="_compute_counts")

    @api.model
    def _default_process_ids(self):
        if self.env.context.get("active_model") == "qms.process":
            return self.env.context.get("active_ids")
        return False

    @api.constrains("width", "first")
    def _check_numbers(self):
        for wizard in self:
            if not 1 <= wizard.width <= 6 or not 0 <= wizard.first <= 10_000:
                raise ValidationError(
                    self.env._("Parts have 1 to 6 digits and the first number is 0 to 10,000. Correct the numbers.")
                )

    @api.depends("process_ids", "prefix", "separator", "width", "first")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [Command.clear(), *(Command.create(vals) for vals in wizard._line_vals())]

    @api.depends("line_ids.changes", "line_ids.problem")
    def _compute_counts(self):
        for wizard in self:
            wizard.change_count = len(wizard.line_ids.filtered("changes"))
            wizard.problem_count = len(wizard.line_ids.filtered("problem"))

    def action_apply(self):
        """Give the processes their new codes.

        :raises AccessError: for who may not write all of them
        :raises UserError: where another process has one of the codes, and where nothing would change
        """
        self.ensure_one()
        lines = self._line_vals()  # anew: what the dialog shows came through the client
        if problems := [vals for vals in lines if vals["problem"]]:
            raise UserError("\n".join(f"{vals['new_code']}: {vals['problem']}" for vals in problems[:10]))
        codes = {vals["process_id"]: vals["new_code"] for vals in lines if vals["changes"]}
        if not codes:
            raise UserError(self.env._("All of these processes have these codes already, so there is nothing to do."))
        self._write_codes(codes)
        return {"type": "ir.actions.act_window_close"}

    def _write_codes(self, codes):
        """Write codes in two turns: two processes may exchange theirs, and a code is unique at each moment."""
        processes = self.env["qms.process"].browse(codes)
        for process in processes:
            process.code = f"~{process.id}"
        processes.flush_recordset(["code"])
        for process in processes:
            process.code = codes[process.id]
        processes.flush_recordset(["code"])

    def _tree(self):
        """Return the processes and all their parts, of one authority."""
        # Archived parts keep their codes: nobody looks for them under new ones.
        tree = self.env["qms.process"].search([("id", "child_of", self.process_ids.ids)], limit=MANY)
        if len(tree.company_id) > 1:
            raise UserError(self.env._("Renumber the processes of one authority at a time."))
        return tree

    def _line_vals(self):
        """Return the values of a line per process, in the order of the tree."""
        tree = self._tree()
        if not tree:
            return []
        scheme = numbering.Scheme(self.prefix or "", self.separator or "", self.width, self.first)
        parents = {
            process.id: process.parent_id.id if process.parent_id in tree else process.parent_id.code or None
            for process in tree
        }
        new = numbering.renumber({process.id: process.code for process in tree}, parents, scheme)
        taken = self._taken(tree, new)
        processes = {process.id: process for process in tree}
        return [
            {
                "process_id": key,
                "old_code": processes[key].code,
                "new_code": code,
                "changes": processes[key].code != code,
                "problem": taken.get(code, False),
            }
            for key, code in new.items()
        ]

    def _taken(self, tree, new):
        """Return ``{code: sentence}`` for new codes that are not free."""
        # sudo: a code is taken by a process that the user may not see, too.
        others = self.env["qms.process"].sudo().with_context(active_test=False)
        domain = [("company_id", "=", tree.company_id.id), ("code", "in", [*new.values()]), ("id", "not in", tree.ids)]
        taken = {
            process.code: self.env._("“%s” has this code. Renumber it as well, or choose another scheme.", process.name)
            for process in others.search(domain)
        }
        codes = list(new.values())
        for code in {code for code in codes if codes.count(code) > 1} if len(set(codes)) < len(codes) else ():
            taken[code] = self.env._("Two processes would get this code. Choose a separator.")
        return taken


class QmsProcessRenumberLine(models.TransientModel):
    _name = "qms.process.renumber.line"
    _description = "New Code of a Process"

    wizard_id = fields.Many2one("qms.process.renumber", required=True, ondelete="cascade")
    process_id = fields.Many2one("qms.process", readonly=True, ondelete="cascade")
    old_code = fields.Char(readonly=True)
    new_code = fields.Char(readonly=True)
    changes = fields.Boolean(readonly=True)
    problem = fields.Char(readonly=True)
