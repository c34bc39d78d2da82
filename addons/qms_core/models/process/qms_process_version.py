from odoo import api, fields, models
from odoo.exceptions import UserError

COPIED = (
    "name",
    "kind",
    "role_id",
    "department_id",
    "touch_minutes",
    "wait_hours",
    "information_system",
    "control_point",
    "documents",
    "sequence",
)


class QmsProcessVersion(models.Model):
    """Numbered version of a process: what is done, by whom, in which order.

    A draft is edited freely; an approved version is frozen and sealed, the one before it superseded.
    """

    _name = "qms.process.version"
    _description = "Process Version"
    _inherit = ["qms.shared.mixin", "qms.approval.mixin"]
    _order = "process_id, number desc"
    _check_company_auto = True
    _frozen_states = ("approved", "superseded", "rejected")
    _by_method = frozenset({"author_id", "approver_id", "date_approved", "reject_reason"})
    _sealed = True
    _seal_schema = 2
    _reason_methods = ("action_reject",)
    _called_groups = ("qms_core.group_commissioner",)
    _review_frozen = True

    process_id = fields.Many2one("qms.process", required=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="process_id.company_id", store=True, index=True)
    number = fields.Integer(readonly=True, copy=False)
    variant = fields.Selection([("regular", "Regular"), ("to_be", "To be")], required=True, default="regular")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("review", "In review"),
            ("approved", "In force"),
            ("superseded", "Superseded"),
            ("rejected", "Rejected"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    reason = fields.Text("Reason for Change", copy=False)
    reject_reason = fields.Text("Reason for Rejection", readonly=True, copy=False)
    based_on_id = fields.Many2one("qms.process.version", readonly=True, copy=False, ondelete="restrict")
    purpose = fields.Text()
    resources = fields.Text()
    criteria = fields.Text("Control and Monitoring Criteria")
    legal_basis = fields.Text()
    step_ids = fields.One2many("qms.process.step", "version_id", "Steps")
    transition_ids = fields.One2many("qms.process.transition", "version_id", "Transitions")
    flow_ids = fields.One2many("qms.process.flow", "version_id", "Inputs and Outputs", copy=True)

    _number_process = models.UniqueIndex("(process_id, number)", "This version number is taken.")
    _one_in_force = models.UniqueIndex(
        "(process_id) WHERE state = 'approved' AND variant = 'regular'", "A process has one version in force."
    )

    # === COMPUTES === #

    @api.depends("process_id", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(process)s, version %(number)s", process=version.process_id.display_name, number=version.number
            )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        last = dict(
            self.sudo()._read_group(  # sudo: numbers count versions the author may not see, too
                [("process_id", "in", [vals.get("process_id") for vals in vals_list])],
                ["process_id"],
                ["number:max"],
            )
        )
        numbers = {process.id: number for process, number in last.items()}
        for vals in vals_list:
            process_id = vals.get("process_id")
            numbers[process_id] = vals["number"] = numbers.get(process_id, 0) + 1
        return super().create(vals_list)

    def copy(self, default=None):
        versions = super().copy(default)
        for old, new in zip(self, versions, strict=True):
            old._copy_map_to(new)
        return versions

    def unlink(self):
        if not self._frozen():
            self.transition_ids.unlink()
            self.step_ids.unlink()
            self.flow_ids.unlink()
        return super().unlink()

    # === ACTIONS === #

    def action_reject(self, reason=None):
        """Send versions in review back for good; the author starts a new one.

        :param str reason: why; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_reject", self.env._("Why is it rejected?"))
        self._decide_against({"state": "rejected", "reject_reason": reason}, reason)
        return True

    # === BUSINESS METHODS === #

    def _approval_words(self):
        return {
            "summary": self.env._("Approve the process version"),
            "against": self.env._("Your process version was rejected"),
            "not_yours": self.env._(
                "Process versions are approved by the chief quality commissioner or top management."
            ),
            "own": self.env._("You wrote this version, so another person has to approve it."),
        }

    def _replace_former(self):
        # What stands outside the version, like the owner of the process, may have changed since it was submitted.
        self._check_complete()
        former = self.process_id.version_id
        former._transition({"state": "superseded"})
        former.flush_recordset()

    def _approved_vals(self):
        return {"variant": "regular"}  # a to-be version that is approved is what is done from now on

    def _take_effect(self):
        self.process_id._put_in_force(self)
        self.env["qms.responsibility"]._derive(self.process_id)

    def _check_complete(self):
        """Raise a UserError that names everything the version lacks."""
        self.ensure_one()
        missing = []
        if not self.process_id.owner_role_id:
            missing.append(self.env._("The process has no owner."))
        if not self.step_ids and not self.purpose:
            missing.append(self.env._("There are neither steps nor a purpose."))
        nobody = self.step_ids.filtered(lambda step: step.kind == "task" and not step.role_id)
        missing += [self.env._("Step “%s” has no role.", step.name) for step in nobody]
        if missing:
            raise UserError("\n".join([self.env._("This version is not complete yet."), *missing]))

    def _copy_map_to(self, new):
        """Copy steps and transitions; step keys stay, so that versions can be compared."""
        steps = {}
        for step in self.step_ids:
            vals = {name: step[name].id if step._fields[name].relational else step[name] for name in COPIED}
            steps[step] = new.step_ids.create({**vals, "version_id": new.id, "key": step.key})
        new.transition_ids.create(
            [
                {
                    "version_id": new.id,
                    "source_id": steps[transition.source_id].id,
                    "target_id": steps[transition.target_id].id,
                    "label": transition.label,
                    "share": transition.share,
                }
                for transition in self.transition_ids
            ]
        )

    def _seal_content(self):
        self.ensure_one()
        return {
            "process": self.process_id._seal_code(),
            "number": self.number,
            "variant": self.variant,
            "purpose": self.purpose or "",
            "resources": self.resources or "",
            "criteria": self.criteria or "",
            "legal_basis": self.legal_basis or "",
            "steps": [step._seal_content() for step in self.step_ids.sorted("key")],
            "transitions": sorted(
                [t.source_id.key, t.target_id.key, t.label or "", t.share] for t in self.transition_ids
            ),
            "flows": [flow._seal_content() for flow in self.flow_ids.sorted("key")],
        }

    def _seal_content_before(self, schema):
        # Form 1 held codes of roles, units and parties, which change.
        return {
            **self._seal_content(),
            "steps": [step._seal_content_before() for step in self.step_ids.sorted("key")],
            "flows": [flow._seal_content_before() for flow in self.flow_ids.sorted("key")],
        }
