from odoo import models

from ...lib import table_xlsx


class QmsNomenclature(models.Model):
    """The nomenclature on paper and as a workbook: at first what is expected, then what was counted."""

    _inherit = "qms.nomenclature"

    def _workbook_file(self):
        """Return the nomenclature as a workbook: ``{name, content}``."""
        self.ensure_one()
        record = self.with_context(lang=self.lang)
        return {
            "name": f"nomenclature-{self.year}-{self.department_id.qms_code or self.department_id.id}.xlsx",
            "content": table_xlsx.write(record._print_table()),
        }

    def _print_table(self):
        """Return the list of files as plain data: ``title``, ``authority``, ``columns``, ``rows``, ``notes``."""
        self.ensure_one()
        closed = self.state == "closed"
        columns = [
            self.env._("Index"),
            self.env._("Title of the file"),
            self.env._("Volumes"),
            self.env._("Retention and article"),
            self.env._("Note"),
        ]
        return {
            "title": self.display_name,
            "authority": self.company_id.name,
            "columns": columns,
            "rows": [line._print_row(closed) for line in self.line_ids.sorted("index")],
            "notes": [self._total_text(*row) for row in self._totals()] if closed else [],
        }

    def _total_text(self, label, volumes, carried):
        return self.env._(
            "%(category)s: %(volumes)s, of them going on next year: %(carried)s",
            category=label,
            volumes=volumes,
            carried=carried,
        )
