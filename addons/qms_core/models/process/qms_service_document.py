from odoo import fields, models


class QmsServiceDocument(models.Model):
    """A document that an application for a service needs, and who gets it."""

    _name = "qms.service.document"
    _description = "Document to Submit"
    _inherit = ["qms.service.line.mixin"]

    _key_prefix = "d"

    name = fields.Char("Document", required=True, translate=True)
    obtained_by = fields.Selection(
        [("applicant", "Brought by the applicant"), ("authority", "Requested by the authority")],
        required=True,
        default="applicant",
        help="What another authority holds is asked for between the bodies, not from the applicant.",
    )
    form = fields.Selection(
        [
            ("original", "Original"),
            ("copy", "Copy"),
            ("both", "Original and copy"),
            ("electronic", "Electronic"),
        ],
        required=True,
        default="original",
    )
    source_party_id = fields.Many2one(
        "qms.party", "Requested from", check_company=True, help="The body that holds it, for an interagency request."
    )
    note = fields.Char(translate=True, help="For whom or when it is needed.")
