import functools

from werkzeug.exceptions import RequestEntityTooLarge

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..lib.api_request import BODY_LIMIT, BadRequestError, as_form, read_object
from ..lib.appeal_form import read_appeal
from ..lib.rating_form import COMMENT_LIMIT, CONTACT_LIMIT, MARKS, NOT_APPLICABLE, clean_text, read_rating
from .public import HEADERS, PublicPages, public_route

ROOT = "/feedback/api/v1"


def api_route(path, **options):
    """Return the decorator of a method that a portal calls: it gets the channel of the key, and answers JSON always.

    The method returns ``(status, data)``.
    """

    def decorate(method):
        @public_route(ROOT + path, csrf=False, max_content_length=BODY_LIMIT, path_arguments=(), **options)
        @functools.wraps(method)
        def answer(self):
            channel = self._api_channel()
            self._api_language()
            if wait := self._api_wait(channel):
                response = self._api_answer(429, self._api_error("limit"))
                response.headers["Retry-After"] = str(wait)
                return response
            if not channel:
                return self._api_answer(401, self._api_error("key"))
            try:
                return self._api_answer(*method(self, channel))
            except RequestEntityTooLarge:
                return self._api_answer(413, self._api_error("large"))
            except BadRequestError as error:
                return self._api_answer(413 if error.code == "large" else 400, self._api_error(error.code))

        return answer

    return decorate


