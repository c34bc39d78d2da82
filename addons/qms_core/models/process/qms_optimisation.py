from odoo import api, fields, models

from ...lib import priority

# Where an authority has no working calendar.
HOURS_PER_DAY = 8.0


class QmsOptimisation(models.TransientModel):
    """One proposal of what to improve next: a process with its place among all of the register.

    Transient: the ranking is of the moment it is asked for, and each person's rows are his own.
    """

    _name = "qms.optimisation"
    _description = "What to Optimise Next"
    _order = "place, id"

    place = fields.Integer(readonly=True)
    process_id = fields.Many2one("qms.process", readonly=True, required=True, ondelete="cascade")
    company_id = fields.Many2one(related="process_id.company_id")
    department_id = fields.Many2one(related="process_id.department_id")
    owner_role_id = fields.Many2one(related="process_id.owner_role_id")
    demand = fields.Integer("Demand a Year", readonly=True)
    complaints = fields.Integer("Complaints in a Year", readonly=True)
    lead_days = fields.Float("Working Days", readonly=True, digits=(16, 1), help="From the beginning to the end.")
    score = fields.Float(readonly=True, digits=(16, 1), help="Demand × complaints × time by ranks, from 0 to 100.")
    explanation = fields.Char("Why", readonly=True)

    # === ACTIONS === #

    @api.model
    def action_propose(self):
        """Rank the processes of the user's authority and show them.

        :return: a window action
        """
        rows = self._propose(self.env.company)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What to Optimise Next"),
            "res_model": self._name,
            "views": [(self.env.ref("qms_core.qms_optimisation_view_list").id, "list")],
            "search_view_id": [self.env.ref("qms_core.qms_optimisation_view_search").id, "search"],
            "domain": [("id", "in", rows.ids)],
            "help": self.env["ir.ui.view"]._render_template("qms_core.qms_optimisation_help"),
        }

    def action_start_improvement(self):
        """Hook: begin to improve the process; by default its form is opened.

        :return: a window action
        """
        return self.action_open_process()

    def action_open_process(self):
        """Open the process of the proposal."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "qms.process",
            "res_id": self.process_id.id,
            "views": [(False, "form")],
        }

    # === BUSINESS METHODS === #

    @api.model
    def _propose(self, company):
        """Create the proposals for an authority, best first.

        :param company: the authority (``res.company``)
        :return: the proposals; none for processes of which neither demand nor complaints nor time is known
        """
        # The user's own rights: the ranking tells nothing that he couldn't look up.
        processes = self.env["qms.process"].search([("company_id", "=", company.id)])
        processes = processes.filtered(lambda process: not process.child_ids)
        inputs = processes._optimisation_inputs()
        hours = company.resource_calendar_id.hours_per_day or HOURS_PER_DAY
        ranked = [row for row in priority.prioritise(inputs) if row.score]
        return self.create(
            [
                {
                    "place": place,
                    "process_id": row.key,
                    "demand": inputs[row.key]["demand"],
                    "complaints": inputs[row.key]["complaints"],
                    "lead_days": inputs[row.key]["lead_hours"] / hours,
                    "score": row.score,
                    "explanation": self._explain(row, inputs[row.key], hours),
                }
                for place, row in enumerate(ranked, start=1)
            ]
        )

    @api.model
    def _explain(self, row, values, hours):
        """Return the score in words, without what is unknown: ``demand high: 1200 a year; complaints …``."""
        levels = {
            "high": self.env._("high"),
            "medium": self.env._("medium"),
            "low": self.env._("low"),
        }
        texts = {
            "demand": self.env._("demand %(level)s: %(number)s a year"),
            "complaints": self.env._("complaints %(level)s: %(number)s"),
            "lead_hours": self.env._("time %(level)s: %(number)s working days"),
        }
        numbers = {
            "demand": values["demand"],
            "complaints": values["complaints"],
            "lead_hours": f"{values['lead_hours'] / hours:.1f}",
        }
        return "; ".join(
            texts[factor] % {"level": levels[row.level(factor)], "number": numbers[factor]}
            for factor in row.ranks
            if row.level(factor) in levels
        )
