from odoo import api, models


class QmsDemo(models.AbstractModel):
    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        """The coordinator names the goal that each risk threatens, where its process has one."""
        super()._play_scenario()
        own = [("company_id", "=", self.env.company.id)]
        for risk in self._as("coordinator").env["qms.risk"].search([("process_id", "!=", False), *own]):
            at_stake = [("process_ids", "in", risk.process_id.ids), ("indicator_ids", "!=", False), *own]
            risk.goal_id = risk.env["qms.goal"].search(at_stake, limit=1)
