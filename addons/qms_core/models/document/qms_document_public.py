from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

# Documents on a page of the public list.
PAGE = 50


class QmsDocument(models.Model):
    """What everybody may read: public documents in force that are marked for the public pages."""

    _inherit = "qms.document"

    @api.model
    def _public_domain(self, company):
        """Return the domain of the documents on an authority's public pages.

        :param company: ``res.company``
        """
        return (
            Domain("company_id", "=", company.id)
            & Domain("is_published", "=", True)
            & Domain("confidentiality", "=", "public")
            & Domain("state", "=", "effective")
            & Domain("version_id.state", "=", "effective")
            & Domain("active", "=", True)
        )

    @api.model
    def _public_page(self, company, text="", page=1):
        """Return a page of the public list.

        :param company: ``res.company``
        :param str text: only documents with this in their title, code or text
        :param int page: from 1
        :return: ``(documents, pages)``
        """
        # sudo: visitors read nothing but what is published; the domain says what that is.
        documents = self.sudo()
        domain = self._public_domain(company)
        if text:
            domain &= (
                Domain("name", "ilike", text) | Domain("code", "ilike", text) | Domain("version_id.body", "ilike", text)
            )
        pages = max(1, -(-documents.search_count(domain) // PAGE))
        page = min(max(page, 1), pages)
        return documents.search(domain, offset=(page - 1) * PAGE, limit=PAGE, order="level, code, id"), pages

    @api.model
    def _public_document(self, company, document_id):
        """Return a published document, empty where there is none of this number.

        :param company: ``res.company``
        :param int document_id:
        """
        # sudo: as in _public_page
        return self.sudo().search(self._public_domain(company) & Domain("id", "=", document_id))

    def _public_facts(self):
        """Return what visitors are told beside the text: ``[(label, text)]``."""
        self.ensure_one()
        version = self.version_id
        return [
            (label, text)
            for label, text in (
                (self.env._("Type"), self.type_id.name),
                (self.env._("Version"), str(version.number)),
                (self.env._("In force from"), self._public_day(version.date_effective)),
                (self.env._("Approved by"), version.by_act and version._reader_act()),
                (self.env._("Next review"), self._public_day(self.date_review)),
                (self.env._("Checksum"), version.seal_checksum),
            )
            if text
        ]

    def _public_day(self, day):
        return format_date(self.env, day) if day else ""
