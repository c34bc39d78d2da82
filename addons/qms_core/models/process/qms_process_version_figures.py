from odoo import api, fields, models

from ...lib import flowtime

HOUR = 60


class QmsProcessVersion(models.Model):
    """What one case costs on its way: expected over the branches, see ``lib.flowtime`` for the method."""

    _inherit = "qms.process.version"

    touch_minutes = fields.Float(
        "Touch Time (min)",
        compute="_compute_figures",
        compute_sudo=True,
        help="Work that one case takes, expected over the branches: a loop back that every fifth case takes counts.",
    )
    wait_hours = fields.Float(
        "Waiting Time (h)",
        compute="_compute_figures",
        compute_sudo=True,
        help="Waiting of one case in working hours (a day is 8), expected over the branches.",
    )
    lead_hours = fields.Float(
        "Lead Time (h)",
        compute="_compute_figures",
        compute_sudo=True,
        help="Work and waiting of one case in working hours (a day is 8), expected over the branches.",
    )
    lead_longest_hours = fields.Float(
        "Longest Way (h)",
        compute="_compute_figures",
        compute_sudo=True,
        help="Work and waiting on the longest way through the process, without loops back.",
    )
    flow_efficiency = fields.Float(
        compute="_compute_figures", compute_sudo=True, help="Share of the work in the lead time."
    )
    handover_count = fields.Float(
        "Hand-overs between Roles",
        compute="_compute_figures",
        compute_sudo=True,
        help="How often one case passes from role to role, expected over the branches.",
    )
    unit_handover_count = fields.Float(
        "Hand-overs between Units",
        compute="_compute_figures",
        compute_sudo=True,
        help="How often one case passes from unit to unit, expected over the branches.",
    )
    applicant_contact_count = fields.Float(
        "Contacts with the Applicant",
        compute="_compute_figures",
        compute_sudo=True,
        help="How often one case comes to the applicant; steps of his that follow one another are one contact.",
    )
    approval_count = fields.Float(
        "Approvals",
        compute="_compute_figures",
        compute_sudo=True,
        help="How often one case passes a control point, expected over the branches.",
    )
    role_count = fields.Integer("Roles", compute="_compute_figures", compute_sudo=True)
    figures_remark = fields.Text(
        "What the Figures Assume", compute="_compute_figures", compute_sudo=True, help="Gaps of the map."
    )

    @api.depends(
        "step_ids.name",
        "step_ids.kind",
        "step_ids.sequence",
        "step_ids.touch_minutes",
        "step_ids.wait_hours",
        "step_ids.control_point",
        "step_ids.role_id.kind",
        "step_ids.role_id.department_id",
        "step_ids.department_id",
        "transition_ids.source_id",
        "transition_ids.target_id",
        "transition_ids.share",
    )
    @api.depends_context("lang")
    def _compute_figures(self):
        for version in self:
            figures = flowtime.measure(version._network())
            version.touch_minutes = figures.touch
            version.wait_hours = (figures.lead - figures.touch) / HOUR
            version.lead_hours = figures.lead / HOUR
            version.lead_longest_hours = figures.lead_longest / HOUR
            version.flow_efficiency = figures.efficiency
            version.handover_count = figures.handovers_role
            version.unit_handover_count = figures.handovers_unit
            version.applicant_contact_count = figures.applicant_contacts
            version.approval_count = figures.approvals
            version.role_count = len(version.step_ids.role_id)
            version.figures_remark = "\n".join(version._remark_sentences(figures.remarks)) or False

    def _network(self):
        """Return the steps and transitions as plain data for the figures.

        :rtype: flowtime.Network
        """
        self.ensure_one()
        # By the identity of the record: while a form is edited, keys may be double for a moment.
        steps = [
            flowtime.Step(
                key=self._step_identity(step),
                kind=step.kind,
                touch=step.touch_minutes,
                wait=step.wait_hours * HOUR,
                role=str(step.role_id.id or ""),
                unit=str((step.department_id or step.role_id.department_id).id or ""),
                applicant=step.role_id.kind == "applicant",
                approval=step.control_point,
            )
            for step in self.step_ids.sorted("sequence")
        ]
        known = {step.key for step in steps}
        arcs = [
            flowtime.Arc(self._step_identity(way.source_id), self._step_identity(way.target_id), way.share)
            for way in self.transition_ids
        ]
        return flowtime.Network(steps, [arc for arc in arcs if arc.source in known and arc.target in known])

    @api.model
    def _step_identity(self, step):
        return str(step._origin.id or step.id)

    def _remark_sentences(self, remarks):
        """Return a sentence for each gap of the map that the figures had to bridge."""
        names = {self._step_identity(step): step.name for step in self.step_ids}
        sentences = []
        for remark in remarks:
            name = names[remark.step]
            if remark.kind == "missing":
                text = self.env._("The ways out of “%s” have no shares, so they count as equally frequent.", name)
            elif remark.kind == "sum":
                text = self.env._(
                    "The shares of the ways out of “%(step)s” are %(total)g %% together, so they are scaled to 100 %%.",
                    step=name,
                    total=remark.total,
                )
            elif remark.kind == "unreached":
                text = self.env._("No way leads to “%s”, so it doesn't count.", name)
            else:
                text = self.env._("A case that comes to “%s” never ends: add a way to an end.", name)
            sentences.append(text)
        return sentences
