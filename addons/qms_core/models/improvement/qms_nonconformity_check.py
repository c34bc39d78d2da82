from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date


class QmsNonconformity(models.Model):
    """Effectiveness check: some time after the last action, by a person who did none of the work.

    Each check ends a round. An ineffective one opens the next, which needs its own cause and its own plan.
    """

    _inherit = "qms.nonconformity"

    checker_id = fields.Many2one("res.users", "Effectiveness checked by", readonly=True, copy=False)
    effect = fields.Text("Effect of the Actions", help="By what one sees that it does not happen again.")
    date_check = fields.Date(
        "Check from",
        readonly=True,
        copy=False,
        help="The day from which the effect can be judged: some time after the last action was done.",
    )
    date_closed = fields.Date("Closed on", readonly=True, copy=False)
    round_count = fields.Integer("Rounds", default=1, readonly=True, copy=False)
    round_ids = fields.One2many("qms.nonconformity.round", "nonconformity_id", "Earlier Rounds", readonly=True)

    # === ACTIONS === #

    def action_verify_effect(self):
        """Hand over to the effectiveness check once all actions are done."""
        for record in self:
            record._check_state("work")
            record._check_answers()
            record._every_action()._check_finished()
            record._transition({"state": "verification", "date_check": record._planned_check()})
            record._acted()
            record._call_checkers()

    def action_close(self, reason=None):
        """Close as effective: by a person who did none of the work, with the effect written down.

        :param str reason: why the effect can be judged before the planned day; without it a dialog asks
        """
        early = self.filtered(lambda record: record._is_early())
        for record in self:
            record._check_state("verification")
            record._check_may_check()
            record._check_ready_to_close()
        if early and not reason:
            return self.env["qms.reason.wizard"]._ask(
                self,
                "action_close",
                self.env._(
                    "The effect can be judged from %s on. By what is it certain already now?",
                    format_date(self.env, max(early.mapped("date_check"))),
                ),
            )
        for record in self:
            record._end_round("effective", record.effect, reason if record in early else False)
            record._transition(
                {"state": "closed", "checker_id": self.env.uid, "date_closed": record.company_id._qms_today()}
            )
            record._acted()
        return True

    def action_reopen(self, reason=None):
        """Start a new round: the check showed that the actions had no effect.

        That they had none may show before the planned day.

        :param str reason: by what one sees it; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(
                self, "action_reopen", self.env._("By what does one see that the actions had no effect?")
            )
        for record in self:
            record._check_state("verification")
            record._check_may_check()
            record._end_round("ineffective", reason)
            # What was taken for the cause was not; the tree stays, so that one can go on asking.
            # sudo: the checker is not who answers for the causes.
            record.sudo().cause_ids.write({"is_root": False})
            record._transition(
                {
                    "state": "analysis",
                    "round_count": record.round_count + 1,
                    "cause": False,
                    "cause_class": False,
                    "effect": False,
                    "date_check": False,
                    "date_deadline": record._norm_deadline(),
                }
            )
            record.message_post(body=reason)
            record._recall()
        return True

    # === BUSINESS METHODS === #

    def _planned_check(self):
        """Return the day from which the effect can be judged.

        :rtype: datetime.date
        """
        self.ensure_one()
        done = self._actions_of_round().mapped("date_done")
        last = max(filter(None, done), default=self.company_id._qms_today())
        # sudo: who answers may not read the authority's settings.
        return last + timedelta(days=self.company_id.sudo().qms_check_days)

    def _is_early(self):
        return bool(self.date_check and self.company_id._qms_today() < self.date_check)

    def _check_ready_to_close(self):
        """Hook: raise a UserError saying what is missing before the nonconformity can be closed."""
        self.ensure_one()
        # One may have been returned or added since.
        self._every_action()._check_finished()
        if not self.effect:
            raise UserError(self.env._("Write down by what one sees that the actions had effect."))

    def _actions_of_round(self):
        """Return the actions of the round under way: not cancelled, and not of an earlier round."""
        self.ensure_one()
        return self._every_action().filtered(lambda action: action.state != "cancelled") - self.round_ids.action_ids

    def _every_action(self):
        """Return the actions of all rounds, archived ones as well: archiving is no way to be done with them."""
        return self.with_context(active_test=False).action_ids.with_env(self.env)

    def _resume(self):
        """Take those that wait for their check back to work: an action of theirs turned out not to be done."""
        for record in self.sudo():  # sudo: who checks an action need not answer for its nonconformity
            if record.state == "verification":
                record._transition({"state": "work", "date_check": False})
                record._recall()

    def _end_round(self, verdict, evidence, early_reason=False):
        self.ensure_one()
        # sudo: rounds are written by the verdict alone, nobody has the right to; actions may be hidden to the checker.
        record = self.sudo()
        actions = record._actions_of_round()
        record.round_ids.create(
            {
                "nonconformity_id": record.id,
                "number": record.round_count,
                "cause": record.cause,
                "analysis": record._analysis_text(),
                "cause_class": record.cause_class,
                "plan": "\n".join(actions.mapped(record._plan_line)) or record.env._("No action."),
                "action_ids": [(6, 0, actions.ids)],
                "verdict": verdict,
                "checker_id": self.env.uid,
                "date": record.company_id._qms_today(),
                "evidence": evidence,
                "early_reason": early_reason,
            }
        )

    def _plan_line(self, action):
        """Return an action in a line: what, who, until when, when done."""
        done = action.date_done
        parts = [
            action.display_name,
            action.responsible_id.name or "",
            fields.Date.to_string(action.date_deadline) or "",
            self.env._("done on %s", fields.Date.to_string(done)) if done else "",
        ]
        return "; ".join(filter(None, parts))

    def _check_may_write(self, vals):
        super()._check_may_write(vals)
        # Each round keeps its cause.
        emptied = "cause" in vals and not (vals["cause"] or "").strip()
        if emptied and self.state in ("work", "verification"):
            raise UserError(self.env._("The actions remove this cause, so it can't be emptied. Correct its text."))

    def _check_may_check(self):
        """The check of the effect belongs to quality staff or auditors who took no part in the work."""
        self.ensure_one()
        user = self.env.user
        if not user._is_quality_staff() and not user.has_group("qms_core.group_auditor"):
            raise AccessError(self.env._("The effect is checked by the quality staff or an auditor."))
        if user in self._workers():
            raise AccessError(self.env._("You took part in the work, so another person has to check its effect."))

    def _workers(self):
        """Return who planned, answered for or did any of the work, in any round (``res.users``)."""
        # sudo: whether somebody took part must not depend on what he may read.
        record = self.sudo()
        actions = record._every_action()
        workers = actions._took_part() | actions.create_uid | record._workers_now() | record.former_user_ids
        return workers.with_env(self.env)

    def _call_checkers(self):
        # sudo: officers of a unit are staff data; whom to call must not depend on who asks.
        officers = self.department_id.sudo().qms_officer_ids.user_id - self._workers()
        coordinators = self._users_of("qms_core.group_coordinator", self.company_id) - self._workers()
        if self.kind == "corruption":
            officers = officers.browse()
        deadline = self.date_check or self._planned_check()
        self._call_to_act(officers or coordinators, deadline, lambda record: record._check_summary())

    @api.model
    def _check_summary(self):
        return self.env._("Check the effect of the actions")
