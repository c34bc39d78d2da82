from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ...models.intake.feedback_limit import KEY_PARAMETER, _network
from ..common import FeedbackCase

HOUR = 3600


@tagged("post_install", "-at_install")
class TestFeedbackLimit(FeedbackCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.limits = cls.env["feedback.limit"].sudo()
        cls.company.write({"feedback_address_limit": 3, "feedback_hour_limit": 8})

    def _hits(self, count, address="192.0.2.1", company=None):
        return [self.limits._hit(company or self.company, address) for _hit in range(count)]

    @freeze_time("2026-03-02 10:04:00")
    def test_address_waits_until_its_window_ends(self):
        self.assertEqual(self._hits(4), [0, 0, 0, 6 * 60])
        self.assertEqual(self._hits(1, "198.51.100.2"), [0])
        with freeze_time("2026-03-02 10:10:00"):
            self.assertEqual(self._hits(1), [0])

    @freeze_time("2026-03-02 10:00:00")
    def test_hour_of_the_authority(self):
        for number in range(4):
            self.assertEqual(self._hits(2, f"192.0.{number}.1"), [0, 0])
        self.assertEqual(self._hits(1, "192.0.9.1"), [HOUR])
        self.assertEqual(self._hits(1, "192.0.9.1", self.other_company), [0])
        with freeze_time("2026-03-02 11:00:00"):
            self.assertEqual(self._hits(1, "192.0.9.1"), [0])

    @freeze_time("2026-03-02 10:00:00")
    def test_one_address_cannot_use_up_the_hour(self):
        self._hits(100)
        self.assertEqual(self._hits(1, "192.0.2.2"), [0])

    @freeze_time("2026-03-02 10:00:00")
    def test_one_network_cannot_use_up_the_hour(self):
        for networks, other in (
            ([f"2001:db8:1:{number}::1" for number in range(9)], "2001:db8:2::1"),
            ([f"192.0.2.{number}" for number in range(9)], "192.0.3.1"),
        ):
            self.limits.search([]).unlink()
            waits = [self.limits._hit(self.company, address) for address in networks]
            self.assertEqual(waits, [0] * 4 + [HOUR] * 5, "half of the hour, then it waits")
            self.assertEqual(self._hits(1, other), [0], "the other half is there for everybody else")

    @freeze_time("2026-03-02 10:00:00")
    def test_a_refused_post_writes_nothing(self):
        """Else parallel posts of one sender fail on one another instead of being told to wait."""
        self._hits(4)
        rows = SQL("SELECT id, ctid::text FROM feedback_limit ORDER BY id")  # ctid: where the row was written last
        before = self.env.execute_query(rows)
        self.assertNotEqual(self._hits(1), [0])
        self.assertEqual(self.env.execute_query(rows), before)

    def test_one_statement(self):
        self._hits(1)
        with self.assertQueryCount(1):
            self._hits(1)

    def test_no_address_is_stored(self):
        self._hits(1, "198.51.100.77")
        rows = self.limits.search([], order="id desc", limit=2)
        self.assertNotIn("198.51", str(rows.read()))
        self.assertIn(self.limits._bucket(self.company, "198.51.100.77"), rows.mapped("bucket"))
        self.limits._renew_key()
        for wide in (False, True):
            self.assertNotIn(self.limits._bucket(self.company, "198.51.100.77", wide=wide), rows.mapped("bucket"))

    @freeze_time("2026-03-02 10:00:00")
    def test_purposes_authorities_and_addresses_never_share_a_bucket(self):
        self.company.write({"feedback_appeal_address_limit": 1, "feedback_appeal_hour_limit": 2})
        self.assertEqual(self._hits(4)[-1], 600, "no more ratings from this address")
        for purpose in ("appeal", "follow", "api", "plain"):
            self.assertEqual(self.limits._hit(self.company, "192.0.2.1", purpose), 0, purpose)
        self.assertTrue(self.limits._hit(self.company, "192.0.2.1", "appeal"))
        self.assertEqual(self._hits(1, company=self.other_company), [0])
        buckets = {
            self.limits._bucket(company, address, purpose, wide)
            for company in (self.company, self.other_company)
            for address in ("192.0.2.1", "192.0.2.2", "198.51.100.1", "2001:db8::1")
            for purpose in ("rating", "appeal", "follow", "api", "plain")
            for wide in (False, True)
        }
        # Two of the addresses are of one network.
        self.assertEqual(len(buckets), 2 * 5 * (4 + 3))

    @freeze_time("2026-03-02 10:00:00")
    def test_hour_of_one_purpose_is_not_that_of_another(self):
        self.company.write({"feedback_appeal_address_limit": 9, "feedback_appeal_hour_limit": 2})
        for number in range(2):
            self.assertEqual(self.limits._hit(self.company, f"192.0.{number}.1", "appeal"), 0)
        self.assertEqual(self.limits._hit(self.company, "192.0.9.1", "appeal"), HOUR)
        self.assertEqual(self._hits(1, "192.0.9.1"), [0])

    @freeze_time("2026-03-02 10:00:00")
    def test_limits_of_the_caller(self):
        waits = [self.limits._hit(self.company, "kiosk-1", "kiosk", limits=(2, 100)) for _hit in range(3)]
        self.assertEqual(waits, [0, 0, 600])

    def test_limit_of_nothing_is_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.company.feedback_follow_hour_limit = 0
            self.company.flush_recordset()

    def test_networks(self):
        self.assertEqual(_network("2001:db8::1"), _network("2001:db8::ffff:1"))
        self.assertNotEqual(_network("2001:db8::1"), _network("2001:db8:0:1::1"))
        self.assertEqual(_network("::ffff:192.0.2.1"), _network("192.0.2.1"))
        self.assertNotEqual(_network("192.0.2.1"), _network("192.0.2.2"))
        self.assertEqual(_network("2001:db8::1", wide=True), _network("2001:db8:0:1::1", wide=True))
        self.assertNotEqual(_network("2001:db8::1", wide=True), _network("2001:db8:1::1", wide=True))
        self.assertEqual(_network("192.0.2.1", wide=True), _network("::ffff:192.0.2.2", wide=True))
        self.assertNotEqual(_network("192.0.2.1", wide=True), _network("192.0.3.1", wide=True))
        self.assertEqual(_network("no address"), "no address")
        self.assertEqual(_network(None), "")

    def test_cron_forgets(self):
        with freeze_time("2026-03-02 08:30:00"):
            self._hits(1)
        with freeze_time("2026-03-02 10:30:00"):
            self._hits(1)
            key = self.limits._key()
            self.limits._cron_forget()
            rows = self.limits.search([("company_id", "=", self.company.id)])
            self.assertEqual(sorted(rows.mapped("is_network")), [False, True], "of the address and of its network")
        self.assertNotEqual(self.env["ir.config_parameter"].sudo().get_param(KEY_PARAMETER), key)
