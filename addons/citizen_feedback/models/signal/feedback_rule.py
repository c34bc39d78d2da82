from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...lib.keywords import read_words

KINDS = [
    ("low", "One low mark"),
    ("burst", "Many low marks at once"),
    ("trend", "Marks that fall"),
    ("overdue", "Late work"),
    ("keyword", "Certain words"),
]
# Kinds that look at one mark after the other; the others look at all of a time together.
SINGLE_KINDS = ("low", "keyword")
# Fewer weeks show no trend, more than a year mixes seasons.
TREND_DAYS, BURST_DAYS = (56, 371), (1, 31)
SHIPPED_WORDS = "хабар\nвзятк\nвідкат\nвымогал\nbribe"


class FeedbackRule(models.Model):
    """When what citizens say becomes a signal: of which services, from which limit on, and who answers.

    Rules are looked at by a cron, never while a citizen waits for his page.
    """

    _name = "feedback.rule"
    _description = "Signal Rule"
    _inherit = ["qms.activity.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True, tracking=True)
    sequence = fields.Integer(default=10, help="Of several rules for one mark, the first one raises the signal.")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(KINDS, required=True, default="low", tracking=True)
    service_ids = fields.Many2many(
        "qms.service", string="Services", check_company=True, help="Empty: all services of the authority."
    )
    department_ids = fields.Many2many(
        "hr.department",
        string="Units",
        check_company=True,
        help="With the units below them. Empty: all units of the authority.",
    )
    watch = fields.Selection(
        [("service", "Each service"), ("department", "Each unit")],
        "Looked at Apart",
        required=True,
        default="service",
        help="Whether marks are compared, and signals raised, by service or by unit.",
    )
    mark = fields.Integer(
        "Low Mark", tracking=True, help="At or below it a mark is low. 0: as in the settings of the authority."
    )
    minimum = fields.Integer(
        "At Least", default=3, tracking=True, help="So many low marks, or late appeals and cases, make a signal."
    )
    window_days = fields.Integer("Days", default=1, tracking=True, help="The days that are looked at, up to now.")
    chance = fields.Float(
        default=0.001,
        digits=(6, 5),
        tracking=True,
        help="The probability, from 0 to 1, with which chance alone may do the same. The smaller, the fewer signals.",
    )
    fall = fields.Float(
        "Fall of", default=0.5, digits=(3, 2), tracking=True, help="So much the average mark must fall in these days."
    )
    words = fields.Text(
        tracking=True,
        help="One word or phrase in each line. A word is found by its beginning: “queue” finds “queues”, too.",
    )
    employee_id = fields.Many2one(
        "hr.employee",
        "Answered by",
        check_company=True,
        tracking=True,
        ondelete="restrict",
        help="Empty: the head of the unit.",
    )
    past_unit = fields.Boolean(
        "Not for the Unit",
        tracking=True,
        help="The unit and those above it don't see the signal: it may be about them.",
    )
    answer_days = fields.Integer("Working Days to Answer", default=3, tracking=True)
    pause_days = fields.Integer(
        "Pause",
        default=7,
        tracking=True,
        help="For so many days after an answer the same service or unit raises no further signal of this rule.",
    )
    daily_limit = fields.Integer(
        "Signals a Day",
        default=5,
        tracking=True,
        help="So many signals one unit gets in a day. What comes then is collected in one signal of the unit.",
    )
    evaluated = fields.Datetime("Last Looked at", readonly=True, copy=False)
    signal_ids = fields.One2many("feedback.signal", "rule_id", "Signals", readonly=True)
    signal_count = fields.Integer("Number of Signals", compute="_compute_signal_count")

    # serves the search of the rules that are due
    _kind_active = models.Index("(kind, company_id) WHERE active")
    _mark_range = models.Constraint("CHECK (mark BETWEEN 0 AND 5)", "The low mark lies between 0 and 5.")
    _chance_range = models.Constraint(
        "CHECK (chance > 0 AND chance <= 0.5)", "The chance is a number above 0 and at most 0.5, such as 0.001."
    )
    _fall_range = models.Constraint(
        "CHECK (fall >= 0 AND fall <= 4)", "The fall of the average mark lies between 0 and 4."
    )
    _counts_range = models.Constraint(
        "CHECK (minimum > 0 AND answer_days > 0 AND daily_limit > 0 AND pause_days >= 0)",
        "The least number, the days to answer and the signals a day are at least 1; the pause is not below 0.",
    )

    # === CONSTRAINTS === #

    @api.constrains("kind", "mark", "company_id")
    def _check_mark(self):
        for rule in self:
            low = rule.company_id.sudo().qms_low_rating  # sudo: a setting of the authority, told in the message
            if rule.kind == "low" and rule.mark > low:
                raise ValidationError(
                    self.env._(
                        "Marks above %s are no low ones in this authority. Choose a lower mark, or have the "
                        "administrator raise the low mark in the settings first.",
                        low,
                    )
                )

    @api.constrains("kind", "window_days")
    def _check_window_days(self):
        for rule in self:
            least, most = {"trend": TREND_DAYS, "burst": BURST_DAYS}.get(rule.kind, (rule.window_days,) * 2)
            if not least <= rule.window_days <= most:
                raise ValidationError(
                    self.env._(
                        "A rule of this kind looks at %(least)s to %(most)s days. Correct the days.",
                        least=least,
                        most=most,
                    )
                )

    @api.constrains("kind", "words")
    def _check_words(self):
        for rule in self:
            words = read_words(rule.words)
            if rule.kind == "keyword" and (not words or any(len(word) < 3 for word in words)):
                raise ValidationError(
                    self.env._("Enter the words to look for, one in each line, with three letters at least.")
                )

    # === COMPUTES === #

    @api.depends("signal_ids")
    def _compute_signal_count(self):
        counts = dict(self.env["feedback.signal"]._read_group([("rule_id", "in", self.ids)], ["rule_id"], ["__count"]))
        for rule in self:
            rule.signal_count = counts.get(rule, 0)

    @api.onchange("kind")
    def _onchange_kind(self):
        usual = {"trend": {"window_days": 84, "chance": 0.05}, "burst": {"window_days": 1, "chance": 0.001}}
        self.update(usual.get(self.kind, {}))
        self.watch = "department" if self.kind == "overdue" else "service"

    # === CRUD === #

    def copy_data(self, default=None):
        return [
            {**vals, "name": self.env._("%s (copy)", rule.name)}
            for rule, vals in zip(self, super().copy_data(default), strict=True)
        ]

    # === ACTIONS === #

    def action_view_signals(self):
        """Open the signals that this rule has raised."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("citizen_feedback.feedback_signal_action")
        return {**action, "domain": [("rule_id", "=", self.id)], "context": {}}

    # === BUSINESS METHODS === #

    def _low_mark(self):
        """Return the mark at or below which this rule takes a mark for low."""
        self.ensure_one()
        return self.mark or self.company_id.qms_low_rating

    def _scope_domain(self):
        """Return the domain of the ratings, appeals or cases that the rule is for."""
        self.ensure_one()
        domain = Domain("company_id", "=", self.company_id.id)
        if self.service_ids:
            domain &= Domain("service_id", "in", self.service_ids.ids)
        if self.department_ids:
            domain &= Domain("department_id", "child_of", self.department_ids.ids)
        return domain

    def _place_of(self, service_id, department_id):
        """Return ``(service id, unit id)`` of a signal for what happened there; 0 for what it doesn't name."""
        self.ensure_one()
        return (
            (service_id or 0) if self.watch == "service" else 0,
            0 if self.past_unit else department_id or 0,
        )

    @api.model
    def _ship(self):
        """Give each authority without any rule those that come with the addon; called by each update."""
        # sudo: an update is the system's business, and rules are made for every authority.
        rules = self.sudo().with_context(active_test=False)
        companies = self.env["res.company"].sudo().search([])
        (companies - rules.search([]).company_id)._ship_feedback_rules()

    @api.model
    def _shipped(self):
        """Return the values of the shipped rules, their names in the language of the environment."""
        return [
            {"name": self.env._("A low mark"), "kind": "low", "sequence": 10},
            {
                "name": self.env._("Words about bribes"),
                "kind": "keyword",
                "sequence": 20,
                "words": SHIPPED_WORDS,
                "past_unit": True,
            },
            {"name": self.env._("A burst of low marks"), "kind": "burst", "sequence": 30, "minimum": 5},
            {
                "name": self.env._("The average mark falls"),
                "kind": "trend",
                "sequence": 40,
                "window_days": 84,
                "chance": 0.05,
                "pause_days": 28,
            },
            {
                "name": self.env._("Late appeals and cases"),
                "kind": "overdue",
                "sequence": 50,
                "watch": "department",
            },
        ]
