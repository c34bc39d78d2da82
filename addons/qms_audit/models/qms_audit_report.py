from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class QmsAudit(models.Model):
    """The report of an audit: handed in by the leader, decided on by the commissioner, sealed."""

    _inherit = "qms.audit"

    summary = fields.Text("Summary of the Report", copy=False, tracking=True)
    date_reported = fields.Date("Report handed in on", readonly=True, copy=False)
    decision = fields.Text("Decision on the Report", readonly=True, copy=False)
    decider_id = fields.Many2one("res.users", "Decided by", readonly=True, copy=False)
    date_closed = fields.Date("Closed on", readonly=True, copy=False)

    # === CRUD === #

    def _check_not_frozen(self, vals):
        super()._check_not_frozen(vals)
        reported = self.filtered(lambda audit: audit.state == "report")
        if reported and set(vals) - self._frozen_writable - {"state"}:
            raise UserError(reported[:1]._reported_message())

    # === ACCESS === #

    def _check_may_decide(self):
        self.ensure_one()
        if not self.env.user.has_group("qms_core.group_commissioner"):
            raise AccessError(self.env._("Reports of audits are decided by the chief quality commissioner."))
        if not self.may_decide:
            raise AccessError(self.env._("You belong to the audit team, so another person decides on its report."))

    # === ACTIONS === #

    def action_report(self):
        """Hand in the report: by the leader, with everything answered and written down."""
        for audit in self:
            audit._check_state("in_progress")
            audit._check_leads()
            audit._check_report_complete()
            audit._transition({"state": "report", "date_reported": audit.company_id._qms_today()})
            audit._acted()
            audit._call_commissioners(lambda audit: audit.env._("Decide on the audit report"))

    def action_return(self, reason=None):
        """Give the report back to the team.

        :param str reason: what is missing; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(
                self, "action_return", self.env._("What is missing in the report?")
            )
        for audit in self:
            audit._check_state("report")
            audit._check_may_decide()
            audit._transition({"state": "in_progress", "date_reported": False})
            audit.message_post(body=reason)
            audit._acted()
            audit._call_responsible()
        return True

    def action_close(self, reason=None):
        """Decide on the report and close the audit; the audited units get to read it.

        :param str reason: the decision; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(
                self, "action_close", self.env._("What do you decide on the report?")
            )
        for audit in self:
            audit._check_state("report")
            audit._check_may_decide()
            undecided = audit.finding_ids.filtered(lambda finding: finding.state == "open")
            if undecided:
                names = ", ".join(undecided.mapped("name"))
                raise UserError(self.env._("These findings are not decided yet: %s.", names))
            audit._transition(
                {
                    "state": "closed",
                    "decision": reason,
                    "decider_id": self.env.uid,
                    "date_closed": audit.company_id._qms_today(),
                }
            )
            audit._acted()
            audit._notify_users(
                audit._heads().user_id,
                self.env._("Audit report: %s", audit.display_name),
                self.env._("The audit of your unit is closed. Its report is among the audits."),
            )
        return True

    # === BUSINESS METHODS === #

    def _reported_message(self):
        name = self.display_name
        return self.env._("The commissioner has the report of %s. It can change after he returns it.", name)

    def _check_report_complete(self):
        """Raise a UserError that names everything the report lacks."""
        self.ensure_one()
        missing = []
        if not self.summary:
            missing.append(self.env._("The summary is empty."))
        open_count = self.line_count - self.answered_count
        if open_count:
            missing.append(self.env._("%s questions have no answer.", open_count))
        missing += [
            self.env._("The deviation “%s” has no finding.", line.question)
            for line in self.line_ids
            if line.answer in ("minor", "major") and not line.finding_ids
        ]
        if missing:
            raise UserError("\n".join([self.env._("The report can't be handed in yet."), *missing]))

    def _seal_content(self):
        """People and units by id: marriages and renamings change no report."""
        self.ensure_one()
        return {
            "number": self.number,
            "name": self.name,
            "kind": self.kind,
            "grounds": self.grounds or "",
            "ordered_by": self.ordered_by_id.id,
            "external_body": self.external_body or "",
            "processes": sorted(self.process_ids.ids),
            "departments": sorted(self.audited_department_ids.ids),
            "standard": self.standard_id.id,
            "scope": self.scope or "",
            "leader": self.responsible_id.id,
            "auditors": sorted(self.auditor_ids.ids),
            "start": self.date_start,
            "end": self.date_end,
            "summary": self.summary or "",
            "decision": self.decision or "",
            "cancel_reason": self.cancel_reason or "",
            "lines": [line._seal_content() for line in self.line_ids.sorted("id")],
            "findings": [finding._seal_content() for finding in self.finding_ids.sorted("id")],
        }
