from odoo import fields, models


class QmsRole(models.Model):
    """Job descriptions of positions, and whom a document of a role binds."""

    _inherit = "qms.role"

    job_description_id = fields.Many2one(
        "qms.document", "Job Description in Force", compute="_compute_job_description", compute_sudo=False
    )
    job_description_version_id = fields.Many2one(
        "qms.document.version", "Its Version", compute="_compute_job_description", compute_sudo=False
    )
    job_description_rows = fields.Many2many(
        "qms.acknowledgement", string="Acquainted with It", compute="_compute_job_description", compute_sudo=False
    )
    job_description_told = fields.Char("Acquainted", compute="_compute_job_description", compute_sudo=False)

    # === COMPUTES === #

    def _compute_job_description(self):
        documents = self._job_descriptions()
        rows = self.env["qms.acknowledgement"].search(
            [("version_id", "in", documents.version_id.ids), ("state", "in", ("open", "done"))]
        )
        of_role = {document.subject_id: document for document in documents}
        of_version = rows.grouped("version_id")
        for role in self:
            document = of_role.get(role._origin.id, documents.browse())
            own = of_version.get(document.version_id, rows.browse())
            role.job_description_id = document
            role.job_description_version_id = document.version_id
            role.job_description_rows = own
            role.job_description_told = bool(document) and role.env._(
                "%(done)s of %(all)s", done=len(own.filtered(lambda row: row.state == "done")), all=len(own)
            )

    # === BUSINESS METHODS === #

    def _job_descriptions(self):
        """Return the job descriptions in force of these positions (``qms.document``), as the user may read them."""
        return self.env["qms.document"].search(
            [
                ("kind", "=", "job_description"),
                ("state", "=", "effective"),
                ("subject_model", "=", self._name),
                ("subject_id", "in", self.ids),
            ]
        )

    def _bound_holders(self, day):
        """Return whom documents of each role bind on a day: ``{role id: set of employee ids}``.

        Those who perform the role, and who holds it for good even if somebody acts for him.
        """
        return {
            role.id: set(
                (
                    role._holders_on(day)
                    | role.holder_ids._counting(day).filtered(lambda row: row.kind == "permanent").employee_id
                ).ids
            )
            for role in self
        }
