from odoo import models


class QmsService(models.Model):
    """What the printed card and the service standard say, in the reader's language."""

    _inherit = "qms.service"

    def _term_text(self):
        """Return the deadline of the norm in force as words, empty where none is set."""
        self.ensure_one()
        if not self.deadline_days:
            return ""
        if self.deadline_kind == "working":
            return self.env._("Working days: %s", self.deadline_days)
        return self.env._("Calendar days: %s", self.deadline_days)

    def _contact_points(self):
        """Return where to come: the service's own points, else those of its unit, else none."""
        self.ensure_one()
        return self.point_ids or self.env["qms.service.point"].search(
            [("department_id", "=", self.department_id.id), ("department_id", "!=", False)]
        )

    def _refusal_lines(self):
        return self._lines(self.refusal_grounds)

    def _legal_lines(self):
        return self._lines(self.legal_basis)

    def _lines(self, text):
        return [line.strip() for part in (text or "").splitlines() for line in part.split(";") if line.strip()]
