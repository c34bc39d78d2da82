from urllib.parse import quote, urlencode

import babel

from odoo import http
from odoo.http import request
from odoo.modules.module import Manifest

from .barrier import Barrier

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
# What of an address says the same in another language; never the code of a receipt.
KEPT = ("q", "kind", "service", "channel")
# Only a page with a barrier runs scripts: its own ones.
SCRIPT_POLICY = HEADERS["Content-Security-Policy"].replace("script-src 'none'", "script-src 'self'; worker-src 'self'")


def public_route(path, **options):
    """Return the decorator of a page for everybody: no session, no cookie, no arguments but those of the path."""
    return http.route(path, type="http", auth="public", save_session=False, sitemap=False, **options)


class PublicPages(Barrier):
    """What all pages for everybody have in common: whose they are, in which language, and how they look.

    They have their own light layout: no cookie, nothing from a foreign host. A controller takes this class beside
    ``http.Controller``.
    """

    # === WHO ASKS === #

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
        # Asked several times in a request; the answer is kept with it.
        if not hasattr(request, "feedback_company_id"):
            website = request.env["website"].get_current_website()
            request.feedback_company_id = website._get_cached("company_id")
        # sudo: the service's pages show the authority's name and read its limits.
        return request.env["res.company"].sudo().browse(request.feedback_company_id)

    def _languages(self):
        """Return the installed languages: ``{short code: code}``."""
        languages = {}
        for code, _name in request.env["res.lang"].get_installed():
            languages.setdefault(code.split("_")[0], code)
        return languages

    def _use_language(self, own=""):
        """Speak the language asked for by ``?lang=``, else by the browser, else that of the website.

        :param str own: the language of a device that is not the visitor's, instead of that of its browser
        """
        languages = self._languages()
        asked = request.httprequest.args.get("lang", "").lower()
        if asked not in languages:
            asked = own or request.httprequest.accept_languages.best_match(languages)
        if asked not in languages:
            asked = self._website_language(languages)
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

    def _language_url(self, code):
        """Return the address of this page in another language."""
        arguments = request.httprequest.args
        kept = {name: arguments[name] for name in KEPT if name in arguments}
        return f"{quote(request.httprequest.path)}?{urlencode({**kept, 'lang': code})}"

    def _page(self, template, lang, values, status=200):
        values = {
            "page_lang": lang,
            "languages": [
                {"code": code, "name": self._native_name(code), "url": self._language_url(code)}
                for code in self._languages()
            ],
            "authority": self._company().name,
            "home_url": self._url("", lang),
            "stylesheet": self._static(STYLESHEET),
            **values,
        }
        response = request.render(f"citizen_feedback.{template}", values, status=status)
        response.headers.update(HEADERS)
        if "barrier" in values:
            response.headers["Content-Security-Policy"] = SCRIPT_POLICY
        return response

    def _static(self, path):
        """Return the address of one of our files; browsers keep it until the addon changes."""
        return f"{path}?{urlencode({'v': Manifest.for_addon('citizen_feedback').version})}"

    def _too_large(self):
        """Answer a form that was larger than the route allows; nothing of it was read."""
        return self._page("page_too_large", self._use_language(), {}, status=413)

    def _not_found(self, lang):
        return self._page("page_not_found", lang, {}, status=404)
