from odoo.exceptions import UserError
from odoo.http import Controller, request

from ..lib.appeal_form import LINES, CitizenForm, read_appeal
from ..lib.rating_form import clean_text
from ..lib.upload import read_uploads
from .appeal_common import BODY_LIMIT, AppealCommon
from .public import public_route

PURPOSE = "appeal"
CODE_LIMIT = 64


class AppealPages(AppealCommon, Controller):
    """Public pages on which a citizen sends an appeal; without an account, and without a script if need be."""

    # === ROUTES === #

    @public_route("/appeals", methods=["GET"], readonly=True, path_arguments=())
    def appeals_start(self):
        """Tell what can be sent, and within what time the law has it answered."""
        return self._appeal_page("page_appeals", self._use_language(), {"kinds": self._kinds(), **self._law()})

    @public_route("/appeals/new", methods=["GET"], readonly=True, path_arguments=())
    def appeals_form(self):
        """Show the form of an appeal; ``?kind=`` and ``?service=`` fill in what is known."""
        lang = self._use_language()
        arguments = request.httprequest.args
        texts = {name: _code(arguments.get(name, "")) for name in ("kind", "service")}
        return self._appeal_form_page(CitizenForm(texts=texts), lang)

    # No csrf token: it is bound to a session, and there is none. The origin is checked instead.
    @public_route("/appeals/new", methods=["POST"], csrf=False, max_content_length=BODY_LIMIT, path_arguments=())
    def appeals_send(self):
        """Take an appeal, and show its receipt: once, and never again."""
        lang = self._use_language()
        kinds = {kind["code"]: kind["id"] for kind in self._kinds()}
        places = {place["key"]: place["id"] for place in self._places()}
        form = read_appeal(request.httprequest.form, kinds, places)
        form.texts["service"] = _code(request.httprequest.form.get("service", ""))
        uploads = read_uploads(self._sent_files())
        if not self._is_same_origin():
            return self._appeal_form_page(form, lang, uploads, self._origin_text(), 403)
        if self._is_trapped():
            # Whoever fills the field that people don't see need not learn that it was noticed.
            return self._receipt_page(lang, {"code": "", "number": "", "terms": ""})
        if form.errors or uploads.errors:
            alert = request.env._("The appeal was not sent yet. Correct what is marked below.")
            return self._appeal_form_page(form, lang, uploads, alert, 422)
        if alert := self._pass_barrier(PURPOSE) or self._pass_limit(PURPOSE):
            return self._appeal_form_page(form, lang, uploads, alert, 429)
        return self._take_appeal(form, uploads, kinds, places, lang)

    # === TAKING AN APPEAL === #

    def _take_appeal(self, form, uploads, kinds, places, lang):
        values = {
            **{name: form.values[name] for name in ("text", "consent", *LINES) if name in form.values},
            "kind_id": kinds[form.values["kind"]],
            "territory_id": places.get(form.values.get("territory"), False),
            "service_id": self._service_of(form.texts["service"]).id,
            "channel": "web",
            "lang": lang,
            "files": [(upload.name, upload.content) for upload in uploads.files],
        }
        try:
            with request.env.cr.savepoint():
                appeal, code = request.env["feedback.appeal"]._intake(self._company(), values)
        except UserError as error:
            return self._appeal_form_page(form, lang, uploads, str(error), 422)
        return self._receipt_page(
            lang,
            {
                "code": code,
                "number": appeal.number,
                "terms": appeal.kind_id.with_context(lang=request.env.lang).terms_text,
                "is_message": appeal.is_message,
            },
        )

    # === PAGES === #

    def _receipt_page(self, lang, values):
        # Without the links to other languages: they would lead away from a code that is shown once.
        return self._appeal_page("page_appeal_receipt", lang, {"languages": [], **values})

    def _appeal_form_page(self, form, lang, uploads=None, alert="", status=200):
        kinds = self._kinds()
        errors, file_errors = self._error_sentences(form.errors), self._file_sentences(uploads)
        values = {
            "kinds": kinds,
            "places": self._places(),
            "service": self._service_of(form.texts.get("service", "")).name,
            "action": self._appeal_url("/new", lang),
            "alert": alert,
            "texts": form.texts,
            "errors": errors,
            "file_errors": file_errors,
            "wrong": self._wrong(errors, file_errors),
            "lost_files": bool(uploads and uploads.files),
            "consent": self._consent_text(),
            **self._law(),
        }
        if kinds:
            values |= self._barrier_values(PURPOSE)
        return self._appeal_page("page_appeal_form", lang, values, status)

    # === WHAT THE AUTHORITY OFFERS === #

    def _service_of(self, code):
        services = request.env["qms.service"]
        return services._feedback_service(self._company(), code) if code else services

    def _kinds(self):
        """Return the kinds of appeals that citizens may send by the law in force: plain values for the pages."""
        return [
            {
                "id": kind.id,
                "code": kind.code,
                "name": kind.name,
                "who": kind.who_may,
                "terms": kind.terms_text,
                "basis": kind.legal_basis,
            }
            for kind in self._profile().kind_ids.filtered("is_public")
        ]

    def _law(self):
        profile = self._profile()
        return {
            "law": profile.legal_basis,
            "identification": profile.identification,
            "verified_online": profile.verified_online,
        }

    def _profile(self):
        return self._company()._feedback_profile().with_context(lang=request.env.lang)

    def _places(self):
        # sudo: visitors choose a place; its name is all they see.
        places = request.env["feedback.territory"].sudo().search([("company_id", "in", [self._company().id, False])])
        return [{"id": place.id, "key": str(place.id), "name": place.name} for place in places]

    def _consent_text(self):
        _id, words = request.env["feedback.consent"]._current_words(self._company(), PURPOSE)
        return words


def _code(text):
    return clean_text(text, CODE_LIMIT).strip()
