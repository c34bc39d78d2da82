from odoo.tests import tagged

from ..hooks import post_init_hook, uninstall_hook
from ..models.intake.feedback_limit import KEY_PARAMETER
from .common import FeedbackCase


@tagged("post_install", "-at_install")
class TestHooks(FeedbackCase):
    def test_uninstall_leaves_nothing_in_foreign_tables(self):
        self._signal()
        parameters, sequences = self.env["ir.config_parameter"].sudo(), self.env["ir.sequence"].sudo()
        post_init_hook(self.env)
        self.assertTrue(parameters.search([("key", "=", KEY_PARAMETER)]))
        self.assertTrue(sequences.search([("code", "=", "feedback.signal.number")]))
        self.assertTrue(self.env["website.menu"].search([("url", "=", "/feedback")]))
        uninstall_hook(self.env(su=True))
        self.assertFalse(parameters.search([("key", "=", KEY_PARAMETER)]))
        self.assertFalse(sequences.search([("code", "=", "feedback.signal.number")]))
        self.assertFalse(self.env["website.menu"].search([("url", "=", "/feedback")]))
