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
        [
            ("role", "This role"),
            ("head", "Head of the owner unit"),
            ("officer", "Quality officer of the owner unit"),
            ("owner", "Owner of the document"),
        ],
        required=True,
        default="role",
    )
    role_id = fields.Many2one("qms.role", check_company=True, ondelete="restrict")

    @api.constrains("who", "role_id")
    def _check_role(self):
        for row in self:
            if row.who == "role" and not row.role_id:
                raise ValidationError(self.env._("Choose the role that approves documents of “%s”.", row.type_id.name))

    def _approvers_for(self, document):
        """Return who approves a document by this place: a role, or the people who examine it for its unit.

        :param document: ``qms.document``
        :return: ``[{"role_id": …} or {"user_id": …}]``, as places of a route are made
        """
        self.ensure_one()
        if self.who == "officer":
            return [{"user_id": user.id} for user in self._officers_of(document.department_id)]
        role = {"role": self.role_id, "owner": document.owner_role_id}.get(
            self.who, document.department_id.qms_head_role_ids[:1]
        )
        return [{"role_id": role.id}] if role else []

    @api.model
    def _officers_of(self, unit):
        # sudo: who examines a document must not depend on who writes it
        people = unit.sudo().qms_officer_ids
        return people.filtered(lambda person: person._works_on(person.company_id._qms_today())).user_id.filtered(
            "active"
        )
