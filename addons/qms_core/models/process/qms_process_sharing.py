from odoo import api, fields, models


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

    @api.model
    def hierarchy_read(self, domain, specification, parent_field, child_field=None, order=None):
        """Show a process of another authority without the process it is part of there, which may not be shared.

        Odoo adds the parent of a single record and fails on one that can't be read.
        """
        found = self.search(domain, limit=2)
        if len(found) == 1 and found.parent_id and not found.parent_id.has_access("read"):
            parts = self.search([("parent_id", "=", found.id)], order=order)
            return (found + parts).web_read({parent_field: {"fields": {"display_name": {}}}, **specification})
        return super().hierarchy_read(domain, specification, parent_field, child_field, order)
