from odoo import models


class QmsRole(models.Model):
    """What a role requires of its people."""

    _inherit = "qms.role"

    def _required_skills(self):
        """Return the skills that these roles and their job titles require, each at the highest level asked.

        :rtype: dict[hr.skill, hr.skill.level]
        """
        today = self.env.company._qms_today()
        of_jobs = self.job_ids.job_skill_ids.filtered(lambda row: not row.valid_to or row.valid_to >= today)
        required = {}
        for skill, level in [
            *((row.skill_id, row.skill_level_id) for row in self.skill_ids),
            *((row.skill_id, row.skill_level_id) for row in of_jobs),
        ]:
            if skill not in required or required[skill].level_progress < level.level_progress:
                required[skill] = level
        return required
