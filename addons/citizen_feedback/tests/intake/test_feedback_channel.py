from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import FeedbackCase


@tagged("post_install", "-at_install")
class TestFeedbackChannel(FeedbackCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.point = cls.env["qms.service.point"].create(
            {"name": "Centre", "code": "C-1", "company_id": cls.company.id, "service_ids": [(4, cls.service.id)]}
        )

    def _channel(self, **vals):
        channels = self.env["feedback.channel"].with_user(self.manager)
        return channels.create({"name": "Hall", "kind": "qr", "company_id": self.company.id, **vals})

    # === ADDRESS === #

    def test_an_address_is_drawn_and_never_chosen(self):
        first = self._channel(token="guess-me")
        second = (
            self.env["feedback.channel"]
            .with_user(self.manager)
            .with_context(default_token="guess-me")
            .create({"name": "Door", "company_id": self.company.id})
        )
        tokens = (first | second).sudo().mapped("token")
        self.assertEqual(len(set(tokens)), 2)
        self.assertNotIn("guess-me", tokens)
        # 96 bits: sixteen characters of six bits each.
        self.assertTrue(all(len(token) >= 16 for token in tokens))
        with self.assertRaises(AccessError):
            first.token = "guess-me"

    def test_a_new_address_ends_the_old_one(self):
        channel = self._channel()
        old = channel.token
        channel.action_new_address()
        channels = self.env["feedback.channel"]
        self.assertFalse(channels._by_token(self.company, old))
        self.assertEqual(channels._by_token(self.company, channel.token), channel)

    def test_an_address_is_open_in_its_time_and_in_its_authority_only(self):
        today = self.company._qms_today()
        for vals, is_open in (
            ({}, True),
            ({"valid_from": today, "valid_to": today}, True),
            ({"valid_from": today + timedelta(days=1)}, False),
            ({"valid_to": today - timedelta(days=1)}, False),
            ({"active": False}, False),
            ({"kind": "api"}, False),
        ):
            channel = self._channel(**vals)
            with self.subTest(vals=vals):
                found = self.env["feedback.channel"]._by_token(self.company, channel.token)
                self.assertEqual(bool(found), is_open)
                self.assertFalse(self.env["feedback.channel"]._by_token(self.other_company, channel.token))

    def test_only_who_works_with_feedback_sees_addresses(self):
        channel = self._channel()
        self.assertTrue(channel.with_user(self.operator).url.endswith(f"/feedback/at/{channel.token}"))
        self.assertEqual(channel.with_user(self.head_user).name, "Hall")
        with self.assertRaises(AccessError):
            channel.with_user(self.head_user).read(["token"])
        with self.assertRaises(AccessError):
            channel.with_user(self.operator).name = "Mine"

    # === WHAT CAN BE RATED === #

    def test_what_can_be_rated_is_narrowed(self):
        other = self._service("T-02", self.other_unit)
        event = self.env["qms.life.event"].create(
            {"name": "Birth", "code": "L-1", "company_id": self.company.id, "service_ids": [(4, other.id)]}
        )
        for vals, services in (
            ({}, self.service | other),
            ({"service_id": other.id}, other),
            ({"point_id": self.point.id}, self.service),
            ({"department_id": self.other_unit.id}, other),
            ({"life_event_id": event.id}, other),
        ):
            with self.subTest(vals=vals):
                self.assertEqual(self._channel(**vals)._services() & (self.service | other), services)

    def test_a_channel_by_which_nothing_can_be_rated_is_refused(self):
        with self.assertRaises(ValidationError):
            self._channel(point_id=self.point.id, department_id=self.other_unit.id)

    def test_a_closed_service_can_no_longer_be_rated(self):
        channel = self._channel(point_id=self.point.id)
        self.service.active = False
        self.assertFalse(channel._services())

    # === KEY === #

    def test_a_key_is_shown_once_and_kept_as_a_digest(self):
        channel = self._channel(kind="api")
        key = channel.action_new_key()["context"]["default_key"]
        self.assertNotIn(key, str(channel.sudo().read()))
        channels = self.env["feedback.channel"]
        self.assertEqual(channels._by_key(key), channel)
        dialog = self.env["feedback.channel.key"].with_user(self.manager).with_context(default_key=key)
        self.assertFalse(dialog.web_save({}, {"key": {}}), "a browser that leaves the dialog stores nothing")
        again = channel.action_new_key()["context"]["default_key"]
        self.assertFalse(channels._by_key(key))
        self.assertEqual(channels._by_key(again), channel)
        with self.assertRaises(ValidationError):
            self._channel().action_new_key()
        with self.assertRaises(AccessError):
            channel.with_user(self.operator).action_new_key()

    # === LIMIT === #

    def test_a_kiosk_has_its_own_limit(self):
        kiosk, other = self._channel(kind="kiosk", hour_limit=3), self._channel(kind="kiosk", hour_limit=3)
        limits = self.env["feedback.limit"].sudo()
        self.assertEqual([limits._hit_channel(kiosk) > 0 for _hit in range(5)], [False] * 3 + [True] * 2)
        self.assertEqual(limits._hit_channel(other), 0)
        self.assertEqual(limits._hit(self.company, "192.0.2.1"), 0)

    # === POSTER === #

    def test_a_poster_speaks_every_language(self):
        self.env["res.lang"]._activate_lang("uk_UA")
        self.env["res.lang"]._activate_lang("ru_RU")
        channel = self._channel(point_id=self.point.id)
        texts = channel._poster()
        self.assertGreaterEqual({text["lang"] for text in texts}, {"en", "uk", "ru"})
        self.assertTrue(channel._qr().startswith("data:image/png;base64,"))
        for size in ("a4", "a5"):
            report = self.env["ir.actions.report"].with_user(self.manager).with_context(force_report_rendering=True)
            pdf, kind = report._render_qweb_pdf(f"citizen_feedback.action_report_channel_poster_{size}", channel.ids)
            self.assertEqual(kind, "pdf")
            self.assertTrue(pdf.startswith(b"%PDF-"))

    def test_no_poster_without_an_address(self):
        with self.assertRaises(UserError):
            self._channel(kind="paper")._poster()

    def test_posters_of_points_make_what_is_missing_once(self):
        point = self.point.with_user(self.manager)
        point.action_feedback_posters()
        point.action_feedback_posters()
        self.assertEqual(len(self.point.feedback_channel_ids), 1)
        self.assertEqual(self.point.feedback_channel_ids._services(), self.service)

    # === OTHER AUTHORITIES === #

    def test_other_authorities_see_nothing(self):
        channel = self._channel()
        self.foreigner.group_ids += self.env.ref("citizen_feedback.group_feedback_manager")
        self.assertFalse(self._abroad("feedback.channel").search([("id", "=", channel.id)]))
