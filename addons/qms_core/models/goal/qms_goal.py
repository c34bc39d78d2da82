from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...lib import goal_tree

# What was agreed when a goal was approved; how it is reached and measured goes on changing.
AGREED = {"name", "code", "kind", "description", "parent_id", "company_id", "date_start", "date_end"}
DECIDERS = ("qms_core.group_commissioner", "qms_core.group_top_management")


class QmsGoal(models.Model):
    """A goal of an authority, part of a tree from the strategy down to units and processes.

    Its status is that of its indicators and of the goals below it. A goal may be part of one of a superior authority
    that has cascaded it; each of the two reads the other's goal and changes nothing in it.
    """

    _name = "qms.goal"
    _description = "Goal"
    _inherit = ["qms.shared.mixin", "qms.frozen.mixin", "qms.origin.mixin", "qms.activity.mixin"]
    _parent_store = True
    _order = "code, id"
    _check_company_auto = True
    _rec_names_search = ["name", "code"]
    _frozen_states = ("closed",)
    _by_method = frozenset({"approver_id", "date_approved", "date_closed", "close_reason"})
    _reason_methods = ("action_close", "action_revise")

    name = fields.Char("Goal", required=True, tracking=True)
    code = fields.Char(required=True, tracking=True)
    description = fields.Text(help="What will be different when it is reached, and for whom.")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    # What is related is read as superuser: the authorities that read the goal see whose it is.
    authority_name = fields.Char("Authority", related="company_id.name")
    kind = fields.Selection(
        [("strategic", "Strategic"), ("tactical", "Tactical"), ("operational", "Operational")],
        required=True,
        default="operational",
        index=True,
    )
    parent_id = fields.Many2one(
        "qms.goal",
        "Contributes to",
        index=True,
        ondelete="restrict",
        help="The goal that this one helps to reach: of your authority, or of one that has cascaded it to you.",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("qms.goal", "parent_id", "Goals below")
    body_ids = fields.Many2many(
        "qms.body",
        string="Cascades to",
        help="The authorities of these bodies read the approved goal and hang their own goals below it. Another "
        "authority's body can be chosen once that authority has listed it.",
    )
    owner_role_id = fields.Many2one(
        "qms.role",
        "Responsible",
        index=True,
        tracking=True,
        check_company=True,
        ondelete="restrict",
        help="The one role that answers for reaching the goal.",
    )
    # compute_sudo: a relation to employees is set with HR rights only; names are shown to everyone.
    owner_ids = fields.Many2many(
        "hr.employee", string="Responsible Today", compute="_compute_owner_ids", compute_sudo=True
    )
    department_id = fields.Many2one("hr.department", "Unit", index=True, check_company=True)
    process_ids = fields.Many2many("qms.process", string="Processes", check_company=True)
    indicator_ids = fields.Many2many("qms.indicator", string="Indicators", check_company=True)
    indicator_count = fields.Integer("Number of Indicators", compute="_compute_counts")
    child_count = fields.Integer("Number of Goals below", compute="_compute_counts")
    date_start = fields.Date("From")
    date_end = fields.Date("Until", index=True)
    state = fields.Selection(
        [("draft", "Draft"), ("approved", "Approved"), ("closed", "Closed")],
        "Stage",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    status = fields.Selection(
        [
            ("none", "Not measured"),
            ("met", "Target met"),
            ("near", "Close to target"),
            ("missed", "Target missed"),
        ],
        compute="_compute_status",
        store=True,
        recursive=True,
        index=True,
        help="The worst of its indicators and of the approved goals below it.",
    )
    gaps = fields.Char("What Is Missing", compute="_compute_gaps")
    result = fields.Selection(
        [("reached", "Reached"), ("partly", "Partly reached"), ("failed", "Not reached")], copy=False, tracking=True
    )
    approver_id = fields.Many2one("res.users", "Approved by", readonly=True, copy=False)
    date_approved = fields.Date("Approved on", readonly=True, copy=False)
    date_closed = fields.Date("Closed on", readonly=True, copy=False)
    close_reason = fields.Text("Why It Was Closed", readonly=True, copy=False)
    active = fields.Boolean(default=True)

    _code_company = models.UniqueIndex("(code, company_id)", "Another goal has this code already. Choose a new code.")
    # serves the reverse side of the origin, shown on the need from which the goal came
    _raised_by = models.Index("(origin_model, origin_id) WHERE origin_model IS NOT NULL")
    _dates = models.Constraint(
        "CHECK (date_end >= date_start)", "A goal can't end before it begins. Correct the dates."
    )

    # === CONSTRAINTS === #

    @api.constrains("parent_id", "company_id", "body_ids")
    def _check_parent(self):
        """A goal is part of one of its own authority, or of one that was cascaded to it."""
        # sudo: what another authority has cascaded must not depend on who asks.
        for goal in self.sudo():
            for part in goal + goal.child_ids:
                whole = part.parent_id
                if whole and whole.company_id != part.company_id and part.company_id not in whole.body_ids.company_id:
                    raise ValidationError(
                        self.env._(
                            "“%(part)s” belongs to %(authority)s, to which “%(whole)s” is not cascaded. "
                            "Name a body of that authority in the superior goal, or choose another goal.",
                            part=part.name,
                            authority=part.company_id.name,
                            whole=whole.name,
                        )
                    )

    # === COMPUTES === #

    @api.depends("code", "name")
    def _compute_display_name(self):
        for goal in self:
            goal.display_name = f"{goal.code} {goal.name}" if goal.code else goal.name

    @api.depends("owner_role_id")
    @api.depends_context("allowed_company_ids")
    def _compute_owner_ids(self):
        for goal in self:
            # Who the people are is told in their own authority only.
            goal.owner_ids = goal.owner_role_id._holders() if not goal.is_foreign else False

    @api.depends("indicator_ids", "child_ids")
    def _compute_counts(self):
        for goal in self:
            goal.indicator_count = len(goal.indicator_ids)
            goal.child_count = len(goal.child_ids)

    @api.depends(
        "indicator_ids.status", "indicator_ids.active", "child_ids.status", "child_ids.state", "child_ids.active"
    )
    def _compute_status(self):
        for goal in self:
            below = goal.child_ids.filtered(lambda child: child.state == "approved")
            goal.status = goal_tree.worst([*goal.indicator_ids.mapped("status"), *below.mapped("status")])

    @api.depends("indicator_ids", "child_ids", "owner_role_id", "date_end")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_gaps(self):
        for goal in self:
            gaps = []
            if goal.is_foreign:
                goal.gaps = ""  # of another authority's goal not all is shown
                continue
            if not goal.indicator_ids and not goal.child_ids:
                gaps.append(self.env._("an indicator or a goal below it"))
            if not goal.owner_role_id:
                gaps.append(self.env._("who is responsible"))
            if not goal.date_end:
                gaps.append(self.env._("until when"))
            goal.gaps = ", ".join(gaps)

    # === CRUD === #

    def write(self, vals):
        self.check_access("write")  # who may not write hears that, not what could be written
        if vals.get("parent_id"):
            self._check_no_cycle(self.browse(vals["parent_id"]))
        if AGREED & set(vals) and not self._in_transition() and any(goal.state == "approved" for goal in self):
            raise UserError(
                self.env._(
                    "What was approved of a goal can't be changed: its name, code, kind, dates and place in the tree. "
                    "Press “Revise” first, then have it approved anew."
                )
            )
        return super().write(vals)

    def unlink(self):
        self.check_access("unlink")
        if any(goal.state == "approved" for goal in self):
            raise UserError(self.env._("An approved goal can't be deleted. Close it: what came of it is kept."))
        return super().unlink()

    # === ACTIONS === #

    def action_approve(self):
        """Approve drafts, the superior ones first.

        :raises AccessError: for who may not approve, the author above all
        :raises UserError: for a goal below one that is not approved, or without dates
        """
        for goal in self.sorted(lambda goal: goal.parent_path.count("/")):
            goal._check_state("draft")
            goal._check_may_decide()
            if goal.create_uid == self.env.user and not self.env.su:
                raise AccessError(self.env._("You made this goal, so another person has to approve it."))
            goal._check_complete()
            goal._transition(
                {
                    "state": "approved",
                    "approver_id": self.env.uid,
                    "date_approved": goal.company_id._qms_today(),
                }
            )

    def action_close(self, reason=None):
        """End goals; what came of them is kept.

        :param str reason: what was reached, or why it is given up; without it a dialog asks
        :raises UserError: for a goal without result, or with goals below it that go on
        """
        for goal in self:
            goal._check_state("approved")
            goal._check_may_decide()
            if not goal.result:
                raise UserError(self.env._("Say what came of “%s” first: choose its result.", goal.name))
            # sudo: goals of other authorities below it count, too.
            going_on = goal.sudo().child_ids.filtered(lambda child: child.state != "closed")
            if going_on - self:
                raise UserError(
                    self.env._(
                        "“%(goal)s” has goals below it that go on: %(codes)s. Close them, or hang them elsewhere.",
                        goal=goal.name,
                        codes=", ".join(going_on.mapped("code")),
                    )
                )
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_close", self.env._("What was reached?"))
        for goal in self:
            goal._transition({"state": "closed", "close_reason": reason, "date_closed": goal.company_id._qms_today()})
        return True

    def action_revise(self, reason=None):
        """Take approved or closed goals back to draft.

        :param str reason: why; without it a dialog asks
        """
        for goal in self:
            goal._check_state("approved", "closed")
            goal._check_may_decide()
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_revise", self.env._("Why is it revised?"))
        for goal in self:
            goal._transition(
                {"state": "draft", "approver_id": False, "date_approved": False, "date_closed": False}
                | {"close_reason": False}
            )
            goal.message_post(body=reason)
        return True

    def action_view_children(self):
        """Open the goals below this one as a tree."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_goal_action"),
            "name": self.display_name,
            "domain": [("id", "child_of", self.id)],
            "context": {"default_parent_id": self.id},
            "views": [(False, "hierarchy"), (False, "list"), (False, "form")],
        }

    # === BUSINESS METHODS === #

    def _check_may_decide(self):
        """Raise an AccessError unless the user decides on goals of this authority."""
        self.check_access("read")
        if self.env.su:
            return
        if self.is_foreign:
            raise AccessError(self.env._("This goal belongs to another authority, which alone decides on it."))
        if not any(self.env.user.has_group(group) for group in DECIDERS):
            raise AccessError(
                self.env._("Goals are approved and closed by the chief quality commissioner or top management.")
            )

    def _check_complete(self):
        if not (self.date_start and self.date_end):
            raise UserError(self.env._("Enter from when until when “%s” is to be reached.", self.name))
        if self.parent_id.sudo().state == "draft":  # sudo: the superior goal may be another authority's
            raise UserError(
                self.env._(
                    "“%(part)s” contributes to “%(whole)s”, which is not approved yet. Approve that one first.",
                    part=self.name,
                    whole=self.parent_id.sudo().name,
                )
            )

    def _check_no_cycle(self, parent):
        """Refuse a superior goal that is below these goals, before the ORM does it less clearly."""
        # sudo: the path up does not depend on who asks.
        if self & parent.sudo().search([("id", "parent_of", parent.id)]).with_env(self.env):
            raise ValidationError(self.env._("A goal can't contribute to itself. Choose another superior goal."))

    @api.model
    def _of_authority(self, company):
        """Return the domain of the goals that an authority follows: its own, and those that its own contribute to.

        :param company: ``res.company``
        """
        own = Domain("company_id", "=", company.id) & Domain("state", "!=", "closed")
        return own | Domain("child_ids", "any", own)
