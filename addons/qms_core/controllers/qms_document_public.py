from urllib.parse import urlencode

from odoo.http import Controller, content_disposition, request, route

from ..lib import acknowledgement_xlsx

QUERY_LIMIT = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Nothing of a document comes from elsewhere or runs; pages of others learn nothing.
HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
# Also where a theme of the website would ask foreign hosts for fonts: the browser doesn't let it.
PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; form-action 'self'; base-uri 'self'; frame-ancestors 'none'"
)
FILE_HEADERS = {**HEADERS, "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}


def public_route(path):
    """Return the decorator of a page for everybody, in the layout of the portal; nothing is changed by it."""
    return route(
        path,
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
        readonly=True,
        save_session=False,
    )


class QmsDocuments(Controller):
    # === FOR EMPLOYEES === #

    @route("/qms/acknowledgements/<int:version_id>.xlsx", type="http", auth="user", methods=["GET"], readonly=True)
    def acknowledgement_sheet(self, version_id):
        """Download the acknowledgement sheet of a version, with the rows that this user may read."""
        # A search, so that who may not read it can't tell whether it exists.
        version = request.env["qms.document.version"].search([("id", "=", version_id)])
        if not version:
            raise request.not_found()
        content = acknowledgement_xlsx.write(version._sheet_data())
        name = content_disposition(f"{version.document_id.code or version_id}.xlsx")
        return request.make_response(content, [("Content-Type", XLSX), ("Content-Disposition", name)])

    # === FOR EVERYBODY === #

    @public_route("/qms/documents")
    def documents(self, q="", page="1", **_unused):
        """List the published documents of the authority; ``?q=`` narrows the list."""
        text = self._clean(q)
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
        company = request.env.company
        documents, pages = request.env["qms.document"]._public_page(company, text, number)
        number = min(max(number, 1), pages)
        return self._page(
            "public_documents",
            {
                "documents": documents,
                "text": text,
                # sudo: of the authority no more than its name is shown.
                "authority": company.sudo().name,
                "pages": [
                    {"number": each, "url": self._list_url(text, each), "current": each == number}
                    for each in range(1, pages + 1)
                ],
            },
        )

    @public_route("/qms/documents/<int:document_id>")
    def document(self, document_id, **_unused):
        """Show the version in force of a published document."""
        document = request.env["qms.document"]._public_document(request.env.company, document_id)
        if not document:
            raise request.not_found()
        values = {
            "document": document,
            "facts": document._public_facts(),
            "version": document.version_id,
            "pdf_url": f"/qms/documents/{document.id}/pdf" if document.version_id.pdf_attachment_id else False,
            # sudo: as above
            "authority": document.company_id.sudo().name,
        }
        return self._page("public_document", values)

    @public_route("/qms/documents/<int:document_id>/pdf")
    def document_pdf(self, document_id, **_unused):
        """Give the printed PDF of the version in force of a published document."""
        document = request.env["qms.document"]._public_document(request.env.company, document_id)
        file = document.version_id.pdf_attachment_id
        if not file:
            raise request.not_found()
        headers = {
            **FILE_HEADERS,
            "Content-Type": "application/pdf",
            "Content-Disposition": content_disposition(f"{document.code or document.id}.pdf", "inline"),
        }
        return request.make_response(file.raw, list(headers.items()))

    # === HELPERS === #

    def _clean(self, text):
        return "".join(char for char in text if char.isprintable()).strip()[:QUERY_LIMIT]

    def _list_url(self, text, page):
        arguments = {"q": text} if text else {}
        if page > 1:
            arguments["page"] = page
        return "/qms/documents" + (f"?{urlencode(arguments)}" if arguments else "")

    def _page(self, template, values):
        response = request.render(f"qms_core.{template}", values)
        response.headers.update(HEADERS | {"Content-Security-Policy": PAGE_POLICY})
        return response
