from urllib.parse import urlencode

from odoo.http import request

from ..lib.appeal_form import LINES, MESSAGE_LIMIT, TEXT_LIMIT
from ..lib.upload import FILE_COUNT, FILE_LIMIT, KINDS, TOTAL_LIMIT
from .public import PublicPages

STYLES = "/citizen_feedback/static/src/css/appeal.css"
MEGABYTE = 1024 * 1024
# More than may be stored: who attaches too much gets a sentence and his text back, not a bare error.
BODY_LIMIT = 3 * TOTAL_LIMIT


class AppealCommon(PublicPages):
    """What the pages for sending an appeal and for following one share: addresses, files, sentences."""

    def _appeal_url(self, page, lang, **arguments):
        return f"/appeals{page}?{urlencode({'lang': lang, **arguments})}"

    def _appeal_page(self, template, lang, values, status=200):
        return self._page(
            template,
            lang,
            {
                "appeals_url": self._appeal_url("", lang),
                "new_url": self._appeal_url("/new", lang),
                "follow_url": self._appeal_url("/follow", lang),
                "subject_stylesheet": self._static(STYLES),
                "footer_note": request.env._(
                    "No login, no cookies, your network address is not stored. This page loads nothing from other "
                    "sites. Names are never shown on public pages."
                ),
                "file_hint": self._file_hint(),
                "accept": ",".join(f".{extension}" for extension in KINDS),
                "limits": {**LINES, "text": TEXT_LIMIT, "message": MESSAGE_LIMIT},
                **values,
            },
            status,
        )

    def _sent_files(self):
        """Return the files of the posted form: names and contents, no more of them than it takes to refuse them."""
        files = request.httprequest.files.getlist("files")
        return [(file.filename or "", file.stream.read(FILE_LIMIT + 1)) for file in files[: FILE_COUNT + 1]]

    def _pass_limit(self, purpose):
        """Count what was sent; return what to tell who has to wait, "" otherwise."""
        wait = self._hit(purpose)
        if not wait:
            return ""
        return request.env._(
            "Too much came from your connection or to this authority just now. Keep this page and send it again in "
            "%s min.",
            -(-wait // 60),
        )

    # === SENTENCES === #

    def _origin_text(self):
        return request.env._("The form was sent from another site. Send it again from this page.")

    def _error_sentences(self, errors):
        """Return the sentences for the errors of a form: ``{field: sentence}``."""
        return {name: self._error_sentence(name, code) for name, code in errors.items()}

    def _error_sentence(self, name, code):
        _ = request.env._
        # One text as the key: a pair would be taken for a text to translate.
        by_field = {
            "kind missing": _("Choose what you send."),
            "text missing": _("Write what you want to say."),
            "consent missing": _("Say whether your name and contact may be kept, or leave them out."),
            "score missing": _("Choose a mark from 1 to 5."),
            "solved missing": _("Say whether your question is solved."),
            "author_contact contact": _("This is no e-mail address and no phone number. Correct it."),
        }
        by_code = {
            "long": _("This is too long. Shorten it."),
            "characters": _("The text contains characters that can't be stored. They were removed; send it again."),
            "choice": _("This can't be chosen any more. Choose another one."),
        }
        return by_field.get(f"{name} {code}") or by_code[code]

    def _wrong(self, sentences, files=(), files_id="files"):
        """Return the links of an alert to what is wrong: ``[{"id", "text"}]``.

        :param dict sentences: by the id of the field
        :param files: the sentences about files
        """
        wrong = [{"id": name, "text": text} for name, text in sentences.items()]
        return wrong + [{"id": files_id, "text": text} for text in files]

    def _file_hint(self):
        return request.env._(
            "At most %(count)s files of %(size)s MB: %(kinds)s.",
            count=FILE_COUNT,
            size=FILE_LIMIT // MEGABYTE,
            kinds=", ".join(sorted(KINDS)),
        )

    def _file_sentences(self, uploads):
        """Return a sentence per file that can't be taken."""
        return [self._file_sentence(code, name) for code, name in uploads.errors] if uploads else []

    def _file_sentence(self, code, name):
        _ = request.env._
        if code == "many":
            return _("Too many files. Attach at most %s.", FILE_COUNT)
        if code == "total":
            return _("The files are too large together: at most %s MB. Leave some out.", TOTAL_LIMIT // MEGABYTE)
        if code == "large":
            return _("“%(name)s” is larger than %(size)s MB. Make it smaller.", name=name, size=FILE_LIMIT // MEGABYTE)
        if code == "type":
            return _("“%s” is of a kind that is not taken. Save it as PDF or as a picture.", name)
        if code == "empty":
            return _("“%s” is empty. Choose another file.", name)
        return _("“%s” is not what its name says. Save it anew as PDF or as a picture.", name)
