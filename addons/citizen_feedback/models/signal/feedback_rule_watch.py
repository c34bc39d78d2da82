import logging
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...lib.findings import Finding
from ...lib.keywords import find_words, read_words
from ...lib.signals import burst_chance, falling
from .feedback_rule import SINGLE_KINDS

_logger = logging.getLogger(__name__)

# How often rules are looked at: what changes from day to day costs nothing in between.
EVERY = {"overdue": timedelta(hours=1), "trend": timedelta(days=1)}
# When a rule was looked at is noted no more often than this, and what came in so long before is looked at again: a
# long import shows its marks only when it is done.
NOTED, OVERLAP = timedelta(minutes=10), timedelta(hours=1)
# What a rule that was never looked at begins with.
FIRST = timedelta(days=1)
# How many low marks are usual is learned from these days.
USUAL_DAYS = 90
WEEK = timedelta(days=7)
# An average of fewer marks says nothing about its week.
WEEK_MARKS = 3
# So many marks are linked to a signal; the figures count them all.
LINKED = 200


class FeedbackRule(models.Model):
    """What the rules find: each looks at all services or units at once."""

    _inherit = "feedback.rule"

    # === BUSINESS METHODS === #

    def _find(self):
        """Return what the rule finds now.

        :rtype: list[Finding]
        """
        self.ensure_one()
        return getattr(self.with_company(self.company_id), f"_find_{self.kind}")()

    def _watch(self):
        """Raise signals from what the rules find now; a rule that fails doesn't stop the others.

        :return: the signals, with those that were added to
        """
        signals = self.env["feedback.signal"]
        now = fields.Datetime.now()
        for rule in self:
            try:
                with self.env.cr.savepoint():
                    signals |= signals._raise_findings(rule, rule._find())
                    if not rule.evaluated or rule.evaluated <= now - NOTED:
                        rule._note(now)
            except Exception:  # a rule that can't be worked out must not silence the others
                _logger.exception("The signal rule %s failed.", rule.id)
        return signals

    def _note(self, now):
        # Past `write`: no change of the rule that its thread or its tuning should know of.
        models.Model.write(self, {"evaluated": now})

    def _found_low(self, rating):
        """Return what a low rating is to this rule (``Finding``)."""
        place = self._place_of(rating.service_id.id, rating.department_id.id)
        # The lower the mark, the clearer.
        return Finding(*place, [rating.id], figures={"mark": self._low_mark()}, strength=6 - rating.score)

    def _find_keyword(self):
        words = read_words(self.words)
        since = (self.evaluated or fields.Datetime.now() - FIRST) - OVERLAP
        found = []
        for records, text in self._texts(since):
            said = [(record, find_words(record[text], words)) for record in records]
            hits = records.browse(record.id for record, hit in said if hit)
            known = self._already_in(hits)
            found += [self._found_words(record, hit) for record, hit in said if hit and record not in known]
        return found

    def _texts(self, since):
        """Hook: return what citizens wrote since a moment, as pairs ``(records, name of the field)``."""
        domain = self._scope_domain() & Domain("create_date", ">=", since) & Domain("comment", "!=", False)
        return [(self.env["feedback.rating"].search(domain & Domain("state", "!=", "excluded")), "comment")]

    def _already_in(self, records):
        """Hook: return those of the records that a signal of this rule was raised from before."""
        signals = self.env["feedback.signal"]
        domain = [("rule_id", "=", self.id), ("basis_rating_ids", "in", records.ids)]
        return signals.search(domain).basis_rating_ids if records._name == "feedback.rating" else records.browse()

    def _found_words(self, record, words):
        place = self._place_of(record.service_id.id, record.department_id.id)
        finding = Finding(*place, figures={"words": words}, strength=len(words))
        if record._name == "feedback.rating":
            finding.rating_ids = [record.id]
        else:
            finding.record_ids = {record._name: [record.id]}
        return finding

    def _find_burst(self):
        now, window = fields.Datetime.now(), timedelta(days=self.window_days)
        start = now - window
        lately = self._low_counts(start, now)
        lately = {key: count for key, count in lately.items() if count >= self.minimum}
        if not lately:
            return []
        before = self._low_counts(start - timedelta(days=USUAL_DAYS), start, list(lately))
        share = self.window_days / (self.window_days + USUAL_DAYS)
        found = []
        for key, count in lately.items():
            chance = burst_chance(count, before.get(key, 0), share)
            if chance <= self.chance:
                figures = {
                    "mark": self._low_mark(),
                    "days": self.window_days,
                    "count": count,
                    "earlier": before.get(key, 0),
                    "earlier_days": USUAL_DAYS,
                    "chance": chance,
                }
                found.append(self._found_at(key, figures, count, self._low_ratings(start, now, key)))
        return found

    def _low_domain(self, start, end):
        return (
            self._scope_domain()
            & Domain("state", "=", "ok")
            & Domain("score", "<=", self._low_mark())
            & Domain("date", ">=", start)
            & Domain("date", "<", end)
        )

    def _low_counts(self, start, end, keys=None):
        """Return how many low marks services or units got between two moments, by ``(service id, unit id)``."""
        domain = self._low_domain(start, end)
        if keys is not None:
            name, place = self._key_name()
            domain &= Domain(name, "in", [key[place] for key in keys])
        groups = self._key_groups()
        rows = self.env["feedback.rating"]._read_group(domain, groups, ["__count"])
        counts = defaultdict(int)
        for *places, count in rows:
            counts[self._key(places)] += count
        return counts

    def _low_ratings(self, start, end, key):
        name, place = self._key_name()
        domain = self._low_domain(start, end) & Domain(name, "=", key[place] or False)
        return self.env["feedback.rating"].search(domain, limit=LINKED).ids

    def _key_name(self):
        return ("service_id", 0) if self.watch == "service" else ("department_id", 1)

    def _key_groups(self):
        return [self._key_name()[0]]

    def _key(self, places):
        [record] = places
        return (record.id, 0) if self.watch == "service" else (0, record.id or 0)

    def _found_at(self, key, figures, strength, rating_ids=()):
        service = self.env["qms.service"].browse(key[0])
        place = self._place_of(service.id, service.department_id.id if service else key[1])
        return Finding(*place, list(rating_ids), figures=figures, strength=strength)

    def _find_trend(self):
        weeks = self.window_days // WEEK.days
        until = fields.Datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
        since = until - weeks * WEEK
        domain = (
            self._scope_domain() & Domain("state", "=", "ok") & Domain("date", ">=", since) & Domain("date", "<", until)
        )
        days = self.env["feedback.rating"].with_context(tz="UTC")
        rows = days._read_group(domain, [*self._key_groups(), "date:day"], ["score:sum", "__count"])
        sums = defaultdict(lambda: [[0, 0] for _week in range(weeks)])
        for *places, day, marks, count in rows:
            week = sums[self._key(places)][(day - since) // WEEK]
            week[0], week[1] = week[0] + marks, week[1] + count
        found = []
        for key, totals in sums.items():
            values = [round(marks / count, 4) if count >= WEEK_MARKS else None for marks, count in totals]
            trend = falling(values)
            if trend and trend.chance <= self.chance and trend.change <= -self.fall:
                figures = {
                    "values": values,
                    "change": round(trend.change, 4),
                    "chance": trend.chance,
                    "since": fields.Datetime.to_string(since),
                    "until": fields.Datetime.to_string(until),
                }
                found.append(self._found_at(key, figures, -trend.change))
        return found

    def _find_overdue(self):
        late = defaultdict(lambda: {"count": 0, "oldest": None, "records": {}})
        for model, (domain, due) in self._late_sources().items():
            groups = self._key_groups()
            records = self.env[model]
            for *places, count, oldest, ids in records._read_group(
                self._scope_domain() & domain, groups, ["__count", f"{due}:min", "id:array_agg"]
            ):
                entry = late[self._key(places)]
                entry["count"] += count
                entry["oldest"] = min(filter(None, [entry["oldest"], oldest]))
                entry["records"][model] = sorted(ids)[:LINKED]
        found = []
        for key, entry in late.items():
            if entry["count"] >= self.minimum:
                figures = {"count": entry["count"], "oldest": fields.Date.to_string(entry["oldest"])}
                finding = self._found_at(key, figures, entry["count"])
                finding.record_ids = entry["records"]
                found.append(finding)
        return found

    @api.model
    def _late_sources(self):
        """Hook: return ``{model: (domain of what is late, name of the field with its deadline)}``.

        Each model has ``company_id``, ``service_id`` and ``department_id``.
        """
        return {}

    def _waiting_signals(self):
        """Return the signals of this rule that nobody has answered yet."""
        return self.env["feedback.signal"].search([("rule_id", "=", self.id), ("state", "=", "new")])

    def _paused_places(self):
        """Return the places of which a signal was answered so lately that none is raised again.

        Single marks are never passed over: each is another visitor's.
        """
        if self.kind in SINGLE_KINDS:
            return set()
        since = self.company_id._qms_today() - timedelta(days=self.pause_days)
        answered = self.env["feedback.signal"].search([("rule_id", "=", self.id), ("date_decided", ">", since)])
        return {signal._place() for signal in answered}

    def _left_today(self):
        """Return how many signals of this rule each unit may still get within a day, by its id."""
        since = fields.Datetime.now() - timedelta(days=1)
        groups = self.env["feedback.signal"]._read_group(
            [("rule_id", "=", self.id), ("create_date", ">", since)], ["department_id"], ["__count"]
        )
        left = defaultdict(lambda: self.daily_limit)
        left.update({department.id or 0: self.daily_limit - count for department, count in groups})
        return left

    # === CRONS === #

    @api.model
    def _cron_watch(self):
        """Look at all rules that are due, one after the other."""
        # sudo: the cron works for all authorities.
        now = fields.Datetime.now()
        for rule in self.sudo().search([("kind", "!=", "low")]):
            if not rule.evaluated or rule.evaluated <= now - EVERY.get(rule.kind, timedelta()):
                rule._watch()
                if not self.env["ir.cron"]._commit_progress(1):
                    return
