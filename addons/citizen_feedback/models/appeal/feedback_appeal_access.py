from odoo import models
from odoo.exceptions import AccessError

from ..intake.feedback_duty_mixin import MANAGERS
from .feedback_appeal import ASSIGNED, COUNTED_AS, INSIDERS, WAITING

# What the author said, and when: it is answered, never rewritten.
TOLD = frozenset(
    {
        "company_id",
        "profile_id",
        "text",
        "author_name",
        "author_contact",
        "author_address",
        "organisation",
        "channel",
        "lang",
        "date_received",
        "attachment_ids",
        "message_line_ids",
    }
)
CLASSIFIED = frozenset(
    {
        "topic_id",
        "territory_id",
        "service_id",
        "point_id",
        "about_department_id",
        "about_employee_id",
        "document_number",
        "document_date",
        "forward_body_id",
        "forward_to",
        "refusal_ground_id",
    }
)
# Whom a complaint is about; those people don't make it a complaint about somebody else.
SUBJECT = frozenset({"about_department_id", "about_employee_id", "kind_id"})
ANSWERED = frozenset({"answer", "answer_attachment_ids", "evidence", "evidence_attachment_ids"})


class FeedbackAppeal(models.Model):
    """Who may write what of an appeal, and when."""

    _inherit = "feedback.appeal"

    # === ACCESS === #

    def _check_not_frozen(self, vals):
        super()._check_not_frozen(vals)
        if TOLD & set(vals):
            raise AccessError(
                self.env._("What an author said, and when, is never changed. Answer the appeal, or add a note.")
            )

    def _check_may_write(self, names):
        """Raise unless the user may write these fields by hand in the present state.

        The office classifies, a feedback manager assigns, and who answers writes the answer.
        """
        self.ensure_one()
        allowed = set()
        if self._is_office():
            allowed |= CLASSIFIED if self.state in WAITING else set()
            allowed |= COUNTED_AS if self.state == "new" else set()
        if self._is_manager():
            allowed |= ASSIGNED if self.state in WAITING else set()
        if self._is_subject(self.env.user):
            allowed -= SUBJECT
        if self.state == "assigned" and self._may_answer():
            allowed |= ANSWERED
        if others := names - allowed:
            labels = ", ".join(sorted(self._fields[name]._description_string(self.env) for name in others))
            raise AccessError(
                self.env._(
                    "%(fields)s: you can't change this on %(appeal)s at this stage. The office classifies it before "
                    "the answer, a feedback manager assigns it, and who it is assigned to writes the answer.",
                    fields=labels,
                    appeal=self.display_name,
                )
            )

    def _is_office(self):
        user = self.env.user
        return self._is_manager() or user.has_group("citizen_feedback.group_feedback_operator")

    def _is_manager(self):
        """Tell whether the user decides what becomes of it: a feedback manager, but never whom it is about.

        With corruption it is the coordinator or the commissioner; likewise where there is no manager whom the
        complaint is not about, as it would wait for nobody.
        """
        user = self.env.user
        if self._is_subject(user):
            return False
        insider = any(map(user.has_group, INSIDERS))
        if self.is_corruption:
            return insider
        return user.has_group(MANAGERS) or (insider and not self._impartial(MANAGERS))

    def _check_is_office(self):
        self.check_access("read")
        if not self._is_office():
            raise AccessError(self.env._("Only a feedback operator or manager takes this step."))

    def _check_impartial(self):
        if self._is_subject(self.env.user):
            raise AccessError(
                self.env._(
                    "%s is about you, your chief or your unit, so another person decides on it.", self.display_name
                )
            )

    def _check_is_manager(self):
        self.check_access("read")
        self._check_impartial()
        if not self._is_manager():
            raise AccessError(
                self.env._("Only a feedback manager takes this step; with corruption, the coordinator or commissioner.")
            )
