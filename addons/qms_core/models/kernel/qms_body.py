from odoo import fields, models


class QmsBody(models.Model):
    """A public body or institution of the register.

    Not a company: a body moves from one ministry to another, is merged and split, and most institutions
    have no administrators of their own. ``company_id`` is the tenant that keeps its records.
    """

    _name = "qms.body"
    _description = "Body or Institution"
    _parent_store = True
    _order = "code, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("council", "Council"),
            ("executive", "Executive body"),
            ("ministry", "Ministry or department"),
            ("institution", "Subordinate institution"),
            ("external", "Outside body"),
        ],
        required=True,
        default="executive",
    )
    parent_id = fields.Many2one("qms.body", "Superior Body", index=True, ondelete="restrict", check_company=True)
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("qms.body", "parent_id", "Subordinate Bodies")
    company_id = fields.Many2one(
        "res.company", "Administered by", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one("res.partner", "Contact", check_company=True)
    date_from = fields.Date("Exists since")
    date_to = fields.Date("Exists until")
    predecessor_ids = fields.Many2many(
        "qms.body", "qms_body_predecessor_rel", "body_id", "predecessor_id", "Predecessors"
    )
    is_listed = fields.Boolean(
        "Listed for Other Authorities",
        help="Other authorities of this database see the body and can name it in processes between bodies, which "
        "are then shown to you.",
    )
    active = fields.Boolean(default=True)

    _code_company = models.UniqueIndex("(code, company_id)", "Another body has this code already. Choose a new code.")
    _dates = models.Constraint("CHECK (date_to >= date_from)", "A body can't end before it begins. Correct the dates.")
