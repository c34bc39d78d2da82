from odoo import api, fields, models


class QmsGoal(models.Model):
    _inherit = "qms.goal"

    risk_ids = fields.One2many("qms.risk", "goal_id", "Risks and Opportunities")
    open_risk_count = fields.Integer("Open Risks", compute="_compute_open_risk_count", compute_sudo=False)

    @api.depends("risk_ids.state")
    @api.depends_context("uid")
    def _compute_open_risk_count(self):
        domain = [("goal_id", "in", self.ids), ("state", "!=", "closed")]
        counts = dict(self.env["qms.risk"]._read_group(domain, ["goal_id"], ["__count"]))
        for goal in self:
            goal.open_risk_count = counts.get(goal, 0)

    def action_view_risks(self):
        """Open the risks and opportunities of this goal."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_risk_action"),
            "domain": [("goal_id", "=", self.id)],
            "context": {
                "default_goal_id": self.id,
                "default_process_id": self.process_ids[:1].id,
                "default_department_id": self.department_id.id,
            },
        }
