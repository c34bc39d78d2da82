from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# The texts of a policy, in the order in which they are printed; the first three must be there.
TEXTS = ("mission", "vision", "statement", "priorities", "principles", "measures")
REQUIRED = TEXTS[:3]
# One item a line: printed as a list.
LISTS = ("priorities", "principles", "measures")
REVIEW_EVERY = relativedelta(years=1)


class QmsPolicy(models.Model):
    """An edition of the mission, vision and policy of an authority, approved by an act; one is in force."""

    _name = "qms.policy"
    _description = "Mission, Vision and Policy"
    _inherit = ["qms.return.mixin", "qms.approving.act.mixin"]
    _order = "company_id, number desc"
    _frozen_states = ("approved", "superseded")
    _by_method = frozenset({"number", "author_id", "approver_id", "date_approved", "reviewed_on", "return_reason"})
    _sealed = True

    number = fields.Integer("Edition", readonly=True, copy=False)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    state = fields.Selection(
        [("draft", "Draft"), ("review", "In review"), ("approved", "Approved"), ("superseded", "Superseded")],
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
        default=lambda self: self._in_force(self.env.company).lang or self.env.lang or "en_US",
        help="A document has one language: it is printed in this one.",
    )
    mission = fields.Text(help="What the authority is there for, in a sentence or two.")
    vision = fields.Text(help="What it wants to be in some years.")
    statement = fields.Text("Quality Policy", help="What the management commits itself to.")
    priorities = fields.Text(help="One priority a line.")
    principles = fields.Text(help="One principle a line.")
    measures = fields.Text("Main Measures", help="By what the policy is carried out: one measure a line.")
    reviewed_on = fields.Date(readonly=True, copy=False)
    date_review = fields.Date("Review by", compute="_compute_date_review", help="A year after it was reviewed last.")

    _number_company = models.UniqueIndex("(company_id, number)", "This edition number is taken.")
    _one_approved = models.UniqueIndex("(company_id) WHERE state = 'approved'", "An authority has one policy in force.")

    # === COMPUTES === #

    @api.depends("number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for policy in self:
            policy.display_name = (
                self.env._("Mission, vision and policy, edition %s", policy.number)
                if policy.number
                else self.env._("New edition of the policy")
            )

    @api.depends("reviewed_on", "state")
    def _compute_date_review(self):
        for policy in self:
            in_force = policy.state == "approved" and policy.reviewed_on
            policy.date_review = in_force and policy.reviewed_on + REVIEW_EVERY

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        policies = super().create(vals_list)
        for policy in policies:
            # sudo: numbers count editions the author may not see, too
            last = self.sudo().search([("company_id", "=", policy.company_id.id)], order="number desc", limit=1)
            policy._transition({"number": last.number + 1})
        return policies

    # === ACTIONS === #

    def action_reviewed(self):
        """Note that the policy in force was looked at and still holds.

        :raises AccessError: for who does not decide on policies
        """
        for policy in self:
            policy._check_state("approved")
            policy._check_may_decide()
            policy._transition({"state": "approved", "reviewed_on": policy.company_id._qms_today()})
            policy.message_post(body=policy.env._("Reviewed: it holds for another year."))

    def action_new_edition(self):
        """Open a draft of the next edition: the open one if there is one, else a copy of this one."""
        self.ensure_one()
        own = [("company_id", "=", self.company_id.id), ("state", "in", ("draft", "review"))]
        draft = self.search(own, limit=1) or self.copy()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": draft.id,
            "views": [(False, "form")],
        }

    # === BUSINESS METHODS === #

    @api.model
    def _in_force(self, company):
        """Return the approved policy of an authority; empty when there is none."""
        return self.search([("company_id", "=", company.id), ("state", "=", "approved")], limit=1)

    def _approval_words(self):
        return {
            "summary": self.env._("Approve the policy"),
            "against": self.env._("The policy was returned to you"),
            "not_yours": self.env._("The policy is approved by the chief quality commissioner or top management."),
            "own": self.env._("You made this edition, so another person has to decide on it."),
        }

    def _check_complete(self):
        missing = [self._label(name) for name in REQUIRED if not (self[name] or "").strip()]
        if missing:
            raise UserError(self.env._("The policy is not complete. Write what is missing: %s.", ", ".join(missing)))

    def _replace_former(self):
        self._check_act()
        previous = self._in_force(self.company_id)
        previous._transition({"state": "superseded"})
        previous.flush_recordset()

    def _approved_vals(self):
        return {"reviewed_on": self.company_id._qms_today()}

    def _label(self, name):
        return self._fields[name]._description_string(self.env)

    def _print_sections(self):
        """Return the texts as they are printed: ``[(heading, lines, whether they are a list)]``."""
        self.ensure_one()
        return [
            (
                self._label(name),
                [line.strip() for line in self[name].splitlines() if line.strip()],
                name in LISTS,
            )
            for name in TEXTS
            if self[name]
        ]

    def _seal_content(self):
        self.ensure_one()
        return {
            "number": self.number,
            "lang": self.lang,
            "act": self._act_content(),
            **{name: self[name] or "" for name in TEXTS},
        }
