from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

# So many days before it is due, a review is asked for.
REVIEW_AHEAD = 30
# The identity of an object can't be sent over RPC: results are recorded by their buttons only.
_RECORDED = object()


class QmsDocumentReview(models.Model):
    """A review of a document in force, with its result; "no change" is a result, too. Nobody edits it later."""

    _name = "qms.document.review"
    _description = "Document Review"
    _order = "date desc, id desc"
    _check_company_auto = True

    document_id = fields.Many2one("qms.document", required=True, index=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(related="document_id.company_id", store=True, index=True)
    version_id = fields.Many2one("qms.document.version", required=True, readonly=True, ondelete="restrict")
    date = fields.Date(required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Reviewed by", required=True, readonly=True)
    result = fields.Selection([("no_change", "No change"), ("change", "To be changed")], required=True, readonly=True)
    note = fields.Text(readonly=True)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get("qms_recorded") is not _RECORDED:
            raise AccessError(self.env._("The result of a review is recorded by the buttons of its document."))
        return super().create(vals_list)

    def write(self, vals):
        raise AccessError(self.env._("The result of a review stays as it was recorded. Record another review."))

    def unlink(self):
        raise AccessError(self.env._("The result of a review stays on record."))


class QmsDocument(models.Model):
    _inherit = "qms.document"

    review_ids = fields.One2many("qms.document.review", "document_id", "Reviews", readonly=True)
    review_called = fields.Boolean(readonly=True, copy=False, help="Its keepers were called to the next review.")
    is_review_due = fields.Boolean("To Be Reviewed", compute="_compute_is_review_due", search="_search_is_review_due")

    may_review = fields.Boolean(compute="_compute_may_review")

    # === COMPUTES === #

    @api.depends("version_id", "owner_role_id", "department_id")
    @api.depends_context("uid")
    def _compute_may_review(self):
        for document in self:
            document.may_review = bool(document.version_id) and document._may_review()

    @api.depends("date_review")
    def _compute_is_review_due(self):
        for document in self:
            day = document.date_review
            document.is_review_due = bool(day) and day <= document._review_horizon()

    @api.model
    def _search_is_review_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        due = [("date_review", "!=", False), ("date_review", "<=", self._review_horizon())]
        return due if True in value else ["!", "&", *due]

    def _review_horizon(self):
        return (self.company_id[:1] or self.env.company)._qms_today() + timedelta(days=REVIEW_AHEAD)

    # === ACTIONS === #

    def action_reviewed(self, note=None):
        """Record that documents in force were reviewed and stay as they are; the next review counts from today.

        :param str note: by what one sees it; without it a dialog asks
        :raises AccessError: for who does not keep the document
        """
        if not note:
            return self.env["qms.reason.wizard"]._ask(
                self, "action_reviewed", self.env._("No change. What was looked at, and why does it still hold?")
            )
        for document in self:
            document._record_review("no_change", note)
        return True

    def action_review_change(self, note=None):
        """Record that a document was reviewed and has to change, and open the draft of its next version.

        :param str note: what has to change; without it a dialog asks
        """
        if not note:
            return self.env["qms.reason.wizard"]._ask(
                self, "action_review_change", self.env._("What has to be changed?")
            )
        for document in self:
            document._record_review("change", note)
            if not document._open_version():
                document._new_version({"reason": note})
        return True

    _reason_methods = ("action_reviewed", "action_review_change")

    # === BUSINESS METHODS === #

    def _record_review(self, result, note):
        self.ensure_one()
        self.check_access("read")
        if not self.version_id:
            raise UserError(self.env._("“%s” is not in force, so there is nothing to review.", self.display_name))
        if not self._may_review():
            raise AccessError(
                self.env._(
                    "The result of a review is recorded by who owns the document, the head or the quality officer of "
                    "its unit, the coordinator or the commissioner."
                )
            )
        today = self.company_id._qms_today()
        # sudo: nobody has create rights on results, on purpose
        self.env["qms.document.review"].sudo().with_context(qms_recorded=_RECORDED).create(
            {
                "document_id": self.id,
                "version_id": self.version_id.id,
                "date": today,
                "user_id": self.env.uid,
                "result": result,
                "note": note,
            }
        )
        self._write_by_method({"date_reviewed": today, "review_called": False})
        self._acted(lambda document: document._review_summary())

    def _may_review(self):
        user = self.env.user
        return user in self._keepers() or any(
            user.has_group(group) for group in ("qms_core.group_coordinator", "qms_core.group_commissioner")
        )

    def _keepers(self):
        """Return the users who keep the document: its owner, the officers and the head of its unit."""
        self.ensure_one()
        document = self.sudo()  # sudo: who keeps it must not depend on who asks
        users = document.owner_role_id._holders().sudo().user_id | document.department_id._keepers()
        return users.filtered("active").with_env(self.env)

    def _called_keepers(self):
        """Return who is called about the document: who keeps it or, where nobody does, the coordinators."""
        return self._keepers() or self._users_of("qms_core.group_coordinator", self.company_id)

    def _review_summary(self):
        return self.env._("Review the document: does it still hold?")

    @api.model
    def _day_buttons(self, verb):
        # What was looked at is asked in a dialog.
        return [("action_reviewed", self.env._("No change"))] if verb == "check" else super()._day_buttons(verb)

    def _call_for_review(self):
        """Call who keeps these documents to review them by their day; who is called already is not called twice."""
        called = self.browse()
        for document in self:
            same = self._in_all_languages(lambda record: record._review_summary())
            calls = []
            for user in document._called_keepers():
                # sudo: languages of logins are not for everybody
                summary = document.with_context(lang=user.sudo().lang)._review_summary()
                calls.append((document.id, user.id, document.date_review, summary, "check"))
            document._call_each(calls, known=lambda summary, same=same: same)
            called |= document if calls else called
        called._write_by_method({"review_called": True})

    # === CRONS === #

    @api.model
    def _call_due_reviews(self, company):
        """Call for the reviews of an authority that are due within a month, or late.

        Also where the call is lost, as its user left.
        """
        until = company._qms_today() + timedelta(days=REVIEW_AHEAD)
        due = Domain("company_id", "=", company.id) & Domain("date_review", "<=", until)
        said = self._in_all_languages(lambda document: document._review_summary())
        waiting = Domain("activity_ids", "any", [("summary", "in", said), ("user_id.active", "=", True)])
        self.search(due & (Domain("review_called", "=", False) | ~waiting))._call_for_review()
