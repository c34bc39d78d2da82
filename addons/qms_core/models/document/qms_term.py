from odoo import fields, models


class QmsTerm(models.Model):
    """A term of the quality management system with its definition in own words; the glossary is made of them."""

    _name = "qms.term"
    _description = "Term of the Glossary"
    _order = "name, id"

    name = fields.Char("Defined Term", required=True, translate=True)
    definition = fields.Text(
        required=True, translate=True, help="In own words: the text of a standard is its publisher's."
    )
    source = fields.Char(translate=True, help="The law or the standard where the term is defined.")
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: the term is common to all authorities.",
    )
    active = fields.Boolean(default=True)
