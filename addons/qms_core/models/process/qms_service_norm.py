from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

# What a case is judged by: it no longer changes once the norm has been replaced, and is corrected by few before.
JUDGED = {"service_id", "valid_from", "deadline_days", "deadline_kind", "waiting_minutes"}
REVIEW_PERIOD = relativedelta(years=1)
REVIEW_NOTICE_DAYS = 30


class QmsServiceNorm(models.Model):
    """How long a service may take, from a day on.

    A case is judged by the norm of its day, so a norm that has been replaced stays as it was, and one by which
    cases are judged already is corrected by those only who don't work in the unit. The last norm of a service is
    reviewed every year; that is a duty of the head of the unit.
    """

    _name = "qms.service.norm"
    _description = "Norm of a Service"
    _inherit = ["qms.deadline.mixin"]
    _order = "service_id, valid_from desc, id desc"
    _check_company_auto = True
    _rec_name = "service_id"
    _duty_closed_states = ("replaced",)
    _deadline_by_method = False  # it follows from the last review

    service_id = fields.Many2one("qms.service", required=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="service_id.company_id", store=True, index=True)
    department_id = fields.Many2one(related="service_id.department_id", store=True, index=True)
    deadline_days = fields.Integer("Deadline (days)", tracking=True, help="0: no deadline is set.")
    deadline_kind = fields.Selection(
        [("calendar", "Calendar days"), ("working", "Working days")], required=True, default="calendar", tracking=True
    )
    waiting_minutes = fields.Integer(
        "Longest Wait (minutes)", tracking=True, help="In the queue, before one is received. 0: not set."
    )
    valid_from = fields.Date(
        "In Force since", required=True, default=lambda self: self.env.company._qms_today(), tracking=True
    )
    valid_to = fields.Date("In Force until", compute="_compute_valid_to", store=True)
    state = fields.Selection(
        [("last", "Reviewed yearly"), ("replaced", "Replaced")], compute="_compute_valid_to", store=True
    )
    basis = fields.Char(help="The act that sets the norm.")
    reviewed_on = fields.Date("Reviewed on", tracking=True, copy=False)
    date_deadline = fields.Date("Next Review")

    _start = models.UniqueIndex(
        "(service_id, valid_from)",
        "The service has a norm from this day already, and two can't be in force at once. Change that norm instead.",
    )
    _days_range = models.Constraint(
        "CHECK (deadline_days >= 0 AND deadline_days <= 3650)",
        "The deadline must lie between 0 and 3650 days. Correct it.",
    )
    _waiting_range = models.Constraint(
        "CHECK (waiting_minutes >= 0 AND waiting_minutes <= 1440)",
        "The longest wait must lie between 0 and 1440 minutes. Correct it.",
    )

    # === COMPUTES === #

    @api.depends("valid_from", "service_id.norm_ids.valid_from")
    def _compute_valid_to(self):
        for norm in self:
            later = [other.valid_from for other in norm.service_id.norm_ids if norm._is_before(other)]
            norm.valid_to = min(later) - timedelta(days=1) if later else False
            norm.state = "replaced" if later else "last"

    def _is_before(self, other):
        return bool(self.valid_from and other.valid_from and self.valid_from < other.valid_from)

    @api.depends("service_id", "valid_from")
    def _compute_display_name(self):
        for norm in self:
            norm.display_name = f"{norm.service_id.code or ''} {fields.Date.to_string(norm.valid_from) or ''}".strip()

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        services = self.env["qms.service"].browse({vals["service_id"] for vals in vals_list if vals.get("service_id")})
        with_norms = services.filtered("norm_ids")
        norms = super().create([self._with_duty(vals) for vals in vals_list])
        # By the first norms of a service nobody was judged otherwise before.
        norms.filtered(lambda norm: norm.service_id in with_norms)._check_may_judge()
        norms._end_replaced_duties()
        return norms

    def write(self, vals):
        if JUDGED & set(vals):
            self._check_not_judged()
            self._check_may_judge()
        result = super().write(vals)
        if "valid_from" in vals:
            self._check_may_judge()
        if {"valid_from", "reviewed_on"} & set(vals) and "date_deadline" not in vals:
            for norm in self:
                norm.date_deadline = norm._next_review(norm.valid_from, norm.reviewed_on)
        if "valid_from" in vals:
            self._end_replaced_duties()
        return result

    def unlink(self):
        # Not @api.ondelete(at_uninstall=False): a client may send that flag as context.
        if not (self.env.su and self.env.context.get(MODULE_UNINSTALL_FLAG)):
            for norm in self._judging()[:1]:
                raise UserError(
                    self.env._(
                        "The norm of the service “%(service)s” has been in force since %(day)s and cases are judged "
                        "by it, so it can't be deleted. Enter a new norm.",
                        service=norm.service_id.name,
                        day=fields.Date.to_string(norm.valid_from),
                    )
                )
        return super().unlink()

    # === ACCESS === #

    def _judging(self):
        """Return the norms by which cases of past days are judged."""
        return self.filtered(lambda norm: norm.valid_from < norm.company_id._qms_today())

    def _check_may_judge(self):
        """Raise an AccessError for a norm of past days, unless the user stands above the units that are judged."""
        user = self.env.user
        groups = ("qms_core.group_coordinator", "qms_core.group_commissioner")
        if self.env.su or any(user.has_group(group) for group in groups):
            return
        for norm in self._judging()[:1]:
            raise AccessError(
                self.env._(
                    "Cases since %(day)s are judged by this norm of the service “%(service)s”, so it is corrected by "
                    "the coordinator or the commissioner only. Ask them, or enter a norm from today on.",
                    service=norm.service_id.name,
                    day=fields.Date.to_string(norm.valid_from),
                )
            )

    def _check_not_judged(self):
        for norm in self:
            if norm.valid_to and norm.valid_to < norm.company_id._qms_today():
                raise UserError(
                    self.env._(
                        "The norm of the service “%(service)s” was replaced after %(day)s. Cases of its time are "
                        "judged by it, so it is no longer changed. Enter a new norm.",
                        service=norm.service_id.name,
                        day=fields.Date.to_string(norm.valid_to),
                    )
                )

    # === ACTIONS === #

    def action_reviewed(self):
        """Confirm that the norms were reviewed today and stay; the next review is in a year.

        :raises AccessError: for anybody but the responsible person and who may change the norm
        :raises UserError: for a norm that has been replaced
        """
        for norm in self:
            norm._check_may_review()
            if norm.state == "replaced":
                raise UserError(
                    self.env._("This norm has been replaced and is no longer reviewed. Review the norm that follows.")
                )
            # sudo: the head of the unit confirms by duty, without a right to change the norm.
            norm.sudo().write({"reviewed_on": norm.company_id._qms_today()})

    def _check_may_review(self):
        if self.env.user != self.sudo().responsible_user_id and not self.has_access("write"):
            raise AccessError(
                self.env._(
                    "Only the person responsible for the review, the quality officer of the unit, the coordinator and "
                    "the commissioner confirm a norm."
                )
            )

    # === BUSINESS METHODS === #

    def _due(self, start):
        """Return the last day on which a case is still in time.

        The day of the application doesn't count. A term in calendar days whose last day is a day off ends on the
        next working day, as civil law has it.

        :param datetime.date start: the day of the application
        :return: the day, or False for no norm or a norm without deadline
        :rtype: datetime.date | bool
        """
        if not self.deadline_days:
            return False
        calendar = self.service_id._calendar()
        if self.deadline_kind == "working":
            return calendar._qms_add_working_days(start, self.deadline_days)
        return calendar._qms_working_day_from(start + timedelta(days=self.deadline_days))

    @api.model
    def _next_review(self, valid_from, reviewed_on):
        last = max(filter(None, (fields.Date.to_date(valid_from), fields.Date.to_date(reviewed_on))), default=None)
        return last and last + REVIEW_PERIOD

    @api.model
    def _with_duty(self, vals):
        """Return the values of a new norm, with whom and when to ask for its review."""
        service = self.env["qms.service"].browse(vals.get("service_id"))
        valid_from = vals.get("valid_from") or self.env.company._qms_today()
        return {
            # sudo: who heads a unit is readable only with HR rights.
            "responsible_id": service.department_id.sudo()._head().id if service.department_id else False,
            "date_deadline": self._next_review(valid_from, vals.get("reviewed_on")),
            **vals,
        }

    def _end_replaced_duties(self):
        """Whoever was called to review a norm that has now been replaced needn't do it."""
        self.service_id.norm_ids.filtered(lambda norm: norm.state == "replaced")._acted()

    # === DUTY === #

    def _duty_summary(self):
        return self.env._("Review the norms of the service %s", self.service_id.code)

    def _day_verb(self, user):
        return "check" if user == self.responsible_user_id else super()._day_verb(user)

    @api.model
    def _day_buttons(self, verb):
        stays = [("action_reviewed", self.env._("Reviewed, stays"))] if verb == "check" else []
        return stays + super()._day_buttons(verb)

    def _call_responsible(self):
        # What is to be done in a year has no place on today's list.
        near = self.filtered(
            lambda norm: (
                norm.date_deadline
                and norm.date_deadline <= norm.company_id._qms_today() + timedelta(days=REVIEW_NOTICE_DAYS)
            )
        )
        return super(QmsServiceNorm, near)._call_responsible()

    @api.model
    def _to_remind(self, company):
        until = company._qms_today() + timedelta(days=REVIEW_NOTICE_DAYS)
        return Domain("date_deadline", "<=", until) & Domain("reminded", "=", False)
