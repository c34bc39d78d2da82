from odoo import api, fields, models


class HrJob(models.Model):
    _inherit = "hr.job"

    qms_code = fields.Char("Code", copy=False, help="Code of the position in the model of the authority.")
    qms_role_ids = fields.Many2many("qms.role", string="QMS Roles")
    qms_headcount = fields.Integer(
        "Approved Headcount",
        compute="_compute_qms_headcount",
        help="How many people the staffing table has in the positions of this job title.",
    )
    qms_duty_ids = fields.Many2many("qms.duty", string="QMS Duties", compute="_compute_qms_duties")
    qms_role_skill_ids = fields.Many2many(
        "qms.role.skill", string="Skills Required by Positions", compute="_compute_qms_duties"
    )
    qms_required_training = fields.Text("Required Trainings", compute="_compute_qms_duties")

    _qms_code_company = models.UniqueIndex(
        "(qms_code, company_id) WHERE qms_code IS NOT NULL",
        "Another position has this code already. Choose a new code.",
    )

    @api.depends("qms_role_ids.headcount")
    def _compute_qms_headcount(self):
        for job in self:
            job.qms_headcount = sum(job.qms_role_ids.mapped("headcount"))

    @api.depends("qms_role_ids.duty_ids", "qms_role_ids.skill_ids", "qms_role_ids.required_training")
    def _compute_qms_duties(self):
        for job in self:
            job.qms_duty_ids = job.qms_role_ids.duty_ids
            job.qms_role_skill_ids = job.qms_role_ids.skill_ids
            trainings = job.qms_role_ids.filtered("required_training").mapped("required_training")
            job.qms_required_training = "\n".join(trainings)
