from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class QmsNeedYear(models.Model):
    """A year of learning the needs of the community: what was planned, what was heard, what was decided.

    Its report is approved at the end of the year and frozen with all that it counts; needs that were accepted then
    become goals of the next year.
    """

    _name = "qms.need.year"
    _description = "Year of Needs"
    _inherit = ["qms.return.mixin"]
    _order = "company_id, year desc"
    _frozen_states = ("approved",)
    _by_method = frozenset({"author_id", "approver_id", "date_approved", "return_reason"})
    _sealed = True

    year = fields.Integer(required=True, copy=False, default=lambda self: self.env.company._qms_today().year)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    state = fields.Selection(
        [("draft", "Collecting"), ("review", "In review"), ("approved", "Approved")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        default=lambda self: self.env.lang or "en_US",
        help="A document has one language: plan and report are printed in this one.",
    )
    plan_note = fields.Text("About the Plan", help="What the authority wants to learn this year, and from whom.")
    conclusion = fields.Text(help="What the year has shown; it is printed in the report.")
    event_ids = fields.One2many("qms.need.event", "year_id", "Events")
    need_ids = fields.One2many("qms.need", "year_id", "Needs")
    event_count = fields.Integer("Number of Events", compute="_compute_counts")
    need_count = fields.Integer("Number of Needs", compute="_compute_counts")
    open_count = fields.Integer("Undecided Needs", compute="_compute_counts")
    accepted_count = fields.Integer("Accepted and Not Yet Carried Out", compute="_compute_counts")
    goal_count = fields.Integer("Goals Made", compute="_compute_counts")

    _year_company = models.UniqueIndex("(company_id, year)", "This year is there already. Open it instead.")

    # === CONSTRAINTS === #

    @api.constrains("year")
    def _check_year(self):
        for record in self:
            if not 2000 <= record.year <= 2100:
                raise ValidationError(self.env._("“%s” is no year. Enter it with four digits.", record.year))

    # === COMPUTES === #

    @api.depends("year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for record in self:
            record.display_name = self.env._("Needs of %s", record.year)

    @api.depends("event_ids", "need_ids.decision", "need_ids.goal_ids")
    def _compute_counts(self):
        for record in self:
            needs = record.need_ids
            record.event_count = len(record.event_ids)
            record.need_count = len(needs)
            record.open_count = len(needs.filtered(lambda need: not need.decision))
            record.accepted_count = len(needs._to_carry_out())
            record.goal_count = len(needs.goal_ids)

    # === CRUD === #

    def unlink(self):
        if any(record.event_ids or record.need_ids for record in self):
            raise UserError(self.env._("This year has events or needs. Delete those first."))
        return super().unlink()

    # === ACTIONS === #

    def action_carry_out(self):
        """Make what was decided of the approved needs: goals of the next year, in one step and never twice.

        :return: the action that opens the goals of these needs
        :raises AccessError: for who does not decide on needs
        :raises UserError: before the report is approved, or when nothing is left to be made
        """
        for record in self:
            record._check_state("approved")
            record.need_ids._check_may_decide()
            needs = record.need_ids._to_carry_out()
            if not needs:
                raise UserError(
                    self.env._("Nothing is left to be made of the needs of %s: all was carried out.", record.year)
                )
            needs._carry_out()
        return self.action_view_goals()

    def action_view_goals(self):
        """Open the goals that came from the needs of these years."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_goal_action"),
            "domain": [("id", "in", self.need_ids.goal_ids.ids)],
            "context": {},
        }

    def action_view_events(self):
        """Open the events of this year."""
        return self._action_of("qms_core.qms_need_event_action")

    def action_view_needs(self):
        """Open the needs of this year."""
        return self._action_of("qms_core.qms_need_action")

    def _action_of(self, xml_id):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(xml_id),
            "domain": [("year_id", "=", self.id)],
            "context": {"default_year_id": self.id},
        }

    # === BUSINESS METHODS === #

    @api.model
    def _current(self):
        """Return the year in which needs are collected now: this one, else the latest that is open; maybe none."""
        own = [("company_id", "=", self.env.company.id), ("state", "=", "draft")]
        today = self.env.company._qms_today()
        return self.search([*own, ("year", "=", today.year)]) or self.search(own, limit=1)

    def _approval_words(self):
        return {
            "summary": self.env._("Approve the report on needs"),
            "against": self.env._("The report on needs was returned to you"),
            "not_yours": self.env._("The report is approved by the chief quality commissioner or top management."),
            "own": self.env._("You made this report, so another person has to decide on it."),
        }

    def _check_complete(self):
        """A report counts events that took place or were called off, and needs that were decided on."""
        waiting = self.event_ids.filtered(lambda event: event.state == "planned")
        if waiting:
            raise UserError(
                self.env._(
                    "These events are still planned: %s. Say of each that it was held, or cancel it.",
                    ", ".join(waiting.mapped("name")),
                )
            )
        if not self.need_ids:
            raise UserError(self.env._("No need was recorded this year, so there is nothing to report."))
        undecided = self.need_ids.filtered(lambda need: not need.decision)
        if undecided:
            raise UserError(
                self.env._("Decide on each need first. Undecided: %s.", "; ".join(undecided.mapped("name")))
            )

    def _replace_former(self):
        # What was added while it lay in review is held to the same.
        self._check_complete()

    def _seal_content(self):
        self.ensure_one()
        return {
            "year": self.year,
            "lang": self.lang,
            "plan": self.plan_note or "",
            "conclusion": self.conclusion or "",
            "events": [event._seal_values() for event in self.event_ids.sorted("id")],
            "needs": [need._seal_values() for need in self.need_ids.sorted("id")],
        }
