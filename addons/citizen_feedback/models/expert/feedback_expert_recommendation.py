from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

USUAL_TERM = relativedelta(months=3)


class FeedbackExpertRecommendation(models.Model):
    """What experts advise; when the visit is closed it becomes an action of the visited unit's head."""

    _name = "feedback.expert.recommendation"
    _description = "Recommendation of Experts"
    _inherit = ["qms.frozen.line.mixin"]
    _order = "visit_id, sequence, id"
    _frozen_parent = "visit_id"

    visit_id = fields.Many2one("feedback.expert.visit", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="visit_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("What is recommended", required=True)
    details = fields.Text()
    date_deadline = fields.Date("Until")
    action_ids = fields.One2many(
        "qms.action", "origin_id", "Actions", domain=lambda self: [("origin_model", "=", self._name)], readonly=True
    )
    progress = fields.Selection(
        selection="_selection_progress", string="What came of it", compute="_compute_progress", compute_sudo=True
    )

    # === COMPUTES === #

    @api.model
    def _selection_progress(self):
        return self.env["qms.action"]._fields["state"]._description_selection(self.env)

    @api.depends("action_ids.state")
    def _compute_progress(self):
        # Experts read how far it got, without a right to the action itself.
        for recommendation in self:
            recommendation.progress = recommendation.action_ids[:1].state

    # === BUSINESS METHODS === #

    def _carry_out(self):
        """Make an action of each recommendation, for the head of the visited unit. Called as the system."""
        actions = self.env["qms.action"].create([recommendation._action_vals() for recommendation in self])
        # A planned action calls nobody. Where a unit has no head it waits until the quality staff names somebody.
        actions.filtered("responsible_id")._start()

    def _action_vals(self):
        self.ensure_one()
        visit = self.visit_id
        unit = visit.department_id
        today = visit.company_id._qms_today()
        return {
            **self.env["qms.action"]._origin_vals(self),
            "origin_label": f"{visit.display_name}: {self.name}",
            "name": self.name,
            "description": self.details,
            "kind": "improvement",
            "company_id": visit.company_id.id,
            "process_id": visit.service_id.process_id.id,
            "department_id": unit.id,
            "responsible_id": unit._head().id if unit else False,
            # Experts may have named a day that is over by now: nobody can keep it.
            "date_deadline": max(self.date_deadline or today + USUAL_TERM, today),
        }
