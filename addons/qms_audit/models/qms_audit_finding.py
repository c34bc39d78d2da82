from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError


class QmsAuditFinding(models.Model):
    """What an audit found and somebody has to decide on."""

    _name = "qms.audit.finding"
    _description = "Audit Finding"
    _inherit = ["qms.frozen.mixin", "qms.audit.part.mixin"]
    _order = "audit_id desc, id"
    _state_initial = "open"
    _frozen_states = ("raised", "noted")

    name = fields.Char("What was found", required=True)
    line_id = fields.Many2one("qms.audit.line", "Checklist Line", index=True, check_company=True, ondelete="restrict")
    kind = fields.Selection(
        [
            ("nonconformity", "Nonconformity"),
            ("observation", "Observation"),
            ("opportunity", "Opportunity for improvement"),
        ],
        required=True,
        default="nonconformity",
    )
    severity = fields.Selection(
        [("minor", "Minor"), ("major", "Major"), ("critical", "Critical")], required=True, default="minor"
    )
    department_id = fields.Many2one(
        "hr.department",
        "Unit",
        compute="_compute_department_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    state = fields.Selection(
        [("open", "To be decided"), ("raised", "Raised"), ("noted", "Noted")],
        required=True,
        readonly=True,
        default="open",
        copy=False,
        index=True,
    )
    nonconformity_id = fields.Many2one("qms.nonconformity", readonly=True, copy=False, ondelete="restrict")

    # === CONSTRAINTS === #

    @api.constrains("line_id", "audit_id")
    def _check_line(self):
        for finding in self:
            if finding.line_id and finding.line_id.audit_id != finding.audit_id:
                raise ValidationError(
                    self.env._("The checklist line belongs to another audit. Choose a line of this audit.")
                )

    # === COMPUTES === #

    @api.depends("process_id")
    def _compute_department_id(self):
        for finding in self:
            finding.department_id = finding.process_id.department_id or finding.department_id

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # Named explicitly, so that no default from a client's context slips in.
        findings = super().create([{**vals, "nonconformity_id": False} for vals in vals_list])
        findings._check_under_way()
        return findings

    def write(self, vals):
        if "nonconformity_id" in vals and not self._in_transition():
            raise UserError(self.env._("The nonconformity is raised by the finding's button."))
        return super().write(vals)

    # === ACTIONS === #

    def action_raise(self):
        """Hand the finding over as a nonconformity to the unit that answers for it; once.

        :return: the action that opens the nonconformity of a single finding
        """
        for finding in self:
            finding._check_state("open")
            finding._check_may_decide()
            if not finding.department_id:
                raise UserError(self.env._("Choose the unit that answers for “%s” first.", finding.name))
            nonconformity = self.env["qms.nonconformity"]._raise_from(finding, finding._nonconformity_vals())
            finding._transition({"state": "raised", "nonconformity_id": nonconformity.id})
        return self.action_open_nonconformity()

    def action_note(self):
        """Leave an observation or an opportunity at being written in the report."""
        for finding in self:
            finding._check_state("open")
            finding._check_may_decide()
            if finding.kind == "nonconformity":
                raise UserError(
                    self.env._("“%s” is a nonconformity: it has to be raised, not only noted.", finding.name)
                )
            finding._transition({"state": "noted"})

    def action_open_nonconformity(self):
        """Open the nonconformities of the findings.

        :return: a window action
        """
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Nonconformities"),
            "res_model": "qms.nonconformity",
        }
        if len(self) == 1:
            return {**action, "res_id": self.nonconformity_id.id, "views": [(False, "form")]}
        domain = [("id", "in", self.nonconformity_id.ids)]
        return {**action, "views": [(False, "list"), (False, "form")], "domain": domain}

    # === BUSINESS METHODS === #

    def _check_parent_open(self):
        if not self._in_transition():
            return super()._check_parent_open()
        # The report lies with the commissioner, and its findings are decided all the same.
        return None

    def _check_may_decide(self):
        self.ensure_one()
        user = self.env.user
        if self.audit_id.state not in ("in_progress", "report"):
            raise UserError(self.env._("The audit of this finding is over, so nothing can be decided on it any more."))
        if user not in self.audit_id._team_users() and not user.has_group("qms_core.group_commissioner"):
            raise AccessError(self.env._("Findings are decided by the audit team or the chief quality commissioner."))

    def _nonconformity_vals(self):
        self.ensure_one()
        return {
            "name": self.name,
            "description": self.evidence,
            "kind": "audit",
            "severity": self.severity,
            "process_id": self.process_id.id,
            "department_id": self.department_id.id,
        }

    def _seal_content(self):
        self.ensure_one()
        return {
            "name": self.name,
            "kind": self.kind,
            "severity": self.severity,
            "process": self.process_id.id,
            "department": self.department_id.id,
            "evidence": self.evidence or "",
            "state": self.state,
            "nonconformity": self.nonconformity_id.number or "",
        }
