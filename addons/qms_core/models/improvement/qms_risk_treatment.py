from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.exceptions import AccessError, UserError

# Days until a decision on how to treat an assessed risk, and until its treatment is looked at again.
DECIDE_DAYS, TREAT_DAYS = 14, 90
# What is forgotten of a risk that has become another one.
NOT_ACCEPTED = dict.fromkeys(("accepted_by_id", "date_accepted", "accept_reason"), False)
NO_RESIDUAL = dict.fromkeys(("residual_likelihood_id", "residual_impact_id"), False)


class QmsRisk(models.Model):
    """The way of a risk through its stages."""

    _inherit = "qms.risk"

    # === ACTIONS === #

    def action_assess(self):
        """Record the first judgement: likelihood and impact without treatment."""
        for risk in self:
            risk._check_state("identified")
            risk._check_answers()
            risk._check_judged("inherent")
            today = risk.company_id._qms_today()
            risk._move("assessed", today + timedelta(days=DECIDE_DAYS), {"date_assessed": today})
            self.env["qms.risk.assessment"]._record(risk, "assess")

    def action_treat(self):
        """Begin the treatment: the strategy is chosen and actions are planned."""
        for risk in self:
            risk._check_state("assessed")
            risk._check_answers()
            if not risk.strategy:
                raise UserError(self.env._("Choose first how the risk is treated."))
            if risk.strategy == "accept":
                raise UserError(
                    self.env._(
                        "Who accepts a risk does nothing about it. Use the button “Accept”, or another strategy."
                    )
                )
            plan = risk._every_action().filtered(lambda action: action.state != "cancelled")
            if not plan:
                raise UserError(self.env._("Plan at least one action first, or accept the risk."))
            today = risk.company_id._qms_today()
            deadlines = [day for day in plan.mapped("date_deadline") if day]
            risk._move("treated", max([*deadlines, today + timedelta(days=TREAT_DAYS)]), {})
            plan.filtered(lambda action: action.state == "draft")._start()

    def action_monitor(self):
        """End the treatment: the actions are done and what remains is judged and low enough to live with."""
        for risk in self:
            risk._check_state("treated")
            risk._check_answers()
            risk._every_action()._check_finished()
            risk._check_judged("residual")
            if risk.residual_level_id.needs_decision:
                raise UserError(
                    self.env._(
                        "What remains is still “%s”. Plan more actions, or have the risk accepted by the chief "
                        "quality commissioner or the top management.",
                        risk.residual_level_id.name,
                    )
                )
            risk._watch("treat", False)

    def action_accept(self, reason=None):
        """Live with the risk as it is; above a threshold that is decided by the management.

        :param str reason: why; without it a dialog asks
        """
        if not (reason or "").strip():
            return self._ask_reason("action_accept", self.env._("Why is the risk accepted as it is?"))
        for risk in self:
            risk._check_state("assessed", "treated")
            risk._check_judged("inherent")
            risk._check_may_accept()
            accepted = {
                "accepted_by_id": self.env.uid,
                "date_accepted": risk.company_id._qms_today(),
                "accept_reason": reason,
            }
            if risk.state == "assessed":
                # Nothing was done about it, so all of it remains.
                risk._transition({"strategy": "accept", **NO_RESIDUAL})
            risk._watch("accept", reason, accepted)
        return True

    def action_review(self, reason=None):
        """Record that the risk was looked at again and is judged as it stands.

        :param str reason: what was looked at; without it a dialog asks
        """
        if not (reason or "").strip():
            return self._ask_reason("action_review", self.env._("What did you look at, and what did it show?"))
        for risk in self:
            risk._check_state("monitored")
            risk._check_answers()
            if risk.level_id.needs_decision and not risk.accepted_by_id:
                raise UserError(
                    self.env._("The risk has become “%s”. Assess it anew and decide what to do.", risk.level_id.name)
                )
            risk._watch("review", reason)
        return True

    def action_reassess(self, reason=None):
        """Take a monitored or treated risk back to where its treatment is decided.

        :param str reason: what has changed; without it a dialog asks
        """
        if not (reason or "").strip():
            return self._ask_reason("action_reassess", self.env._("What has changed?"))
        for risk in self:
            risk._check_state("treated", "monitored")
            risk._check_answers()
            # What was accepted was another risk, and what remained after the treatment is no more.
            due = risk.company_id._qms_today() + timedelta(days=DECIDE_DAYS)
            risk._move("assessed", due, {**NOT_ACCEPTED, **NO_RESIDUAL})
            risk.message_post(body=reason)
        return True

    def action_close(self, reason=None):
        """Close a risk that is none any more.

        :param str reason: why; without it a dialog asks
        """
        if not (reason or "").strip():
            return self._ask_reason("action_close", self.env._("Why is it no risk any more?"))
        for risk in self:
            risk._check_state("identified", "assessed", "treated", "monitored")
            if not self.env.user._is_quality_staff():
                raise AccessError(self.env._("Risks are closed by the quality staff. Ask them."))
            risk._transition({"state": "closed", "close_reason": reason})
            risk._acted()
        return True

    def action_reopen(self, reason=None):
        """Take a closed risk up again.

        :param str reason: why; without it a dialog asks
        """
        if not (reason or "").strip():
            return self._ask_reason("action_reopen", self.env._("Why is it a risk again?"))
        for risk in self:
            risk._check_state("closed")
            if not self.env.user._is_quality_staff():
                raise AccessError(self.env._("Risks are taken up again by the quality staff. Ask them."))
            due = risk.company_id._qms_today() + timedelta(days=DECIDE_DAYS)
            risk._move("identified", due, {"close_reason": False, **NOT_ACCEPTED, **NO_RESIDUAL})
            risk.message_post(body=reason)
        return True

    def action_view_actions(self):
        """Open the treatment actions of these risks."""
        action = self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_action_action")
        return {**action, "domain": [("risk_id", "in", self.ids)], "context": {}}

    # === BUSINESS METHODS === #

    def _duty_summary(self):
        summaries = {
            "identified": self.env._("Assess the risk"),
            "assessed": self.env._("Decide how the risk is treated"),
            "treated": self.env._("See that the treatment is done and judge what remains"),
            "monitored": self.env._("Review the risk"),
        }
        return summaries.get(self.state, super()._duty_summary())

    def _ask_reason(self, method, question):
        return self.env["qms.reason.wizard"]._ask(self, method, question)

    def _move(self, state, deadline, vals):
        """Enter a stage: what was to do before is done, what is to do now has a day."""
        self._transition({**vals, "state": state, "date_deadline": deadline})
        self._acted()
        self._call_responsible()

    def _watch(self, occasion, note, vals=None):
        """Keep the judgement and watch the risk until its next review."""
        today = self.company_id._qms_today()
        deadline = today + relativedelta(months=self.level_id.review_months or 12)
        self._move("monitored", deadline, {"date_reviewed": today, **(vals or {})})
        self.env["qms.risk.assessment"]._record(self, occasion, note)

    def _day_verb(self, user):
        verbs = {"assessed": "decide", "monitored": "check"}
        return verbs.get(self.state, super()._day_verb(user)) if user == self.responsible_user_id else "decide"

    def _term_setters(self):
        # The stage set the term, not who named the risk.
        return self.env["res.users"]

    def _check_answers(self):
        """Only its owner or who stands in for him moves a risk on, or the quality staff."""
        self.ensure_one()
        if not self.is_mine and not self.env.user._is_quality_staff():
            raise AccessError(self.env._("Only the owner of the risk or the quality staff can do this."))

    def _check_judged(self, stage):
        if not self[f"{stage}_score"]:
            raise UserError(
                self.env._("Choose likelihood and impact first.")
                if stage == "inherent"
                else self.env._("Judge what remains after the treatment first: residual likelihood and impact.")
            )

    def _check_may_accept(self):
        """Hook: low levels are accepted by who answers for the risk, high ones by the management."""
        self.ensure_one()
        level = self._level_to_accept()
        if not level.needs_decision:
            if not self._is_decider():
                self._check_answers()
        elif not self._is_decider():
            raise AccessError(
                self.env._(
                    "A risk of the level “%s” is accepted only by the chief quality commissioner or the top "
                    "management. Ask them to press “Accept”.",
                    level.name,
                )
            )

    def _level_to_accept(self):
        """Return the level that is lived with: what remains counts only once the treatment is done."""
        treated = self.state == "treated" and all(
            action.state not in ("draft", "open") for action in self._every_action()
        )
        return self.level_id if treated else self.inherent_level_id

    def _every_action(self):
        """Return the actions, archived ones as well: archiving is no way to be done with them."""
        return self.with_context(active_test=False).action_ids.with_env(self.env)

    def _withdraw_acceptance(self):
        """Take back what was accepted, where it has grown to what only the management accepts."""
        for risk in self.filtered(lambda risk: risk.accepted_by_id and risk.level_id.needs_decision):
            risk._transition(NOT_ACCEPTED)
            risk.message_post(
                body=self.env._(
                    "The risk has grown to “%s”, so that it was accepted counts no more.", risk.level_id.name
                )
            )

    def _is_decider(self):
        user = self.env.user
        return user.has_group("qms_core.group_commissioner") or user.has_group("qms_core.group_top_management")
