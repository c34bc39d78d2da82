from odoo import api, fields, models


class QmsProcess(models.Model):
    """Figures and units of the version in force, stored so that the registry can sum, sort and search by them.

    A version in force is frozen, so they change only with the version and with the kind and unit of its roles.
    """

    _inherit = "qms.process"

    department_ids = fields.Many2many(
        "hr.department",
        string="Units Taking Part",
        compute="_compute_version_figures",
        store=True,
        help="Units of the steps in force; where a step names none, the unit of its role.",
    )
    touch_minutes = fields.Float("Touch Time (min)", compute="_compute_version_figures", store=True, aggregator="sum")
    lead_hours = fields.Float(
        "Lead Time (h)",
        compute="_compute_version_figures",
        store=True,
        aggregator="sum",
        help="Work and waiting of one case in working hours (a day is 8), expected over the branches.",
    )
    # Shares of processes are neither summed nor averaged: a process without times would count as 0 %.
    flow_efficiency = fields.Float(compute="_compute_version_figures", store=True, aggregator=None)
    handover_count = fields.Float(
        "Hand-overs between Roles", compute="_compute_version_figures", store=True, aggregator="sum"
    )
    applicant_contact_count = fields.Float(
        "Contacts with the Applicant",
        compute="_compute_version_figures",
        store=True,
        aggregator="sum",
    )
    approval_count = fields.Float("Approvals", compute="_compute_version_figures", store=True, aggregator="sum")

    @api.depends(
        "version_id",
        "version_id.step_ids.department_id",
        "version_id.step_ids.role_id.department_id",
        "version_id.step_ids.role_id.kind",
    )
    def _compute_version_figures(self):
        for process in self:
            version, steps = process.version_id, process.version_id.step_ids
            units = [step.department_id or step.role_id.department_id for step in steps]
            process.department_ids = self.env["hr.department"].union(*units)
            process.touch_minutes = version.touch_minutes
            process.lead_hours = version.lead_hours
            process.flow_efficiency = version.flow_efficiency
            process.handover_count = version.handover_count
            process.applicant_contact_count = version.applicant_contact_count
            process.approval_count = version.approval_count
