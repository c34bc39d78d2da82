from odoo import fields, models


class QmsNonconformityCategory(models.Model):
    """What kind of thing went wrong: the classification by which an authority counts and compares."""

    _name = "qms.nonconformity.category"
    _description = "Category of Nonconformities"
    _inherit = ["qms.dictionary.mixin"]
    _parent_store = True
    _check_company_auto = True

    parent_id = fields.Many2one(
        "qms.nonconformity.category", "Part of", index=True, ondelete="restrict", check_company=True
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("qms.nonconformity.category", "parent_id", "Parts")

    _code_company = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another entry of this list has this code already. Choose a new code."
    )
