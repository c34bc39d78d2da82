import base64

from odoo import api, models

from ...lib import benchmark_xlsx


class QmsBenchmark(models.AbstractModel):
    """The comparison on paper and as a workbook: the same data as on the screen, of the same reader."""

    _inherit = "qms.benchmark"

    @api.model
    @api.readonly
    def print_page(self, code=None, period=None):
        """Return the comparison as a PDF.

        :return: ``{"name": file name, "content": PDF as base64 text}``
        """
        page = self.get_page(code, period)
        html = self.env["ir.qweb"]._render(
            "qms_core.report_benchmark",
            {
                "page": page,
                "company": self.env.company,
                "lang": self.env.lang,
                "today": self.env.company._qms_today(),
            },
        )
        content = self.env["ir.actions.report"]._weasyprint_pdf(f"<!DOCTYPE html>{html}")
        return {"name": self._file_name(page, "pdf"), "content": base64.b64encode(content).decode()}

    @api.model
    @api.readonly
    def export_page(self, code=None, period=None):
        """Return the comparison as a workbook with its trend.

        :return: ``{"name": file name, "content": XLSX as base64 text}``
        """
        page = self.get_page(code, period)
        words = {
            "title": self.env._("Benchmark"),
            "authority": self.env.company.name,
            "name": self.env._("Authority"),
            "value": self.env._("Value"),
            "place": self.env._("Place"),
            "quarter": self.env._("Standing"),
            "lower": self.env._("Lower quartile"),
            "median": self.env._("Median"),
            "upper": self.env._("Upper quartile"),
            "left_out": self.env._("Left out"),
            "trend": self.env._("Trend"),
            "period": self.env._("Period"),
            "own": self.env._("Own value"),
            "total": self.env._("Authorities compared"),
        }
        return {"name": self._file_name(page, "xlsx"), "content": benchmark_xlsx.write(page, words)}

    @api.model
    def _file_name(self, page, ending):
        chosen = page["chosen"] or {"code": "", "period": ""}
        code = "".join(char if char.isalnum() else "-" for char in chosen["code"])
        return f"qms-benchmark-{code}-{chosen['period']}.{ending}"
