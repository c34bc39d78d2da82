from odoo import fields, models
from odoo.fields import Domain


class QmsDictionaryMixin(models.AbstractModel):
    """An entry of a short list that services refer to by code.

    Entries without an authority come with the product and are seen by all; an authority adds its own.
    """

    _name = "qms.dictionary.mixin"
    _description = "Entry of a Dictionary"
    _order = "sequence, code, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=100)
    company_id = fields.Many2one(
        "res.company",
        "Authority",
        index=True,
        default=lambda self: self.env.company,
        help="Empty for entries that come with the product and are seen by all authorities.",
    )
    active = fields.Boolean(default=True)

    def _by_code(self, company):
        """Return ``{code: entry}`` of what an authority can use; its own entry stands before a common one.

        :param company: ``res.company``
        """
        entries = self.search(Domain("company_id", "in", (False, company.id)))
        return {entry.code: entry for entry in entries.sorted(lambda entry: bool(entry.company_id))}
