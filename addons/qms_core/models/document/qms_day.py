from odoo import api, models
from odoo.fields import Domain


class QmsDay(models.AbstractModel):
    """Documents that apply to somebody."""

    _inherit = "qms.day"

    @api.model
    def _answers_for(self, roles):
        documents = self.env["qms.document"]
        return super()._answers_for(roles) | {
            "documents": {
                "sequence": 80,
                "label": self.env._("Documents that apply to me"),
                "icon": "fa-book",
                "model": "qms.document",
                "domain": documents._for_me_domain() & Domain("state", "=", "effective"),
                "action": "qms_core.qms_library_action",
            }
        }
