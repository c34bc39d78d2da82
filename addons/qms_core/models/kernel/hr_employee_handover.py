from odoo import api, models
from odoo.fields import Domain


class HrEmployee(models.Model):
    """What a person has in hand, for the hand-over."""

    _inherit = "hr.employee"

    def _open_items(self, day):
        """Return all that is to be handed over when the person stops.

        Of confidential records only those that the user may read.

        :param datetime.date day: the last day; roles that end by then need no successor
        :return: list of ``(kind, model, id)``, kinds as of ``qms.handover.line``
        """
        self.ensure_one()
        duties = self._duties_in_hand()
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

    def _duties_in_hand(self):
        """Return the person's open duties: a list of records of several models."""
        own = Domain("responsible_id", "=", self.id) & Domain("company_id", "=", self.company_id.id)
        records = []
        for model in self.env["qms.deadline.mixin"]._handed_models():
            model = self._as_hander(model)
            found = model.search(own & model._duty_open_domain(), order="date_deadline, id")
            records += [record for record in found - found._hidden_names() if record._may_be_handed_over()]
        return records

    def _open_activities(self):
        """Return the person's open activities on records of the quality system."""
        mixin = self.env.registry["qms.activity.mixin"]
        called = [name for name, model in self.env.items() if not model._abstract and isinstance(model, mixin)]
        called = [name for name in called if not getattr(self.env[name], "_duty_personal", False)]
        # sudo: other people's activities and logins are looked up; confidential records are left out below.
        user = self.sudo().user_id
        domain = [("user_id", "=", user.id), ("res_model", "in", called)]
        everybody_s = self.env["mail.activity"].sudo()  # sudo: as above
        activities = everybody_s.search(domain) if user else everybody_s
        return activities.filtered(self._hands_over_activity).with_env(self.env)

    def _hands_over_activity(self, activity):
        record = self._as_hander(self.env[activity.res_model]).browse(activity.res_id).exists()
        # sudo: the authority of a person only; his sheet is staff data.
        own = record and ("company_id" not in record._fields or record.company_id == self.sudo().company_id)
        return bool(own) and not record._hidden_names() and record._may_be_handed_over()

    @api.model
    def _as_hander(self, model):
        """Return a model with the rights of a hand-over; of what it finds, ``_hidden_names`` are left out."""
        # sudo: who hands over a person's duties need not be party to each of them; only names and deadlines are
        # shown, and the gate stands in the hand-over.
        return self.env[model._name].sudo()

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
        for model in self.env["qms.deadline.mixin"]._handed_models():
            model = self.env[model._name]
            gone = Domain("company_id", "=", company.id) & Domain("responsible_id.active", "=", False)
            people |= model.search(gone & model._duty_open_domain()).responsible_id
        return people
