from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class QmsDocumentWord(http.Controller):
    """Documents as DOCX, for who may read them."""

    @http.route("/qms/document/version/<int:version_id>/docx", type="http", auth="user", readonly=True)
    def docx(self, version_id):
        """Return a version as a DOCX file; 404 for who may not read it, the reason in words if it can't be made."""
        version = request.env["qms.document.version"].browse(version_id).exists()
        if not version or not version.has_access("read"):
            raise request.not_found()
        try:
            content = version._docx()
        except UserError as problem:
            return request.make_response(str(problem), [("Content-Type", "text/plain; charset=utf-8")], status=422)
        return request.make_response(
            content,
            [
                ("Content-Type", DOCX),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(version._pdf_name().removesuffix(".pdf") + ".docx")),
            ],
        )
