from odoo import api, models
from odoo.fields import Domain


class QmsResponsibilityMatrix(models.AbstractModel):
    """Rows that are requirements: who answers for which clause of a standard."""

    _inherit = "qms.responsibility.matrix"

    @api.model
    def _kinds(self):
        return {
            **super()._kinds(),
            "requirement": (self.env._("Requirements"), "qms.requirement", "requirement_id"),
        }

    @api.model
    def _row_domain(self, kind, chosen):
        domain = super()._row_domain(kind, chosen)
        if kind == "requirement":
            domain &= Domain("applicable", "=", True)
            if standard := chosen.get("standard"):
                domain &= Domain("standard_id", "=", standard)
        return domain

    @api.model
    def _row_filters(self, kind):
        if kind != "requirement":
            return super()._row_filters(kind)
        standards = self.env["qms.standard"].search(self._of_company())
        options = [[standard.id, standard.code] for standard in standards]
        return [{"name": "standard", "label": self.env._("All standards"), "options": options}]

    @api.model
    def _row_code(self, kind, row):
        return row.clause if kind == "requirement" else super()._row_code(kind, row)

    @api.model
    def _set_accountable(self, kind, row, role):
        """The accountable role of a requirement is a row; the letter moves from one role to the other."""
        if kind != "requirement":
            return super()._set_accountable(kind, row, role)
        rows = self.env["qms.responsibility"]
        rows.search([("requirement_id", "=", row.id), ("accountable", "=", True)]).unlink()
        letter = self.env["qms.letter.set"]._current()._accountable()
        if role:
            rows.create({"requirement_id": row.id, "role_id": role.id, "letter_id": letter.id})
        return None
