from odoo import fields, models


class QmsProcess(models.Model):
    """A process between bodies is read by each authority that takes part; one authority keeps it."""

    _inherit = "qms.process"

    body_ids = fields.Many2many(
        "qms.body",
        string="Bodies Taking Part",
        help="The authorities of these bodies read the process and what is in force of it; they change nothing. "
        "Another authority's body can be chosen once that authority has listed it.",
    )
    # What is related is read as superuser: the authorities that take part see these names.
    parent_name = fields.Char("Name of the Whole", related="parent_id.name")
    owner_name = fields.Char("Name of the Owner", related="owner_role_id.name")
    department_name = fields.Char("Name of the Unit", related="department_id.name")
