from odoo import api, fields, models


class QmsRoleHolder(models.Model):
    _name = "qms.role.holder"
    _description = "Holder of a Role"
    _order = "role_id, date_from desc, id"
    _check_company_auto = True

    role_id = fields.Many2one("qms.role", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="role_id.company_id", store=True, index=True)
    employee_id = fields.Many2one("hr.employee", required=True, index=True, check_company=True)
    date_from = fields.Date("From")
    date_to = fields.Date("To")
    kind = fields.Selection(
        [("permanent", "Permanent"), ("acting", "Acting"), ("deputy", "Deputy")], required=True, default="permanent"
    )
    source = fields.Selection(
        [("staff", "Staff records"), ("manual", "By hand")], required=True, default="manual", readonly=True
    )
    basis = fields.Char(help="The order that appoints the person: kind, number, date.")

    _dates = models.Constraint(
        "CHECK (date_to >= date_from)", "A period can't end before it begins. Correct the dates."
    )

    @api.depends("employee_id", "kind")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.employee_id.name

    def _valid_on(self, day):
        self.ensure_one()
        return (not self.date_from or self.date_from <= day) and (not self.date_to or day <= self.date_to)
