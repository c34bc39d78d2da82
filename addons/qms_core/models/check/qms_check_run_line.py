from odoo import api, fields, models


class QmsCheckRunLine(models.Model):
    """What one check found in a run, and what it cost."""

    _name = "qms.check.run.line"
    _description = "Check of a Run"
    _order = "run_id desc, id"
    _rec_name = "check_name"

    run_id = fields.Many2one("qms.check.run", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    check_name = fields.Selection(
        lambda self: self.env["qms.check.issue"]._selection_check_name(),
        "Name of the Check",
        required=True,
        readonly=True,
    )
    hit_count = fields.Integer("Hits", readonly=True, help="Accepted ones included.")
    milliseconds = fields.Float("Time (ms)", digits=(10, 1), readonly=True)
    query_count = fields.Integer("Database Queries", readonly=True)
    error = fields.Char("Stopped by", readonly=True)

    @api.model
    def _vals(self, outcome):
        """Return the values of the line of a check.

        :param lib.check.Outcome outcome: what came of it
        """
        return {
            "check_name": outcome.name,
            "hit_count": len(outcome.rows),
            "milliseconds": outcome.seconds * 1000,
            "query_count": outcome.queries,
            "error": outcome.error or False,
        }
