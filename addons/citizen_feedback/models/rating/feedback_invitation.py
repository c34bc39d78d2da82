import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import email_normalize

from ..intake.feedback_channel import STAFF, TOKEN_BYTES, qr_picture

# What came of the service may be rated for so many days.
VALID_DAYS = 30


class FeedbackInvitation(models.Model):
    """A link with which one person rates one service, once, after it was given or refused.

    The rating does not name the invitation, nor the invitation the rating: only that the link was used is known. The
    address it was sent to is forgotten as soon as the mail is queued.
    """

    _name = "feedback.invitation"
    _description = "Invitation to Rate"
    _inherit = ["qms.frozen.mixin", "qms.origin.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _rec_name = "service_id"
    _state_initial = "open"
    _frozen_states = ("used", "expired")
    _by_method = frozenset({"is_mailed"})
    # The second in which a link was used would tell which rating is whose.
    _log_access = False

    service_id = fields.Many2one("qms.service", required=True, index=True, check_company=True, ondelete="restrict")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        compute="_compute_company_id",
        store=True,
        precompute=True,
    )
    point_id = fields.Many2one("qms.service.point", check_company=True, ondelete="restrict")
    channel_id = fields.Many2one(
        "feedback.channel", check_company=True, domain=[("kind", "=", "link")], ondelete="restrict"
    )
    email = fields.Char(copy=False, help="Forgotten as soon as the mail is queued.")
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(), "Language", default=lambda self: self.env.lang
    )
    date_end = fields.Date(
        "Valid until",
        required=True,
        default=lambda self: self.env.company._qms_today() + timedelta(days=VALID_DAYS),
    )
    state = fields.Selection(
        [("open", "Open"), ("used", "Used"), ("expired", "Expired")],
        required=True,
        readonly=True,
        default="open",
        copy=False,
        index=True,
    )
    is_mailed = fields.Boolean("Mailed", readonly=True, copy=False)
    token = fields.Char(readonly=True, copy=False, groups=STAFF)
    url = fields.Char("Link", compute="_compute_url", groups=STAFF)
    qr = fields.Binary("QR Code", compute="_compute_qr", groups=STAFF)

    _token_once = models.UniqueIndex("(token) WHERE token IS NOT NULL")

    # === CONSTRAINTS === #

    @api.constrains("email")
    def _check_email(self):
        for invitation in self:
            if invitation.email and not email_normalize(invitation.email):
                raise ValidationError(self.env._("“%s” is no e-mail address. Correct it.", invitation.email))

    @api.constrains("date_end")
    def _check_date_end(self):
        for invitation in self:
            if invitation.date_end < invitation.company_id._qms_today():
                raise ValidationError(self.env._("The link would have ended already. Choose a later day."))

    # === COMPUTES === #

    @api.depends("service_id")
    def _compute_company_id(self):
        for invitation in self:
            invitation.company_id = invitation.service_id.company_id

    @api.depends("token", "company_id")
    def _compute_url(self):
        channels = self.env["feedback.channel"]
        for invitation in self:
            has_link = invitation.token and invitation.state == "open"
            invitation.url = (
                has_link and f"{channels._base_url(invitation.company_id)}/feedback/once/{invitation.token}"
            )

    @api.depends("url")
    def _compute_qr(self):
        for invitation in self:
            invitation.qr = invitation.url and qr_picture(invitation.url)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        drawn = [{**vals, "token": secrets.token_urlsafe(TOKEN_BYTES)} for vals in vals_list]
        return super().create(drawn)

    def _check_not_frozen(self, vals):
        super()._check_not_frozen(vals)
        if "token" in vals:
            raise UserError(self.env._("The code of a link is drawn, not chosen. Make another invitation."))

    # === ACTIONS === #

    def action_send(self):
        """Queue the mail with the link; the address is forgotten then."""
        for invitation in self:
            invitation._check_state("open")
            if not invitation.email:
                raise UserError(self.env._("Enter the e-mail address first, or let the person scan the QR code."))
        self.check_access("write")
        self._send()
        return True

    # === BUSINESS METHODS === #

    @api.model
    def _invite(self, record, service, email=False, point=False, lang=False):
        """Invite the person whose request was decided, whatever the decision, to rate the service.

        :param record: what the service was given in (``feedback.case``); noted as the origin
        :param service: ``qms.service``
        :param str email: where the mail goes; without it the QR code is shown at the window
        :param point: ``qms.service.point`` where it was given
        :param str lang: the language of the person
        :return: the invitation
        """
        invitation = self.create(
            {
                **self._origin_vals(record),
                "service_id": service.id,
                "point_id": point and point.id,
                "email": email,
                **({"lang": lang} if lang else {}),
            }
        )
        if email:
            invitation._send()
        return invitation

    @api.model
    def _by_token(self, company, token):
        """Return the open invitation of an authority with this link; empty where it was used or has ended.

        :param company: ``res.company``
        :param str token: the last part of the link
        """
        # sudo: visitors have no right on invitations; they know the link.
        found = self.sudo().search(
            [("token", "=", token), ("company_id", "=", company.id), ("state", "=", "open")], limit=1
        )
        return found.filtered(lambda invitation: invitation.date_end >= company._qms_today())

    def _use(self):
        """Close the link: it was used. Of two uses at once the database lets one through, the other finds it closed."""
        self._transition({"state": "used", "token": False, "email": False})

    def _rating_vals(self):
        """Return what a rating that comes by this link says of its way."""
        self.ensure_one()
        return {"channel": "link", "channel_id": self.channel_id.id, "point_id": self.point_id.id}

    def _send(self):
        mails = [invitation._mail_vals() for invitation in self]
        # sudo: operators write no mails; this one has a fixed text and goes to the address of the invitation.
        self.env["mail.mail"].sudo().create(mails)
        self._transition({"is_mailed": True, "email": False})

    def _mail_vals(self):
        self.ensure_one()
        told = self.with_context(lang=self.lang or self.company_id.partner_id.lang)
        body = told.env["ir.qweb"]._render(
            "citizen_feedback.invitation_mail",
            # sudo: the name of the service and of the authority, which the mail tells.
            {"url": told.url, "sentence": told._mail_sentence(told.service_id.sudo(), told.company_id.sudo())},
            lang=told.env.lang,
        )
        return {
            "subject": told.env._("How was the service “%s”?", told.service_id.name),
            "body_html": body,
            "email_to": self.email,
            "email_from": self.company_id.email_formatted or self.env.user.email_formatted,
            "auto_delete": True,
        }

    def _mail_sentence(self, service, authority):
        return self.env._(
            "%(authority)s has decided on your request for the service “%(service)s”. Please tell us how it went, "
            "whatever the decision was: it takes less than a minute.",
            authority=authority.name,
            service=service.name,
        )

    # === CRONS === #

    @api.model
    def _cron_expire(self):
        """Close links whose time is over, and forget their addresses."""
        # sudo: the cron works for all authorities.
        for company in self.env["res.company"].sudo().search([]):
            late = self.sudo().search(
                [("company_id", "=", company.id), ("state", "=", "open"), ("date_end", "<", company._qms_today())]
            )
            late._transition({"state": "expired", "token": False, "email": False})
