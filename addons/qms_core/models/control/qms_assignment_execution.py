from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# Days in which execution control looks at a final report.
CHECK_DAYS = 3


class QmsAssignment(models.Model):
    """The way of an assignment: on control, reported, returned or taken off control."""

    _inherit = "qms.assignment"

    # === ACTIONS === #

    def action_put_on_control(self):
        """Put prepared assignments on control: from now on their executors are called and reminded.

        :raises AccessError: for anybody but execution control
        :raises UserError: saying what is missing, or that the executor is gone
        """
        for record in self:
            record._check_state("draft")
        self._check_control_role()
        self._check_complete()
        self._check_executors()
        self._put_on_control(self.env.user)

    def action_report(self):
        """Open the dialog in which the executor, or who acts for him, reports.

        :return: a window action
        """
        self.ensure_one()
        self._check_state("control")
        self._check_may_report()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Report on %s", self.number),
            "res_model": "qms.assignment.report.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_assignment_id": self.id},
        }

    def action_close(self):
        """Take reported assignments off control: their final reports are accepted.

        :raises AccessError: for anybody but execution control, and for who reported himself
        :raises UserError: where there is no final report
        """
        self._check_control_role()
        for record in self:
            if record.state == "control":
                raise UserError(
                    self.env._(
                        "There is no final report on %s yet, so it stays on control. Ask the executor to report.",
                        record.number,
                    )
                )
            record._check_state("reported")
            if self.env.user in record._carried_out_by():
                raise AccessError(self.env._("You carried it out, so another controller takes it off control."))
            record._waiting_report()._transition({"state": "accepted"})
            record._transition(
                {"state": "closed", "date_closed": record.company_id._qms_today(), "closed_by_id": self.env.uid}
            )
            record._finish()
        self.act_id._follow_assignments()

    def action_return(self, reason=None):
        """Give a final report back: the assignment is on control again, its term is what it was.

        :param str reason: what is missing; without it a dialog asks
        """
        self._check_control_role()
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_return", self.env._("What is still missing?"))
        for record in self:
            record._check_state("reported")
            record._waiting_report()._transition({"state": "returned", "answer": reason})
            record._transition(
                {
                    "state": "control",
                    "date_reported": False,
                    "timeliness": False,
                    "return_count": record.return_count + 1,
                }
            )
            record._acted()
            record._call_responsible()
            record.message_post(body=reason)
        return True

    def action_cancel(self, reason=None):
        """Cancel assignments that are not needed any more; a recurring one ends with it.

        :param str reason: why; without it a dialog asks
        """
        self._check_control_role()
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_cancel", self.env._("Why is it cancelled?"))
        for record in self:
            record._check_state("draft", "control")
            record._transition({"state": "cancelled", "cancel_reason": reason, "next_made": True})
            record._finish()
        self.act_id._follow_assignments()
        return True

    # === BUSINESS METHODS === #

    @api.model
    def _check_control_role(self):
        self.env["qms.act"]._check_control_role()

    def _check_complete(self):
        for record in self:
            if not (record.responsible_id and record.date_deadline and record.set_by_id):
                raise UserError(
                    self.env._(
                        "%s needs an executor, a term, and who set the term, before it is put on control.",
                        record.display_name,
                    )
                )
            if record.set_by_id == record.responsible_id:
                raise UserError(
                    self.env._(
                        "%s would postpone his own term. Name another person as executor or as who set the term.",
                        record.responsible_id.name,
                    )
                )
            if record.act_id.state == "draft":
                raise UserError(
                    self.env._(
                        "%(assignment)s rests on %(act)s, which is not registered yet. Register the act first.",
                        assignment=record.display_name,
                        act=record.act_id.display_name,
                    )
                )

    def _put_on_control(self, controller):
        """Put assignments on control in bulk, past the gates; their documents go to the executors.

        :param controller: ``res.users`` who answers for the control
        """
        for company, records in self.grouped("company_id").items():
            records._transition(
                {"state": "control", "controller_id": controller.id, "date_control": company._qms_today()}
            )
        self._begin_series()
        self._begin_movement(controller)
        self.part_ids._transition({"state": "open"})
        self._call_responsible()
        self.part_ids._call_responsible()
        self.act_id._follow_assignments()

    @api.model
    def _reporting_people(self):
        """Return those for whom the current user may report: himself, and whom he stands in for today."""
        own = self.env["hr.employee"]._of_user()
        return own | own._replaced()

    def _is_executed_by(self, people):
        """Tell whether one of the people reports on it; for an executor without login his chief does."""
        self.ensure_one()
        if self.responsible_id in people:
            return True
        chiefs = self.responsible_id.sudo().parent_id | self.department_id._head()  # sudo: the chief only
        return bool(self._without_login() and chiefs & people)

    def _check_may_report(self):
        self.ensure_one()
        if not self._is_executed_by(self._reporting_people()):
            raise AccessError(
                self.env._(
                    "%s reports on this assignment, or who acts for him by an order or as his deputy.",
                    self.responsible_id.name,
                )
            )

    def _report(self, kind, text, evidence="", files=None):
        """Report on the work: an interim report informs, a final one ends the executor's duty.

        :param str kind: ``interim`` or ``final``
        :param str text: what was done
        :param str evidence: by what one sees it, in words
        :param files: ``ir.attachment`` that the user uploaded
        :return: the report (``qms.assignment.report``)
        :raises UserError: where the text, the evidence or a co-executor's part is missing
        """
        self.ensure_one()
        self._check_state("control")
        self._check_may_report()
        files = files or self.env["ir.attachment"]
        self._check_report(kind, text, evidence, files)
        report = self.env["qms.assignment.report"]._make(self, kind, text, evidence, files)
        if kind == "final":
            self._reported(report)
        return report

    def _check_report(self, kind, text, evidence, files):
        if not (text or "").strip():
            raise UserError(self.env._("Write what was done."))
        if kind != "final":
            return
        if not files and not (evidence or "").strip():
            raise UserError(
                self.env._("A final report needs evidence: add a file, or write by what one sees that it was done.")
            )
        unfinished = self.part_ids.filtered(lambda part: part.state == "open")
        if unfinished:
            raise UserError(
                self.env._(
                    "These co-executors have not finished their parts yet: %s. Report when they have, or ask execution "
                    "control to cancel a part.",
                    ", ".join(unfinished.responsible_id.mapped("name")),
                )
            )

    def _reported(self, report):
        self._transition(
            {
                "state": "reported",
                "date_reported": report.date,
                "timeliness": "on_time" if report.date <= self.date_deadline else "late",
                "evidence": "\n".join(filter(None, (report.text, report.evidence))),
                "evidence_attachment_ids": [(6, 0, report.attachment_ids.ids)],
            }
        )
        self._acted()
        self._call_controller()
        self._make_next()

    @api.model
    def _day_buttons(self, verb):
        report = [("action_report", self.env._("Report"))] if verb == "do" else []
        return report + super()._day_buttons(verb)

    def _call_controller(self):
        for record in self:
            until = fields.Date.add(record.company_id._qms_today(), days=CHECK_DAYS)
            record._call_to_act(record._checkers(), until, lambda record: record._check_summary(), verb="check")

    @api.model
    def _check_summary(self):
        return self.env._("Check the final report")

    def _controllers(self):
        """Return who looks after it at execution control: who put it on control, else all (``res.users``)."""
        self.ensure_one()
        return self.controller_id.filtered("active") or self._execution_control(self.company_id)

    def _checkers(self):
        """Return who looks at the final report (``res.users``): another than who carried it out, if there is one."""
        busy = self._carried_out_by()
        everybody = self._execution_control(self.company_id)
        return self._controllers() - busy or everybody - busy or everybody

    def _carried_out_by(self):
        return self.responsible_user_id | self._waiting_report().user_id

    def _waiting_report(self):
        return self.report_ids.filtered(lambda report: report.kind == "final" and report.state == "sent")

    def _finish(self):
        """Leave nothing open behind: duties, parts, and the place where the document is."""
        parts = self.part_ids.filtered(lambda part: part.state in ("draft", "open"))
        parts._transition({"state": "cancelled"})
        (parts or self.env["qms.assignment.part"])._acted()
        self._acted()
        self._end_movement()

    # === POSTPONEMENT === #

    def _term_setters(self):
        return self.sudo().set_by_id._present().user_id  # sudo: whom to ask must not depend on who asks

    def _check_may_postpone(self):
        for record in self:
            record._check_sets_term(record.responsible_id)

    def _check_sets_term(self, executors):
        """Only who set the term postpones it: himself, or who stands in for him; never who carries it out.

        :param executors: ``hr.employee``
        """
        self.ensure_one()
        own = self.env["hr.employee"]._of_user()
        setter = self.set_by_id
        if not setter._works_on(self.company_id._qms_today()):
            setter |= setter._substitute()
        if own & executors or not setter & (own | own._replaced()):
            raise AccessError(
                self.env._(
                    "The term was set by %s, who alone may postpone it. The executor can only ask for it.",
                    self.set_by_id.name,
                )
            )
