from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.qms_core.lib.periods import Period

from ...lib.expert_scores import summarise, weighted

# Citizens' marks of this time before the visit are set beside the experts' scores.
COMPARED = relativedelta(years=1)


class FeedbackExpertVisit(models.Model):
    """The steps of a visit, from the plan to the comparison with what citizens say."""

    _inherit = "feedback.expert.visit"

    # === ACTIONS === #

    def action_start(self):
        """Have the scores given: a line for each expert and criterion, and a call to who has a login.

        :raises UserError: without experts or criteria
        """
        for visit in self:
            visit._check_state("planned")
            visit._check_may_organise()
            if not visit.member_ids or not visit.set_id.criterion_ids:
                raise UserError(self.env._("A visit needs experts and criteria. Add them first."))
            visit._check_independent()
            visit._transition({"state": "scoring"})
            visit._make_scores()
            visit._call_to_act(
                visit.member_ids.user_id, visit._score_deadline(), lambda records: records._score_summary()
            )
        return True

    def action_scored(self):
        """Tell that one's own scores are complete; takes the duty off one's list.

        :raises UserError: if a score is missing
        """
        for visit in self:
            visit._check_state("scoring")
            if visit.my_missing_count:
                raise UserError(
                    self.env._(
                        "You have not judged everything yet: give a score, or say that it can't be judged. Missing: %s",
                        visit.my_missing_count,
                    )
                )
            mine = visit.activity_ids.filtered(lambda activity: activity.user_id == self.env.user)
            mine.with_context(mail_activity_quick_update=True).unlink()
        return True

    def action_close(self):
        """Close the visit: the scores are frozen, compared with citizens' marks, recommendations become actions.

        :raises AccessError: for anybody but the chair, the secretary and feedback managers
        :raises UserError: while a score or the conclusion is missing
        """
        for visit in self:
            visit._check_state("scoring")
            visit._check_may_organise()
            visit._check_complete()
            visit._check_independent()
            # sudo: the scores of all experts are put together, and by whom actions are made is checked above.
            whole = visit.sudo()
            whole._make_results()
            whole.recommendation_ids._carry_out()
            marks = whole._overall_marks()
            visit._transition(
                {
                    "state": "closed",
                    "closed_by_id": self.env.uid,
                    "date_closed": visit.company_id._qms_today(),
                    "date_visited": visit.date_visited or visit.company_id._qms_today(),
                    **marks,
                }
            )
            visit._acted()
        return True

    def action_cancel(self, reason=None):
        """Cancel a visit that does not take place.

        :param str reason: why; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_cancel", self.env._("Why is there no visit?"))
        for visit in self:
            visit._check_state("planned", "scoring")
            visit._check_may_organise()
            visit._transition({"state": "cancelled", "cancel_reason": reason})
            visit._acted()
        return True

    # === BUSINESS METHODS === #

    def _score_summary(self):
        return self.env._("Give your scores as an expert")

    def _day_verb(self, user):
        return "do"

    def _score_deadline(self):
        today = self.company_id._qms_today()
        return self.company_id._qms_working_day_after(max(self.date_planned, today), 5)

    def _make_scores(self):
        # sudo: the lines of all experts, whoever starts
        self.env["feedback.expert.score"].sudo().create(
            [
                {"visit_id": self.id, "member_id": member.id, "criterion_id": criterion.id}
                for member in self.member_ids
                for criterion in self.set_id.criterion_ids
            ]
        )

    def _check_complete(self):
        if self.missing_count:
            raise UserError(
                self.env._("Not all experts have given their scores. Scores that are missing: %s.", self.missing_count)
            )
        if not (self.conclusion or "").strip():
            raise UserError(self.env._("Write down what the commission concludes, then close the visit."))

    def _make_results(self):
        """Put the experts' scores together by criterion, and set citizens' marks of the year before beside them."""
        citizens = self._citizen_marks()
        all_scores = self._all_scores()
        rows = []
        for criterion in all_scores.criterion_id.sorted("sequence"):
            scores = all_scores.filtered(lambda score, criterion=criterion: score.criterion_id == criterion)
            found = summarise([score.score for score in scores if not score.is_not_judged], self.set_id.scale_max)
            mark, count = citizens.get(criterion.aspect, (None, 0))
            marks = {"expert_mark": found.mean, "citizen_mark": mark}
            if found.count and count:
                marks["difference"] = found.mean - mark
            rows.append(
                {
                    **_given(marks),
                    "visit_id": self.id,
                    "sequence": criterion.sequence,
                    "name": criterion.name,
                    "criterion_id": criterion.id,
                    "weight": criterion.weight,
                    "expert_count": found.count,
                    "spread": found.spread,
                    "citizen_count": count,
                }
            )
        self.env["feedback.expert.result"].create(rows)

    def _overall_marks(self):
        mark, count = self._citizen_marks().get("score", (None, 0))
        judged = [(row.expert_mark if row.expert_count else None, row.weight) for row in self.result_ids]
        return {**_given({"expert_mark": weighted(judged), "citizen_mark": mark}), "citizen_count": count}

    def _citizen_marks(self):
        """Return ``{aspect: (mark, how many gave it)}`` of the service, or else of the visited unit."""
        aspects = [name for name, _label in self.env["feedback.criterion"]._selection_aspect()]
        figures = [figure for aspect in aspects for figure in (f"{aspect}:avg", f"{aspect}:count")]
        [values] = self.env["feedback.rating"]._read_group(self._compared_ratings(), [], figures)
        return {aspect: (values[2 * index], values[2 * index + 1]) for index, aspect in enumerate(aspects)}

    def _subject_domain(self):
        if self.service_id:
            return Domain("service_id", "=", self.service_id.id)
        return Domain("department_id", "child_of", self.department_id.ids)

    def _compared_ratings(self):
        day = self.date_visited or self.company_id._qms_today()
        year = Period(day - COMPARED + relativedelta(days=1), day)
        return (
            Domain("company_id", "=", self.company_id.id)
            & Domain("state", "=", "ok")
            # Days are those of the authority, moments of ratings those of the world.
            & Domain(self.env["qms.indicator"]._moments("date", [year], self.company_id))
            & self._subject_domain()
        )


def _given(marks):
    """Return the marks that somebody gave. The others stay empty: zeros would spoil every average."""
    return {name: mark for name, mark in marks.items() if mark is not None}
