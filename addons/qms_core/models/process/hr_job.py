from odoo import api, fields, models


class HrJob(models.Model):
    _inherit = "hr.job"

    qms_responsibility_ids = fields.Many2many(
        "qms.responsibility",
        string="Duties in the Model",
        compute="_compute_qms_part_in_processes",
        help="What the roles of this position do, by the responsibility matrix.",
    )
    qms_owned_process_ids = fields.Many2many(
        "qms.process", string="Owned Processes", compute="_compute_qms_part_in_processes"
    )

    @api.depends("qms_role_ids")
    def _compute_qms_part_in_processes(self):
        roles = self.qms_role_ids
        rows = self.env["qms.responsibility"].search([("role_id", "in", roles.ids)])
        owned = self.env["qms.process"].search([("owner_role_id", "in", roles.ids)])
        for job in self:
            job.qms_responsibility_ids = rows.filtered(lambda row, job=job: row.role_id in job.qms_role_ids)
            job.qms_owned_process_ids = owned.filtered(lambda row, job=job: row.owner_role_id in job.qms_role_ids)
