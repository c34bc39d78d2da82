import hashlib
import re
import secrets
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from ...lib import receipt
from ...lib.contact import contact_key
from .feedback_appeal import TEXT_LIMIT

KEY_PARAMETER = "citizen_feedback.receipt_key"
NAME_LIMIT = 200
FILE_LIMIT = 5
BIGGEST_ID = 2**31 - 1
# What one receipt lets in, so that it is no store of files and no way to bury an office.
LINES_A_DAY = 20
FILES_AFTERWARDS = 20
_NOT_IN_A_CONTACT = re.compile(r"[^\w@.+]")


class FeedbackAppeal(models.Model):
    """The side of who has no account: one narrow way in, and his receipt as the only way back."""

    _inherit = "feedback.appeal"

    # === BUSINESS METHODS === #

    @api.model
    def _intake_fields(self):
        """Return the fields that come from outside; nothing else is taken over from there.

        Not among them: whether the author's identity is verified. Only the office has seen a document.

        :rtype: frozenset[str]
        """
        return frozenset(
            {
                "kind_id",
                "text",
                "channel",
                "lang",
                "author_name",
                "author_contact",
                "author_address",
                "organisation",
                "service_id",
                "point_id",
                "topic_id",
                "territory_id",
            }
        )

    @api.model
    def _intake(self, company, values):
        """Store an appeal that came from outside.

        :param company: the authority (``res.company``)
        :param dict values: of ``_intake_fields``, as checked by the caller's form; ``files``: pairs of name and
            content (bytes), whose kind the caller has checked
        :return: the appeal, and its receipt, which is shown once and stored nowhere
        :rtype: tuple
        :raises UserError: naming what is wrong, in the language of the environment
        """
        # As the system: visitors have no rights here, and an employee with an open session is a citizen here.
        appeals = self.with_user(SUPERUSER_ID).with_company(company)
        vals = {name: value for name, value in values.items() if name in self._intake_fields()}
        vals["company_id"] = company.id
        appeals._check_intake(company, vals, values.get("files") or ())
        appeal = appeals.with_context(tracking_disable=True).create(vals)
        appeal._attach(values.get("files") or ())
        return appeal, appeal._issue_receipt()

    @api.model
    def _check_intake(self, company, vals, files):
        """Raise a UserError that says what is wrong with values from outside."""
        for name, value in vals.items():
            self._check_shape(self._fields[name], value)
        if not (vals.get("text") or "").strip():
            raise UserError(self.env._("Write what it is about."))
        if len(vals["text"]) > TEXT_LIMIT:
            raise UserError(
                self.env._(
                    "The text is too long: at most %s characters. Shorten it, or attach it as a file.", TEXT_LIMIT
                )
            )
        if len(files) > FILE_LIMIT:
            raise UserError(self.env._("Too many files: at most %s can be attached.", FILE_LIMIT))
        for name in ("author_name", "author_contact", "author_address", "organisation"):
            if len(vals.get(name) or "") > NAME_LIMIT:
                label = self._fields[name]._description_string(self.env)
                raise UserError(self.env._("%(field)s: at most %(limit)s characters.", field=label, limit=NAME_LIMIT))
        profile = company._feedback_profile()
        kind = self.env["feedback.appeal.kind"].browse(vals.get("kind_id") or False)
        if not kind.exists() or kind.profile_id != profile or not kind.is_public:
            raise UserError(self.env._("Choose what you send: one of the kinds on this page."))
        for name in ("service_id", "point_id", "topic_id", "territory_id"):
            self._check_is_of(company, name, vals.get(name))

    @api.model
    def _check_shape(self, field, value):
        """Raise a UserError for a value that is nothing a field holds: a number as a text, a text as an id."""
        if value is None or value is False or value == "":
            return
        label = field._description_string(self.env)
        if field.type in ("char", "text") and (not isinstance(value, str) or "\0" in value):
            raise UserError(self.env._("%s: this can't be stored. Type it anew.", label))
        known = dict(field.selection) if field.type == "selection" else None
        if known is not None and (not isinstance(value, str) or value not in known):
            raise UserError(self.env._("%s: this is not offered here any more. Choose another one.", label))
        if field.type == "many2one" and (type(value) is not int or not 0 < value <= BIGGEST_ID):
            raise UserError(self.env._("%s: this is not offered here any more. Choose another one.", label))

    @api.model
    def _check_is_of(self, company, name, value):
        if not value:
            return
        record = self.env[self._fields[name].comodel_name].browse(value).exists()
        if not record or not record.active or record.company_id not in (company, company.browse()):
            label = self._fields[name]._description_string(self.env)
            raise UserError(self.env._("%s: this is not offered here any more. Choose another one.", label))

    @api.model
    def _by_receipt(self, company, code):
        """Return the appeal that a receipt belongs to; empty for any other text.

        :param company: the authority on whose pages it is asked (``res.company``)
        :param str code: the receipt as somebody typed it
        """
        # sudo: the receipt is the right.
        appeals = self.sudo()
        digest = receipt.digest(code, appeals._receipt_key())
        if not digest:
            return appeals.browse()
        return appeals.search([("receipt_hash", "=", digest), ("company_id", "=", company.id)], limit=1)

    def _issue_receipt(self):
        """Draw a receipt for the appeal; one that was given before is void from then on.

        :return: the receipt as it is shown
        :rtype: str
        """
        self.ensure_one()
        code = receipt.draw()
        self._transition({"state": self.state, "receipt_hash": receipt.digest(code, self._receipt_key())})
        return code

    def _add_message(self, text, files=()):
        """Add what the author writes to the dialogue.

        :param str text:
        :param files: as in ``_intake``
        :return: the line (``feedback.appeal.message``)
        :raises UserError: for an empty or too long text, too many files, or an appeal that is closed
        """
        self.ensure_one()
        self._check_author_text(text)
        if len(files) > FILE_LIMIT:
            raise UserError(self.env._("Too many files: at most %s can be attached.", FILE_LIMIT))
        if self.state in ("forwarded", "withdrawn"):
            raise UserError(self.env._("This appeal is closed here. Send a new one if you have something to add."))
        self._check_room(files)
        line = self._say("author", text.strip(), files=files)
        self._tell_staff(lambda record: record.env._("The author has written: read it"))
        return line

    def _check_room(self, files):
        """Raise a UserError where an author has written too much, or attached too many files."""
        lines = self.message_line_ids.filtered(lambda line: line.author == "author")
        yesterday = fields.Datetime.now() - timedelta(days=1)
        if len(lines.filtered(lambda line: line.date > yesterday)) >= LINES_A_DAY:
            raise UserError(self.env._("You have written a lot within a day. Write again tomorrow."))
        if files and len(lines.attachment_ids) + len(files) > FILES_AFTERWARDS:
            raise UserError(
                self.env._(
                    "Only %s files can be added to an appeal. Write without files, or bring them to the authority.",
                    FILES_AFTERWARDS,
                )
            )

    def _rate_answer(self, score, is_solved):
        """Note what the author thinks of the answer.

        :param int score: 1 to 5
        :param str is_solved: ``solved``, ``unsolved`` or ``unknown``
        :raises UserError: before there is an answer, or for other values
        """
        self.ensure_one()
        if self.state not in ("answered", "closed", "refused"):
            raise UserError(self.env._("There is no answer yet that could be rated."))
        if isinstance(score, bool) or not isinstance(score, int) or not 1 <= score <= 5:
            raise UserError(self.env._("Choose a mark from 1 to 5."))
        if not isinstance(is_solved, str) or is_solved not in dict(self._fields["is_solved"].selection):
            raise UserError(self.env._("Say whether your question is solved."))
        self._transition({"state": self.state, "answer_score": score, "is_solved": is_solved})

    def _reopen(self, text):
        """Take up again, at its author's wish, what was answered, closed or refused.

        :param str text: what is still open
        :raises UserError: for an empty or too long text, or where nothing was answered
        """
        self.ensure_one()
        if self.state not in ("answered", "closed", "refused"):
            raise UserError(self.env._("Only what was answered can be opened again."))
        self._check_author_text(text)
        self._say("author", text.strip())
        self._take_up_again()

    def _check_author_text(self, text):
        if not isinstance(text, str) or not text.strip() or "\0" in text:
            raise UserError(self.env._("Write what you want to say."))
        if len(text) > TEXT_LIMIT:
            raise UserError(self.env._("The text is too long: at most %s characters. Shorten it.", TEXT_LIMIT))

    def _say(self, author, text, files=(), attachments=None):
        """Add a line to the dialogue.

        :param str author: ``author`` or ``office``
        :param str text:
        :param files: new files, as in ``_intake``
        :param attachments: files of the record, which the author may read from now on (``ir.attachment``)
        """
        self.ensure_one()
        # sudo: nobody writes lines by hand; the calling methods have checked who it is.
        line = self.env["feedback.appeal.message"].sudo()._add(self, author, text)
        if files:
            line.attachment_ids = line._attach(files)
        if attachments:
            line.attachment_ids |= attachments
        return line

    def _attach(self, files):
        """Store files from outside as attachments of the appeal."""
        self.ensure_one()
        if files:
            stored = self.env["feedback.appeal.message"].sudo()._store(self, files)  # sudo: as in _say
            self._transition({"state": self.state, "attachment_ids": [(4, file.id) for file in stored]})

    def _tell_author(self, text, attachments=None):
        """Let the author read something with his receipt; who gave an e-mail address is told that there is news.

        :param str text: in the author's language
        :param attachments: files that he may read
        """
        self.ensure_one()
        self._say("office", text, attachments=attachments)
        appeal = self.sudo()  # sudo: the address is not readable by who answers
        if "@" not in (appeal.author_contact or "") or not appeal.receipt_hash:
            return
        record, company = appeal._for_author(), appeal.company_id
        lang = (record.env.lang or "").split("_")[0]
        # Never what it is about: mail is read by others, too. Queued: no mail leaves within the request.
        # sudo: the address of the system itself, for an authority without one
        sender = company.email_formatted or self.env.ref("base.partner_root").sudo().email_formatted
        appeal.env["mail.mail"].create(
            {
                "subject": record.env._("News about your appeal %s", appeal.number),
                # Of the authority, never of the employee who answers: the author does not learn who that is.
                "email_from": sender,
                "author_id": False,
                "email_to": appeal.author_contact.strip(),
                "body_html": record.env["ir.qweb"]._render(
                    "citizen_feedback.appeal_news_mail",
                    {
                        "appeal": record,
                        "url": f"{self.env['feedback.channel']._base_url(company)}/appeals/follow?lang={lang}",
                    },
                ),
                "auto_delete": True,
            }
        )

    def _tell_staff(self, summary):
        self.ensure_one()
        appeal = self.sudo()  # sudo: the author calls, who has no rights
        users = appeal.responsible_user_id or appeal._users_of(
            "qms_core.group_commissioner" if appeal.is_corruption else "citizen_feedback.group_feedback_manager",
            appeal.company_id,
        )
        appeal._call_to_act(users, appeal.company_id._qms_today(), summary, verb="read")

    def _for_author(self):
        """Return the appeal in its author's language, or in that of the authority."""
        self.ensure_one()
        wanted = (self.lang or "").split("_")[0]
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        same = [code for code in codes if code.split("_")[0] == wanted]
        company_lang = self.company_id.sudo().partner_id.lang  # sudo: as in _law_of
        return self.with_context(lang=(same or [company_lang or self.env.lang])[0])

    def _in_author_language(self, text):
        return text(self._for_author())

    def _author_key(self):
        """Return by what the same author is known again: a keyed hash of how he can be reached; False for nobody."""
        self.ensure_one()
        appeal = self.sudo()  # sudo: as in _identified
        contact = contact_key(appeal.author_contact)
        contact = contact or _NOT_IN_A_CONTACT.sub("", (appeal.author_contact or "").casefold())
        if not contact and appeal.author_name and appeal.author_address:
            contact = _NOT_IN_A_CONTACT.sub("", f"{appeal.author_name}{appeal.author_address}".casefold())
        if not contact:
            return False
        text = f"{appeal.company_id.id}|{contact}".encode()
        return hashlib.blake2b(text, key=self._receipt_key(), digest_size=16).hexdigest()

    @api.model
    def _receipt_key(self):
        """Return the key of all receipts of this database; without it they could be guessed from a copy of it."""
        # sudo: visitors read no parameters; the key never leaves the server.
        parameters = self.env["ir.config_parameter"].sudo()
        key = parameters.get_param(KEY_PARAMETER)
        if not key:
            key = secrets.token_hex(32)
            parameters.set_param(KEY_PARAMETER, key)
        return bytes.fromhex(key)
