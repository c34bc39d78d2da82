from odoo import models
from odoo.exceptions import UserError


class QmsAcknowledgement(models.Model):
    """The short test that may stand before the confirmation."""

    _inherit = "qms.acknowledgement"

    # === ACTIONS === #

    def action_test(self):
        """Start the test, or go on with the one that was begun.

        :return: an action that opens the test's page
        :raises UserError: where there is no test, or no attempt is left
        """
        self.ensure_one()
        self.check_access("read")
        row = self.sudo()  # sudo: tests are made by their authors; who has to pass one only takes it
        survey = row.document_id.test_survey_id
        if row.employee_id.user_id != self.env.user or row.state != "open" or not survey:
            raise UserError(self.env._("There is no test to take here."))
        answer = row._begun_answer() or survey._create_answer(user=self.env.user)
        return {"type": "ir.actions.act_url", "url": answer.get_start_url(), "target": "new"}

    # === BUSINESS METHODS === #

    def _answers(self, domain):
        """Return the person's answers to the test since he was asked to acknowledge, the last one first."""
        self.ensure_one()
        partner = self.employee_id.user_id.partner_id
        own = [
            ("survey_id", "=", self.document_id.test_survey_id.id),
            ("partner_id", "=", partner.id),
            ("test_entry", "=", False),
            ("create_date", ">=", self.create_date),
        ]
        # sudo: answers are read by the test's author only; whether this person has passed is all that is told.
        answers = self.env["survey.user_input"].sudo()
        return answers.search(own + domain, order="id desc", limit=1) if partner else answers

    def _begun_answer(self):
        return self._answers([("state", "!=", "done")])

    def _passed_answer(self):
        return self._answers([("state", "=", "done"), ("scoring_success", "=", True)])

    def _test_vals(self):
        """Return what is kept of the test that was passed."""
        row = self.sudo()  # sudo: as in action_test
        survey = row.document_id.test_survey_id
        if not survey:
            return {}
        answer = row._passed_answer()
        return {
            "answer_id": answer.id,
            "test_score": answer.scoring_percentage,
            "test_pass_mark": survey.scoring_success_min,
        }
