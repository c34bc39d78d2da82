from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class QmsRegisterEntry(models.Model):
    """Who reviews an entry, and what a review leaves behind: a row of the log, and the day of the next one."""

    _inherit = "qms.register.entry"

    may_review = fields.Boolean(compute="_compute_may_review")

    # === COMPUTES === #

    @api.depends("state", "responsible_id", "department_id", "register_id.is_independent")
    @api.depends_context("uid")
    def _compute_may_review(self):
        for entry in self:
            entry.may_review = entry.state == "current" and bool(entry._origin) and not entry._why_no_review()

    # === ACTIONS === #

    def action_review(self):
        """Open the dialog in which the result of a review, an evaluation or a drill is entered.

        :return: a window action
        :raises AccessError: for who may not review the entry
        """
        self.ensure_one()
        self._check_may_review()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Review"),
            "res_model": "qms.register.review.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_entry_id": self.id},
        }

    # === ACCESS === #

    def _check_may_review(self):
        self.check_access("read")
        self._check_state("current")
        problem = self._why_no_review()
        if problem:
            raise AccessError(problem)

    def _why_no_review(self):
        """Return why the user may not review the entry, or nothing."""
        self.ensure_one()
        independent = self.sudo().register_id.is_independent  # sudo: a setting of the register
        if self.is_mine:
            return independent and self.env._(
                "You answer for “%s”, so another person reviews it: the register demands it.", self.name
            )
        if independent and self.env.user.has_group("qms_core.group_auditor"):
            return False
        if not self.env.user._is_quality_staff() or not self.has_access("write"):
            return self.env._("“%s” is reviewed by who answers for it, or by the quality staff.", self.name)
        return False

    # === BUSINESS METHODS === #

    def _review(self, result, note, score=False, files=None, date_next=None):
        """Note the result of a review; the next one is due as the register demands, or earlier.

        :param str result: one of ``RESULTS``
        :param str note: what was found
        :param score: points, where an evaluation gives any
        :param files: ``ir.attachment`` of the user
        :param datetime.date date_next: an earlier day for the next review
        :return: the row of the log
        :raises AccessError: for who may not review the entry
        """
        self.ensure_one()
        self._check_may_review()
        today = self.company_id._qms_today()
        due = self._next_review(today)
        if date_next and date_next <= today:
            raise UserError(self.env._("The next review has to be later than today."))
        if date_next and date_next > due:
            raise UserError(
                self.env._(
                    "The register demands a review every %(months)s months, so by %(day)s. Choose an earlier day.",
                    months=self.register_id.review_months,
                    day=fields.Date.to_string(due),
                )
            )
        # sudo: rows of the log are made by this method alone; nobody has a right to create them.
        review = self.env["qms.register.review"].sudo()._log(self, result, note, score, files)
        vals = {
            "date_reviewed": today,
            "last_result": result,
            "last_score": score,
            "date_deadline": self._not_after_end(date_next or due, today),
        }
        self._transition({"state": "current", **vals})
        return review.sudo(False)
