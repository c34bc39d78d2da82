from odoo import api, fields, models
from odoo.tools import SQL

from .feedback_limit import HOUR, _floor, _seconds_left


class FeedbackLimit(models.Model):
    """Channels with a limit of their own: all visitors of a kiosk, or of a portal, share one address."""

    _inherit = "feedback.limit"

    @api.model
    def _hit_channel(self, channel):
        """Count something that came by a channel and tell how long its sender has to wait.

        :param channel: ``feedback.channel``
        :return: seconds to wait; 0 when it is let through
        :rtype: int
        """
        now = fields.Datetime.now()
        hour = _floor(now, HOUR)
        [[taken]] = self.env.execute_query(
            SQL(
                """
                WITH counted AS (
                    INSERT INTO feedback_limit AS known (bucket, company_id, purpose, start, hits)
                    VALUES (%(bucket)s, %(company)s, 'channel', %(hour)s, 1)
                    ON CONFLICT (bucket, start) DO UPDATE SET hits = known.hits + 1
                     WHERE known.hits < %(limit)s
                    RETURNING hits
                )
                SELECT EXISTS (SELECT FROM counted)
                """,
                # No hash: it names no person, and no hash of an address looks like this.
                bucket=f"channel:{channel.id}",
                company=channel.company_id.id,
                hour=hour,
                limit=channel.hour_limit,
            )
        )
        return 0 if taken else _seconds_left(now, hour + HOUR)
