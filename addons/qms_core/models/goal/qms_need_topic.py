from odoo import models


class QmsNeedTopic(models.Model):
    """What a need is about: roads, health, services…"""

    _name = "qms.need.topic"
    _description = "Topic of Needs"
    _inherit = ["qms.dictionary.mixin"]

    _code_company = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another entry of this list has this code already. Choose a new code."
    )
