from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# From the widest to the narrowest: a plan carries out one of a level above.
LEVELS = [
    ("national", "National strategy"),
    ("state", "State programme"),
    ("region", "Region"),
    ("city", "City or authority"),
    ("institution", "Institution"),
]


class AnticorruptionPlan(models.Model):
    """A plan of measures against corruption, as it was approved.

    An approved plan is frozen with the text of its measures; amendments are a new plan that replaces it.
    """

    _name = "anticorruption.plan"
    _description = "Anti-Corruption Plan"
    _inherit = ["qms.approval.mixin"]
    _by_method = frozenset({"author_id", "approver_id", "date_approved", "replaces_id"})
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _frozen_states = ("approved", "superseded", "closed")
    _sealed = True
    _reason_methods = ("action_return",)
    _review_frozen = True

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    body_id = fields.Many2one("qms.body", check_company=True, ondelete="restrict")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("review", "In approval"),
            ("approved", "In force"),
            ("superseded", "Superseded"),
            ("closed", "Closed"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
        group_expand="_expand_states",
    )
    level = fields.Selection(LEVELS, required=True, default="city")
    parent_id = fields.Many2one(
        "anticorruption.plan",
        "Carries out",
        index=True,
        check_company=True,
        ondelete="restrict",
        help="The strategy, programme or plan of a level above.",
    )
    child_ids = fields.One2many("anticorruption.plan", "parent_id", "Carried out by")
    source = fields.Text(help="Which points of the strategy or programme above it carries out.")
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("To", required=True)
    act_kind = fields.Char("Kind of Act", help="For instance: order of the mayor.")
    act_number = fields.Char("Number of the Act")
    act_date = fields.Date("Date of the Act")
    note = fields.Text()
    measure_ids = fields.One2many("anticorruption.measure", "plan_id", "Measures")
    measure_count = fields.Integer("Number of Measures", compute="_compute_progress")
    accepted_count = fields.Integer("Accepted Measures", compute="_compute_progress")
    late_count = fields.Integer("Late Measures", compute="_compute_progress")
    replaces_id = fields.Many2one("anticorruption.plan", readonly=True, copy=False, ondelete="restrict")
    active = fields.Boolean(default=True)

    # serves the board and the counts by stage of one authority
    _company_state = models.Index("(company_id, state)")
    _dates_order = models.Constraint(
        "CHECK (date_to >= date_from)", "The plan must end after it begins. Correct the dates."
    )

    # === CONSTRAINTS === #

    @api.constrains("parent_id", "level")
    def _check_parent(self):
        order = [level for level, _label in LEVELS]
        for plan in self.filtered("parent_id"):
            if order.index(plan.parent_id.level) >= order.index(plan.level):
                raise ValidationError(
                    self.env._("A plan carries out one of a level above its own. Choose another plan or level.")
                )

    # === COMPUTES === #

    def _expand_states(self, _states, _domain):
        return [state for state, _label in self._fields["state"].selection]

    @api.depends("measure_ids.state", "measure_ids.date_deadline")
    def _compute_progress(self):
        for plan in self:
            plan.measure_count = len(plan.measure_ids)
            plan.accepted_count = len(plan.measure_ids.filtered(lambda measure: measure.state == "accepted"))
            plan.late_count = len(plan.measure_ids.filtered("is_late"))

    # === CRUD === #

    def unlink(self):
        if not self._frozen():
            self.measure_ids.unlink()
        return super().unlink()

    # === ACTIONS === #

    def action_return(self, reason=None):
        """Give plans in approval back to their author.

        :param str reason: what has to change; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_return", self.env._("What has to change?"))
        self._decide_against({"state": "draft"}, reason)
        for plan in self:
            plan.message_post(body=reason)
        return True

    def action_amend(self):
        """Open a draft that will replace this plan: a copy with the measures that are not finished.

        :return: a window action
        """
        self.ensure_one()
        self._check_state("approved")
        draft = self.search([("replaces_id", "=", self.id), ("state", "in", ("draft", "review"))], limit=1)
        draft = draft or self._amendment()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": draft.id,
            "views": [(False, "form")],
        }

    def action_close(self):
        """Close plans whose measures are all accepted."""
        for plan in self:
            plan._check_state("approved")
            plan._check_may_decide()
            unfinished = plan.measure_ids.filtered(lambda measure: measure.state not in ("accepted", "cancelled"))
            if unfinished:
                raise UserError(
                    self.env._(
                        "These measures are not accepted yet: %s. Amend the plan if they are not needed any more.",
                        ", ".join(unfinished.mapped("number")),
                    )
                )
            plan._transition({"state": "closed"})

    def action_view_measures(self):
        """Open the measures of these plans."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("anticorruption.anticorruption_measure_action"),
            "domain": [("plan_id", "in", self.ids)],
            "context": {"default_plan_id": self.id if len(self) == 1 else False},
        }

    # === BUSINESS METHODS === #

    def _approval_words(self):
        return {
            "summary": self.env._("Approve the anti-corruption plan"),
            "against": self.env._("Your anti-corruption plan was returned"),
            "not_yours": self.env._(
                "Anti-corruption plans are decided by top management or the chief quality commissioner."
            ),
            "own": self.env._("You wrote this plan, so another person has to decide on it."),
        }

    def _replace_former(self):
        self._check_complete()
        self.replaces_id._supersede(self)

    def _take_effect(self):
        self.measure_ids._start()

    def _check_complete(self):
        """Raise a UserError that names everything the plan lacks."""
        self.ensure_one()
        missing = []
        if not self.act_kind:
            missing.append(self.env._("The act that orders the plan is not named."))
        if not self.measure_ids and self.level in ("city", "institution"):
            missing.append(self.env._("There are no measures."))
        for measure in self.measure_ids:
            missing += measure._lacks()
        if missing:
            raise UserError("\n".join([self.env._("This plan can't be put in force yet."), *missing]))

    def _amendment(self):
        today = self.company_id._qms_today()
        draft = self.copy({"name": self.env._("%s (amended)", self.name)})
        for measure in self.measure_ids.filtered(lambda measure: measure.state in ("open", "done")):
            # Where the person has left, the author of the amendment names another.
            person = measure.responsible_id.filtered(lambda person: person._works_on(today))
            measure.copy({"plan_id": draft.id, "responsible_id": person.id})
        draft._transition({"state": "draft", "replaces_id": self.id})
        return draft

    def _supersede(self, successor):
        for plan in self:
            plan._check_state("approved")
            unfinished = plan.measure_ids.filtered(lambda measure: measure.state in ("open", "done"))
            unfinished._carry_over(successor)
            plan._transition({"state": "superseded"})

    def _frozen_message(self):
        if self.sudo()._in_review():  # sudo: as in _frozen
            return super()._frozen_message()
        return self.env._("A plan in force can't be changed or deleted. Amend it: the amended plan replaces it.")

    def _seal_content(self):
        self.ensure_one()
        return {
            "name": self.name,
            "level": self.level,
            "parent": self.parent_id.id,
            "source": self.source or "",
            "body": self.body_id.id,
            "from": self.date_from,
            "to": self.date_to,
            "act": [self.act_kind or "", self.act_number or "", self.act_date or ""],
            "note": self.note or "",
            "measures": [measure._seal_content() for measure in self.measure_ids.sorted("id")],
        }
