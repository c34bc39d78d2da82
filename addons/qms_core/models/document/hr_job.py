from odoo import api, fields, models


class HrJob(models.Model):
    """Job descriptions of the positions of a job, and who has signed for them."""

    _inherit = "hr.job"

    qms_job_description_ids = fields.Many2many(
        "qms.document", string="Job Descriptions in Force", compute="_compute_qms_job_descriptions"
    )
    qms_job_description_version_ids = fields.Many2many(
        "qms.document.version", string="Versions of Job Descriptions", compute="_compute_qms_job_descriptions"
    )

    qms_job_description_rows = fields.Many2many(
        "qms.acknowledgement", string="Acquainted with It", compute="_compute_qms_job_descriptions"
    )

    @api.depends("qms_role_ids")
    def _compute_qms_job_descriptions(self):
        of_roles = self.qms_role_ids._job_descriptions()
        of_jobs = self.env["qms.document"].search(
            [
                ("kind", "=", "job_description"),
                ("state", "=", "effective"),
                ("subject_model", "=", self._name),
                ("subject_id", "in", self.ids),
            ]
        )
        rows = self.env["qms.acknowledgement"].search(
            [("version_id", "in", (of_roles | of_jobs).version_id.ids), ("state", "in", ("open", "done"))]
        )
        for job in self:
            roles = set(job.qms_role_ids.ids)
            own = of_roles.filtered(lambda document, roles=roles: document.subject_id in roles)
            own |= of_jobs.filtered(lambda document, job=job: document.subject_id == job._origin.id)
            job.qms_job_description_ids = own
            job.qms_job_description_version_ids = own.version_id
            job.qms_job_description_rows = rows.filtered(lambda row, own=own: row.version_id in own.version_id)
