from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...lib.rating_form import ASPECTS, COMMENT_LIMIT, CONTACT_LIMIT


class FeedbackRating(models.Model):
    """What one visitor thinks of one service.

    Contents are never changed, by nobody: a rating that should not count is excluded with a reason. There are
    many of them, so no thread, no tracking, and aspects in columns.
    """

    _name = "feedback.rating"
    _description = "Rating"
    _inherit = ["qms.frozen.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _rec_name = "service_id"
    _state_initial = "ok"
    _frozen_states = ("ok", "review", "excluded")
    _reason_methods = ("action_exclude",)

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
        help="The unit that delivered the service when it was rated.",
    )
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    score = fields.Integer("Mark", required=True, aggregator="avg", help="1 is very bad, 5 is excellent.")
    timeliness = fields.Integer(aggregator="avg")
    waiting = fields.Integer("Waiting Time", aggregator="avg")
    courtesy = fields.Integer(aggregator="avg")
    competence = fields.Integer(aggregator="avg")
    clarity = fields.Integer("Clarity of Information", aggregator="avg")
    comfort = fields.Integer(aggregator="avg")
    accessibility = fields.Integer(aggregator="avg")
    ease = fields.Integer("Ease of the Procedure", aggregator="avg")
    inapplicable = fields.Char(
        "Columns that do not apply", readonly=True, help="Aspects that the visitor answered by “does not apply”."
    )
    inapplicable_aspect_ids = fields.Many2many(
        "feedback.aspect",
        string="Does not Apply",
        compute="_compute_inapplicable_aspect_ids",
        readonly=False,
        domain="[('company_id', '=', False)]",
        help="What the visitor answered by “does not apply”: no mark, but an answer.",
    )
    stars = fields.Char(compute="_compute_stars")
    comment = fields.Text()
    channel = fields.Selection(
        [("web", "Web page"), ("qr", "QR code"), ("paper", "Paper questionnaire"), ("other", "Phone, visit, other")],
        required=True,
        default="paper",
    )
    client_kind = fields.Selection(
        [("citizen", "Citizen"), ("business", "Business or organisation"), ("internal", "Internal client")],
        "Client",
        required=True,
        default="citizen",
        help="In which capacity the service was asked for; an internal client is an employee.",
    )
    contact = fields.Char(
        groups="citizen_feedback.group_feedback_operator,citizen_feedback.group_feedback_manager",
        help="How the visitor wishes to be answered. Given by him, kept by his consent.",
    )
    consent_date = fields.Datetime(
        "Consent given on", groups="citizen_feedback.group_feedback_operator,citizen_feedback.group_feedback_manager"
    )
    lang = fields.Char("Language", readonly=True, help="Language of the page on which it was given.")
    state = fields.Selection(
        [("ok", "Counts"), ("review", "Under review"), ("excluded", "Excluded")],
        required=True,
        readonly=True,
        default="ok",
        copy=False,
    )
    exclude_reason = fields.Text("Reason for Exclusion", readonly=True, copy=False)
    is_low = fields.Boolean(
        "Low", readonly=True, copy=False, help="At or below the authority's low mark when it was given."
    )
    awaits_signal = fields.Boolean(readonly=True, copy=False, help="Low, and its head was not told yet.")
    signal_id = fields.Many2one(
        "feedback.signal", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )

    # serves the list: newest first
    _newest = models.Index("(date DESC, id DESC)")
    # serves number and average on the form of a service, without reading the table
    _service_score = models.Index("(service_id, state) INCLUDE (score)")
    # serves the head's list and the comparison of units by month
    _department_date = models.Index("(department_id, date)")
    # serves the cron that raises signals
    _awaiting = models.Index("(id) WHERE awaits_signal")
    _score_range = models.Constraint("CHECK (score BETWEEN 1 AND 5)", "The mark is a whole number from 1 to 5.")
    _aspect_range = models.Constraint(
        "CHECK ({})".format(" AND ".join(f"{aspect} BETWEEN 1 AND 5" for aspect in ASPECTS)),
        "The mark of an aspect is a whole number from 1 to 5. Leave it empty if it does not apply.",
    )
    _comment_length = models.Constraint(
        f"CHECK (char_length(comment) <= {COMMENT_LIMIT})",
        f"The comment is too long: at most {COMMENT_LIMIT} characters.",
    )
    _contact_length = models.Constraint(
        f"CHECK (char_length(contact) <= {CONTACT_LIMIT})",
        f"The contact is too long: at most {CONTACT_LIMIT} characters.",
    )
    _contact_consent = models.Constraint(
        "CHECK (contact IS NULL OR consent_date IS NOT NULL)",
        "A contact is kept only with the visitor's consent. Enter when he gave it, or leave the contact out.",
    )

    # === COMPUTES === #

    @api.depends("service_id")
    def _compute_from_service(self):
        # Not a related field: a service that moves to another unit leaves its old ratings where they are.
        for rating in self:
            rating.company_id = rating.service_id.company_id
            rating.department_id = rating.service_id.department_id

    @api.depends("score")
    def _compute_stars(self):
        for rating in self:
            rating.stars = "★" * rating.score + "☆" * (5 - rating.score)

    @api.depends("inapplicable")
    def _compute_inapplicable_aspect_ids(self):
        aspects = self.env["feedback.aspect"].with_context(active_test=False).search([("company_id", "=", False)])
        for rating in self:
            columns = (rating.inapplicable or "").split(",")
            rating.inapplicable_aspect_ids = aspects.filtered(lambda aspect, columns=columns: aspect.column in columns)

    @api.depends("service_id", "score")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for rating in self:
            rating.display_name = rating.service_id and f"{rating.stars} {rating.service_id.display_name}"

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        latest = fields.Datetime.now() + timedelta(minutes=5)
        for vals in vals_list:
            if fields.Datetime.to_datetime(vals.get("date") or latest) > latest:
                raise ValidationError(self.env._("The rating is dated in the future. Correct its date."))
        return super().create([self._with_consequences(vals) for vals in vals_list])

    @api.model
    def _with_consequences(self, vals):
        """Complete the values of a new rating by what follows from them."""
        inapplicable = self._inapplicable(vals)
        vals = {
            name: value
            for name, value in vals.items()
            # An aspect without answer stays empty: a zero would spoil the average.
            if name != "inapplicable_aspect_ids" and (value or name not in ASPECTS)
        }
        # sudo: operators read no settings of companies.
        service = self.env["qms.service"].sudo().browse(vals.get("service_id"))
        is_low = 0 < (vals.get("score") or 0) <= service.company_id._feedback_figures()["qms_low_rating"]
        # Nobody who enters a rating decides these; named explicitly, so that no default of a context slips in.
        return {
            **vals,
            "inapplicable": inapplicable,
            "company_id": service.company_id.id,
            "department_id": service.department_id.id,
            "is_low": is_low,
            "awaits_signal": is_low,
            "signal_id": False,
            "exclude_reason": False,
        }

    @api.model
    def _inapplicable(self, vals):
        """Return the columns of the aspects that do not apply, as they are stored; those with a mark do."""
        columns = set((vals.get("inapplicable") or "").split(","))
        if commands := vals.get("inapplicable_aspect_ids"):
            columns |= set(self.new({"inapplicable_aspect_ids": commands}).inapplicable_aspect_ids.mapped("column"))
        return ",".join(name for name in ASPECTS if name in columns and not vals.get(name)) or False

    # === ACCESS === #

    def _check_is_manager(self):
        if not self.env.user.has_group("citizen_feedback.group_feedback_manager"):
            raise AccessError(self.env._("Only a feedback manager decides whether a rating counts."))

    # === ACTIONS === #

    def action_review(self):
        """Set ratings aside until it is clear whether they count."""
        self._decide("ok", {"state": "review"})

    def action_accept(self):
        """Let ratings count again."""
        self._decide("review", {"state": "ok"})

    def action_exclude(self, reason=None):
        """Leave ratings out of every average, and dismiss open signals that rest on no other.

        :param str reason: why; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(
                self, "action_exclude", self.env._("Why does this rating not count?")
            )
        self._decide(("ok", "review"), {"state": "excluded", "exclude_reason": reason, "awaits_signal": False})
        self.signal_id._leave_out(reason)
        return True

    def action_view_signal(self):
        """Open the signal that this rating raised."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "feedback.signal",
            "res_id": self.signal_id.id,
            "views": [(False, "form")],
        }

    # === BUSINESS METHODS === #

    def _decide(self, states, vals):
        self._check_is_manager()
        for rating in self:
            rating._check_state(*([states] if isinstance(states, str) else states))
        self._transition(vals)

    @api.model
    def _intake(self, service, values):
        """Store a rating that came through a public page, cheaply; what follows from it is the cron's work.

        The cron looks every minute by itself: to wake it would cost more than the rating.

        :param service: the service (``qms.service``)
        :param dict values: the values of a checked form, and the language
        :return: the rating
        """
        # As the system: visitors have no rights here, and a rating stays anonymous even if the visitor is
        # an employee with an open session.
        consent = {"consent_date": fields.Datetime.now()} if values.get("contact") else {}
        ratings = self.with_user(SUPERUSER_ID).with_company(service.company_id)
        return ratings.create({**values, **consent, "service_id": service.id})
