from odoo import SUPERUSER_ID
from odoo.exceptions import UserError
from odoo.http import Controller, content_disposition, request
from odoo.tools import format_date

from ..lib.appeal_form import CitizenForm, read_code, read_message, read_satisfaction
from ..lib.upload import read_uploads
from .appeal_common import BODY_LIMIT, AppealCommon
from .public import HEADERS, public_route

PURPOSE = "follow"
FORM_LIMIT = 64 * 1024
# Addresses that a form leads to.
STEPS = ("follow/message", "follow/answer", "follow/reopen", "follow/file")
# Whatever a file claims to be: the browser saves it, and neither shows nor runs it.
FILE_HEADERS = {
    **HEADERS,
    "Content-Type": "application/octet-stream",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


def follow_route(path, limit=FORM_LIMIT):
    """Return the decorator of an address that is reached by a form with the receipt code in it."""
    # No csrf token: there is no session. Without the code, which only its holder knows, nothing happens.
    return public_route(path, methods=["POST"], csrf=False, max_content_length=limit, path_arguments=())


class FollowPages(AppealCommon, Controller):
    """Public pages on which an author follows his appeal by its receipt code.

    The code travels in forms only: an address would keep it in the history of the browser and in the logs of servers.
    A wrong code, one of another authority and one that was never given are answered alike.
    """

    # === ROUTES === #

    @public_route("/appeals/follow", methods=["GET"], readonly=True, path_arguments=())
    def follow_ask(self):
        """Ask for the receipt code."""
        return self._code_page(self._use_language())

    @follow_route("/appeals/follow")
    def follow_open(self):
        """Show the appeal of a code."""
        lang = self._use_language()
        appeal, refusal = self._appeal_of_code(lang)
        return refusal or self._follow_page(appeal, lang)

    # csrf=False: nothing is done here, whoever sends a form.
    @public_route("/appeals/<path:page>", csrf=False, readonly=True, path_arguments=("page",))
    def follow_again(self, page):
        """Ask for the code where somebody opens the address of a step anew: a browser shows it like any other.

        What else is asked for is not there; we say so ourselves, as the website's page breaks on dots in an address.
        """
        lang = self._use_language()
        if page in STEPS and request.httprequest.method == "GET":
            return self._code_page(lang)
        return self._not_found(lang)

    @follow_route("/appeals/follow/message", BODY_LIMIT)
    def follow_write(self):
        """Add what the author writes, with files."""
        lang = self._use_language()
        appeal, refusal = self._appeal_of_code(lang)
        if refusal:
            return refusal
        form, uploads = read_message(request.httprequest.form), read_uploads(self._sent_files())
        if form.errors or uploads.errors:
            return self._follow_page(appeal, lang, message=form, uploads=uploads, status=422)
        if self._was_said(appeal, form.values["text"]):
            return self._follow_page(appeal, lang, notice=request.env._("This was sent already."))
        files = [(upload.name, upload.content) for upload in uploads.files]
        error = self._try(lambda: appeal._add_message(form.values["text"], files))
        if error:
            return self._follow_page(appeal, lang, message=form, alert=error, status=422)
        return self._follow_page(appeal, lang, notice=request.env._("Your message was added."))

    @follow_route("/appeals/follow/answer")
    def follow_rate(self):
        """Note what the author thinks of the answer."""
        lang = self._use_language()
        appeal, refusal = self._appeal_of_code(lang)
        if refusal:
            return refusal
        form = read_satisfaction(request.httprequest.form)
        if form.errors:
            return self._follow_page(appeal, lang, satisfaction=form, status=422)
        error = self._try(lambda: appeal._rate_answer(form.values["score"], form.values["is_solved"]))
        if error:
            return self._follow_page(appeal, lang, satisfaction=form, alert=error, status=422)
        return self._follow_page(appeal, lang, notice=request.env._("Thank you for your mark."))

    @follow_route("/appeals/follow/reopen")
    def follow_reopen(self):
        """Take the appeal up again, at its author's wish."""
        lang = self._use_language()
        appeal, refusal = self._appeal_of_code(lang)
        if refusal:
            return refusal
        form = read_message(request.httprequest.form)
        if form.errors:
            return self._follow_page(appeal, lang, reopening=form, status=422)
        error = self._try(lambda: appeal._reopen(form.values["text"]))
        if error:
            return self._follow_page(appeal, lang, reopening=form, alert=error, status=422)
        return self._follow_page(appeal, lang, notice=request.env._("Your appeal is being considered again."))

    @follow_route("/appeals/follow/file")
    def follow_file(self):
        """Hand out a file of the appeal, to be saved."""
        lang = self._use_language()
        appeal, refusal = self._appeal_of_code(lang)
        if refusal:
            return refusal
        wanted = request.httprequest.form.get("file", "")
        file = self._files_of(appeal).filtered(lambda attachment: str(attachment.id) == wanted)
        if not file:
            return self._follow_page(appeal, lang, alert=request.env._("There is no such file."), status=404)
        headers = {**FILE_HEADERS, "Content-Disposition": content_disposition(file.name)}
        return request.make_response(file.raw or b"", list(headers.items()))

    # === THE APPEAL OF A CODE === #

    def _appeal_of_code(self, lang):
        """Return the appeal of the posted code, or the page that refuses.

        :return: the appeal (as the system: its receipt is the right to it) and None, or None and a response
        :rtype: tuple
        """
        if not self._is_same_origin():
            return None, self._code_page(lang, self._origin_text(), 403)
        if alert := self._pass_limit(PURPOSE):
            return None, self._code_page(lang, alert, 429)
        code = read_code(request.httprequest.form)
        appeal = request.env["feedback.appeal"]._by_receipt(self._company(), code)
        if not appeal:
            alert = request.env._("No appeal belongs to this code. Compare it with your receipt and enter it again.")
            return None, self._code_page(lang, alert, 422)
        # As the system: an employee with an open session is a citizen here.
        return appeal.with_user(SUPERUSER_ID).with_context(lang=request.env.lang), None

    def _try(self, step):
        """Take a step; return the sentence that tells why it was not possible, "" when it was."""
        try:
            with request.env.cr.savepoint():
                step()
        except UserError as error:
            return str(error)
        return ""

    def _was_said(self, appeal, text):
        """Tell whether the author's last line is this one: a page sent again by reloading adds nothing."""
        last = appeal.message_line_ids.filtered(lambda line: line.author == "author").sorted("id")[-1:]
        return last.body == text

    def _files_of(self, appeal):
        """Return the files that the author may have: his own, and those the authority has sent him."""
        return appeal.attachment_ids | appeal.message_line_ids.attachment_ids

    # === PAGES === #

    def _language_url(self, code):
        # What follows the code can't be asked for by a link: the code is entered anew.
        return self._appeal_url("/follow", code)

    def _code_page(self, lang, alert="", status=200):
        return self._appeal_page("page_appeal_code", lang, {"alert": alert}, status)

    def _follow_page(self, appeal, lang, *, alert="", notice="", uploads=None, status=200, **sent):
        """Show an appeal to its author.

        :param sent: forms that have to be corrected: ``message``, ``satisfaction``, ``reopening``
        """
        forms = {name: sent.get(name) or CitizenForm() for name in ("message", "satisfaction", "reopening")}
        errors = {name: self._error_sentences(form.errors) for name, form in forms.items()}
        file_errors = self._file_sentences(uploads)
        if status == 422 and not alert:
            alert = request.env._("It was not sent yet. Correct what is marked below.")
        return self._appeal_page(
            "page_appeal_followed",
            lang,
            {
                "alert": alert,
                "notice": notice,
                "code": read_code(request.httprequest.form),
                "texts": {name: form.texts for name, form in forms.items()},
                "errors": errors,
                "file_errors": file_errors,
                "wrong": self._wrong(self._field_ids(errors), file_errors, "message-files"),
                **self._appeal_values(appeal, lang),
            },
            status,
        )

    def _field_ids(self, errors):
        """Return the sentences of all forms of the page by the ids of their fields: the two texts bear their form's."""
        return {
            form if name == "text" else name: text
            for form, sentences in errors.items()
            for name, text in sentences.items()
        }

    def _appeal_values(self, appeal, lang):
        """Return what the page of an appeal shows: plain values, and nothing of who wrote it."""
        is_open = appeal.state in ("registered", "assigned", "approval")
        is_over = appeal.state in ("answered", "closed", "refused")
        return {
            "number": appeal.number,
            "kind": appeal.kind_id.name,
            "stage": self._stage_texts()[appeal.state],
            "received": self._day(appeal.company_id._qms_day_of(appeal.date_received)),
            "deadline": self._day(appeal.date_deadline) if is_open else "",
            "is_extended": appeal.is_extended,
            "text": appeal.text,
            # Most is written in the language of the page on which it began, whatever is spoken now.
            "words_lang": (appeal.lang or "").split("_")[0] or None,
            "files": self._file_values(appeal.attachment_ids),
            "lines": [
                {
                    "is_office": line.author == "office",
                    "day": self._day(appeal.company_id._qms_day_of(line.date)),
                    "text": line.body,
                    "files": self._file_values(line.attachment_ids),
                }
                for line in appeal.message_line_ids.sorted("id")
            ],
            "may_write": appeal.state not in ("forwarded", "withdrawn"),
            "may_rate": is_over and appeal.needs_answer,
            "may_reopen": is_over,
            "score": str(appeal.answer_score or ""),
            "solved": {"solved": "yes", "unsolved": "no"}.get(appeal.is_solved, "") if appeal.answer_score else "",
            "marks": self._marks(),
            "urls": {
                name: self._appeal_url(f"/follow/{name}", lang) for name in ("message", "answer", "reopen", "file")
            },
        }

    def _file_values(self, attachments):
        return [{"id": attachment.id, "name": attachment.name} for attachment in attachments.sorted("id")]

    def _day(self, day):
        return format_date(request.env, day) if day else ""

    def _stage_texts(self):
        _ = request.env._
        considered = _("It is being considered.")
        return {
            "new": _("Received. It will be registered."),
            "registered": _("Registered."),
            "assigned": considered,
            "approval": considered,
            "answered": _("Answered. Read the answer below."),
            "closed": _("Closed."),
            "forwarded": _("Forwarded to another authority. Read below to which one."),
            "refused": _("It can't be considered. Read the reason below."),
            "withdrawn": _("Withdrawn."),
        }

    def _marks(self):
        _ = request.env._
        return {"1": _("very bad"), "2": _("bad"), "3": _("acceptable"), "4": _("good"), "5": _("excellent")}
