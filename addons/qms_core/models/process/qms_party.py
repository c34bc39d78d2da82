from odoo import fields, models


class QmsParty(models.Model):
    """An outside customer, supplier or interested party with its needs and expectations."""

    _name = "qms.party"
    _description = "Party"
    _order = "code, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("citizen", "Citizens"),
            ("business", "Business"),
            ("authority", "Authority"),
            ("supplier", "Supplier"),
            ("other", "Other"),
        ],
        required=True,
        default="citizen",
    )
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    needs = fields.Text("Needs and Expectations")
    active = fields.Boolean(default=True)

    _code_company = models.UniqueIndex("(code, company_id)", "Another party has this code already. Choose a new code.")
