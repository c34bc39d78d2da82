from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError

from ...lib import docgen, word

# A document shorter than this many chapters needs no table of contents.
FEWEST_ENTRIES = 6
DECIDED = ("approved", "effective", "superseded", "withdrawn")


class QmsDocumentVersion(models.Model):
    """A version on paper and as DOCX: what stands around its text."""

    _inherit = "qms.document.version"

    # === ACTIONS === #

    def action_docx(self):
        """Download the version as DOCX.

        :return: an action that opens the address of the file
        """
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/qms/document/version/{self.id}/docx", "target": "download"}

    # === BUSINESS METHODS === #

    def _docx(self):
        """Return the version as DOCX with real headings, lists and tables.

        :rtype: bytes
        :raises UserError: naming the element of the text that can't be converted
        """
        self.ensure_one()
        version = self.with_context(lang=self.lang)
        page = version._print_page()
        around = word.Page(
            title=page["title"],
            lang=self.lang,
            above=page["approval"] or [page["stamp"]],
            header=self.company_id.name,
            footer=" · ".join(filter(None, (page["code"], page["version"]))),
            contents_title=page["contents_title"] if page["entries"] else "",
        )
        try:
            return word.to_docx(str(self.body or ""), around)
        except word.UnknownMarkup as problem:
            raise UserError(
                self.env._(
                    "The text holds something that DOCX can't show: <%(name)s> %(text)s. Only headings, paragraphs, "
                    "lists, tables, pictures of the document itself and emphasis are converted. Take it out.",
                    name=problem.name,
                    text=problem.text,
                )
            ) from problem

    def _print_page(self):
        """Return what a print shows, as plain data in the language of the context.

        :return: ``title``, ``code``, ``version``, ``approval`` (lines of the approval block, empty before approval),
            ``stamp``, ``entries`` of the table of contents, ``contents_title``, ``body``
        :rtype: dict
        """
        self.ensure_one()
        deepest = 2 if self._wants_contents() else 0
        body, entries = docgen.contents(str(self.body or ""), deepest)
        return {
            "title": self.document_name or self.document_id.name,
            "code": self.document_code or self.document_id.code or "",
            "version": self._version_line(),
            "approval": self._approval_lines(),
            "stamp": self.env._("Draft, not approved"),
            "entries": entries if len(entries) >= FEWEST_ENTRIES else [],
            "contents_title": self.env._("Contents"),
            # Sanitised when it was saved; the anchors are our own.
            "body": Markup(body),
        }

    def _wants_contents(self):
        template = self.document_id.template_id
        return template.sudo().contents if template else True  # sudo: how it is printed must not depend on who prints

    def _version_line(self):
        if self.date_effective and self.state in DECIDED:
            return self.env._(
                "Version %(number)s, in force from %(day)s",
                number=self.number,
                day=self.date_effective.strftime("%d.%m.%Y"),
            )
        return self.env._("Version %(number)s", number=self.number)

    def _approval_lines(self):
        """Return the lines of the approval block: the act, or who approved and when; none before the approval."""
        if self.state not in DECIDED:
            return []
        lines = [self.env._("APPROVED")]
        if self.by_act and self.act_number:
            kind = dict(self._fields["act_kind"]._description_selection(self.env)).get(self.act_kind, "")
            lines += [
                self.act_issuer or "",
                self.env._(
                    "%(kind)s dated %(day)s No. %(number)s",
                    kind=kind,
                    day=self.act_date.strftime("%d.%m.%Y") if self.act_date else "",
                    number=self.act_number,
                ),
            ]
            if self.is_collegial:
                lines.append(self.env._("Minutes: %s", self.act_minutes or ""))
        else:
            lines += [self._approved_by(), self.date_approved.strftime("%d.%m.%Y") if self.date_approved else ""]
        return [line for line in lines if line]
