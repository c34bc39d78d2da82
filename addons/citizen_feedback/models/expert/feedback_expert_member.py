from odoo import api, fields, models
from odoo.exceptions import UserError

# Who it is: whose login it has decides who gives and reads the scores.
IDENTITY = frozenset({"user_id", "commission_id"})


class FeedbackExpertMember(models.Model):
    """Somebody who judges in a commission: an employee of another unit, or an expert from outside.

    Who has a login enters the scores alone; for the others the chair or the secretary does it.
    """

    _name = "feedback.expert.member"
    _description = "Member of an Expert Commission"
    _order = "commission_id, role, id"
    _check_company_auto = True

    commission_id = fields.Many2one("feedback.expert.commission", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="commission_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        "res.users",
        "Login",
        index="btree_not_null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        ondelete="restrict",
        help="Empty for an expert from outside.",
    )
    name = fields.Char("Expert", compute="_compute_name", store=True, readonly=False, required=True, precompute=True)
    organisation = fields.Char("Of", help="Which body, university or association the expert comes from.")
    role = fields.Selection(
        [("1_chair", "Chair"), ("2_secretary", "Secretary"), ("3_member", "Member")], required=True, default="3_member"
    )
    active = fields.Boolean(default=True)

    _once = models.UniqueIndex(
        "(commission_id, user_id) WHERE user_id IS NOT NULL", "This person is in the commission already."
    )

    # === COMPUTES === #

    @api.depends("user_id")
    def _compute_name(self):
        for member in self:
            member.name = member.user_id.name or member.name

    # === CRUD === #

    def write(self, vals):
        if IDENTITY & set(vals) and not self.env.su:
            self._check_not_scoring(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: visits that one may not see count as well
        if self.env["feedback.expert.visit"].sudo().search_count([("member_ids", "in", self.ids)], limit=1):
            raise UserError(self.env._("The expert takes part in a visit. Archive the member instead."))

    # === ACCESS === #

    def _check_not_scoring(self, vals):
        """Raise a UserError if values would make the scores of a member those of somebody else."""
        for member in self:
            if all((member[name].id or False) == (vals[name] or False) for name in IDENTITY & set(vals)):
                continue
            # sudo: scores that one may not see count as well
            if self.env["feedback.expert.score"].sudo().search_count([("member_id", "=", member.id)], limit=1):
                raise UserError(
                    self.env._(
                        "%s has scores to give or has given them, so who the expert is stays. Add another member.",
                        member.name,
                    )
                )

    # === BUSINESS METHODS === #

    def _dependent_on(self, units):
        """Return those of the members who can't judge units, as they belong to them.

        That are who works in a unit or below it, who leads it or a unit above, and who answers for its quality.

        :param units: ``hr.department``
        """
        # sudo: where somebody works and what he leads is staff data; only whether he is independent is told.
        staff = self.sudo()
        units = units.sudo()
        above = units.browse(
            int(unit_id) for unit in units for unit_id in (unit.parent_path or "").split("/") if unit_id
        )
        leaders = above.manager_id
        for unit in units:
            leaders |= unit._head()
        insiders = leaders.user_id | units.qms_officer_ids.user_id
        below = units.search([("id", "child_of", units.ids)]) if units else units
        return staff.filtered(
            lambda member: (
                member.user_id and (member.user_id in insiders or member.user_id.employee_ids.department_id & below)
            )
        ).with_env(self.env)
