from odoo import api, fields, models
from odoo.exceptions import ValidationError


class QmsResponsibility(models.Model):
    """A letter of a role in a process. The accountable role is the owner field of the process, not a row here."""

    _name = "qms.responsibility"
    _description = "Responsibility"
    _order = "process_id, letter, id"
    _check_company_auto = True

    process_id = fields.Many2one("qms.process", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="process_id.company_id", store=True, index=True)
    role_id = fields.Many2one("qms.role", required=True, index=True, ondelete="restrict", check_company=True)
    letter = fields.Selection([("R", "Performs"), ("C", "Consulted"), ("I", "Informed")], required=True, default="R")

    _cell = models.UniqueIndex("(process_id, role_id, letter)", "The role has this letter in the process already.")

    @api.constrains("role_id", "process_id")
    def _check_not_owner_twice(self):
        for row in self:
            if row.letter != "R" and row.role_id == row.process_id.owner_role_id:
                raise ValidationError(
                    self.env._("The owner of the process is accountable already and needs no second letter.")
                )
