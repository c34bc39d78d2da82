from odoo import api, models

from .qms_role import STAFF_KINDS

# Kinds of roles that people of the authority hold; applicants, outside bodies and systems have no holders.
HELD_KINDS = (*STAFF_KINDS, "commission")


class QmsRole(models.Model):
    """Holes in the staffing, as plain recordsets: for the list, the filters and the model check."""

    _inherit = "qms.role"

    @api.model
    def _held_by_people(self, company=None):
        """Return the roles of an authority that its people hold (``res.company``; the current one by default)."""
        company = company or self.env.company
        return self.search([("company_id", "=", company.id), ("kind", "in", HELD_KINDS)])

    @api.model
    def _positions_without_employee(self, company=None):
        """Return positions of which not one place is filled."""
        roles = self._held_by_people(company)
        return roles.filtered(lambda role: role.kind in STAFF_KINDS and role.headcount and not role.filled_count)

    @api.model
    def _roles_held_alone(self, company=None):
        """Return positions held by one person without a deputy."""
        return self._held_by_people(company).filtered("held_alone")

    @api.model
    def _roles_without_holder(self, company=None):
        """Return roles in use that nobody performs today, neither for good nor acting nor as deputy."""
        return self._held_by_people(company)._in_use().filtered(lambda role: not role._holders())

    @api.model
    def _positions_without_duties(self, company=None):
        """Return positions for which nothing is written down and from which the model asks nothing."""
        roles = self._held_by_people(company).filtered(lambda role: role.kind in STAFF_KINDS)
        return roles - roles._asking()

    def _asking(self):
        """Return those of these roles that ask something of their people: written down, or by the model."""
        by_model = {duty["role_id"] for duty in self._model_duties()}
        return self.filtered(lambda role: role.duty_ids or role.id in by_model)

    def _in_use(self):
        """Hook: narrow the roles to those that the model in force names."""
        return self

    def _model_duties(self):
        """Hook: return what the model in force asks of these roles, computed and never copied.

        :return: list of plain dicts ``{role_id, kind, text, source, process_id, process}``; kind as of ``qms.duty``
        """
        return []
