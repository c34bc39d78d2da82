from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

# What is visited, and by whom: decided by who organises the visit.
ORGANISED = frozenset(
    {"commission_id", "service_id", "point_id", "department_id", "set_id", "member_ids", "date_planned", "company_id"}
)
# Empty until the visit is closed: a zero would spoil every average.
MARKS = frozenset({"expert_mark", "citizen_mark"})
KEEPERS = ("1_chair", "2_secretary")


class FeedbackExpertVisit(models.Model):
    """A visit of experts to a unit: what they looked at, how they judge it, what they recommend.

    Until the visit is closed each expert sees his own scores only, so that none follows another.
    """

    _name = "feedback.expert.visit"
    _description = "Expert Visit"
    _inherit = ["qms.frozen.mixin", "qms.number.mixin", "qms.activity.mixin"]
    _order = "date_planned desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["number"]
    _state_initial = "planned"
    _frozen_states = ("closed", "cancelled")
    _by_method = frozenset(
        {"cancel_reason", "closed_by_id", "date_closed", "expert_mark", "citizen_mark", "citizen_count"}
    )
    _number_prefix = "EV"
    _reason_methods = ("action_cancel",)

    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    commission_id = fields.Many2one(
        "feedback.expert.commission", required=True, index=True, check_company=True, ondelete="restrict"
    )
    service_id = fields.Many2one("qms.service", index="btree_not_null", check_company=True, ondelete="restrict")
    point_id = fields.Many2one(
        "qms.service.point", "Service Point", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    department_id = fields.Many2one(
        "hr.department",
        "Visited Unit",
        compute="_compute_department_id",
        store=True,
        readonly=False,
        index=True,
        check_company=True,
    )
    set_id = fields.Many2one(
        "feedback.criterion.set",
        "Criteria",
        required=True,
        domain="[('company_id', 'in', [company_id, False])]",
        ondelete="restrict",
    )
    member_ids = fields.Many2many(
        "feedback.expert.member",
        "feedback_expert_visit_member_rel",
        "visit_id",
        "member_id",
        "Experts",
        domain="[('commission_id', '=', commission_id)]",
    )
    date_planned = fields.Date("Planned for", required=True, tracking=True)
    date_visited = fields.Date("Visited on")
    state = fields.Selection(
        [("planned", "Planned"), ("scoring", "Scores are given"), ("closed", "Closed"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        default="planned",
        copy=False,
        index=True,
        tracking=True,
        group_expand="_expand_states",
    )
    documents_studied = fields.Text(copy=False, help="Which documents the experts have read, one a line.")
    conclusion = fields.Text(copy=False)
    score_ids = fields.One2many("feedback.expert.score", "visit_id", "Scores", copy=False)
    recommendation_ids = fields.One2many("feedback.expert.recommendation", "visit_id", "Recommendations", copy=False)
    result_ids = fields.One2many(
        "feedback.expert.result", "visit_id", "Experts and Citizens", readonly=True, copy=False
    )
    missing_count = fields.Integer("Scores to be given", compute="_compute_missing", compute_sudo=True)
    my_missing_count = fields.Integer("My Scores to be given", compute="_compute_my_missing_count")
    may_organise = fields.Boolean(compute="_compute_may_organise")
    cancel_reason = fields.Text("Reason for Cancellation", readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", "Closed by", readonly=True, copy=False)
    date_closed = fields.Date("Closed on", readonly=True, copy=False)
    expert_mark = fields.Float(
        "Experts' Mark", digits=(3, 2), readonly=True, copy=False, aggregator="avg", help="From 1 to 5, by weights."
    )
    citizen_mark = fields.Float("Citizens' Mark", digits=(3, 2), readonly=True, copy=False, aggregator="avg")
    citizen_count = fields.Integer("Citizens' Ratings", readonly=True, copy=False)

    # === CONSTRAINTS === #

    @api.constrains("member_ids", "service_id", "point_id", "department_id")
    def _check_independent(self):
        for visit in self:
            dependent = visit.member_ids._dependent_on(visit._visited_units())
            if dependent:
                raise ValidationError(
                    self.env._(
                        "%(names)s can't judge this visit: who works in the visited unit, leads it or answers for its "
                        "quality is not independent. Choose other experts.",
                        names=", ".join(dependent.mapped("name")),
                    )
                )

    @api.constrains("service_id", "point_id")
    def _check_subject(self):
        if any(not (visit.service_id or visit.point_id) for visit in self):
            raise ValidationError(self.env._("Say which service or which service point is visited."))

    @api.constrains("member_ids", "commission_id")
    def _check_members(self):
        for visit in self:
            if visit.member_ids.commission_id - visit.commission_id:
                raise ValidationError(self.env._("All experts of a visit are members of its commission."))

    @api.constrains("set_id", "company_id")
    def _check_set_company(self):
        for visit in self:
            if visit.set_id.company_id and visit.set_id.company_id != visit.company_id:
                raise ValidationError(self.env._("These criteria are another authority's. Choose others."))

    # === COMPUTES === #

    def _expand_states(self, _states, _domain):
        return [state for state, _label in self._fields["state"].selection]

    @api.depends("service_id", "point_id")
    def _compute_department_id(self):
        for visit in self:
            visit.department_id = visit.point_id.department_id or visit.service_id.department_id or visit.department_id

    @api.depends("number", "service_id", "point_id")
    def _compute_display_name(self):
        for visit in self:
            visit.display_name = " ".join(filter(None, (visit.number, visit.service_id.name, visit.point_id.name)))

    @api.depends("score_ids.score", "score_ids.is_not_judged")
    def _compute_missing(self):
        # Of all experts: how many are missing may be known, which they are not.
        missing = self._all_scores().filtered(lambda score: not score._is_given())
        for visit in self:
            visit.missing_count = len(missing.filtered(lambda score, visit=visit: score.visit_id == visit))

    @api.depends("score_ids.score", "score_ids.is_not_judged")
    @api.depends_context("uid")
    def _compute_my_missing_count(self):
        for visit in self:
            visit.my_missing_count = len(
                visit.score_ids.filtered(lambda score: score._may_be_given_by_me() and not score._is_given())
            )

    @api.depends("member_ids", "state")
    @api.depends_context("uid")
    def _compute_may_organise(self):
        for visit in self:
            visit.may_organise = visit._may_organise()

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{name: vals[name] for name in vals if name not in MARKS} for vals in vals_list])

    @api.model
    def _born_vals(self):
        return {name: value for name, value in super()._born_vals().items() if name not in MARKS}

    def write(self, vals):
        if ORGANISED & set(vals) and not self.env.su:
            for visit in self:
                visit._check_may_organise()
                if visit.state != "planned":
                    raise UserError(
                        self.env._(
                            "What is visited and by whom is decided before the scores are given. Cancel the visit "
                            "and plan another one."
                        )
                    )
        return super().write(vals)

    # === ACCESS === #

    def _keepers(self):
        """Return the users who keep the visit's papers: chair and secretary of its commission."""
        members = self.sudo().commission_id.member_ids  # sudo: who takes part, whoever asks
        return members.filtered(lambda member: member.role in KEEPERS).user_id

    def _may_organise(self):
        self.ensure_one()
        user = self.env.user
        return self.env.su or user.has_group("citizen_feedback.group_feedback_manager") or user in self._keepers()

    def _check_may_organise(self):
        if not self._may_organise():
            raise AccessError(
                self.env._(
                    "Visits are organised by the chair and the secretary of the commission and by feedback managers."
                )
            )

    # === BUSINESS METHODS === #

    def _all_scores(self):
        """Return the scores of all experts; ``score_ids`` may hold those only that the user sees."""
        # sudo: what all gave together doesn't depend on who asks
        return self.env["feedback.expert.score"].sudo().search([("visit_id", "in", self.ids)])

    def _visited_units(self):
        """Return the units whose work is judged (``hr.department``)."""
        self.ensure_one()
        return self.department_id | self.service_id.department_id | self.point_id.department_id
