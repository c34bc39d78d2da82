from odoo import api, fields, models


class QmsActParagraph(models.Model):
    """A paragraph of an act or a decision of a meeting; with an executor and a day it becomes an assignment."""

    _name = "qms.act.paragraph"
    _description = "Paragraph of an Act"
    _inherit = ["qms.frozen.line.mixin"]
    _order = "act_id, sequence, id"
    _check_company_auto = True
    _frozen_parent = "act_id"

    act_id = fields.Many2one("qms.act", required=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="act_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    number = fields.Char("Paragraph", help="As in the act: 1, 2.3, …")
    text = fields.Text(required=True)
    responsible_id = fields.Many2one("hr.employee", "Executor", check_company=True, ondelete="restrict", copy=False)
    date_deadline = fields.Date("Deadline", copy=False)
    assignment_ids = fields.One2many("qms.assignment", "paragraph_id", "Assignments")
    has_assignment = fields.Boolean(compute="_compute_has_assignment")

    # === COMPUTES === #

    @api.depends("number", "text")
    def _compute_display_name(self):
        for paragraph in self:
            text = (paragraph.text or "")[:60]
            paragraph.display_name = f"{paragraph.number}. {text}" if paragraph.number else text

    @api.depends("assignment_ids")
    def _compute_has_assignment(self):
        for paragraph in self:
            paragraph.has_assignment = bool(paragraph.assignment_ids)

    # === ACTIONS === #

    def action_assign(self):
        """Open a new assignment, filled in from the paragraph; one paragraph may have several.

        :return: a window action
        """
        self.ensure_one()
        vals = self._assignment_vals()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Assignment from paragraph %s", self.number or self.sequence),
            "res_model": "qms.assignment",
            "views": [(False, "form")],
            "context": {f"default_{name}": value for name, value in vals.items() if value},
        }

    # === BUSINESS METHODS === #

    def _is_ready(self):
        return bool(self.responsible_id and self.date_deadline)

    def _assignment_vals(self):
        self.ensure_one()
        return {
            "text": self.text,
            "company_id": self.company_id.id,
            "act_id": self.act_id.id,
            "paragraph_id": self.id,
            "responsible_id": self.responsible_id.id,
            "date_deadline": self.date_deadline,
            "set_by_id": self.act_id.signatory_id.id,
        }
