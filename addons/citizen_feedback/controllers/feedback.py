from urllib.parse import quote, urlencode

import babel

from odoo import http
from odoo.http import request
from odoo.modules.module import Manifest
from odoo.tools import groupby

from ..lib.rating_form import ASPECTS, COMMENT_LIMIT, MARKS, TRAP, RatingForm, clean_text, read_rating

BODY_LIMIT = 64 * 1024
QUERY_LIMIT = 100
STYLESHEET = "/citizen_feedback/static/src/css/feedback.css"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    # Other sites learn nothing. Not "no-referrer": with it browsers hide the Origin of our own form as well.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


def public_route(path, **options):
    """Return the decorator of a page for everybody: no session, no cookie, no arguments but those of the path."""
    return http.route(path, type="http", auth="public", save_session=False, sitemap=False, **options)


class Feedback(http.Controller):
    """Public pages on which anyone rates a service.

    They have their own light layout: no script, no cookie, nothing from a foreign host. Everything a visitor
    sends passes through ``read_rating``; the database is reached only by the methods of the models.
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
        return self._form_page(service, form, lang)

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
        form = read_rating(request.httprequest.form)
        if not self._is_same_origin():
            alert = request.env._("The form was sent from another site. Send it again from this page.")
            return self._form_page(service, form, lang, alert=alert, status=403)
        if form.is_trapped:
            # Whoever fills the field that people don't see need not learn that it was noticed.
            return self._thank(lang)
        if form.errors:
            alert = request.env._("The rating was not sent yet. Correct what is marked below.")
            return self._form_page(service, form, lang, alert=alert, status=422)
        return self._take(service, form, lang)

    # === TAKING A RATING === #

    def _take(self, service, form, lang):
        # sudo: the limiter is nobody's business but the system's.
        wait = request.env["feedback.limit"].sudo()._hit(service.company_id, request.httprequest.remote_addr)
        if wait:
            alert = request.env._(
                "Too many ratings came from your connection or to this authority just now, so yours was not taken. "
                "Keep this page and send it again in %s min.",
                -(-wait // 60),
            )
            response = self._form_page(service, form, lang, alert=alert, status=429)
            response.headers["Retry-After"] = str(wait)
            return response
        request.env["feedback.rating"]._intake(service, {**form.values, "lang": lang})
        return self._thank(lang)

    def _thank(self, lang):
        # Redirected, so that reloading the page does not rate again.
        response = request.redirect(self._url("thanks", lang), code=303)
        response.headers.update(HEADERS)
        return response

    def _is_same_origin(self):
        headers = request.httprequest.headers
        site = headers.get("Sec-Fetch-Site")
        if site:
            return site in ("same-origin", "none")
        # Over plain HTTP browsers send the Origin only; programs that are no browsers send neither.
        origin = headers.get("Origin")
        return not origin or origin.split("://")[-1] == request.httprequest.host

    # === WHERE AND IN WHICH LANGUAGE === #

    def _company(self):
        """Return the authority whose website this is."""
        website = request.env["website"].get_current_website()
        # sudo: the service's pages show the authority's name and read its limits.
        return request.env["res.company"].sudo().browse(website._get_cached("company_id"))

    def _service(self, code):
        if clean_text(code) != code:
            return request.env["qms.service"]
        return request.env["qms.service"]._feedback_service(self._company(), code)

    def _languages(self):
        """Return the installed languages: ``{short code: code}``."""
        languages = {}
        for code, _name in request.env["res.lang"].get_installed():
            languages.setdefault(code.split("_")[0], code)
        return languages

    def _use_language(self):
        """Speak the language asked for by ``?lang=``, else by the browser, else that of the website."""
        languages = self._languages()
        asked = request.httprequest.args.get("lang", "").lower()
        if asked not in languages:
            asked = request.httprequest.accept_languages.best_match(languages) or self._website_language(languages)
        request.update_context(lang=languages[asked])
        return asked

    def _website_language(self, languages):
        website = request.env["website"].get_current_website()
        code = request.env["res.lang"]._get_data(id=website._get_cached("default_lang_id")).code or ""
        short = code.split("_")[0]
        return short if short in languages else next(iter(languages))

    def _native_name(self, code):
        try:
            return babel.Locale.parse(code).display_name.capitalize()
        except (babel.UnknownLocaleError, ValueError):
            return code

    # === PAGES === #

    def _url(self, page, lang, **arguments):
        path = f"/feedback/{quote(page, safe='')}" if page else "/feedback"
        return f"{path}?{urlencode({'lang': lang, **arguments})}"

    def _page(self, template, lang, values, status=200):
        path = quote(request.httprequest.path)
        values = {
            "page_lang": lang,
            "languages": [
                {"code": code, "name": self._native_name(code), "url": f"{path}?{urlencode({'lang': code})}"}
                for code in self._languages()
            ],
            "authority": self._company().name,
            "home_url": self._url("", lang),
            "stylesheet": f"{STYLESHEET}?{urlencode({'v': Manifest.for_addon('citizen_feedback').version})}",
            **values,
        }
        response = request.render(f"citizen_feedback.{template}", values, status=status)
        response.headers.update(HEADERS)
        return response

    def _not_found(self, lang):
        return self._page("page_not_found", lang, {}, status=404)

    def _form_page(self, service, form, lang, alert="", status=200):
        errors = self._error_texts()
        aspects = self._aspect_texts()
        return self._page(
            "page_form",
            lang,
            {
                "service": service.name,
                "unit": service.department_id.name,
                "action": self._url(service.code, lang),
                "alert": alert,
                "texts": form.texts,
                "errors": {name: errors[code] for name, code in form.errors.items()},
                "marks": dict(zip(MARKS, self._mark_texts(), strict=True)),
                "aspects": [{"name": name, "label": aspects[name]} for name in ASPECTS],
                "show_aspects": any(name in form.texts or name in form.errors for name in ASPECTS),
                "comment_limit": COMMENT_LIMIT,
                "trap": TRAP,
            },
            status=status,
        )

    def _mark_texts(self):
        _ = request.env._
        return (_("very bad"), _("bad"), _("acceptable"), _("good"), _("excellent"))

    def _aspect_texts(self):
        _ = request.env._
        return {
            "clarity": _("Was the information clear?"),
            "waiting": _("Was the waiting time acceptable?"),
            "courtesy": _("Were the staff courteous?"),
            "competence": _("Were the staff competent?"),
            "comfort": _("Was it comfortable and convenient?"),
        }

    def _error_texts(self):
        _ = request.env._
        return {
            "missing": _("Choose a mark from 1 to 5."),
            "mark": _("This mark does not exist. Choose one from 1 to 5."),
            "long": _("The comment is too long. Shorten it to %s characters.", COMMENT_LIMIT),
            "characters": _("The comment contains characters that can't be stored. They were removed; send it again."),
        }
