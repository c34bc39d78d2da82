from odoo import models


class QmsCauseCategory(models.Model):
    """A bone of the fishbone: where to look for causes."""

    _name = "qms.cause.category"
    _description = "Category of Causes"
    _inherit = ["qms.dictionary.mixin"]

    _code_company = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another entry of this list has this code already. Choose a new code."
    )
