from odoo import models


class QmsOptimisation(models.TransientModel):
    _inherit = "qms.optimisation"

    def action_start_improvement(self):
        """Open the improvement of the process: the one under way, else a new planned action.

        :return: a window action
        """
        self.ensure_one()
        action = self._open_improvement() or self.env["qms.action"].create(self._improvement_vals())
        return {
            "type": "ir.actions.act_window",
            "res_model": "qms.action",
            "res_id": action.id,
            "views": [(False, "form")],
        }

    def _open_improvement(self):
        """Return the improvement of the process that a proposal has started and that is not over yet."""
        return self.env["qms.action"].search(
            [
                ("origin_model", "=", "qms.process"),
                ("origin_id", "=", self.process_id.id),
                ("kind", "=", "improvement"),
                ("state", "not in", ("closed", "cancelled")),
            ],
            limit=1,
        )

    def _improvement_vals(self):
        """Hook: return the values of the action that a proposal becomes."""
        process = self.process_id
        return {
            **self.env["qms.action"]._origin_vals(process),
            "name": self.env._("Improve %s", process.display_name),
            "kind": "improvement",
            "description": self.explanation,
            "company_id": process.company_id.id,
            "process_id": process.id,
            "department_id": process.department_id.id,
            # sudo: who heads a unit is staff data
            "responsible_id": process.department_id.sudo()._head().id if process.department_id else False,
        }
