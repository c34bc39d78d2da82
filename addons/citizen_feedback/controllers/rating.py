from collections.abc import Callable
from dataclasses import dataclass, field

from odoo import http
from odoo.http import request
from odoo.tools import groupby

from ..lib.rating_form import (
    COMMENT_LIMIT,
    CONTACT_LIMIT,
    MARKS,
    NOT_APPLICABLE,
    RatingForm,
    clean_text,
    read_rating,
)
from .public import HEADERS, PublicPages, public_route

BODY_LIMIT = 64 * 1024
QUERY_LIMIT = 100


@dataclass
class Way:
    """By which way a rating comes: where its form and its thanks are, what the rating says of it.

    ``home_url`` is where the head of its pages leads, if not to all services.
    ``let_in`` takes the place of the barrier and of the limit of addresses where the way itself is a right: a
    function that counts or uses up that right, and returns for how many seconds the sender has to wait.
    """

    form_url: str
    thanks_url: str
    home_url: str = ""
    vals: dict = field(default_factory=dict)
    template: str = "page_form"
    let_in: Callable[[], int] | None = None


class RatingPages(PublicPages, http.Controller):
    """Public pages on which anyone rates a service.

    Everything a visitor sends passes through ``read_rating``; the database is reached only by the methods of the
    models.
    """

    # === ROUTES === #

    @public_route("/feedback", methods=["GET"], readonly=True, path_arguments=())
    def services(self):
        """List the authority's services, by unit; ``?q=`` narrows the list."""
        lang = self._use_language()
        query = clean_text(request.httprequest.args.get("q", "").strip(), QUERY_LIMIT)
        services = request.env["qms.service"]._feedback_services(self._company(), query)
        units = [
            {
                "name": unit.name,
                "services": [{"name": service.name, "url": self._url(service.code, lang)} for service in members],
            }
            for unit, members in groupby(services, key=lambda service: service.department_id)
        ]
        return self._page("page_services", lang, {"units": units, "query": query, "found": len(services)})

    @public_route("/feedback/thanks", methods=["GET"], readonly=True, path_arguments=())
    def thanks(self):
        """Thank for a rating."""
        return self._page("page_thanks", self._use_language(), {})

    @public_route("/feedback/<path:code>", methods=["GET"], readonly=True, path_arguments=("code",))
    def form(self, code):
        """Show the form of a service."""
        lang = self._use_language()
        service = self._service(code)
        if not service:
            return self._not_found(lang)
        form = RatingForm(texts={"channel": request.httprequest.args.get("channel", "web")})
        return self._form_page(service, form, lang, self._own_way(service, lang))

    # No csrf token: it is bound to a session, and there is none. A forged request could only rate, as anybody
    # can; the origin is checked so that other sites can't make their visitors rate.
    @public_route(
        "/feedback/<path:code>",
        methods=["POST"],
        csrf=False,
        max_content_length=BODY_LIMIT,
        path_arguments=("code",),
    )
    def rate(self, code):
        """Take a rating."""
        lang = self._use_language()
        service = self._service(code)
        if not service:
            return self._not_found(lang)
        return self._answer(service, lang, self._own_way(service, lang))

    # === TAKING A RATING === #

    def _own_way(self, service, lang):
        return Way(self._url(service.code, lang), self._url("thanks", lang))

    def _answer(self, service, lang, way):
        """Take what was posted as a rating of a service, or show the form again and say why not.

        :param service: ``qms.service``
        :param str lang: the language of the page
        :param Way way: by which way it came
        """
        form = read_rating(request.httprequest.form, dict(self._asked(service)))
        if not self._is_same_origin():
            alert = request.env._("The form was sent from another site. Send it again from this page.")
            return self._form_page(service, form, lang, way, alert=alert, status=403)
        if self._is_trapped():
            # Whoever fills the field that people don't see need not learn that it was noticed.
            return self._thank(way)
        if form.errors:
            alert = request.env._("The rating was not sent yet. Correct what is marked below.")
            return self._form_page(service, form, lang, way, alert=alert, status=422)
        return self._take(service, form, lang, way)

    def _take(self, service, form, lang, way):
        if not way.let_in and (alert := self._pass_barrier("rating")):
            return self._form_page(service, form, lang, way, alert=alert, status=422)
        if wait := (way.let_in or self._wait)():
            alert = request.env._(
                "Too many ratings came from your connection or to this authority just now, so yours was not taken. "
                "Keep this page and send it again in %s min.",
                -(-wait // 60),
            )
            response = self._form_page(service, form, lang, way, alert=alert, status=429)
            response.headers["Retry-After"] = str(wait)
            return response
        request.env["feedback.rating"]._intake(service, {**form.values, **way.vals, "lang": lang})
        return self._thank(way)

    def _wait(self):
        return self._hit("rating")

    def _thank(self, way):
        # Redirected, so that reloading the page does not rate again.
        response = request.redirect(way.thanks_url, code=303)
        response.headers.update(HEADERS)
        return response

    # === PAGES === #

    def _service(self, code):
        if clean_text(code) != code:
            return request.env["qms.service"]
        return request.env["qms.service"]._feedback_service(self._company(), code)

    def _form_page(self, service, form, lang, way, alert="", status=200):
        texts = self._error_texts()
        asked = self._asked(service)
        errors = {name: texts[code] for name, code in form.errors.items()}
        questions = dict(asked)
        _id, consent = request.env["feedback.consent"]._current_words(service.company_id, "rating")
        return self._page(
            way.template,
            lang,
            {
                "service": service.name,
                "unit": service.department_id.name,
                "action": way.form_url,
                "alert": alert,
                "texts": form.texts,
                "errors": errors,
                # Errors of aspects are alike: the question tells which one it is.
                "wrong": [
                    {"id": name, "text": f"{questions[name]} {text}" if name in questions else text}
                    for name, text in errors.items()
                ],
                "marks": dict(zip(MARKS, self._mark_texts(), strict=True)),
                "aspects": [{"name": name, "label": question} for name, question in asked],
                "show_aspects": any(name in form.texts or name in form.errors for name, _question in asked),
                "not_applicable": NOT_APPLICABLE,
                "show_contact": bool(form.texts.get("contact") or "contact" in form.errors),
                "comment_limit": COMMENT_LIMIT,
                "contact_limit": CONTACT_LIMIT,
                "consent": consent,
                **({"home_url": way.home_url} if way.home_url else {}),
                **self._barrier_values("rating"),
            },
            status=status,
        )

    def _mark_texts(self):
        _ = request.env._
        return (_("very bad"), _("bad"), _("acceptable"), _("good"), _("excellent"))

    def _asked(self, service):
        return request.env["feedback.aspect"]._asked(service)

    def _error_texts(self):
        _ = request.env._
        return {
            "missing": _("Choose a mark from 1 to 5."),
            "mark": _("This mark does not exist. Choose one from 1 to 5."),
            "long": _("The comment is too long. Shorten it to %s characters.", COMMENT_LIMIT),
            "contact": _("The contact is too long. Shorten it to %s characters.", CONTACT_LIMIT),
            "consent": _("Without your consent the contact is not kept. Give it, or leave the contact out."),
            "characters": _("The comment contains characters that can't be stored. They were removed; send it again."),
        }
