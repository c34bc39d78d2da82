from odoo import api, fields, models


class HrEmployeePublic(models.Model):
    _inherit = "hr.employee.public"

    qms_sheet_html = fields.Html("Responsibilities", compute="_compute_qms_sheet_html", sanitize=False)

    @api.depends_context("uid", "lang")
    def _compute_qms_sheet_html(self):
        for public in self:
            public.qms_sheet_html = self.env["hr.employee"].browse(public.id)._render_sheet()

    @api.model
    def action_my_responsibilities(self):
        """Open the own sheet of the user.

        :return: a window action; without a staff record, a notification that says whom to ask
        """
        employee = self.env.user.employee_id
        if not employee:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {
                    "type": "warning",
                    "message": self.env._(
                        "Your login belongs to no employee of this authority. Ask human resources to link it."
                    ),
                },
            }
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("My Responsibilities"),
            "res_model": self._name,
            "res_id": employee.id,
            "views": [(self.env.ref("qms_core.hr_employee_public_view_form_sheet").id, "form")],
        }
