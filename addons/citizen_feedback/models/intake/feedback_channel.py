import base64
import hashlib
import io
import secrets

import qrcode

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

# What an address of a channel is made of: 96 bits, so that nobody finds another one by trying.
TOKEN_BYTES = 12
KEY_BYTES = 32
KINDS = [
    ("page", "Public page"),
    ("qr", "QR code"),
    ("kiosk", "Kiosk"),
    ("operator", "Phone or visit"),
    ("paper", "Paper questionnaire"),
    ("api", "Portal or mobile app"),
    ("link", "Link after a service"),
]
# Kinds that people open in a browser, by the channel's own address.
ADDRESSED = ("page", "qr", "kiosk")
# How a rating names its way.
RATING_CHANNELS = {
    "page": "web",
    "qr": "qr",
    "kiosk": "kiosk",
    "operator": "other",
    "paper": "paper",
    "api": "api",
    "link": "link",
}
# Who sees an address can send by it: that of a kiosk is nobody else's.
STAFF = "citizen_feedback.group_feedback_operator,citizen_feedback.group_feedback_manager"
# What a visitor sees of a service.
SHOWN = ("code", "name", "company_id", "department_id")
# Only the system writes these: who knows them rates in the channel's name.
SECRETS = frozenset({"token", "key_digest", "date_key"})


