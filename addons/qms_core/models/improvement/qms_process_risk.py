from odoo import api, fields, models


class QmsProcess(models.Model):
    _inherit = "qms.process"

    risk_ids = fields.One2many("qms.risk", "process_id", "Risks and Opportunities")
    open_risk_count = fields.Integer("Open Risks", compute="_compute_open_risk_count", compute_sudo=False)

    @api.depends("risk_ids.state")
    def _compute_open_risk_count(self):
        domain = [("process_id", "in", self.ids), ("state", "!=", "closed")]
        counts = dict(self.env["qms.risk"]._read_group(domain, ["process_id"], ["__count"]))
        for process in self:
            process.open_risk_count = counts.get(process, 0)

    def action_view_risks(self):
        """Open the risks and opportunities of this process."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_risk_action"),
            "domain": [("process_id", "=", self.id)],
            "context": {"default_process_id": self.id, "default_department_id": self.department_id.id},
        }
