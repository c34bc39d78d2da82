from odoo import api, fields, models
from odoo.tools import SQL


class QmsNumberMixin(models.AbstractModel):
    """Numbers per authority and year, drawn in bulk. Imported numbers are kept."""

    _name = "qms.number.mixin"
    _description = "Record with a number"

    _number_prefix = ""

    number = fields.Char(readonly=True, copy=False, index="trigram")

    @api.model_create_multi
    def create(self, vals_list):
        by_company = {}
        for vals in vals_list:
            if not vals.get("number"):
                by_company.setdefault(vals.get("company_id") or self.env.company.id, []).append(vals)
        for company_id, rows in by_company.items():
            numbers = self._draw_numbers(self.env["res.company"].browse(company_id), len(rows))
            for vals, number in zip(rows, numbers, strict=True):
                vals["number"] = number
        return super().create(vals_list)

    @api.model
    def _draw_numbers(self, company, count):
        """Draw numbers of the authority's current year.

        ``ir.sequence.next_by_code`` costs three queries a number; this costs three in all.

        :param company: the authority (``res.company``)
        :param int count: how many numbers
        :rtype: list[str]
        """
        today = company._qms_today()
        sequence = self._number_sequence(company)
        date_range = sequence.date_range_ids.filtered(lambda r: r.date_from <= today <= r.date_to)[:1]
        date_range = date_range or sequence._create_date_range_seq(today)
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{sequence.id:03d}_{date_range.id:03d}",
                count,
            )
        )
        ranged = sequence.with_context(ir_sequence_date_range=date_range.date_from)
        prefix, suffix = ranged._get_prefix_suffix()
        return [f"{prefix}{value:0{sequence.padding}d}{suffix}" for [value] in rows]

    @api.model
    def _number_sequence(self, company):
        # sudo: every employee who reports draws a number, only administrators see sequences.
        sequences = self.env["ir.sequence"].sudo()
        code = f"{self._name}.number"
        found = sequences.search([("code", "=", code), ("company_id", "=", company.id)], limit=1)
        return found or sequences.create(
            {
                "name": f"{self._description} ({company.name})",
                "code": code,
                "company_id": company.id,
                "prefix": f"{self._number_prefix}-%(range_year)s-",
                "padding": 4,
                "use_date_range": True,
            }
        )
