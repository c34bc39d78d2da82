from odoo import fields, models

from ...lib import table_xlsx


class QmsRegister(models.Model):
    """A register on paper and as a workbook: the entries that the user may read, with the fields it defines."""

    _inherit = "qms.register"

    def _workbook_file(self):
        """Return the register as a workbook: ``{name, content}``."""
        self.ensure_one()
        name = f"register-{self.kind or self.id}-{self.company_id._qms_today()}.xlsx"
        return {"name": name, "content": table_xlsx.write(self._print_table())}

    def _print_table(self, filled_only=False):
        """Return the register as plain data: ``title``, ``authority``, ``columns``, ``rows``, ``notes``.

        :param bool filled_only: without fields that no entry has filled in, as paper is narrow
        """
        self.ensure_one()
        entries = self.env["qms.register.entry"].search([("register_id", "=", self.id)])
        shown = [row for row in self.entry_properties_definition if row["type"] != "separator"]
        own = entries._property_texts(shown)
        if filled_only:
            filled = [any(own[entry.id][place] not in (None, "") for entry in entries) for place in range(len(shown))]
            shown = [row for row, keep in zip(shown, filled, strict=True) if keep]
            own = entries._property_texts(shown)
        labels = {name: entries._label(name) for name in ("name", "department_id", "responsible_id", "state")}
        states = dict(entries._fields["state"]._description_selection(self.env))
        results = dict(entries._fields["last_result"]._description_selection(self.env))
        return {
            "title": self.name,
            "authority": self.company_id.name,
            "columns": [
                self.env._("Number"),
                labels["name"],
                *(row.get("string") or row["name"] for row in shown),
                labels["department_id"],
                labels["responsible_id"],
                self.env._("Reviewed on"),
                self.env._("Result"),
                self.env._("Review by"),
                labels["state"],
            ],
            "rows": [
                [
                    entry.number,
                    entry.name,
                    *own[entry.id],
                    entry.department_id.name,
                    entry.responsible_id.sudo().name,  # sudo: names of staff, who answers for it is no secret
                    self._day_text(entry.date_reviewed),
                    results.get(entry.last_result),
                    self._day_text(entry.date_deadline),
                    states[entry.state],
                ]
                for entry in entries
            ],
            "notes": [self.purpose] if self.purpose else [],
        }

    def _day_text(self, day):
        return day and fields.Date.to_string(day) or None
