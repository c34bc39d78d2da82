from odoo import api, models
from odoo.fields import Domain


class QmsDay(models.AbstractModel):
    """Risks that somebody owns, and what everybody may report."""

    _inherit = "qms.day"

    @api.model
    def _answers_for(self, roles):
        return super()._answers_for(roles) | {
            "risks": {
                "sequence": 60,
                "label": self.env._("Risks"),
                "icon": "fa-bolt",
                "model": "qms.risk",
                "domain": Domain("is_mine", "=", True) & Domain("state", "!=", "closed"),
                "action": "qms_core.qms_risk_action",
            }
        }

    @api.model
    def _may_report(self):
        return super()._may_report() | {
            "problem": {
                "sequence": 10,
                "label": self.env._("A problem"),
                "icon": "fa-exclamation-triangle",
                "action": "qms_core.qms_problem_report_action",
            },
            "risk": {
                "sequence": 20,
                "label": self.env._("A risk"),
                "icon": "fa-bolt",
                "action": "qms_core.qms_risk_report_action",
            },
            "suggestion": {
                "sequence": 30,
                "label": self.env._("A suggestion"),
                "icon": "fa-lightbulb-o",
                "action": "qms_core.qms_suggestion_report_action",
            },
        }
