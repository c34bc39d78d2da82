from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib.keywords import read_words
from ...lib.tuning import propose_limit, useless_words

# Of the answers to its last signals so many false alarms are too many.
LAST_ANSWERS, TOO_MANY = 10, 3
# What decides whether the rule finds something: a change of it makes another rule of it.
TUNED = frozenset(
    {"kind", "mark", "minimum", "window_days", "chance", "fall", "words", "watch", "service_ids", "department_ids"}
)
# The field that holds a kind's limit.
LIMITS = {"low": "mark", "burst": "minimum", "overdue": "minimum", "trend": "fall"}


class FeedbackRule(models.Model):
    """What the answers to its signals tell about a rule, and how it learns from false alarms."""

    _inherit = "feedback.rule"

    tuned_at = fields.Datetime(
        "Set as It Is since", readonly=True, copy=False, default=lambda self: self._transaction_start()
    )
    answered_count = fields.Integer("Answered", compute="_compute_precision")
    false_count = fields.Integer("False Alarms", compute="_compute_precision")
    precision = fields.Float(
        compute="_compute_precision",
        help="The share of answered signals that were no false alarm, since the rule is set as it is.",
    )
    proposal = fields.Text(compute="_compute_proposal", help="What would have avoided false alarms.")

    # === COMPUTES === #

    @api.depends("signal_ids.state", "tuned_at")
    def _compute_precision(self):
        for rule in self:
            answered = rule._answered(rule.tuned_at)
            false = answered.filtered(lambda signal: signal.state == "false_alarm")
            rule.answered_count = len(answered)
            rule.false_count = len(false)
            rule.precision = 1 - len(false) / len(answered) if answered else 0.0

    @api.depends("signal_ids.state", "kind", "words", *LIMITS.values())
    @api.depends_context("lang")
    def _compute_proposal(self):
        for rule in self:
            rule.proposal = rule._tell_proposal()

    def _tell_proposal(self):
        if self.kind == "keyword":
            words = self._proposed_words()
            return bool(words) and self.env._(
                "Leave out these words, which were found in false alarms only: %s.", ", ".join(words)
            )
        proposal, limit = self._proposed_limit()
        return bool(proposal) and self.env._(
            "%(field)s: %(limit)s. Of %(false)s false alarms %(left_out)s would not have been raised, of %(real)s "
            "other signals %(kept)s would.",
            field=self._fields[LIMITS[self.kind]]._description_string(self.env),
            limit=limit,
            false=proposal.false,
            left_out=proposal.left_out,
            real=proposal.real,
            kept=proposal.kept,
        )

    def _proposed_words(self):
        samples = [
            ((signal.figures or {}).get("words", []), signal.state == "false_alarm") for signal in self._answered()
        ]
        useless, words = useless_words(samples), read_words(self.words)
        # A rule without words finds nothing: who wants that archives it.
        return [word for word in useless if word in words] if set(words) - set(useless) else []

    def _proposed_limit(self):
        """Return the proposal and the value for the rule's limit; (None, None) where nothing would help."""
        samples = [(signal.strength, signal.state == "false_alarm") for signal in self._answered() if signal.strength]
        proposal = propose_limit(samples)
        if not proposal:
            return None, None
        # A mark is the clearer the lower it is.
        value = {"low": lambda: int(6 - proposal.limit), "trend": lambda: round(proposal.limit, 2)}.get(
            self.kind, lambda: int(proposal.limit)
        )()
        now = self._low_mark() if self.kind == "low" else self[LIMITS[self.kind]]
        stricter = value < now if self.kind == "low" else value > now
        return (proposal, value) if stricter else (None, None)

    # === CRUD === #

    def write(self, vals):
        if self._tuned_fields() & set(vals):
            # Looked at anew at once, and judged by what it raises from now on.
            vals = {**vals, "tuned_at": self._transaction_start(), "evaluated": False}
        return super().write(vals)

    # === ACTIONS === #

    def action_apply_proposal(self):
        """Set the limits as false alarms have taught; what was asked of the managers is done."""
        for rule in self:
            if not rule.proposal:
                raise UserError(
                    self.env._("“%s” has nothing to learn yet: too few of its signals were false alarms.", rule.name)
                )
            if rule.kind == "keyword":
                useless = rule._proposed_words()
                rule.words = "\n".join(word for word in read_words(rule.words) if word not in useless)
            else:
                rule[LIMITS[rule.kind]] = rule._proposed_limit()[1]
        self._acted()

    def action_keep(self):
        """Leave the rules as they are, although some alarms were false; the counting begins anew."""
        self.check_access("write")
        self.tuned_at = self._transaction_start()
        self._acted()

    # === BUSINESS METHODS === #

    @api.model
    def _tuned_fields(self):
        """Hook: return the fields whose change makes another rule of it."""
        return TUNED

    @api.model
    def _transaction_start(self):
        # As in ``create_date``: signals of the same transaction were raised by the rule as it is.
        return self.env.cr.now().replace(microsecond=0)

    def _answered(self, since=None):
        """Return the signals of the rule that were answered, the latest answer first.

        :param datetime.datetime since: only signals raised since then
        """
        domain = [("rule_id", "in", self.ids), ("state", "!=", "new")]
        if since:
            domain.append(("create_date", ">=", since))
        return self.env["feedback.signal"].search(domain, order="date_decided desc, id desc")

    def _weigh(self):
        """Ask the feedback managers to look at rules whose last signals were false alarms too often."""
        for rule in self:
            last = rule._answered(rule.tuned_at)[:LAST_ANSWERS]
            if len(last.filtered(lambda signal: signal.state == "false_alarm")) < TOO_MANY:
                continue
            managers = self._users_of("citizen_feedback.group_feedback_manager", rule.company_id)
            deadline = rule.company_id._qms_working_day_after(rule.company_id._qms_today(), rule.answer_days)
            rule._call_to_act(managers, deadline, lambda rules: rules._tuning_summary(), verb="decide")

    def _tuning_summary(self):
        return self.env._("Many false alarms: tune the rule, or leave it as it is")
