from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class QmsAct(models.Model):
    """An act or the minutes of a meeting, registered so that what it orders can be followed up."""

    _name = "qms.act"
    _description = "Act"
    _inherit = ["qms.frozen.mixin", "qms.number.mixin", "qms.activity.mixin", "qms.visible.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["number", "act_number", "name"]
    _frozen_states = ("completed",)
    _by_method = frozenset({"registered_by_id"})
    _number_prefix = "ACT"
    _number_groups = ("qms_core.group_execution_control",)

    name = fields.Char("Subject", required=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    state = fields.Selection(
        [
            ("draft", "Being entered"),
            ("registered", "Registered"),
            ("control", "On control"),
            ("completed", "Completed"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    kind = fields.Selection(
        [
            ("directive", "Directive"),
            ("order", "Order"),
            ("decision", "Decision"),
            ("resolution", "Resolution"),
            ("minutes", "Minutes of a meeting"),
            ("higher", "Act of a higher body"),
            ("letter", "Incoming letter"),
            ("other", "Other"),
        ],
        required=True,
        default="directive",
        tracking=True,
    )
    issuer = fields.Char("Issued by", tracking=True, help="The official or body that issued it.")
    act_number = fields.Char("Number of the Act", copy=False, tracking=True, help="The number that its issuer gave it.")
    date = fields.Date("Date of the Act", copy=False, tracking=True)
    signatory_id = fields.Many2one(
        "hr.employee",
        "Signed or Resolved by",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="Who signed the act, led the meeting or wrote the resolution on it. He sets the terms of its assignments "
        "and he alone postpones them.",
    )
    # Staff records themselves are not for execution control; their public side is.
    participant_ids = fields.Many2many(
        "hr.employee.public",
        "qms_act_participant_rel",
        "act_id",
        "employee_id",
        string="Participants",
        domain="[('company_id', '=', company_id)]",
    )
    description = fields.Text("Contents")
    attachment_ids = fields.Many2many("ir.attachment", "qms_act_attachment_rel", string="Files", copy=False)
    paragraph_ids = fields.One2many("qms.act.paragraph", "act_id", "Paragraphs", copy=True)
    assignment_ids = fields.One2many("qms.assignment", "act_id", "Assignments")
    assignment_count = fields.Integer("Number of Assignments", compute="_compute_assignment_count")
    open_count = fields.Integer("Not Finished", compute="_compute_assignment_count")
    registered_by_id = fields.Many2one("res.users", "Registered by", readonly=True, copy=False)
    active = fields.Boolean(default=True)

    # An act that came twice (by mail and by courier) is registered once.
    _registered_once = models.UniqueIndex(
        "(company_id, kind, COALESCE(issuer, ''), act_number, date)",
        "This act is registered already: same kind, issuer, number and date. Use the one that is there.",
    )

    # === COMPUTES === #

    @api.depends("number", "name")
    def _compute_display_name(self):
        for act in self:
            act.display_name = f"{act.number} {act.name}" if act.number else act.name

    @api.depends("assignment_ids.state")
    def _compute_assignment_count(self):
        assignments = self.env["qms.assignment"]
        groups = assignments._read_group([("act_id", "in", self.ids)], ["act_id", "state"], ["__count"])
        counts = {}
        for act, state, count in groups:
            counts.setdefault(act.id, {})[state] = count
        for act in self:
            states = counts.get(act._origin.id, {})
            act.assignment_count = sum(states.values())
            act.open_count = sum(states.get(state, 0) for state in ("draft", "control", "reported"))

    @api.model
    def _visible_domain(self):
        people = self.env["hr.employee"]._of_user()
        people |= people._replaced()
        return Domain("state", "!=", "draft") & Domain.OR(
            [
                Domain("signatory_id", "in", people.ids),
                Domain("participant_ids", "in", people.ids),
                Domain("assignment_ids", "any", self.env["qms.assignment"]._visible_domain()),
            ]
        )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        acts = super().create(vals_list)
        acts._own_files()
        return acts

    def write(self, vals):
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._own_files()
        return result

    def unlink(self):
        if any(act.state != "draft" for act in self):
            raise UserError(
                self.env._("A registered act stays in the register. Archive it if it was entered in error.")
            )
        if self.assignment_ids:
            raise UserError(self.env._("Assignments rest on this act. Delete them first."))
        self.paragraph_ids.unlink()
        return super().unlink()

    # === ACTIONS === #

    def action_register(self):
        """Take the act into the register."""
        for act in self:
            act._check_state("draft")
            act._check_control_role()
            act._check_complete()
            act._transition({"state": "registered", "registered_by_id": self.env.uid})

    def action_make_assignments(self):
        """Make an assignment of each paragraph that names an executor and a day and has none yet.

        :return: a window action with the act's assignments
        """
        self.ensure_one()
        self._check_control_role()
        self._check_state("registered", "control", "completed")
        self._make_assignments()
        return self.action_open_assignments()

    def action_put_on_control(self):
        """Register the act if it is not yet, make the assignments of its paragraphs, put all on control."""
        for act in self:
            act._check_control_role()
            if act.state == "draft":
                act.action_register()
            act._check_state("registered", "control", "completed")
            act._make_assignments()
            waiting = act.assignment_ids.filtered(lambda assignment: assignment.state == "draft")
            if not waiting:
                raise UserError(
                    self.env._(
                        "Nothing in this act waits to be put on control. Write at a paragraph who is to carry it out "
                        "and by when."
                    )
                )
            waiting.action_put_on_control()

    def action_open_assignments(self):
        """Open the act's assignments.

        :return: a window action
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_assignment_action")
        return {**action, "domain": [("act_id", "=", self.id)], "context": {"default_act_id": self.id}}

    # === BUSINESS METHODS === #

    def _check_control_role(self):
        if not self.env.user.has_group("qms_core.group_execution_control"):
            raise AccessError(
                self.env._("Acts and assignments are registered, put on control and taken off it by execution control.")
            )

    def _check_complete(self):
        self.ensure_one()
        if not (self.act_number and self.date and self.signatory_id):
            raise UserError(
                self.env._(
                    "Enter the act's number and date and who signed it or wrote the resolution, then register it."
                )
            )
        if self.date > self.company_id._qms_today():
            raise UserError(self.env._("The act bears a date that is still to come. Correct the date."))

    def _own_files(self):
        """Bind the files to their act: read by who reads it, unchanged once it is completed."""
        for act in self:
            # sudo: one's own uploads only, which belonged to no record yet
            files = act.attachment_ids.sudo().filtered(
                lambda file: (
                    not file.res_id and file.create_uid == self.env.user and file.res_model in (False, self._name)
                )
            )
            files.write({"res_model": act._name, "res_id": act.id})

    def _make_assignments(self):
        self.ensure_one()
        paragraphs = self.paragraph_ids.filtered(lambda paragraph: not paragraph.assignment_ids)
        vals = [paragraph._assignment_vals() for paragraph in paragraphs if paragraph._is_ready()]
        return self.env["qms.assignment"].create(vals)

    def _follow_assignments(self):
        """On control while anything is open, completed when nothing is left to do.

        What is being prepared decides nothing, unless it was put away.
        """
        for act in self.filtered(lambda act: act.state != "draft"):
            # sudo: all of them, whoever moved the last
            followed = act.sudo().with_context(active_test=False).assignment_ids
            states = {record.state for record in followed if record.active or record.state != "draft"}
            if states & {"control", "reported"}:
                target = "control"
            elif states and "draft" not in states:
                target = "completed"
            else:
                continue
            if act.state != target:
                act._transition({"state": target})
