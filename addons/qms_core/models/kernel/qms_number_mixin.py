from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL


class QmsNumberMixin(models.AbstractModel):
    """Numbers per authority and year, drawn in bulk. Those of older papers are taken over by the quality staff."""

    _name = "qms.number.mixin"
    _description = "Record with a number"

    _number_prefix = ""
    # Who else takes over numbers of older papers: groups beside the quality staff.
    _number_groups = ()

    number = fields.Char(readonly=True, copy=False, index="trigram")

    _number_once = models.UniqueIndex(
        "(company_id, number)",
        "Another record has this number already. Leave the number out, and the next one is drawn.",
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("number") for vals in vals_list):
            self._check_may_number()
        by_company = {}
        for vals in vals_list:
            if not vals.get("number"):
                by_company.setdefault(self._company_of(vals), []).append(vals)
        given = {vals["number"] for vals in vals_list if vals.get("number")}
        for company, rows in by_company.items():
            numbers = self._draw_free_numbers(company, len(rows), given)
            for vals, number in zip(rows, numbers, strict=True):
                vals["number"] = number
        return super().create(vals_list)

    def write(self, vals):
        if "number" in vals and not self.env.su:
            self._check_number_kept(vals["number"])
            # An empty column of an imported file takes no number away.
            vals = vals if vals["number"] else {name: value for name, value in vals.items() if name != "number"}
        return super().write(vals)

    @api.model
    def _check_may_number(self):
        user = self.env.user
        if not (self.env.su or user._is_quality_staff() or any(user.has_group(name) for name in self._number_groups)):
            raise AccessError(
                self.env._("The system draws the numbers. Leave the number out, or ask the quality staff to enter it.")
            )

    def _check_number_kept(self, number):
        """A number once given stands on paper: neither an edit nor an imported file changes it."""
        for record in self.filtered(lambda record: number and record.number and record.number != number):
            raise UserError(
                self.env._(
                    "The number %s was given already and stays. Leave the number out of your changes.", record.number
                )
            )

    # === BUSINESS METHODS === #

    @api.model
    def _company_of(self, vals):
        """Return the authority that a record of these values will belong to (``res.company``)."""
        field = self._fields["company_id"]
        if not field.related:
            name = "default_company_id"
            company_id = vals.get("company_id") or self.env.context.get(name) or self.env.company.id
            return self.env["res.company"].browse(company_id)
        parent = field.related.split(".")[0]
        whole_id = vals.get(parent) or self.env.context.get(f"default_{parent}")
        # sudo: only the authority of the whole is read, of which the record becomes a part.
        whole = self.env[self._fields[parent].comodel_name].sudo().browse(whole_id)
        return whole.company_id.with_env(self.env) or self.env.company

    @api.model
    def _draw_free_numbers(self, company, count, given=frozenset()):
        """Draw numbers that no record has; those of imported records are passed over.

        :param company: the authority (``res.company``)
        :param int count: how many numbers
        :param set given: numbers that are just being imported
        :rtype: list[str]
        """
        # sudo: numbers count records that the user may not see, too.
        records = self.sudo().with_context(active_test=False)
        numbers = []
        while len(numbers) < count:
            drawn = self._draw_numbers(company, count - len(numbers))
            taken = records.search_fetch([("company_id", "=", company.id), ("number", "in", drawn)], ["number"])
            passed = {*taken.mapped("number"), *given}
            numbers += [number for number in drawn if number not in passed]
        return numbers

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
