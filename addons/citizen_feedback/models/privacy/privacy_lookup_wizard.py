from odoo import models
from odoo.tools import SQL

from ...lib.contact import contact_pattern


class PrivacyLookupWizard(models.TransientModel):
    _inherit = "privacy.lookup.wizard"

    def _get_query(self):
        """Find appeals and ratings by their contact, too.

        They are only found here: what is kept of them is told and removed by a request about personal data, as the
        records themselves are frozen.
        """
        query = super()._get_query()
        for model in self.env["feedback.privacy"]._models():
            pattern = contact_pattern(self.email)
            if pattern and model._personal_contacts:
                query = SQL("%s UNION ALL %s", query, self._personal_query(model, pattern))
        return query

    def _personal_query(self, model, pattern):
        matches = [SQL("%s ILIKE %s", SQL.identifier(name), pattern) for name in model._personal_contacts]
        return SQL(
            "SELECT %s AS res_model_id, id AS res_id, TRUE AS is_active FROM %s WHERE %s",
            self.env["ir.model"]._get_id(model._name),
            SQL.identifier(model._table),
            SQL(" OR ").join(matches),
        )
