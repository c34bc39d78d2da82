from collections import defaultdict

from odoo import api, fields, models

from ...lib.acknowledging import Absence


class HrEmployee(models.Model):
    """What a person has acknowledged, and when he is away."""

    _inherit = "hr.employee"

    qms_acknowledgement_ids = fields.One2many(
        "qms.acknowledgement", "employee_id", "Acknowledgements", groups="hr.group_hr_user"
    )
    qms_acknowledgement_text = fields.Char(
        "Acknowledged", compute="_compute_qms_acknowledgement_text", groups="hr.group_hr_user"
    )

    # === COMPUTES === #

    def _compute_qms_acknowledgement_text(self):
        counts = defaultdict(dict)
        groups = self.env["qms.acknowledgement"]._read_group(
            [("employee_id", "in", self.ids), ("state", "in", ("open", "done"))],
            ["employee_id", "state"],
            ["__count"],
        )
        for person, state, count in groups:
            counts[person.id][state] = count
        for person in self:
            done, waiting = (counts[person._origin.id].get(state, 0) for state in ("done", "open"))
            person.qms_acknowledgement_text = f"{done} / {done + waiting}"

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        employees = super().create(vals_list)
        self.env["qms.acknowledgement"]._call_for_new()
        return employees

    def write(self, vals):
        result = super().write(vals)
        if {"active", "department_id", "job_id", "user_id", "company_id", "departure_date"} & set(vals):
            self.env["qms.acknowledgement"]._call_for_new()
        return result

    # === ACTIONS === #

    def action_qms_acknowledgements(self):
        """Open all that these people have acknowledged or still have to.

        :return: a window action
        """
        action = self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_acknowledgement_action")
        return {**action, "domain": [("employee_id", "in", self.ids)], "context": {}}

    # === BUSINESS METHODS === #

    def _absences(self):
        """Return when people are away, as far as orders and the working calendar tell: ``{employee id: [Absence]}``.

        :rtype: defaultdict
        """
        absences = defaultdict(list)
        if not self:
            return absences
        today = self.company_id[:1]._qms_today()
        # sudo: leave is read by human resources; here it only moves a deadline.
        people = self.sudo()
        for row in people._leave_orders(today):
            absences[row.acted_for_id.id].append(Absence(row.date_from, row.date_to or None))
        of_resource = {person.resource_id.id: person for person in people}
        for leave in people._calendar_leaves(today):
            person = of_resource[leave.resource_id.id]
            # Odoo lets everybody enter leave of his own; what he entered himself moves no deadline of his.
            if person.user_id and person.user_id in (leave.create_uid, leave.write_uid):
                continue
            days = (person.company_id._qms_day_of(moment) for moment in (leave.date_from, leave.date_to))
            absences[person.id].append(Absence(*days))
        return absences

    def _leave_orders(self, today):
        """Return the orders by which somebody acts for one of these people during his leave."""
        return self.env["qms.role.holder"].search(
            [
                ("kind", "=", "acting"),
                ("reason", "=", "leave"),
                ("acted_for_id", "in", self.ids),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", today),
            ]
        )

    def _calendar_leaves(self, today):
        return self.env["resource.calendar.leaves"].search(
            [("resource_id", "in", self.resource_id.ids), ("time_type", "=", "leave"), ("date_to", ">=", today)]
        )
