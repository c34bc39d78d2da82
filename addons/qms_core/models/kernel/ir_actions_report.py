import io
import logging
import mimetypes

from odoo import fields, models
from odoo.tools import file_path

# Addresses of the documents' own: there is no such host, and nothing else is ever fetched.
BASE_URL = "http://odoo/"

# Tells each step of each page at INFO.
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    pdf_engine = fields.Selection(
        [("wkhtmltopdf", "wkhtmltopdf"), ("weasyprint", "WeasyPrint")],
        "PDF Engine",
        default="wkhtmltopdf",
        required=True,
        help="WeasyPrint gives the same pages on every machine: header, footer, page numbers by CSS.",
    )

    def _get_readable_fields(self):
        return super()._get_readable_fields() | {"pdf_engine"}

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if report.pdf_engine != "weasyprint":
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        streams = {}
        for record in self.env[report.model].browse(res_ids):
            attachment = report.attachment and report.retrieve_attachment(record) or None
            if attachment and report.attachment_use:
                stream = io.BytesIO(attachment.raw)
            else:
                html, _type = self._render_qweb_html(report_ref, record.ids, data=data)
                stream = io.BytesIO(self._weasyprint_pdf(html.decode()))
            streams[record.id] = {"stream": stream, "attachment": attachment}
        return streams

    def _weasyprint_pdf(self, html):
        """Render a whole HTML page by its own CSS, without any network access.

        :param str html: the page; pictures are ``data:`` URLs or static files of an addon
        :return: the PDF/A-3u file
        :rtype: bytes
        """
        import weasyprint  # noqa: PLC0415 slow to load: only where a report needs it

        class StaticFiles(weasyprint.urls.URLFetcher):
            def fetch(self, url, headers=None):
                if url.startswith("data:"):
                    return super().fetch(url, headers)
                path = url.removeprefix(BASE_URL)
                if "/static/" not in path:
                    raise ValueError(f"Reports read static files of addons only, not {url}.")
                with open(file_path(path), "rb") as static_file:
                    content_type, _encoding = mimetypes.guess_type(path)
                    return weasyprint.urls.URLFetcherResponse(
                        url, body=static_file.read(), headers={"Content-Type": content_type}
                    )

        document = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=StaticFiles())
        return document.write_pdf(pdf_variant="pdf/a-3u")
