from odoo import api, fields, models
from odoo.exceptions import ValidationError


class QmsRoleSkill(models.Model):
    """A skill that a role requires, at least at a level. What its job titles require is added by ``hr.job``."""

    _name = "qms.role.skill"
    _description = "Skill Required by a Role"
    _order = "role_id, skill_type_id, skill_id, id"
    _check_company_auto = True
    _rec_name = "skill_id"

    role_id = fields.Many2one("qms.role", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="role_id.company_id", store=True, index=True)
    skill_type_id = fields.Many2one("hr.skill.type", "Kind of Skill", required=True, ondelete="restrict")
    skill_id = fields.Many2one(
        "hr.skill", required=True, ondelete="restrict", domain="[('skill_type_id', '=', skill_type_id)]"
    )
    skill_level_id = fields.Many2one(
        "hr.skill.level",
        "Level at least",
        required=True,
        ondelete="restrict",
        domain="[('skill_type_id', '=', skill_type_id)]",
    )

    _once = models.UniqueIndex("(role_id, skill_id)", "The role requires this skill already. Change its level instead.")

    @api.constrains("skill_type_id", "skill_id", "skill_level_id")
    def _check_type(self):
        for row in self:
            if row.skill_type_id not in row.skill_id.skill_type_id or row.skill_type_id not in (
                row.skill_level_id.skill_type_id
            ):
                raise ValidationError(
                    self.env._("Skill and level must be of the chosen kind of skill. Choose them anew.")
                )

    @api.onchange("skill_type_id")
    def _onchange_skill_type_id(self):
        if self.skill_id.skill_type_id != self.skill_type_id:
            self.skill_id = self.skill_level_id = False
