from odoo import api, fields, models


class QmsProcess(models.Model):
    _inherit = "qms.process"

    nonconformity_ids = fields.One2many("qms.nonconformity", "process_id", "Nonconformities")
    open_nonconformity_count = fields.Integer(
        "Open Nonconformities", compute="_compute_open_nonconformity_count", compute_sudo=False
    )

    @api.depends("nonconformity_ids.state")
    def _compute_open_nonconformity_count(self):
        counts = dict(
            self.env["qms.nonconformity"]._read_group(
                [("process_id", "in", self.ids), ("state", "not in", ("closed", "rejected"))],
                ["process_id"],
                ["__count"],
            )
        )
        for process in self:
            process.open_nonconformity_count = counts.get(process, 0)

    def action_view_nonconformities(self):
        """Open the nonconformities of this process."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_nonconformity_action"),
            "domain": [("process_id", "=", self.id)],
            "context": {"default_process_id": self.id, "default_department_id": self.department_id.id},
        }
