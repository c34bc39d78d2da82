from odoo import fields, models


class QmsProcess(models.Model):
    _inherit = "qms.process"

    yearly_demand = fields.Integer(
        tracking=True,
        help="How often it is carried out in a year. Where it is empty, the demand for its services is added up.",
    )

    _yearly_demand_range = models.Constraint(
        "CHECK (yearly_demand >= 0)", "The yearly demand can't be negative. Correct it."
    )

    # === BUSINESS METHODS === #

    def _get_demand(self):
        """Hook: return how often each process is carried out in a year.

        :return: ``{process id: number}``, a number for each process
        :rtype: dict[int, int]
        """
        return {
            process.id: process.yearly_demand or sum(process.service_ids.mapped("yearly_demand")) for process in self
        }

    def _optimisation_inputs(self):
        """Hook: return what speaks for improving a process; addons add to ``complaints`` what they know.

        :return: ``{process id: {"demand": number a year, "complaints": number in the last year,
            "lead_hours": working hours from beginning to end}}``, a row for each process
        """
        demand = self._get_demand()
        return {
            process.id: {
                "demand": demand[process.id],
                "complaints": 0,
                "lead_hours": process.version_id.wait_hours + process.version_id.touch_minutes / 60,
            }
            for process in self
        }
