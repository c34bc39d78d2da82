from odoo import api, fields, models
from odoo.fields import Domain

from ...lib import readability

# How an empty norm (no deadline) compares with a number.
ZERO_COMPARES = {
    "<": lambda value: value > 0,
    "<=": lambda value: value >= 0,
    ">": lambda value: value < 0,
    ">=": lambda value: value <= 0,
}


class QmsService(models.Model):
    """A public service with what its information card tells the applicant.

    How long it may take is told by its norms, which change in time; ``deadline_days`` and ``deadline_kind`` are
    those of the norm in force today.
    """

    _name = "qms.service"
    _description = "Public Service"
    _inherit = ["mail.thread"]
    _order = "code, id"
    _check_company_auto = True
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    process_id = fields.Many2one("qms.process", "Delivered by", index=True, check_company=True, ondelete="restrict")
    department_id = fields.Many2one("hr.department", "Unit", index=True, check_company=True)
    responsible_role_id = fields.Many2one(
        "qms.role",
        "Responsible Officer",
        check_company=True,
        help="Who answers for the service and for what its card says.",
    )

    # what the applicant is told
    plain_text = fields.Text(
        "In Plain Words",
        translate=True,
        help="What the service is and what to do, in words that everybody understands.",
    )
    plain_hint = fields.Char("Readability", compute="_compute_plain_hint")
    applicant_category_ids = fields.Many2many(
        "qms.applicant.category",
        "qms_service_applicant_category_rel",
        "service_id",
        "category_id",
        "Applicants",
        check_company=True,
    )
    life_event_ids = fields.Many2many(
        "qms.life.event", "qms_life_event_service_rel", "service_id", "event_id", "Life Events", check_company=True
    )
    application_ground = fields.Char("Ground for the Service", translate=True, help="For example: written application.")
    legal_basis = fields.Text(help="Laws and other acts, one a line.")
    document_ids = fields.One2many("qms.service.document", "service_id", "Documents to Submit", copy=True)
    channel_ids = fields.Many2many(
        "qms.service.channel", "qms_service_channel_rel", "service_id", "channel_id", "Channels", check_company=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    fee = fields.Monetary()
    fee_basis = fields.Char(help="The act that sets the fee, how to pay, who is exempt.")
    result = fields.Char(translate=True)
    refusal_grounds = fields.Text(help="One a line.")
    point_ids = fields.Many2many(
        "qms.service.point",
        "qms_service_point_service_rel",
        "service_id",
        "point_id",
        "Service Points",
        check_company=True,
    )
    promise_ids = fields.One2many("qms.service.promise", "service_id", "Service Standard", copy=True)

    # how long it may take
    norm_ids = fields.One2many("qms.service.norm", "service_id", "Norms")
    norm_id = fields.Many2one("qms.service.norm", "Norm in Force", compute="_compute_norm_id", search="_search_norm_id")
    deadline_days = fields.Integer(
        "Deadline (days)",
        compute="_compute_deadline_days",
        inverse="_inverse_deadline",
        search="_search_deadline_days",
        help="By the norm in force today; another number is a new norm from today on.",
    )
    deadline_kind = fields.Selection(
        [("calendar", "Calendar days"), ("working", "Working days")],
        compute="_compute_deadline_kind",
        inverse="_inverse_deadline",
        required=True,
        default="calendar",
    )
    waiting_minutes = fields.Integer("Longest Wait (minutes)", related="norm_id.waiting_minutes")
    active = fields.Boolean(default=True)

    _code_company = models.UniqueIndex(
        "(code, company_id)", "Another service has this code already. Choose a new code."
    )
    _fee_range = models.Constraint("CHECK (fee >= 0)", "A fee can't be negative. Correct it.")

    # === COMPUTES === #

    @api.depends("code", "name")
    def _compute_display_name(self):
        for service in self:
            service.display_name = f"{service.code} {service.name}"

    @api.depends("norm_ids.valid_from", "company_id")
    def _compute_norm_id(self):
        for service in self:
            service.norm_id = service._norm_on((service.company_id or self.env.company)._qms_today())

    @api.depends("norm_id.deadline_days")
    def _compute_deadline_days(self):
        for service in self:
            service.deadline_days = service.norm_id.deadline_days

    @api.depends("norm_id.deadline_kind")
    def _compute_deadline_kind(self):
        for service in self:
            service.deadline_kind = service.norm_id.deadline_kind or "calendar"

    def _inverse_deadline(self):
        for service in self:
            service._set_norm({"deadline_days": service.deadline_days, "deadline_kind": service.deadline_kind})

    def _search_norm_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        in_force = self._norm_in_force_domain()
        found = Domain("norm_ids", "any", in_force & Domain("id", "in", [norm_id for norm_id in value if norm_id]))
        return found | ~Domain("norm_ids", "any", in_force) if False in value else found

    def _search_deadline_days(self, operator, value):
        if operator != "in" and operator not in ZERO_COMPARES:
            return NotImplemented
        in_force = self._norm_in_force_domain()
        found = Domain("norm_ids", "any", in_force & Domain("deadline_days", operator, value))
        without = 0 in value if operator == "in" else ZERO_COMPARES[operator](value)
        return found | ~Domain("norm_ids", "any", in_force) if without else found

    @api.model
    def _norm_in_force_domain(self):
        today = self.env.company._qms_today()
        return Domain("valid_from", "<=", today) & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", today))

    @api.depends("plain_text")
    @api.depends_context("lang")
    def _compute_plain_hint(self):
        verdicts = {
            "easy": self.env._("easy to read"),
            "fair": self.env._("readable; shorter sentences would help"),
            "hard": self.env._("hard to read: make two sentences out of one"),
        }
        for service in self:
            counts = readability.measure(service.plain_text)
            service.plain_hint = bool(counts.words) and self.env._(
                "%(mean)s words per sentence, the longest has %(longest)s: %(verdict)s.",
                mean=round(counts.words_per_sentence),
                longest=counts.longest,
                verdict=verdicts[counts.level],
            )

    # === CRUD === #

    def unlink(self):
        # A norm by which cases were judged keeps its service.
        self.norm_ids.unlink()
        return super().unlink()

    # === ACTIONS === #

    def action_view_points(self):
        """Open the places where these services are given."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_service_point_action"),
            "domain": [("service_ids", "in", self.ids)],
            "context": {"default_service_ids": self.ids},
        }

    # === BUSINESS METHODS === #

    def _norm_on(self, day):
        """Return the norm that was or will be in force on a day: the only answer to "how long may it take".

        :param datetime.date day: for a case, the day on which it was applied for
        :return: ``qms.service.norm``, empty where none was in force
        """
        self.ensure_one()
        begun = self.norm_ids.filtered(lambda norm: norm.valid_from and norm.valid_from <= day)
        return begun.sorted("valid_from")[-1:]

    def _deadline(self, start):
        """Return the last day on which a case is still in time, by the norm of the day it was applied for.

        :param datetime.date start: the day of the application, in the authority's time zone
        :return: the day, or False where no norm with a deadline was in force
        :rtype: datetime.date | bool
        """
        return self._norm_on(start)._due(start)

    def _calendar(self):
        """Return the working calendar that counts the service's days (``resource.calendar``)."""
        self.ensure_one()
        # sudo: whoever asks for a deadline, the authority's calendar and holidays count.
        return self.company_id.sudo().resource_calendar_id

    def _set_norm(self, vals):
        """Have a norm of these values in force from today; nothing happens if they are in force already."""
        self.ensure_one()
        today = self.company_id._qms_today()
        norm = self._norm_on(today)
        if not norm and not vals["deadline_days"]:
            return
        if norm and all(norm[name] == value for name, value in vals.items()):
            return
        if norm.valid_from == today:
            norm.write(vals)
        else:
            kept = {"waiting_minutes": norm.waiting_minutes} if norm else {}
            norm.create({**kept, **vals, "service_id": self.id, "valid_from": today})
