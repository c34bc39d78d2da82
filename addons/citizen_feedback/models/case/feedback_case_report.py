from odoo import fields, models
from odoo.tools import SQL


class FeedbackCaseReport(models.Model):
    """Cases as pivot and graph count them: shares and days are empty where they don't apply, so averages are honest."""

    _name = "feedback.case.report"
    _description = "Statistics of Service Cases"
    _auto = False
    _order = "date_asked desc, id desc"
    _rec_name = "service_id"
    _depends = {
        "feedback.case": [
            "date_asked",
            "date_due",
            "date_done",
            "company_id",
            "service_id",
            "department_id",
            "point_id",
            "channel_id",
            "applicant_category_id",
            "result",
            "punctuality",
            "days_taken",
            "visits",
        ]
    }

    date_asked = fields.Date("Asked for on", readonly=True)
    date_done = fields.Date("Finished on", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    service_id = fields.Many2one("qms.service", readonly=True)
    department_id = fields.Many2one("hr.department", "Unit", readonly=True)
    point_id = fields.Many2one("qms.service.point", "Service Point", readonly=True)
    channel_id = fields.Many2one("qms.service.channel", "Way of Asking", readonly=True)
    applicant_category_id = fields.Many2one("qms.applicant.category", "Applicant", readonly=True)
    result = fields.Selection(
        [("granted", "Granted"), ("refused", "Refused"), ("withdrawn", "Withdrawn")], readonly=True
    )
    punctuality = fields.Selection(
        [("open", "Not finished"), ("in_time", "In time"), ("late", "Late"), ("no_norm", "Without norm")], readonly=True
    )
    days_taken = fields.Float(readonly=True, aggregator="avg", digits=(16, 1))
    in_time_share = fields.Float(
        "In Time (%)",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Finished cases with a norm, and those that are still open after their last day: they are not in time.",
    )
    refused_share = fields.Float("Refused (%)", readonly=True, aggregator="avg", digits=(16, 1))
    visits = fields.Float(readonly=True, aggregator="avg", digits=(16, 1))

    @property
    def _table_query(self):
        # The ORM can't leave a number empty that doesn't apply: zeros would spoil every average. What is open after
        # its last day is not in time: otherwise who never finishes it would be.
        return SQL(
            """
            SELECT id, date_asked, date_done, company_id, service_id, department_id, point_id, channel_id,
                   applicant_category_id, result, punctuality, visits::float AS visits,
                   CASE WHEN date_done IS NOT NULL THEN days_taken::float END AS days_taken,
                   CASE WHEN punctuality = 'in_time' THEN 100.0
                        WHEN punctuality = 'late' OR (date_done IS NULL AND date_due < %s) THEN 0.0
                   END AS in_time_share,
                   CASE WHEN result = 'refused' THEN 100.0 WHEN result IS NOT NULL THEN 0.0 END AS refused_share
              FROM feedback_case
            """,
            self.env.company._qms_today(),
        )
