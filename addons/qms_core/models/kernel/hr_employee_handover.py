from odoo import api, models


class HrEmployee(models.Model):
    """What a person has in hand, for the hand-over."""

    _inherit = "hr.employee"

    def _open_items(self, day):
        """Return all that is to be handed over when the person stops: only what the user may see.

        :param datetime.date day: the last day; roles that end by then need no successor
        :return: list of ``(kind, model, id)``, kinds as of ``qms.handover.line``
        """
        self.ensure_one()
        duties = self._open_duty_records()
        moved = {(record._name, record.id) for record in duties}
        activities = self._open_activities().filtered(lambda row: (row.res_model, row.res_id) not in moved)
        rows = self.env["qms.role.holder"].search(
            [
                ("employee_id", "=", self.id),
                ("source", "=", "manual"),
                "|",
                ("date_to", "=", False),
                ("date_to", ">", day),
            ]
        )
        units = self.env["hr.department"].search([("qms_officer_ids", "in", self.ids)])
        return [
            *(("duty", record._name, record.id) for record in duties),
            *(("activity", "mail.activity", activity.id) for activity in activities),
            *(("role", "qms.role.holder", row.id) for row in rows),
            *(("officer", "hr.department", unit.id) for unit in units),
        ]

    def _open_activities(self):
        """Return the person's open activities on records of the quality system that the user may read."""
        mixin = self.env.registry["qms.activity.mixin"]
        called = [name for name, model in self.env.items() if not model._abstract and isinstance(model, mixin)]
        # sudo: other people's activities and logins are looked up; what the user may not read is left out below.
        user = self.sudo().user_id
        domain = [("user_id", "=", user.id), ("res_model", "in", called)]
        activities = self.env["mail.activity"].sudo().search(domain) if user else self.env["mail.activity"]
        return activities.filtered(
            lambda row: (record := self.env[row.res_model].browse(row.res_id).exists()) and record.has_access("read")
        ).with_env(self.env)

    @api.model
    def _gone_with_duties(self, company):
        """Return archived people of an authority who still answer for open duties or hold roles by hand."""
        rows = self.env["qms.role.holder"].search(
            [
                ("company_id", "=", company.id),
                ("employee_id.active", "=", False),
                ("source", "=", "manual"),
                ("date_to", "=", False),
            ]
        )
        people = rows.employee_id
        for model in self.env["qms.deadline.mixin"]._duty_models():
            model = self.env[model._name]
            domain = [("company_id", "=", company.id), ("responsible_id.active", "=", False)]
            people |= model.search([*domain, *model._duty_open_domain()]).responsible_id
        return people
