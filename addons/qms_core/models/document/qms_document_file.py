from odoo import fields, models


class QmsDocument(models.Model):
    """In which file of the nomenclature a document is kept."""

    _inherit = "qms.document"

    nomenclature_line_id = fields.Many2one(
        "qms.nomenclature.line",
        "File",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="The file of the nomenclature in which the document is kept.",
    )
