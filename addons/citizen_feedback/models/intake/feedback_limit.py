import hashlib
import ipaddress
import secrets
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.tools import SQL

KEY_PARAMETER = "citizen_feedback.limit_key"
WINDOW = timedelta(minutes=10)
HOUR = timedelta(hours=1)
# One network may use up this part of an authority's hour, and no more.
NETWORK_SHARE = 2


class FeedbackLimit(models.Model):
    """How many forms came from whom lately, without knowing from whom.

    A row counts the forms of a bucket: those for one purpose (ratings, appeals…) of an address in a window of ten
    minutes, or of its wider network in an hour, as who owns a network has addresses without number. The bucket is a
    keyed hash; the key is drawn anew every day and the old one forgotten, so that nobody can turn a bucket back into
    an address. What was sent is never counted for this: the table stays small however much there is.
    """

    _name = "feedback.limit"
    _description = "Limiter of Public Forms"
    _log_access = False

    bucket = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    purpose = fields.Char(readonly=True, default="rating")
    start = fields.Datetime(required=True, readonly=True)
    hits = fields.Integer(required=True, readonly=True)
    is_network = fields.Boolean("Of a Network", readonly=True)

    # serves the upserts
    _bucket_start = models.UniqueIndex("(bucket, start)")
    # serves the sum of the authority's current hour
    _company_hour = models.Index("(company_id, purpose, start) WHERE is_network")

    @api.model
    def _hit(self, company, address, purpose="rating", limits=None):
        """Count a form and tell how long its sender has to wait.

        One statement. The authority's hour is summed over the networks' rows: a row of its own would be
        written by every visitor at once. A row that has reached its limit is not written any more, so that many
        refused posts at once don't fail on one another, and one sender can't use up the hour of all.

        :param company: the authority (``res.company``)
        :param str address: the network address of the sender, or what else he is known by
        :param str purpose: what is counted apart
        :param tuple limits: how many from one address in ten minutes and from all in an hour; without them those of
            the authority for the purpose
        :return: seconds to wait; 0 when the form is let through
        :rtype: int
        """
        address_limit, hour_limit = limits or company._feedback_limits(purpose)
        now = fields.Datetime.now()
        window, hour = _floor(now, WINDOW), _floor(now, HOUR)
        [[by_address, by_network, hour_hits]] = self.env.execute_query(
            SQL(
                """
                WITH address AS (
                    INSERT INTO feedback_limit AS known (bucket, company_id, purpose, start, hits)
                    VALUES (%(address)s, %(company)s, %(purpose)s, %(window)s, 1)
                    ON CONFLICT (bucket, start) DO UPDATE SET hits = known.hits + 1
                     WHERE known.hits < %(address_limit)s
                    RETURNING hits
                ), network AS (
                    INSERT INTO feedback_limit AS known (bucket, company_id, purpose, start, hits, is_network)
                    SELECT %(network)s, %(company)s, %(purpose)s, %(hour)s, 1, TRUE FROM address
                    ON CONFLICT (bucket, start) DO UPDATE SET hits = known.hits + 1
                     WHERE known.hits < %(network_limit)s
                    RETURNING hits
                )
                SELECT EXISTS (SELECT FROM address), EXISTS (SELECT FROM network),
                       (SELECT COALESCE(SUM(hits), 0) FROM feedback_limit
                         WHERE company_id = %(company)s AND purpose = %(purpose)s
                           AND start >= %(hour)s AND is_network)
                """,
                address=self._bucket(company, address, purpose),
                network=self._bucket(company, address, purpose, wide=True),
                company=company.id,
                purpose=purpose,
                window=window,
                hour=hour,
                address_limit=address_limit,
                network_limit=max(1, hour_limit // NETWORK_SHARE),
            )
        )
        if not by_address:
            return _seconds_left(now, window + WINDOW)
        # The sum is that before this form.
        if not by_network or hour_hits >= hour_limit:
            return _seconds_left(now, hour + HOUR)
        return 0

    @api.model
    def _bucket(self, company, address, purpose="rating", wide=False):
        text = f"{company.id}|{purpose}|{'network' if wide else 'address'}|{_network(address, wide)}".encode()
        return hashlib.blake2b(text, key=bytes.fromhex(self._key()), digest_size=16).hexdigest()

    @api.model
    def _key(self):
        # sudo: visitors read no parameters; the key never leaves the server.
        return self.env["ir.config_parameter"].sudo().get_param(KEY_PARAMETER) or self._renew_key()

    @api.model
    def _renew_key(self):
        key = secrets.token_hex(32)
        # sudo: as in _key
        self.env["ir.config_parameter"].sudo().set_param(KEY_PARAMETER, key)
        return key

    @api.model
    def _cron_forget(self):
        """Delete what no longer limits anybody, and the key by which addresses could be guessed."""
        # sudo: the rows of all authorities are forgotten.
        self.sudo().search([("start", "<", _floor(fields.Datetime.now(), HOUR))]).unlink()
        self._renew_key()


def _floor(moment, step):
    return moment - (moment - datetime.min) % step


def _seconds_left(now, end):
    return max(1, int((end - now).total_seconds()))


def _network(address, wide=False):
    """Return whom an address stands for.

    An IPv6 connection owns a /64, all its addresses count as one; in the wide sense it is the site that is given
    many of them, a /48, or the /24 of an IPv4 address.
    """
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    narrow, broad = (64, 48) if parsed.version == 6 else (32, 24)
    return str(ipaddress.ip_network((int(parsed), broad if wide else narrow), strict=False))
