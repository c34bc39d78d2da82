from odoo import api, fields, models


class QmsRole(models.Model):
    """What the model asks of a role, shown beside the duties that are written down."""

    _inherit = "qms.role"

    model_duties_html = fields.Html("Duties from the Model", compute="_compute_model_duties_html", sanitize=False)

    @api.depends_context("uid", "lang")
    def _compute_model_duties_html(self):
        for role in self:
            rows = role._origin._model_duties() if role._origin else []
            role.model_duties_html = self.env["ir.qweb"]._render(
                "qms_core.model_duties", {"processes": self._by_process(rows)}
            )

    @api.model
    def _by_process(self, rows):
        """Group rows of ``_model_duties`` for the page: ``[{process, url, rows}]`` by process."""
        labels = dict(self.env["qms.duty"]._fields["kind"]._description_selection(self.env))
        groups = {}
        for row in rows:
            key = (row["process"], row["process_id"])
            groups.setdefault(key, []).append({"kind": labels[row["kind"]], "text": row["text"]})
        return [
            {"process": process, "url": f"/odoo/qms-processes/{process_id}", "rows": groups[process, process_id]}
            for process, process_id in sorted(groups)
        ]
