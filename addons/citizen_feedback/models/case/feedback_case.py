from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ...lib.case_table import RESULTS

NUMBER_LENGTH = 64
# By these the unit was judged.
JUDGED = frozenset({"service_id", "number", "date_asked", "date_done", "result"})
# What follows from them: nobody says it, whatever a client sends.
FOLLOWS = frozenset({"company_id", "department_id", "norm_days", "norm_kind", "date_due", "days_taken", "punctuality"})


class FeedbackCase(models.Model):
    """One request for a service: when it was asked for, until when it was due, and what came of it.

    Cases are made where the service is rendered and come from there as a table. There are many of them, so no thread
    and no tracking. A case is judged by the norm of the day on which it was asked for, whatever the norm is later.
    """

    _name = "feedback.case"
    _description = "Service Case"
    _order = "date_asked desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["number"]

    number = fields.Char(required=True, help="By which the case is known where it is handled.")
    service_id = fields.Many2one("qms.service", required=True, check_company=True, ondelete="restrict")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, compute="_compute_from_service", store=True, precompute=True
    )
    department_id = fields.Many2one(
        "hr.department",
        "Unit",
        readonly=True,
        compute="_compute_from_service",
        store=True,
        precompute=True,
        help="The unit that rendered the service when it was asked for.",
    )
    point_id = fields.Many2one(
        "qms.service.point", "Service Point", check_company=True, index="btree_not_null", ondelete="restrict"
    )
    channel_id = fields.Many2one(
        "qms.service.channel", "Way of Asking", check_company=True, index="btree_not_null", ondelete="restrict"
    )
    applicant_category_id = fields.Many2one(
        "qms.applicant.category", "Applicant", check_company=True, index="btree_not_null", ondelete="restrict"
    )
    date_asked = fields.Date("Asked for on", required=True)
    norm_days = fields.Integer("Norm (days)", compute="_compute_norm", store=True, help="Of the day it was asked for.")
    norm_kind = fields.Selection(
        [("calendar", "Calendar days"), ("working", "Working days")],
        "Days of the Norm",
        compute="_compute_norm",
        store=True,
    )
    date_due = fields.Date(
        "Due on", compute="_compute_norm", store=True, help="The last day in time; none without norm."
    )
    date_done = fields.Date("Finished on")
    result = fields.Selection([("granted", "Granted"), ("refused", "Refused"), ("withdrawn", "Withdrawn")])
    refusal_ground = fields.Char("Ground for Refusal")
    visits = fields.Integer(aggregator="avg", help="How often the applicant had to come.")
    days_taken = fields.Integer(compute="_compute_punctuality", store=True, aggregator="avg", help="In calendar days.")
    punctuality = fields.Selection(
        [("open", "Not finished"), ("in_time", "In time"), ("late", "Late"), ("no_norm", "Without norm")],
        compute="_compute_punctuality",
        store=True,
    )

    _number_once = models.UniqueIndex(
        "(service_id, number)",
        "The service has a case with this number already. Correct the number, or change that case.",
    )
    # serves the list and the statistics of an authority: newest first
    _company_asked = models.Index("(company_id, date_asked DESC, id DESC)")
    # serves the statistics of a service
    _service_asked = models.Index("(service_id, date_asked)")
    # serves the list of a head
    _department_asked = models.Index("(department_id, date_asked)")
    # serves the rules that look for what is overdue
    _open_due = models.Index("(date_due) WHERE date_done IS NULL")
    _order_of_days = models.Constraint(
        "CHECK (date_done >= date_asked)", "The case was finished before it was asked for. Correct one of the days."
    )
    _visits_range = models.Constraint(
        "CHECK (visits BETWEEN 0 AND 1000)", "The number of visits lies between 0 and 1000. Correct it."
    )
    _finished_result = models.Constraint(
        "CHECK ((date_done IS NULL) = (result IS NULL))",
        "A finished case has a day and a result, an open one has neither. Enter both, or none.",
    )
    _number_length = models.Constraint(
        f"CHECK (char_length(number) <= {NUMBER_LENGTH})",
        f"The number of a case has at most {NUMBER_LENGTH} characters. Shorten it.",
    )

    # === CONSTRAINTS === #

    @api.constrains("date_asked", "date_done")
    def _check_not_in_future(self):
        for case in self:
            last = max(filter(None, (case.date_asked, case.date_done)))
            if last > case.company_id._qms_today():
                raise ValidationError(
                    self.env._(
                        "The case %(case)s has the day %(day)s, which is still to come. Correct the day.",
                        case=case.number,
                        day=fields.Date.to_string(last),
                    )
                )

    # === COMPUTES === #

    @api.depends("service_id")
    def _compute_from_service(self):
        # Not a related field: a service that moves to another unit leaves its old cases where they are.
        for case in self:
            case.company_id = case.service_id.company_id
            case.department_id = case.service_id.department_id

    @api.depends("service_id", "date_asked")
    def _compute_norm(self):
        norms, due_days = {}, {}
        for case in self:
            asked = (case.service_id, case.date_asked)
            if asked not in norms:
                norms[asked] = case._norm()
            norm = norms[asked]
            term = (case.company_id, norm.deadline_kind, norm.deadline_days, case.date_asked)
            if term not in due_days:
                due_days[term] = norm._due(case.date_asked)
            case.norm_days = norm.deadline_days
            case.norm_kind = norm.deadline_days and norm.deadline_kind
            case.date_due = due_days[term]

    def _norm(self):
        if not (self.service_id and self.date_asked):
            return self.env["qms.service.norm"]
        # sudo: by which norm a case is judged doesn't depend on who enters it.
        return self.service_id.sudo()._norm_on(self.date_asked)

    @api.depends("date_asked", "date_due", "date_done")
    def _compute_punctuality(self):
        for case in self:
            case.days_taken = (case.date_done - case.date_asked).days if case.date_done and case.date_asked else 0
            case.punctuality = case._judge()

    def _judge(self):
        if not self.date_done:
            return "open"
        if not self.date_due:
            return "no_norm"
        return "in_time" if self.date_done <= self.date_due else "late"

    @api.depends("number", "service_id")
    def _compute_display_name(self):
        for case in self:
            case.display_name = f"{case.service_id.code or ''} {case.number or ''}".strip()

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{name: vals[name] for name in vals if name not in FOLLOWS} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if FOLLOWS & set(vals) and not self.env.su:
            raise AccessError(
                self.env._("By what a case is judged follows from its service and its days. Correct these instead.")
            )
        if JUDGED & set(vals):
            self._check_may_correct()
        return super().write(vals)

    # === ACCESS === #

    @api.model
    def _may_correct(self):
        return self.env.su or self.env.user.has_group("citizen_feedback.group_feedback_manager")

    def _check_may_correct(self):
        finished = self.filtered("date_done")
        if finished and not self._may_correct():
            raise AccessError(
                self.env._(
                    "The case %s is finished, and its unit is judged by it. Ask a feedback manager to correct it.",
                    finished[0].display_name,
                )
            )

    # === BUSINESS METHODS === #

    @api.model
    def _overdue_domain(self, company):
        """Return the domain of the cases of an authority whose last day has passed.

        :param company: ``res.company``
        """
        return (
            Domain("company_id", "=", company.id)
            & Domain("date_done", "=", False)
            & Domain("date_due", "<", company._qms_today())
        )

    @api.model
    def _results(self):
        """Return the labels of the results in the reader's language."""
        labels = dict(self._fields["result"]._description_selection(self.env))
        return {result: labels[result] for result in RESULTS}
