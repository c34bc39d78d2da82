import re

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import format_date

from .public import HEADERS, PublicPages, public_route

BODY_LIMIT = 16 * 1024
PURPOSE = "questionnaire"
# What addresses are made of; anything else need not be looked up.
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")


class QuestionnairePages(PublicPages, http.Controller):
    """The page from which an anonymous answer to a questionnaire is begun; it goes on in Odoo's survey."""

    # === ROUTES === #

    @public_route("/feedback/questionnaire/<string:token>", methods=["GET"], readonly=True, path_arguments=("token",))
    def questionnaire(self, token):
        """Tell what is asked, by whom and until when."""
        lang = self._use_language()
        wave = self._wave(token)
        return self._questionnaire_page(wave, lang) if wave else self._no_questionnaire(lang)

    # No csrf token: it is bound to a session, and there is none. The barrier stands in the form instead.
    @public_route(
        "/feedback/questionnaire/<string:token>",
        methods=["POST"],
        csrf=False,
        max_content_length=BODY_LIMIT,
        path_arguments=("token",),
    )
    def begin_questionnaire(self, token):
        """Begin an answer, and go on to its questions."""
        lang = self._use_language()
        wave = self._wave(token)
        if not wave:
            return self._no_questionnaire(lang)
        if not self._is_same_origin():
            alert = request.env._("The form was sent from another site. Send it again from this page.")
            return self._questionnaire_page(wave, lang, alert, 403)
        if self._is_trapped():
            return self._questionnaire_page(wave, lang)
        if alert := self._questionnaire_refusal():
            return self._questionnaire_page(wave, lang, alert, 422)
        try:
            address = wave._begin_answer()
        except UserError:
            # The survey was closed or set to ask for a login meanwhile.
            return self._no_questionnaire(lang)
        response = request.redirect(address, code=303)
        response.headers.update(HEADERS)
        return response

    # === PAGES === #

    def _wave(self, token):
        """Return the round that takes answers at an address today; empty where there is none."""
        waves = request.env["feedback.wave"]
        return waves._open_wave(self._company(), token) if TOKEN.fullmatch(token) else waves

    def _questionnaire_refusal(self):
        """Return why no answer is begun now; "" if one is."""
        if not request.env.user._is_public():
            return request.env._(
                "You are logged in, so your answers would bear your name. Open this address in a private window of "
                "your browser."
            )
        if alert := self._pass_barrier(PURPOSE):
            return alert
        company = self._company()
        # sudo: the limiter is nobody's business but the system's.
        limits = request.env["feedback.limit"].sudo()
        # Begun as often as services are rated, but counted apart from them.
        wait = limits._hit(company, request.httprequest.remote_addr, PURPOSE, company._feedback_limits("rating"))
        return wait and request.env._(
            "Too many answers were begun from your connection just now. Try again in %s min.", -(-wait // 60)
        )

    def _questionnaire_page(self, wave, lang, alert="", status=200):
        survey = wave.survey_id
        values = {
            "questionnaire": survey.title,
            "service_name": wave.service_id.name,
            "until": request.env._("Answers are taken until %s.", format_date(request.env, wave.date_to)),
            "alert": alert,
            **self._barrier_values(PURPOSE),
        }
        return self._page("page_questionnaire", lang, values, status=status)

    def _no_questionnaire(self, lang):
        return self._page("page_no_questionnaire", lang, {}, status=404)
