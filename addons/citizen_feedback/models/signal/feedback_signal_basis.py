from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from .feedback_rule import KINDS, SINGLE_KINDS

# So many comments tell what it is about; the others stand with their marks.
COMMENTS = 5


class FeedbackSignal(models.Model):
    """What a signal was computed from, so that who answers can check it."""

    _inherit = "feedback.signal"

    rule_id = fields.Many2one(
        "feedback.rule", readonly=True, index="btree_not_null", check_company=True, ondelete="restrict"
    )
    kind = fields.Selection(KINDS, "What It Is", required=True, readonly=True, default="low")
    figures = fields.Json(readonly=True)
    strength = fields.Float(readonly=True, help="How clear it is, in the unit of the rule's limit.")
    basis = fields.Text("Computed from", compute="_compute_basis")
    gist = fields.Char("Said or Found", compute="_compute_gist", help="What the visitor wrote last, or what was found.")
    basis_rating_ids = fields.Many2many(
        "feedback.rating", "feedback_signal_basis_rel", string="Marks It Was Computed from", readonly=True
    )

    # === COMPUTES === #

    @api.depends("kind", "feedback_rating_ids.comment", "basis_rating_ids")
    def _compute_comment(self):
        # Not a copy: who has his words removed from a rating has them removed here, too.
        for signal in self:
            ratings = signal.kind in SINGLE_KINDS and signal.feedback_rating_ids | signal.basis_rating_ids
            if not ratings:
                signal.comment = False
                continue
            newest = ratings.sorted(lambda rating: (rating.date, rating.id), reverse=True)
            comments = dict.fromkeys(rating.comment for rating in newest if rating.comment)
            signal.comment = "\n\n".join(list(comments)[:COMMENTS]) or False

    @api.depends("kind", "figures")
    @api.depends_context("lang")
    def _compute_basis(self):
        for signal in self:
            tell = getattr(signal, f"_tell_{signal.kind}")
            # Signals of earlier releases have no figures.
            signal.basis = tell(signal.figures) if signal.figures else False

    @api.depends("comment", "basis")
    def _compute_gist(self):
        for signal in self:
            signal.gist = next(iter((signal.comment or signal.basis or "").splitlines()), False)

    def _tell_low(self, figures):
        return self.env._("Marks at or below %(mark)s: %(count)s.", mark=figures["mark"], count=figures["count"])

    def _tell_keyword(self, figures):
        return self.env._("Found: %s.", ", ".join(f"“{word}”" for word in figures["words"]))

    def _tell_burst(self, figures):
        return self.env._(
            "Marks at or below %(mark)s: %(count)s (days looked at: %(days)s); before that %(earlier)s (days: "
            "%(earlier_days)s). So many come by chance with a probability of %(chance)s.",
            mark=figures["mark"],
            days=figures["days"],
            count=figures["count"],
            earlier=figures["earlier"],
            earlier_days=figures["earlier_days"],
            chance=self._tell_chance(figures["chance"]),
        )

    def _tell_trend(self, figures):
        averages = [formatLang(self.env, value, digits=1) for value in figures["values"] if value is not None]
        return self.env._(
            "Average mark of each week: %(averages)s. It changed by %(change)s, which comes by chance with a "
            "probability of %(chance)s.",
            averages=" → ".join(averages),
            change=formatLang(self.env, figures["change"], digits=1),
            chance=self._tell_chance(figures["chance"]),
        )

    def _tell_overdue(self, figures):
        return self.env._(
            "Late appeals and cases: %(count)s. The oldest was due on %(day)s.",
            count=figures["count"],
            day=format_date(self.env, figures["oldest"]),
        )

    def _tell_chance(self, chance):
        least = 0.0001
        if chance < least:
            return self.env._("less than %s", formatLang(self.env, least, digits=4))
        return formatLang(self.env, chance, digits=4)

    # === ACTIONS === #

    def action_view_marks(self):
        """Open the marks among which the signal was found."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("citizen_feedback.feedback_rating_action")
        domain = [("id", "in", (self.basis_rating_ids | self.feedback_rating_ids).ids)]
        if self.kind == "trend":
            domain = [
                ("date", ">=", self.figures["since"]),
                ("date", "<", self.figures["until"]),
                ("service_id", "=", self.service_id.id)
                if self.service_id
                else ("department_id", "=", self.department_id.id),
            ]
        return {**action, "domain": domain, "context": {}}
