from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL


class FeedbackAppeal(models.Model):
    """What came of an appeal: whether the law's term was kept, what its author thinks, what the authority changes."""

    _inherit = "feedback.appeal"

    was_late = fields.Boolean(
        "Answered Late", compute="_compute_was_late", store=True, help="Answered, forwarded or refused after its term."
    )

    # === COMPUTES === #

    @api.depends("date_deadline", "date_answered", "date_closed", "state")
    def _compute_was_late(self):
        for appeal in self:
            refused = appeal.state in ("forwarded", "refused") and appeal.date_closed
            done = appeal.date_answered or refused
            appeal.was_late = bool(done and appeal.date_deadline and done > appeal.date_deadline)

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec == "answer_score:avg":
            # Where the author gave no mark there is a 0, which is none: the ORM stores no empty integers.
            return SQL("AVG(NULLIF(%s, 0))", self._field_to_sql(self._table, "answer_score", query))
        return super()._read_group_select(aggregate_spec, query)

    # === ACTIONS === #

    def action_raise_nonconformity(self):
        """Raise a nonconformity from what the appeal shows.

        :return: the action that opens it
        """
        self.ensure_one()
        self._check_may_raise()
        raised = self.env["qms.nonconformity"]
        vals = self._nonconformity_vals()
        if self.is_corruption:
            # Without origin: it would lead back to who reported.
            nonconformity = raised.create({**vals, "company_id": self.company_id.id})
        else:
            nonconformity = raised._raise_from(self, vals)
        action = self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_nonconformity_action")
        return {**action, "views": [(False, "form")], "view_mode": "form", "res_id": nonconformity.id}

    def action_raise_action(self, reason=None):
        """Plan an action for the unit of the service, where nothing has to be looked into before.

        Its head is called, who says who carries it out and until when.

        :param str reason: what is to be done; without it a dialog asks
        :raises UserError: with corruption, as actions of their own are no secret
        """
        for appeal in self:
            appeal._check_may_raise()
            if appeal.is_corruption:
                raise UserError(
                    self.env._(
                        "An action of its own would be seen by others. Raise a nonconformity and plan the action there."
                    )
                )
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_raise_action", self.env._("What is to be done?"))
        # sudo: the gate above has checked who may; planning for another unit is the right of nobody else.
        actions = self.env["qms.action"].sudo()
        for appeal in self:
            action = actions.create(appeal._action_vals(reason))
            users = action.responsible_user_id or self._users_of("qms_core.group_coordinator", appeal.company_id)
            action._call_to_act(
                users - self.env.user,
                action.date_deadline,
                lambda planned: planned.env._("An action is planned for your unit: see to it"),
                verb="read",
            )
        return True

    def action_view_nonconformities(self):
        """Open the nonconformities raised from these appeals."""
        action = self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_nonconformity_action")
        return {**action, "domain": [("id", "in", self.nonconformity_ids.ids)], "context": {}}

    def action_view_actions(self):
        """Open the actions raised from these appeals."""
        action = self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_action_action")
        return {**action, "domain": [("id", "in", self.action_ids.ids)], "context": {}}

    # === BUSINESS METHODS === #

    def _check_may_raise(self):
        self.check_access("read")
        if not (self._is_manager() or self._may_answer()):
            raise AccessError(self.env._("Only who answers the appeal or a feedback manager raises something from it."))

    def _unit_concerned(self):
        return self.about_department_id or self.service_id.department_id or self.department_id

    def _nonconformity_vals(self):
        self.ensure_one()
        return {
            "name": self.env._("Shown by the appeal %s", self.document_number or self.number),
            # The head of the unit complained of reads it: what the author said, and who he is, stays in the appeal.
            # Of corruption only insiders read, and no origin leads back to the words.
            "description": self.text if self.is_corruption else False,
            "kind": "corruption" if self.is_corruption else "complaint",
            "service_id": self.service_id.id,
            "process_id": self.service_id.process_id.id,
            "department_id": self._unit_concerned().id,
        }

    def _action_vals(self, what):
        """Return the values of an action.

        :param str what: what is to be done; its first line is the name
        """
        self.ensure_one()
        name, _separator, more = what.partition("\n")
        unit = self._unit_concerned()
        today = self.company_id._qms_today()
        return {
            **self.env["qms.action"]._origin_vals(self),
            "name": name,
            "description": more and what,
            "kind": "improvement",
            "company_id": self.company_id.id,
            "process_id": self.service_id.process_id.id,
            "department_id": unit.id,
            "responsible_id": unit._head().id if unit else False,
            "date_deadline": max(today, self.date_deadline or today),
        }
