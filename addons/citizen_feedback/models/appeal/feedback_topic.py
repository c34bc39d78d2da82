from odoo import api, fields, models
from odoo.exceptions import ValidationError


class FeedbackTopic(models.Model):
    """What appeals are about: a tree by which they are classified and counted."""

    _name = "feedback.topic"
    _description = "Topic of Appeals"
    _inherit = ["qms.dictionary.mixin"]
    _parent_store = True
    _check_company_auto = True

    parent_id = fields.Many2one("feedback.topic", "Part of", index=True, ondelete="restrict", check_company=True)
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("feedback.topic", "parent_id", "Parts")
    department_id = fields.Many2one(
        "hr.department",
        "Unit that usually answers",
        check_company=True,
        help="Proposed when an appeal on this topic is registered.",
    )
    appeal_count = fields.Integer("Number of Appeals", compute="_compute_appeal_count")

    _code_company = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another topic has this code already. Choose a new code."
    )

    # === CONSTRAINTS === #

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A topic can't be a part of itself. Choose another one in “Part of”."))

    # === COMPUTES === #

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_appeal_count(self):
        groups = self.env["feedback.appeal"]._read_group([("topic_id", "!=", False)], ["topic_id"], ["__count"])
        for topic in self:
            path = topic.parent_path or "-"
            topic.appeal_count = sum(count for other, count in groups if other.parent_path.startswith(path))

    # === ACTIONS === #

    def action_view_appeals(self):
        """Open the appeals on these topics and on their parts."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("citizen_feedback.feedback_appeal_action"),
            "domain": [("topic_id", "child_of", self.ids)],
            "context": {},
        }