class FeedbackChannel(models.Model):
    """A way by which ratings arrive: the poster on a wall, the kiosk in a hall, the city's portal.

    What can be rated by it is narrowed by a service, a unit, a service point or a life situation.
    """

    _name = "feedback.channel"
    _description = "Channel of Feedback"
    _order = "kind, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, help="Stands on the poster and above the kiosk's questions.")
    kind = fields.Selection(KINDS, required=True, default="qr")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    service_id = fields.Many2one("qms.service", check_company=True, index="btree_not_null", ondelete="restrict")
    department_id = fields.Many2one("hr.department", "Unit", check_company=True, index="btree_not_null")
    point_id = fields.Many2one("qms.service.point", check_company=True, index="btree_not_null", ondelete="restrict")
    life_event_id = fields.Many2one("qms.life.event", "Life Situation", check_company=True, index="btree_not_null")
    valid_from = fields.Date()
    valid_to = fields.Date()
    active = fields.Boolean(default=True)
    hour_limit = fields.Integer(
        "Ratings per Hour",
        default=300,
        required=True,
        help="So many ratings are taken in an hour from a kiosk, or by the key of a portal. Visitors of a kiosk share "
        "one connection, so the limit of addresses does not hold for them.",
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language of the Kiosk",
        help="The kiosk begins in it; a visitor may choose another one for himself. Empty: the language of the "
        "website.",
    )
    token = fields.Char("Code of the Address", readonly=True, copy=False, groups=STAFF)
    url = fields.Char("Address", compute="_compute_url", groups=STAFF)
    key_digest = fields.Char(readonly=True, copy=False, groups="base.group_system")
    date_key = fields.Date("Key given on", readonly=True, copy=False)

    _token_once = models.UniqueIndex("(token)")
    _key_once = models.UniqueIndex("(key_digest) WHERE key_digest IS NOT NULL")
    _limit_positive = models.Constraint(
        "CHECK (hour_limit > 0)", "The limit of ratings must be greater than zero. Archive the channel to close it."
    )
    _validity = models.Constraint(
        "CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)",
        "The channel ends before it begins. Correct one of the two days.",
    )

    # === CONSTRAINTS === #

    @api.constrains("service_id", "department_id", "point_id", "life_event_id", "kind")
    def _check_something_to_rate(self):
        for channel in self:
            if channel.kind in ADDRESSED and channel._is_narrowed() and not channel._services():
                raise ValidationError(
                    self.env._(
                        "No service can be rated by “%s”: none fits its service, unit, service point and life "
                        "situation together. Leave one of them out.",
                        channel.name,
                    )
                )

    # === COMPUTES === #

    @api.depends("token", "kind", "company_id")
    def _compute_url(self):
        for channel in self:
            has_address = channel.kind in ADDRESSED and channel.token
            channel.url = has_address and f"{channel._base_url(channel.company_id)}/feedback/at/{channel.token}"

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # Neither values nor defaults of a context choose a code.
        context = {key: value for key, value in self.env.context.items() if key.removeprefix("default_") not in SECRETS}
        drawn = [
            {**{name: value for name, value in vals.items() if name not in SECRETS}, "token": self._draw_token()}
            for vals in vals_list
        ]
        return super(FeedbackChannel, self.with_context(context)).create(drawn)

    def write(self, vals):
        if SECRETS & set(vals) and not self.env.su:
            raise AccessError(
                self.env._("The code of an address and the key of a portal are drawn, not chosen. Use the buttons.")
            )
        return super().write(vals)

    # === ACTIONS === #

    def action_new_address(self):
        """Draw a new address: posters and kiosks with the old one are at an end."""
        self.check_access("write")
        for channel in self:
            # sudo: nobody chooses a code; who may change the channel may have a new one drawn.
            channel.sudo().token = self._draw_token()
        return True

    def action_new_key(self):
        """Draw the key by which a portal or an app sends; an earlier one is at an end.

        :return: the action of a dialog that shows the key, once
        """
        self.ensure_one()
        self.check_access("write")
        if self.kind != "api":
            raise ValidationError(self.env._("Only a portal or mobile app has a key. Open its own channel."))
        key = secrets.token_urlsafe(KEY_BYTES)
        # sudo: as in action_new_address; of the key itself only a digest is kept.
        self.sudo().write({"key_digest": _digest(key), "date_key": self.company_id._qms_today()})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Key of the Portal"),
            "res_model": "feedback.channel.key",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_key": key},
        }

    def action_open_address(self):
        """Open the channel's page in the browser."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.url, "target": "new"}

    # === BUSINESS METHODS === #

    @api.model
    def _base_url(self, company):
        """Return the beginning of the addresses of an authority's public pages: its website's domain, if it has one."""
        # sudo: who prints a poster reads no websites.
        website = self.env["website"].sudo().search([("company_id", "=", company.id)], limit=1)
        return (website or self).get_base_url()

    @api.model
    def _draw_token(self):
        return secrets.token_urlsafe(TOKEN_BYTES)

    @api.model
    def _by_token(self, company, token):
        """Return the open channel of an authority with this address; empty where there is none.

        :param company: ``res.company``
        :param str token: the last part of the address
        """
        # sudo: visitors have no right on channels; they know the address.
        found = self.sudo().search(
            [("token", "=", token), ("company_id", "=", company.id), ("kind", "in", ADDRESSED)], limit=1
        )
        return found.filtered(lambda channel: channel._is_open())

    @api.model
    def _by_key(self, key):
        """Return the open channel whose portal has this key; empty where there is none."""
        # sudo: a portal is no user; its key is its right.
        found = self.sudo().search([("key_digest", "=", _digest(key)), ("kind", "=", "api")], limit=1)
        return found.filtered(lambda channel: channel._is_open())

    def _is_open(self):
        self.ensure_one()
        today = self.company_id._qms_today()
        return (not self.valid_from or self.valid_from <= today) and (not self.valid_to or today <= self.valid_to)

    def _is_narrowed(self):
        self.ensure_one()
        return bool(self.service_id or self.department_id or self.point_id or self.life_event_id)

    def _services(self):
        """Return the services that can be rated by this channel (``qms.service``), by unit and code."""
        # sudo: visitors have no right on services; the channel decides what they see.
        return self.env["qms.service"].sudo().search(self._service_domain(), order="department_id, code, id")

    def _service(self, code):
        """Return the service of a code, if it can be rated by this channel."""
        domain = self._service_domain() & Domain("code", "=", code)
        # sudo: as in _services; just what the form shows, as a service has many more fields.
        return self.env["qms.service"].sudo().search_fetch(domain, SHOWN, limit=1)

    def _service_domain(self):
        self.ensure_one()
        domain = Domain("company_id", "=", self.company_id.id)
        if self.service_id:
            domain &= Domain("id", "=", self.service_id.id)
        if self.department_id:
            domain &= Domain("department_id", "child_of", self.department_id.id)
        if self.point_id:
            domain &= Domain("point_ids", "=", self.point_id.id)
        if self.life_event_id:
            domain &= Domain("life_event_ids", "child_of", self.life_event_id.id)
        return domain

    def _rating_vals(self):
        """Return what a rating that comes by this channel says of its way."""
        self.ensure_one()
        return {"channel": RATING_CHANNELS[self.kind], "channel_id": self.id, "point_id": self.point_id.id}

    def _qr(self):
        """Return the address as a QR code: a PNG picture as a ``data:`` URL."""
        self.ensure_one()
        return f"data:image/png;base64,{qr_picture(self.url).decode()}"


def qr_picture(address):
    """Return an address as a QR code: a PNG picture in Base64.

    Not by Odoo's barcodes, whose library draws pictures only with one more that Odoo does not ask for.

    :rtype: bytes
    """
    # The middle level of correction: a scratched poster can still be read.
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=20)
    code.add_data(address)
    stream = io.BytesIO()
    code.make_image().save(stream, "PNG")
    return base64.b64encode(stream.getvalue())


def _digest(key):
    # A key of 256 random bits can't be guessed from a fast digest; the database must not hold the key itself.
    return hashlib.sha256(key.encode()).hexdigest()
