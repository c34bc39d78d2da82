from odoo import api, fields, models


class FeedbackExpertCommission(models.Model):
    """A commission of independent experts that visits service points and judges services."""

    _name = "feedback.expert.commission"
    _description = "Expert Commission"
    _inherit = ["mail.thread"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    act = fields.Char("Set up by", tracking=True, help="The act that set it up: kind, date and number.")
    date_from = fields.Date("Works since", required=True, default=lambda self: self.env.company._qms_today())
    date_to = fields.Date("Works until", tracking=True)
    member_ids = fields.One2many("feedback.expert.member", "commission_id", "Members", copy=True)
    visit_ids = fields.One2many("feedback.expert.visit", "commission_id", "Visits")
    visit_count = fields.Integer("Number of Visits", compute="_compute_visit_count")
    active = fields.Boolean(default=True)

    _order_of_days = models.Constraint(
        "CHECK (date_to >= date_from)", "The commission ends before it begins. Correct one of the days."
    )

    # === COMPUTES === #

    @api.depends("visit_ids")
    def _compute_visit_count(self):
        for commission in self:
            commission.visit_count = len(commission.visit_ids)

    # === ACTIONS === #

    def action_view_visits(self):
        """Open the visits of the commission."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("citizen_feedback.feedback_expert_visit_action"),
            "domain": [("commission_id", "=", self.id)],
            "context": {"default_commission_id": self.id},
        }