class FeedbackApi(PublicPages, http.Controller):
    """What a portal or a mobile app does in the name of its channel: list services, send ratings and appeals.

    A key (``Authorization: Bearer …``) tells the channel. Everything that is sent passes through the same readers and
    the same narrow methods as what visitors send. Errors are ``{"error": {"code", "message", "fields"}}``.
    """

    @api_route("/services", methods=["GET"])
    def api_services(self, channel):
        """Return the services that can be rated by the channel."""
        services = [
            {"code": service.code, "name": service.name, "unit": service.department_id.name or ""}
            for service in channel._services()
        ]
        return 200, {"services": services}

    @api_route("/questions", methods=["GET"])
    def api_questions(self, channel):
        """Return the questions of a service's form (``?service=code``) and the marks there are."""
        service = self._api_service(channel, request.httprequest.args.get("service", ""))
        if not service:
            return 404, self._api_error("service")
        return 200, {
            "service": service.code,
            "marks": [int(mark) for mark in MARKS],
            "does_not_apply": NOT_APPLICABLE,
            "comment_limit": COMMENT_LIMIT,
            "questions": service._feedback_questions(),
        }

    @api_route("/ratings", methods=["POST"])
    def api_rate(self, channel):
        """Take a rating: ``{"service": "S-01", "score": 4, "waiting": 5, "comment": "…"}``."""
        fields = self._api_fields()
        service = self._api_service(channel, fields.get("service", ""))
        if not service:
            return 404, self._api_error("service")
        asked = dict(request.env["feedback.aspect"]._asked(service))
        form = read_rating(fields, asked)
        if form.errors:
            return 422, self._api_error("fields", form.errors)
        values = {**form.values, **channel._rating_vals(), "lang": self._api_lang()}
        request.env["feedback.rating"]._intake(service, values)
        return 201, {"taken": True}

    @api_route("/appeal-kinds", methods=["GET"])
    def api_appeal_kinds(self, channel):
        """Return what citizens may send, and within what time the law has it answered."""
        return 200, {
            "kinds": [
                {"code": kind.code, "name": kind.name, "terms": kind.terms_text} for kind in self._api_kinds(channel)
            ]
        }

    @api_route("/appeals", methods=["POST"])
    def api_appeal(self, channel):
        """Take an appeal: ``{"kind": "…", "text": "…", "author_name": "…", …, "consent": true}``.

        The answer holds the receipt, by which its author follows the appeal; it is shown once.
        """
        fields = self._api_fields()
        kinds = {kind.code: kind.id for kind in self._api_kinds(channel)}
        form = read_appeal(fields, kinds)
        service = self._api_service(channel, fields.get("service", ""))
        if fields.get("service") and not service:
            return 404, self._api_error("service")
        if form.errors:
            return 422, self._api_error("fields", {name: f"appeal_{code}" for name, code in form.errors.items()})
        values = {
            **{name: value for name, value in form.values.items() if name != "kind"},
            "kind_id": kinds[form.values["kind"]],
            "service_id": service.id if service else False,
            "channel": "api",
            "lang": self._api_lang(),
        }
        try:
            with request.env.cr.savepoint():
                appeal, receipt = request.env["feedback.appeal"]._intake(channel.company_id, values)
        except UserError as error:
            return 422, {"error": {"code": "fields", "message": str(error)}}
        return 201, {"number": appeal.number, "receipt": receipt}

    # === WHAT ALL HAVE IN COMMON === #

    def _api_channel(self):
        kind, _space, key = request.httprequest.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not key.strip():
            return None
        return request.env["feedback.channel"]._by_key(key.strip())

    def _too_large(self):
        self._api_language()
        return self._api_answer(413, self._api_error("large"))

    def _api_wait(self, channel):
        """Count a call and return for how many seconds its sender has to wait; who has no key is counted, too."""
        # sudo: the limiter is nobody's business but the system's.
        limits = request.env["feedback.limit"].sudo()
        company = channel.company_id if channel else self._company()
        wait = limits._hit(company, request.httprequest.remote_addr, "api")
        return wait or (limits._hit_channel(channel) if channel else 0)

    def _api_language(self):
        """Answer in the language that the portal asks for, if it is installed."""
        languages = {code.split("_")[0]: code for code, _name in request.env["res.lang"].get_installed()}
        asked = request.httprequest.accept_languages.best_match(languages)
        if asked:
            request.update_context(lang=languages[asked])

    def _api_fields(self):
        values = read_object(request.httprequest.get_data())
        # A consent is given or not; any other word than yes is none.
        return {**as_form(values), "consent": "yes" if values.get("consent") is True else ""}

    def _api_lang(self):
        return (request.env.lang or "").split("_")[0]

    def _api_kinds(self, channel):
        profile = channel.company_id._feedback_profile().with_context(lang=request.env.lang)
        return profile.kind_ids.filtered("is_public")

    def _api_service(self, channel, code):
        if not isinstance(code, str) or clean_text(code) != code:
            return None
        return channel._service(code)

    def _api_error(self, code, fields=None):
        texts = self._api_error_texts()
        error = {"code": code, "message": texts[code]}
        if fields:
            error["fields"] = {name: {"code": wrong, "message": texts[wrong]} for name, wrong in fields.items()}
        return {"error": error}

    def _api_error_texts(self):
        _ = request.env._
        return {
            "key": _("The key is missing, wrong or at an end. Ask the authority for the key of your channel."),
            "limit": _("Too much was sent just now. Send it again later."),
            "service": _("There is no such service for this key. Ask for the list of services."),
            "json": _("This is no JSON. Send an object in UTF-8."),
            "object": _("Send a JSON object, not a list or a single value."),
            "large": _("The message is too long."),
            "fields": _("Some fields are wrong, so nothing was stored. Correct them."),
            "missing": _("Choose a mark from 1 to 5."),
            "mark": _("This mark does not exist. Choose one from 1 to 5."),
            "long": _("The comment is too long. Shorten it to %s characters.", COMMENT_LIMIT),
            "contact": _("The contact is too long. Shorten it to %s characters.", CONTACT_LIMIT),
            "consent": _("Without consent the contact is not kept. Send the consent, or leave the contact out."),
            "appeal_missing": _("This is missing."),
            "appeal_long": _("This is too long."),
            "appeal_characters": _("The text contains characters that can't be stored. Send it without them."),
            "appeal_choice": _("This is not offered here. Choose another one."),
            "appeal_contact": _("This is neither an e-mail address nor a phone number."),
            "characters": _("The comment contains characters that can't be stored. They were removed; send it again."),
        }

    def _api_answer(self, status, data):
        response = request.make_json_response(data, status=status)
        response.headers.update(HEADERS)
        return response
