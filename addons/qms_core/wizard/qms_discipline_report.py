import base64

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..lib import discipline_xlsx

OPEN = ("control", "reported", "closed")


class QmsDisciplineReport(models.TransientModel):
    """Executive discipline of a period: of what was due in it, how much was carried out in time, by unit.

    Whether it was in time is decided by the day of the final report and the term that held on that day: a
    postponement by right is no lateness, but is counted.
    """

    _name = "qms.discipline.report"
    _description = "Executive Discipline"

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    date_from = fields.Date(
        "From", required=True, default=lambda self: self.env.company._qms_today().replace(day=1, month=1)
    )
    date_to = fields.Date("To", required=True, default=lambda self: self.env.company._qms_today())
    department_id = fields.Many2one(
        "hr.department",
        "Unit",
        domain="[('company_id', '=', company_id)]",
        help="With the units below it; empty for the whole authority.",
    )
    line_ids = fields.One2many("qms.discipline.line", "report_id", "Units", readonly=True)
    is_made = fields.Boolean(readonly=True)
    due = fields.Integer(compute="_compute_total")
    discipline = fields.Float("Discipline, %", compute="_compute_total", digits=(16, 1))
    file = fields.Binary(readonly=True)

    # === CONSTRAINTS === #

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        if any(report.date_from > report.date_to for report in self):
            raise ValidationError(self.env._("The period ends before it begins. Correct the days."))

    # === COMPUTES === #

    @api.depends("date_from", "date_to")
    def _compute_display_name(self):
        for report in self:
            days = [fields.Date.to_string(day) or "" for day in (report.date_from, report.date_to)]
            report.display_name = self.env._("Executive discipline %(start)s – %(end)s", start=days[0], end=days[1])

    @api.depends("line_ids")
    def _compute_total(self):
        for report in self:
            lines = report.line_ids
            report.due = sum(lines.mapped("due"))
            report.discipline = lines._share(*(sum(lines.mapped(name)) for name in ("on_time", "late", "overdue")))

    @api.onchange("date_from", "date_to", "department_id")
    def _onchange_period(self):
        self.line_ids = False
        self.is_made = False

    # === ACTIONS === #

    def action_make(self):
        """Count the period; what stood there before is replaced."""
        for report in self:
            report.line_ids.unlink()
            report.env["qms.discipline.line"].create(
                [{"report_id": report.id, **vals} for vals in report._count_by_unit()]
            )
            report.is_made = True

    def action_charts(self):
        """Open the figures as chart and pivot table.

        :return: a window action
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "qms.discipline.line",
            "views": [(False, "graph"), (False, "pivot"), (False, "list")],
            "domain": [("report_id", "=", self.id)],
            "context": {"hierarchical_naming": False},
        }

    def action_xlsx(self):
        """Download the report as a workbook.

        :return: an action that downloads it
        """
        self.ensure_one()
        self.file = base64.b64encode(discipline_xlsx.write(self._sheet()))
        name = f"qms-discipline-{self.date_from}-{self.date_to}.xlsx"
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{name}?download=true",
            "target": "download",
        }

    def action_pdf(self):
        """Print the report.

        :return: a report action
        """
        return self.env.ref("qms_core.action_report_discipline").report_action(self, config=False)

    # === BUSINESS METHODS === #

    def _figures(self):
        """Return the domains behind the figures: ``{name of the line's field: domain over qms.assignment}``.

        What was due falls apart into on time, late, overdue and not yet due.
        """
        self.ensure_one()
        today = self.company_id._qms_today()
        base = Domain("company_id", "=", self.company_id.id) & Domain("state", "in", OPEN)
        if self.department_id:
            base &= Domain("department_id", "child_of", self.department_id.id)
        due = base & Domain("date_deadline", ">=", self.date_from) & Domain("date_deadline", "<=", self.date_to)
        unfinished = due & Domain("timeliness", "=", False)
        return {
            "given": base & Domain("date_control", ">=", self.date_from) & Domain("date_control", "<=", self.date_to),
            "due": due,
            "on_time": due & Domain("timeliness", "=", "on_time"),
            "late": due & Domain("timeliness", "=", "late"),
            "overdue": unfinished & Domain("date_deadline", "<", today),
            "waiting": unfinished & Domain("date_deadline", ">=", today),
            "postponed": due & Domain("postponement_ids", "any", [("state", "=", "granted")]),
            "returned": due & Domain("return_count", ">", 0),
        }

    def _count_by_unit(self):
        """Return the figures by unit: a list of values of ``qms.discipline.line``, as far as the user may read."""
        assignments = self.env["qms.assignment"].with_context(active_test=False)
        figures = self._figures()
        rows = {}
        for name, domain in figures.items():
            for unit, count in assignments._read_group(domain, ["department_id"], ["__count"]):
                rows.setdefault(unit, {})[name] = count
        finished = figures["due"] & Domain("timeliness", "!=", False)
        for unit, days in assignments._read_group(finished, ["department_id"], ["days_used:avg"]):
            rows[unit]["average_days"] = days
        # sudo: the whole name of a unit reads its superiors'.
        return [
            {"department_id": unit.id, **counts}
            for unit, counts in sorted(rows.items(), key=lambda item: item[0].sudo().complete_name or "")
        ]

    def _sheet(self):
        """Return the report as plain data for print and workbook."""
        self.ensure_one()
        line = self.env["qms.discipline.line"]
        names = line._figure_names()
        total = {name: sum(self.line_ids.mapped(name)) for name in names}
        return {
            "title": self.display_name,
            "authority": self.company_id.name,
            "note": line._definition(),
            "unit": line._fields["department_id"]._description_string(self.env),
            "columns": [line._fields[name]._description_string(self.env) for name in [*names, *line._ratio_names()]],
            "rows": [
                [
                    row.unit_name,
                    *(row[name] for name in names),
                    row.discipline if row._is_judged() else None,
                    row.average_days,
                ]
                for row in self.line_ids
            ],
            "total": [
                self.env._("In all"),
                *total.values(),
                self.discipline if self.line_ids and any(row._is_judged() for row in self.line_ids) else None,
                self._average_days(),
            ],
        }

    def _average_days(self):
        weights = [(row.average_days, row.on_time + row.late) for row in self.line_ids]
        count = sum(weight for _days, weight in weights)
        return sum(days * weight for days, weight in weights) / count if count else 0.0
