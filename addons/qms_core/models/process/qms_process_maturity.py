from odoo import api, fields, models


class QmsProcess(models.Model):
    """How mature a process is: six levels, each with the criterion by which it is recognised."""

    _inherit = "qms.process"

    maturity = fields.Selection(
        [
            ("0", "0 – Not carried out"),
            ("1", "1 – Carried out"),
            ("2", "2 – Planned and checked"),
            ("3", "3 – Described and followed"),
            ("4", "4 – Measured"),
            ("5", "5 – Improved continuously"),
        ],
        index=True,
        tracking=True,
        help="The highest level whose criterion, and those of all levels below, the process meets.",
    )
    maturity_date = fields.Date("Assessed on", tracking=True)
    maturity_criterion = fields.Text("Met Criterion", compute="_compute_maturity_criteria")
    maturity_next = fields.Text("To Reach the Next Level", compute="_compute_maturity_criteria")

    @api.depends("maturity")
    @api.depends_context("lang")
    def _compute_maturity_criteria(self):
        criteria = self._maturity_criteria()
        for process in self:
            level = int(process.maturity or -1)
            process.maturity_criterion = criteria.get(level, False)
            process.maturity_next = criteria.get(level + 1, False) if process.maturity else criteria[1]

    @api.onchange("maturity")
    def _onchange_maturity(self):
        for process in self:
            process.maturity_date = process.maturity and (process.company_id or self.env.company)._qms_today()

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._dated(vals, self.env.company) for vals in vals_list])

    def write(self, vals):
        # Without a date nobody could tell later how old the assessment is.
        return super().write(self._dated(vals, self.company_id[:1] or self.env.company))

    @api.model
    def _dated(self, vals, company):
        if vals.get("maturity") and "maturity_date" not in vals:
            return {**vals, "maturity_date": company._qms_today()}
        return vals

    @api.model
    def _maturity_criteria(self):
        """Return ``{level: criterion}`` in the language of the user."""
        return {
            0: self.env._("The process doesn't reach its purpose, or nobody knows whether it does."),
            1: self.env._("The purpose is reached, but how depends on who does the work."),
            2: self.env._("There is an owner; the work is planned, its results are checked and kept."),
            3: self.env._("One description in force holds for all who take part; they know it and work by it."),
            4: self.env._("Indicators with targets are measured; deviations are found and their causes removed."),
            5: self.env._(
                "Goals of improvement are set from the indicators, changes are tried and their effect shown."
            ),
        }
