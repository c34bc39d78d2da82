from odoo import api, fields, models
from odoo.exceptions import ValidationError


class QmsDocumentTypeApprover(models.Model):
    """A place in the approval route that versions of a type begin with, in one authority."""

    _name = "qms.document.type.approver"
    _description = "Approver of a Document Type"
    _order = "type_id, sequence, id"
    _check_company_auto = True

    type_id = fields.Many2one("qms.document.type", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    sequence = fields.Integer(default=10, help="Who has the same number is asked at the same time.")
    who = fields.Selection(
        [("role", "This role"), ("head", "Head of the owner unit"), ("owner", "Owner of the document")],
        required=True,
        default="role",
    )
    role_id = fields.Many2one("qms.role", check_company=True, ondelete="restrict")

    @api.constrains("who", "role_id")
    def _check_role(self):
        for row in self:
            if row.who == "role" and not row.role_id:
                raise ValidationError(self.env._("Choose the role that approves documents of “%s”.", row.type_id.name))

    def _role_for(self, document):
        """Return the role that approves a document by this place (``qms.role``, one or none).

        :param document: ``qms.document``
        """
        self.ensure_one()
        if self.who == "role":
            return self.role_id
        if self.who == "owner":
            return document.owner_role_id
        return document.department_id.qms_head_role_ids[:1]
