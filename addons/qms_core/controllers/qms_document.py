from odoo.http import Controller, content_disposition, request, route


class QmsDocumentFiles(Controller):
    @route("/qms/document/<int:version_id>", type="http", auth="user", readonly=True)
    def document_version(self, version_id, copy=None):
        """Show the PDF of a version that this user may read: an uncontrolled copy, or a registered one by its number.

        :param str copy: id of the row of the distribution whose registered copy is printed
        """
        # A search, so that who may not read it can't tell whether it exists.
        version = request.env["qms.document.version"].search([("id", "=", version_id)])
        if not version:
            raise request.not_found()
        row = version._registered_copy(copy)
        name = version._pdf_name()
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", content_disposition(name, disposition_type="inline")),
        ]
        return request.make_response(version._copy_pdf(row), headers)
