from datetime import datetime, timezone

from odoo import api, fields, models
from odoo.tools import SQL


class FeedbackProof(models.Model):
    """Challenges of the barrier that were used, until they expire: a solution passes once."""

    _name = "feedback.proof"
    _description = "Used Proof of Work"
    _log_access = False
    _rec_name = "nonce"

    nonce = fields.Char(required=True, readonly=True)
    expires = fields.Datetime(required=True, readonly=True, index=True)

    # refuses what is sent twice
    _nonce = models.UniqueIndex("(nonce)")

    @api.model
    def _use(self, nonce, expires):
        """Remember that a challenge was used.

        :param str nonce: of the challenge
        :param int expires: when it expires, in seconds of Unix time
        :return: whether it was not used before
        :rtype: bool
        """
        # The ORM can't insert or leave alone in one statement, and two posts may come at the same moment.
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO feedback_proof (nonce, expires) VALUES (%s, %s)
                ON CONFLICT (nonce) DO NOTHING RETURNING id
                """,
                nonce,
                datetime.fromtimestamp(expires, timezone.utc).replace(tzinfo=None),
            )
        )
        return bool(rows)

    @api.autovacuum
    def _gc_expired(self):
        """Forget what has expired and would be refused for that."""
        self.search([("expires", "<", fields.Datetime.now())]).unlink()
