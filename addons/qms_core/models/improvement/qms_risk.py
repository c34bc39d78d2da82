from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# How a risk is judged: before anything is done about it, and after.
STAGES = ("inherent", "residual")
ASSESSED = {f"{stage}_{axis}_id" for stage in STAGES for axis in ("likelihood", "impact")}
# Strategies by kind; accepting fits both.
STRATEGIES = {"risk": {"avoid", "reduce", "share", "accept"}, "opportunity": {"use", "enhance", "share", "accept"}}
# Days until somebody has to have assessed what was named.
ASSESS_DAYS = 14


class QmsRisk(models.Model):
    """A risk or an opportunity of a process (ISO 9001:2015, 6.1): what may happen, how it is judged and treated."""

    _name = "qms.risk"
    _description = "Risk or Opportunity"
    _inherit = [
        "qms.improvement.mixin",
        "qms.frozen.mixin",
        "qms.origin.mixin",
        "qms.number.mixin",
        "qms.deadline.mixin",
    ]
    _order = "score desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["number", "name"]
    _state_initial = "identified"
    _frozen_states = ("closed",)
    _by_method = frozenset(
        {"reporter_id", "date_assessed", "date_reviewed", "accepted_by_id", "date_accepted", "accept_reason"}
        | {"close_reason"}
    )
    _duty_closed_states = ("closed",)
    _number_prefix = "RI"
    _reason_methods = ("action_accept", "action_review", "action_reassess", "action_close", "action_reopen")

    name = fields.Char("What may happen", required=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    state = fields.Selection(
        [
            ("identified", "Identified"),
            ("assessed", "Assessed"),
            ("treated", "Being treated"),
            ("monitored", "Monitored"),
            ("closed", "Closed"),
        ],
        required=True,
        readonly=True,
        default="identified",
        copy=False,
        index=True,
        tracking=True,
        group_expand="_expand_states",
    )
    kind = fields.Selection(
        [("risk", "Risk"), ("opportunity", "Opportunity")], required=True, default="risk", index=True
    )
    category = fields.Selection(
        [
            ("service", "Services to citizens"),
            ("legal", "Law"),
            ("finance", "Finance"),
            ("staff", "Staff"),
            ("technology", "Technology and data"),
            ("safety", "Safety and emergencies"),
            ("reputation", "Trust and reputation"),
            ("other", "Other"),
        ],
        required=True,
        default="service",
    )
    process_id = fields.Many2one("qms.process", index=True, check_company=True)
    department_id = fields.Many2one(
        "hr.department",
        "Unit",
        compute="_compute_department_id",
        store=True,
        readonly=False,
        index=True,
        check_company=True,
    )
    responsible_id = fields.Many2one(string="Owner")
    date_deadline = fields.Date("Next Step by", copy=False)
    reporter_id = fields.Many2one(
        "res.users", "Named by", readonly=True, default=lambda self: self.env.user, copy=False
    )
    cause = fields.Text("Causes", help="From what it may come: what is weak, what is missing.")
    consequence = fields.Text("Consequences", help="What it would mean: for citizens, for the authority, in money.")
    controls = fields.Text("Controls There Are", help="What already prevents it or makes it noticed.")
    currency_id = fields.Many2one(related="company_id.currency_id")
    loss = fields.Monetary("Possible Loss", help="Rough amount, if it can be told in money.")

    scale_id = fields.Many2one(
        "qms.risk.scale",
        required=True,
        default=lambda self: self.env["qms.risk.scale"]._current(),
        check_company=True,
        ondelete="restrict",
    )
    impact_axis = fields.Char(compute="_compute_impact_axis")
    inherent_likelihood_id = fields.Many2one("qms.risk.step", "Likelihood", copy=False, ondelete="restrict")
    inherent_impact_id = fields.Many2one("qms.risk.step", "Impact", copy=False, ondelete="restrict")
    inherent_score = fields.Integer(compute="_compute_levels", store=True, aggregator="avg")
    inherent_level_id = fields.Many2one("qms.risk.level", compute="_compute_levels", store=True)
    residual_likelihood_id = fields.Many2one("qms.risk.step", copy=False, ondelete="restrict")
    residual_impact_id = fields.Many2one("qms.risk.step", copy=False, ondelete="restrict")
    residual_score = fields.Integer(compute="_compute_levels", store=True, aggregator="avg")
    residual_level_id = fields.Many2one("qms.risk.level", compute="_compute_levels", store=True)
    score = fields.Integer(
        "Present Score",
        compute="_compute_levels",
        store=True,
        aggregator="avg",
        help="Likelihood × impact: the residual one, once it is judged.",
    )
    level_id = fields.Many2one("qms.risk.level", "Present Level", compute="_compute_levels", store=True, index=True)
    level_color = fields.Char(related="level_id.color")
    date_assessed = fields.Date("Assessed on", readonly=True, copy=False)
    date_reviewed = fields.Date("Last Review", readonly=True, copy=False)
    assessment_ids = fields.One2many("qms.risk.assessment", "risk_id", "Assessments")

    strategy = fields.Selection(
        [
            ("avoid", "Avoid"),
            ("reduce", "Reduce"),
            ("use", "Use"),
            ("enhance", "Enhance"),
            ("share", "Share"),
            ("accept", "Accept"),
        ],
        copy=False,
        tracking=True,
        help="Avoid: stop what causes it. Reduce: make it less likely or less bad. Use, enhance: make the "
        "opportunity happen, or more of it. Share: with an insurer, a contractor, another body. Accept: live with it.",
    )
    action_ids = fields.One2many("qms.action", "risk_id", "Treatment")
    action_count = fields.Integer("Actions", compute="_compute_action_count")
    accepted_by_id = fields.Many2one("res.users", "Accepted by", readonly=True, copy=False)
    date_accepted = fields.Date("Accepted on", readonly=True, copy=False)
    accept_reason = fields.Text("Why It Is Accepted", readonly=True, copy=False)
    close_reason = fields.Text("Why It Is Closed", readonly=True, copy=False)

    # serves the board and the counts by stage of one authority
    _company_state = models.Index("(company_id, state)")
    # serves the reverse side of the origin, shown on the record that raised it
    _raised_by = models.Index("(origin_model, origin_id) WHERE origin_model IS NOT NULL")
    _loss_range = models.Constraint("CHECK (loss >= 0)", "The possible loss can't be negative. Correct it.")

    # === CONSTRAINTS === #

    @api.constrains("kind", "scale_id", *sorted(ASSESSED))
    def _check_steps(self):
        for risk in self:
            for name in ASSESSED:
                step = risk[name]
                axis = "likelihood" if "likelihood" in name else risk.impact_axis
                if step and (step.scale_id != risk.scale_id or step.axis != axis):
                    raise ValidationError(
                        self.env._(
                            "“%(step)s” is no step of “%(scale)s” for %(field)s. Choose one of this scale.",
                            step=step.display_name,
                            scale=risk.scale_id.name,
                            field=risk._fields[name]._description_string(self.env),
                        )
                    )

    @api.constrains("kind", "strategy")
    def _check_strategy(self):
        for risk in self:
            if risk.strategy and risk.strategy not in STRATEGIES[risk.kind]:
                labels = dict(self._fields["strategy"]._description_selection(self.env))
                raise ValidationError(
                    self.env._(
                        "“%(strategy)s” does not fit here. Choose one of: %(fitting)s.",
                        strategy=labels[risk.strategy],
                        fitting=", ".join(label for key, label in labels.items() if key in STRATEGIES[risk.kind]),
                    )
                )

    # === COMPUTES === #

    def _expand_states(self, _states, _domain):
        return [state for state, _label in self._fields["state"].selection]

    @api.depends("number", "name")
    def _compute_display_name(self):
        for risk in self:
            risk.display_name = f"{risk.number} {risk.name}" if risk.number else risk.name

    @api.depends("process_id")
    def _compute_department_id(self):
        for risk in self:
            risk.department_id = risk.process_id.department_id or risk.department_id

    @api.depends("kind")
    def _compute_impact_axis(self):
        for risk in self:
            risk.impact_axis = "benefit" if risk.kind == "opportunity" else "impact"

    @api.depends(
        "kind", "scale_id.level_ids.score_from", "scale_id.level_ids.kind", *(f"{name}.value" for name in ASSESSED)
    )
    def _compute_levels(self):
        for risk in self:
            for stage in STAGES:
                score = risk[f"{stage}_likelihood_id"].value * risk[f"{stage}_impact_id"].value
                risk[f"{stage}_score"] = score
                risk[f"{stage}_level_id"] = risk.scale_id._level(risk.kind, score)
            risk.score = risk.residual_score or risk.inherent_score
            risk.level_id = risk.residual_level_id or risk.inherent_level_id

    @api.depends("action_ids")
    def _compute_action_count(self):
        for risk in self:
            risk.action_count = len(risk.action_ids)

    # === ONCHANGE === #

    @api.onchange("kind", "scale_id")
    def _onchange_scale(self):
        for name in ASSESSED:
            step = self[name]
            if step and (step.scale_id != self.scale_id or step.axis not in ("likelihood", self.impact_axis)):
                self[name] = False
        if self.strategy and self.strategy not in STRATEGIES[self.kind]:
            self.strategy = False

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_defaults_of_unit(vals) for vals in vals_list])

    def write(self, vals):
        steering = ASSESSED | {"responsible_id", "date_deadline", "strategy", "scale_id"}
        if steering & set(vals) and not self.env.su:
            for risk in self:
                risk._check_answers()
        before = {risk: risk._figures() for risk in self} if ASSESSED & set(vals) and not self._in_transition() else {}
        scores = {risk: risk.score for risk in before}
        result = super().write(vals)
        # No figure of an assessed risk changes without a row that says who changed it.
        changed = self.filtered(
            lambda risk: risk in before and risk.state != "identified" and risk._figures() != before[risk]
        )
        self.env["qms.risk.assessment"]._record(changed, "change")
        changed.filtered(lambda risk: risk.score > scores[risk])._withdraw_acceptance()
        return result

    # === BUSINESS METHODS === #

    @api.model
    def _born_vals(self):
        return {**super()._born_vals(), "reporter_id": self.env.uid}

    @api.model
    def _with_defaults_of_unit(self, vals):
        """Whoever names a risk need not know who answers: the head of the unit does, within two weeks."""
        vals = dict(vals)
        company = self.env["res.company"].browse(vals.get("company_id") or self.env.company.id)
        if not vals.get("scale_id"):
            # sudo: which scale an authority uses is no secret, its settings are.
            vals["scale_id"] = company.sudo().qms_risk_scale_id.id
        if not vals.get("date_deadline"):
            vals["date_deadline"] = company._qms_today() + timedelta(days=ASSESS_DAYS)
        if not vals.get("responsible_id"):
            # sudo: an employee of another unit may name a risk without reading its staff.
            process = self.env["qms.process"].sudo().browse(vals.get("process_id") or [])
            if not process and not vals.get("department_id"):
                # Whoever says nothing of a place means his own.
                vals["department_id"] = self.env.user.sudo().with_company(company).employee_id.department_id.id
            unit = self.env["hr.department"].sudo().browse(vals.get("department_id") or process.department_id.id or [])
            vals["responsible_id"] = unit._head().id if unit else False
        return vals

    def _figures(self):
        return tuple(self[name].id for name in sorted(ASSESSED))

    def _in_words(self, stage):
        """Return how a stage is judged as a short text (``4 × 3 = 12, High``), or an empty one."""
        self.ensure_one()
        score = self[f"{stage}_score"]
        if not score:
            return ""
        likelihood, impact = self[f"{stage}_likelihood_id"].value, self[f"{stage}_impact_id"].value
        return f"{likelihood} × {impact} = {score}, {self[f'{stage}_level_id'].name or '–'}"

    @api.model
    def _raise_from(self, origin, vals):
        """Name a risk from a record of any addon.

        :param origin: the record that shows it
        :param dict vals: values of the risk; ``name`` at least
        :return: the risk
        """
        return self.create({**self._origin_vals(origin), "company_id": origin.company_id.id, **vals})
