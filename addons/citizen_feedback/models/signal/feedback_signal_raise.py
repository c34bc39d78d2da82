import logging
from collections import defaultdict

from odoo import Command, api, fields, models
from odoo.fields import Domain

from .feedback_rule import SINGLE_KINDS

_logger = logging.getLogger(__name__)

BATCH = 100


class FeedbackSignal(models.Model):
    """How a signal comes to be: from what a rule has found, unless one of the same already waits for its answer."""

    _inherit = "feedback.signal"

    # === BUSINESS METHODS === #

    @api.model
    def _raise_findings(self, rule, findings):
        """Raise signals from what a rule has found; what fails doesn't stop the others.

        :param rule: ``feedback.rule``
        :param list findings: of ``lib.findings.Finding``
        :return: the signals, with those that waited already and were added to
        """
        if not findings:
            return self.browse()
        try:
            with self.env.cr.savepoint():
                return self._raise_together(rule, findings)
        except Exception:  # whatever is wrong with one finding, the others' heads must be told
            if len(findings) == 1:
                _logger.exception("Rule %s could raise no signal from %s.", rule.id, findings[0])
                return self.browse()
        return self.browse().union(*(self._raise_findings(rule, [finding]) for finding in findings))

    @api.model
    def _raise_together(self, rule, findings):
        waiting = {signal._place(): signal for signal in rule._waiting_signals()}
        paused, left = rule._paused_places(), rule._left_today()
        touched, fresh = self.browse(), {}
        for finding in findings:
            place = finding.place
            if place not in waiting and place not in fresh:
                if place in paused:
                    continue
                if left[place[0]] <= 0:
                    if rule.kind not in SINGLE_KINDS:
                        continue
                    place = (place[0], 0)
                elif place not in fresh:
                    left[place[0]] -= 1
            if place in waiting:
                waiting[place]._join(finding)
                touched |= waiting[place]
            else:
                fresh[place] = fresh[place].merge(finding) if place in fresh else finding
        return touched | self._create_found(rule, fresh)

    def _place(self):
        return self.department_id.id or 0, self.service_id.id or 0

    @api.model
    def _create_found(self, rule, fresh):
        deadline = self._answer_deadline(rule.company_id, rule.answer_days)
        by_language = defaultdict(list)
        for place, finding in fresh.items():
            vals = {**self._found_vals(rule, place, finding), "date_deadline": deadline}
            # The responsible person reads what to do in his own language, whatever the cron speaks.
            person = self.env["hr.employee"].browse(vals["responsible_id"])
            by_language[person.user_id.lang or rule.company_id.partner_id.lang].append((vals, finding))
        signals = self.browse()
        for language, found in by_language.items():
            creating = self.with_company(rule.company_id).with_context(lang=language)
            made = creating.create([vals for vals, _finding in found])
            for signal, (_vals, finding) in zip(made, found, strict=True):
                signal._tie(finding.rating_ids)
            signals |= made.with_env(self.env)
        signals._call_managers()
        return signals

    @api.model
    def _found_vals(self, rule, place, finding):
        department = self.env["hr.department"].browse(place[0])
        head = rule.employee_id or (department._head() if department else self.env["hr.employee"])
        ratings = self.env["feedback.rating"].browse(finding.rating_ids)
        return {
            "company_id": rule.company_id.id,
            "rule_id": rule.id,
            "kind": rule.kind,
            "service_id": place[1] or False,
            "department_id": place[0] or False,
            "responsible_id": head.id,
            "figures": {**finding.figures, **self._counted(rule, ratings, finding)},
            "strength": finding.strength,
            "basis_rating_ids": [Command.set(ratings.ids if rule.kind != "low" else [])],
            **self._told(rule, ratings),
            **self._linked_vals(rule, finding),
        }

    @api.model
    def _counted(self, rule, ratings, finding):
        return {"count": len(ratings)} if rule.kind == "low" else {}

    @api.model
    def _linked_vals(self, rule, finding):
        """Hook: return the values that name records other than marks of a finding."""
        return {}

    @api.model
    def _told(self, rule, ratings):
        """Return the lowest mark and the latest day of what the visitors said."""
        if rule.kind not in SINGLE_KINDS or not ratings:
            return {"score": 0, "date": fields.Datetime.now()}
        return {"score": min(ratings.mapped("score")), "date": max(ratings.mapped("date"))}

    def _tie(self, rating_ids):
        """Let low marks name their signal: each has one."""
        if self.kind == "low":
            ratings = self.env["feedback.rating"].browse(rating_ids)
            ratings._transition({"signal_id": self.id, "awaits_signal": False})

    def _join(self, finding):
        """Add what was found once more to a signal that still waits; nobody is called again."""
        self.ensure_one()
        single = self.kind in SINGLE_KINDS
        if not single and finding.figures == self.figures:
            return
        known = self.feedback_rating_ids if self.kind == "low" else self.basis_rating_ids
        ratings = known | known.browse(finding.rating_ids)
        figures = {**finding.figures, **self._counted(self.rule_id, ratings, finding)}
        if single and "words" in figures:
            figures["words"] = list(dict.fromkeys([*self.figures["words"], *figures["words"]]))
        self._transition(
            {
                "figures": figures,
                "strength": max(self.strength, finding.strength) if single else finding.strength,
                **({} if self.kind == "low" else {"basis_rating_ids": [Command.set(ratings.ids)]}),
                **(self._told(self.rule_id, ratings) if single else {}),
                **self._linked_vals(self.rule_id, finding),
            }
        )
        self._tie(finding.rating_ids)
        if single:
            self._message_log(body=self.env._("It was found again, and added here. Marks so far: %s.", len(ratings)))

    def _call_managers(self):
        """Ask the feedback managers who answers what has no responsible person."""
        for company, signals in self.filtered(lambda signal: not signal.responsible_id).grouped("company_id").items():
            managers = self._users_of("citizen_feedback.group_feedback_manager", company)
            for deadline, due in signals.grouped("date_deadline").items():
                due._call_to_act(managers, deadline, lambda waiting: waiting._nobody_summary(), verb="decide")

    @api.model
    def _raise_from_ratings(self, ratings):
        """Raise signals from low ratings by the rules of their authorities.

        :param ratings: ``feedback.rating`` that await a signal
        :return: the signals; a rating that no rule is for awaits none any more
        """
        signals = self.browse()
        for company, waiting in ratings.grouped("company_id").items():
            for rule in self.env["feedback.rule"].search([("kind", "=", "low"), ("company_id", "=", company.id)]):
                low = Domain("id", "in", waiting.ids) & Domain("score", "<=", rule._low_mark())
                covered = waiting.search(rule._scope_domain() & low)
                waiting -= covered
                signals |= self._raise_findings(rule, [rule._found_low(rating) for rating in covered])
            waiting._transition({"awaits_signal": False})
        return signals

    # === CRONS === #

    @api.model
    def _cron_signals(self):
        """Raise signals from the low ratings that await one; in batches, each kept once it is done."""
        # sudo: the cron works for all authorities.
        ratings = self.env["feedback.rating"].sudo()
        last = 0
        while batch := ratings.search([("awaits_signal", "=", True), ("id", ">", last)], order="id", limit=BATCH):
            last = batch[-1].id
            self.sudo()._raise_from_ratings(batch)
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                return
