from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import html2plaintext, html_sanitize

MEGABYTE = 1024 * 1024
# Can't come over RPC; says that a record is made of a mail.
_BY_MAIL = object()
LONGEST_NAME = 200
# What an alias may say of its reports beside their authority: never people, states, or lines, which the superuser
# would write.
ALIAS_DEFAULTS = ("department_id", "process_id", "service_id", "category_id", "kind", "severity")


class QmsNonconformity(models.Model):
    """Reports by mail. Who the sender is, no address proves: such a report belongs to nobody until it is sorted."""

    _inherit = "qms.nonconformity"

    by_mail = fields.Boolean("Came by Mail", readonly=True, copy=False)
    mail_sender = fields.Char("Sender of the Mail", readonly=True, copy=False)

    # === MAIL GATEWAY === #

    @api.private
    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Make a report of a mail; files that are too large are left out, with a word about it.

        Only for the gateway: what it hands over is written by the superuser.

        :param dict msg_dict: the parsed mail; too large files are taken out of its ``attachments``
        :param dict custom_values: defaults of the alias: the authority, and those of ``ALIAS_DEFAULTS``
        :return: the report
        """
        given = custom_values or {}
        values = {name: given[name] for name in ALIAS_DEFAULTS if name in given}
        company = self.env["res.company"].browse(given.get("company_id")).exists() or self.env.company
        # The gateway acts as the user whose address the mail bears; a forged address must give no rights.
        reports = self.with_user(SUPERUSER_ID).with_company(company)
        body = html2plaintext(html_sanitize(msg_dict.get("body") or "", sanitize_tags=True)).strip()
        subject = " ".join((msg_dict.get("subject") or "").split())
        record = reports.with_context(qms_by_mail=_BY_MAIL).create(
            {
                **values,
                "company_id": company.id,
                "name": (subject or body.partition("\n")[0] or self.env._("Report by mail"))[:LONGEST_NAME],
                "description": body,
            }
        )
        record._transition({"mail_sender": msg_dict.get("email_from")})
        record._drop_large_files(msg_dict)
        return record

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        # A machine that answers each answer is stopped by the gateway.
        return [("mail_sender", "ilike", email_from_normalized)]

    # === BUSINESS METHODS === #

    @api.model
    def _is_by_mail(self):
        return self.env.context.get("qms_by_mail") is _BY_MAIL

    def _drop_large_files(self, msg_dict):
        self.ensure_one()
        limit = self.company_id.qms_mail_limit
        kept, dropped = [], []
        for attachment in msg_dict.get("attachments") or []:
            large = self._file_size(attachment[1]) > limit * MEGABYTE
            (dropped if large else kept).append(attachment)
        if not dropped:
            return
        msg_dict["attachments"] = kept
        names = ", ".join(
            f"{attachment[0]} ({self._file_size(attachment[1]) / MEGABYTE:.0f} MB)" for attachment in dropped
        )
        note = self.env._(
            "These files are larger than %(limit)s MB, so they were left out: %(names)s. The report itself is "
            "registered as %(number)s. Hand the files over in another way.",
            limit=limit,
            names=names,
            number=self.number,
        )
        self.message_post(body=note)
        self._tell_sender(msg_dict, note)

    def _tell_sender(self, msg_dict, note):
        """Queue an answer, only to an address that is known here: forged senders' victims get no mail from us."""
        author = self.env["res.partner"].browse(msg_dict.get("author_id")).exists()
        if author.email:
            self.env["mail.mail"].create(
                {
                    "subject": self.env._("%s: files were left out", self.number),
                    "body_html": self.env["ir.qweb"]._render("qms_core.report_by_mail_answer", {"note": note}),
                    "email_to": author.email_formatted,
                    "auto_delete": True,
                }
            )

    @api.model
    def _file_size(self, content):
        return len(content.encode() if isinstance(content, str) else content or b"")
