import time

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestFeedbackProof(TransactionCase):
    def test_used_once(self):
        proofs = self.env["feedback.proof"]
        expires = int(time.time()) + 60
        self.assertTrue(proofs._use("aa", expires))
        self.assertFalse(proofs._use("aa", expires))
        self.assertTrue(proofs._use("bb", expires))

    def test_one_statement(self):
        with self.assertQueryCount(1):
            self.env["feedback.proof"]._use("aa", int(time.time()) + 60)

    def test_only_what_has_expired_is_forgotten(self):
        proofs = self.env["feedback.proof"]
        proofs._use("old", int(time.time()) - 60)
        proofs._use("new", int(time.time()) + 60)
        proofs._gc_expired()
        self.assertEqual(proofs.search([("nonce", "in", ("old", "new"))]).mapped("nonce"), ["new"])
