from urllib.parse import quote, urlencode

from odoo.http import request
from odoo.tools import groupby

from ..lib.rating_form import RatingForm, clean_text
from .public import public_route
from .rating import BODY_LIMIT, RatingPages, Way

KIOSK_STYLESHEET = "/citizen_feedback/static/src/css/kiosk.css"
# Seconds after which a kiosk stands at its beginning again: after thanks, and when somebody has gone away.
THANKS_SECONDS = 8
IDLE_SECONDS = 90


class ChannelPages(RatingPages):
    """Pages that know by which way somebody came: a poster, a kiosk, a link that was sent."""

    # === ROUTES OF A CHANNEL === #

    @public_route("/feedback/at/<string:token>", methods=["GET"], readonly=True, path_arguments=("token",))
    def channel_start(self, token):
        """Show what can be rated by a channel: the form where it is one service, else a list."""
        channel, lang = self._arrive(token)
        services = channel and channel._services()
        if not services:
            return self._no_such_link(lang, channel)
        if len(services) == 1:
            return self._channel_form(channel, services, lang)
        template = "page_kiosk_services" if channel.kind == "kiosk" else "page_channel_services"
        units = [
            {
                "name": unit.name,
                "services": [
                    {"name": service.name, "url": self._channel_url(channel, service, lang)} for service in members
                ],
            }
            for unit, members in groupby(services, key=lambda service: service.department_id)
        ]
        response = self._page(template, lang, {"units": units, **self._channel_values(channel)})
        return self._returning(response, channel, IDLE_SECONDS if request.httprequest.query_string else 0)

    @public_route(
        "/feedback/at/<string:token>/<path:code>", methods=["GET"], readonly=True, path_arguments=("token", "code")
    )
    def channel_form(self, token, code):
        """Show the form of one of a channel's services."""
        channel, lang = self._arrive(token)
        service = channel and self._service_of(channel, code)
        return self._channel_form(channel, service, lang) if service else self._no_such_link(lang, channel)

    # No csrf token: see RatingPages.rate
    @public_route(
        "/feedback/at/<string:token>/<path:code>",
        methods=["POST"],
        csrf=False,
        max_content_length=BODY_LIMIT,
        path_arguments=("token", "code"),
    )
    def channel_rate(self, token, code):
        """Take a rating that comes by a channel."""
        channel, lang = self._arrive(token)
        service = channel and self._service_of(channel, code)
        if not service:
            return self._no_such_link(lang, channel)
        response = self._answer(service, lang, self._channel_way(channel, service, lang))
        return self._returning(response, channel, IDLE_SECONDS)

    @public_route("/feedback/done/<string:token>", methods=["GET"], readonly=True, path_arguments=("token",))
    def channel_thanks(self, token):
        """Thank at a kiosk, which then returns to its beginning by itself."""
        channel, lang = self._arrive(token)
        if not channel:
            return self._no_such_link(lang)
        response = self._page("page_kiosk_thanks", lang, self._channel_values(channel))
        return self._returning(response, channel, THANKS_SECONDS)

    # === ROUTES OF A LINK === #

    @public_route("/feedback/once/<string:token>", methods=["GET"], readonly=True, path_arguments=("token",))
    def once_form(self, token):
        """Show the form to somebody who was invited to rate a service once."""
        lang = self._use_language()
        invitation = self._invitation(token)
        if not invitation:
            return self._no_such_link(lang)
        return self._form_page(invitation.service_id, RatingForm(), lang, self._once_way(invitation, lang))

    # No csrf token: see RatingPages.rate
    @public_route(
        "/feedback/once/<string:token>",
        methods=["POST"],
        csrf=False,
        max_content_length=BODY_LIMIT,
        path_arguments=("token",),
    )
    def once_rate(self, token):
        """Take the rating of somebody who was invited; the link is used up by it."""
        lang = self._use_language()
        invitation = self._invitation(token)
        if not invitation:
            return self._no_such_link(lang)
        return self._answer(invitation.service_id, lang, self._once_way(invitation, lang))

    # === WAYS === #

    def _arrive(self, token):
        """Return the channel of an address, None or empty where there is none, and the language to speak."""
        channel = self._channel(token)
        lang = self._use_language(self._kiosk_language(channel))
        return channel and channel.with_context(lang=request.env.lang), lang

    def _kiosk_language(self, channel):
        """Return the language in which a kiosk begins; "" for what stands on the visitor's own device."""
        if not channel or channel.kind != "kiosk":
            return ""
        return (channel.lang or "").split("_")[0] or self._website_language(self._languages())

    def _channel(self, token):
        # A visitor may send anything; what no address holds is not looked for.
        if clean_text(token) != token:
            return None
        return request.env["feedback.channel"]._by_token(self._company(), token)

    def _service_of(self, channel, code):
        return channel._service(code) if clean_text(code) == code else None

    def _invitation(self, token):
        if clean_text(token) != token:
            return None
        return request.env["feedback.invitation"]._by_token(self._company(), token)

    def _channel_way(self, channel, service, lang):
        is_kiosk = channel.kind == "kiosk"
        return Way(
            form_url=self._channel_url(channel, service, lang),
            thanks_url=f"/feedback/done/{channel.token}?{urlencode({'lang': lang})}"
            if is_kiosk
            else self._url("thanks", lang),
            # Whoever touches the head of a kiosk's page must not leave the kiosk.
            home_url=self._start_url(channel) if is_kiosk else "",
            vals=channel._rating_vals(),
            template="page_kiosk_form" if is_kiosk else "page_form",
            # Only who stands before the kiosk knows its address, and all of them share one connection.
            # sudo: the limiter is nobody's business but the system's.
            let_in=(lambda: request.env["feedback.limit"].sudo()._hit_channel(channel)) if is_kiosk else None,
        )

    def _once_way(self, invitation, lang):
        def let_in():
            invitation._use()
            return 0

        return Way(
            form_url=f"/feedback/once/{invitation.token}?{urlencode({'lang': lang})}",
            thanks_url=self._url("thanks", lang),
            vals=invitation._rating_vals(),
            let_in=let_in,
        )

    # === PAGES === #

    def _channel_url(self, channel, service, lang):
        return f"/feedback/at/{channel.token}/{quote(service.code, safe='')}?{urlencode({'lang': lang})}"

    def _channel_form(self, channel, service, lang):
        response = self._form_page(service, RatingForm(), lang, self._channel_way(channel, service, lang))
        # The start of a kiosk stays; from any other page it returns.
        is_start = request.httprequest.path.count("/") == 3 and not request.httprequest.query_string
        return self._returning(response, channel, 0 if is_start else IDLE_SECONDS)

    def _start_url(self, channel):
        # Without a language: at its beginning a kiosk speaks its own.
        return f"/feedback/at/{channel.token}"

    def _channel_values(self, channel):
        start = self._start_url(channel)
        home = {"home_url": start} if channel.kind == "kiosk" else {}
        return {"channel": channel.name, "point": channel.point_id.name, "start_url": start, **home}

    def _returning(self, response, channel, seconds):
        """Have a kiosk return to its beginning by itself; other pages never leave who reads them."""
        if channel.kind == "kiosk" and seconds and response.status_code != 303:
            response.headers["Refresh"] = f"{seconds}; url={self._start_url(channel)}"
        return response

    def _page(self, template, lang, values, status=200):
        if template.startswith("page_kiosk_"):
            values = {"kiosk_stylesheet": self._static(KIOSK_STYLESHEET), **values}
        return super()._page(template, lang, values, status=status)

    def _no_such_link(self, lang, channel=None):
        """Say that an address leads nowhere; a kiosk, whose service was closed meanwhile, returns from there, too."""
        if not channel:
            return self._page("page_no_such_link", lang, {}, status=404)
        response = self._page("page_no_such_link", lang, self._channel_values(channel), status=404)
        return self._returning(response, channel, THANKS_SECONDS)
