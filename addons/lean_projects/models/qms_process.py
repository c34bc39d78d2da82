from odoo import api, fields, models


class QmsProcess(models.Model):
    _inherit = "qms.process"

    lean_project_ids = fields.One2many("project.project", "process_id", "Lean Projects")
    lean_project_count = fields.Integer(compute="_compute_lean_project_count")

    # === COMPUTES === #

    @api.depends("lean_project_ids")
    def _compute_lean_project_count(self):
        for process in self:
            process.lean_project_count = len(process.lean_project_ids)

    # === ACTIONS === #

    def action_view_lean_projects(self):
        """Open the lean projects on this process."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("lean_projects.lean_project_action")
        action["domain"] = [("is_lean", "=", True), ("process_id", "=", self.id)]
        action["context"] = self._lean_project_defaults()
        return action

    def action_start_lean_project(self):
        """Open the empty card of a new lean project on this process."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Start a lean project"),
            "res_model": "project.project",
            "views": [(False, "form")],
            "context": self._lean_project_defaults(),
        }

    # === BUSINESS METHODS === #

    def _lean_project_defaults(self):
        return {
            "default_is_lean": True,
            "default_process_id": self.id,
            "default_company_id": self.company_id.id,
            "default_privacy_visibility": "employees",
        }
