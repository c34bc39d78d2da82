from odoo import api, fields, models
from odoo.exceptions import UserError


class QmsDisciplineLine(models.TransientModel):
    """Executive discipline of one unit; each figure opens the assignments behind it."""

    _name = "qms.discipline.line"
    _description = "Executive Discipline of a Unit"
    _rec_name = "unit_name"

    report_id = fields.Many2one(
        "qms.discipline.report", "Discipline Report", required=True, readonly=True, index=True, ondelete="cascade"
    )
    department_id = fields.Many2one("hr.department", "Unit", readonly=True)
    unit_name = fields.Char("Name of the Unit", compute="_compute_unit_name")
    given = fields.Integer(readonly=True, help="In the period, whenever they are due.")
    due = fields.Integer(readonly=True, help="Their term falls into the period.")
    on_time = fields.Integer("Done on Time", readonly=True)
    late = fields.Integer("Done Late", readonly=True)
    overdue = fields.Integer(readonly=True, help="Not done, and their term is over.")
    waiting = fields.Integer("Not yet Due", readonly=True)
    postponed = fields.Integer(readonly=True, help="Of those due, with a term postponed by who had set it.")
    returned = fields.Integer(readonly=True, help="Of those due, with a report that was given back.")
    discipline = fields.Float(
        "Discipline, %", compute="_compute_discipline", store=True, digits=(16, 1), aggregator="avg"
    )
    average_days = fields.Float(readonly=True, digits=(16, 1), aggregator="avg")

    # === COMPUTES === #

    @api.depends("department_id")
    def _compute_unit_name(self):
        for line in self:
            # sudo: names of units are no secret, their records may be another authority's.
            line.unit_name = line.department_id.sudo().name or self.env._("Without unit")

    @api.depends("on_time", "late", "overdue")
    def _compute_discipline(self):
        for line in self:
            line.discipline = line._share(line.on_time, line.late, line.overdue)

    # === ACTIONS === #

    def action_open_figure(self):
        """Open the assignments behind the figure that the context names (``figure``).

        :return: a window action
        :raises UserError: for something that is no figure
        """
        self.ensure_one()
        figure = self.env.context.get("figure")
        if figure not in self._figure_names():
            raise UserError(self.env._("This figure has no list behind it. Choose another one."))
        action = self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_assignment_action")
        name = self._fields[figure]._description_string(self.env)
        return {
            **action,
            "name": f"{name}: {self.unit_name}",
            "domain": list(self._records_domain(figure)),
            "context": {"active_test": False},
        }

    # === BUSINESS METHODS === #

    def _records_domain(self, figure):
        return self.report_id._figures()[figure] & fields.Domain("department_id", "=", self.department_id.id)

    @api.model
    def _figure_names(self):
        return ["given", "due", "on_time", "late", "overdue", "waiting", "postponed", "returned"]

    @api.model
    def _ratio_names(self):
        return ["discipline", "average_days"]

    @api.model
    def _share(self, on_time, late, overdue):
        """Return the share done on time, in percent of what could be judged."""
        judged = on_time + late + overdue
        return 100 * on_time / judged if judged else 0.0

    def _is_judged(self):
        return bool(self.on_time + self.late + self.overdue)

    @api.model
    def _definition(self):
        return self.env._(
            "Discipline is the share done on time in all that was done or is overdue, of the assignments whose term "
            "falls into the period. On time is decided by the day of the final report and the term that held on that "
            "day."
        )
