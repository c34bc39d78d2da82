from odoo import api, models


class HrVersion(models.Model):
    """A move from one position to another starts the acquaintance with the documents of the new one."""

    _inherit = "hr.version"

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        self.env["qms.acknowledgement"]._call_for_new()
        return versions

    def write(self, vals):
        result = super().write(vals)
        if {"department_id", "job_id", "departure_date"} & set(vals):
            self.env["qms.acknowledgement"]._call_for_new()
        return result
