from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import format_date

from .lean_gate_mixin import CARD

# Days for what is left to do when a project is finished.
FOLLOW_UP_DAYS = 30


class ProjectProject(models.Model):
    """A lean project is an Odoo project with a card, seven stages and a gate at the end of each."""

    _name = "project.project"
    # hr.mixin: people may be named by who reads only the public part of the staff records
    _inherit = ["lean.guard.mixin", "lean.gate.mixin", "hr.mixin", "project.project"]
    _lean_guarded = frozenset({"lean_stage_id", "date_lean_finished", "as_is_version_id", "to_be_version_id"})
    _reason_methods = ("action_return_stage",)

    is_lean = fields.Boolean("Lean Project", index=True)
    lean_stage_id = fields.Many2one(
        "lean.stage",
        "Stage of the Lean Project",
        readonly=True,
        copy=False,
        tracking=True,
        ondelete="restrict",
        index="btree_not_null",
        group_expand="_expand_lean_stages",
    )
    lean_stage_code = fields.Char(related="lean_stage_id.code")
    lean_stage_requirement = fields.Text(related="lean_stage_id.requirement")
    lean_deadline = fields.Date("Stage Ends on", compute="_compute_lean_deadline")
    is_lean_late = fields.Boolean("Stage is Late", compute="_compute_lean_deadline")
    lean_missing = fields.Text("Missing for the Next Step", compute="_compute_lean_missing")
    can_steer_lean = fields.Boolean(compute="_compute_can_steer_lean")
    date_lean_finished = fields.Date("Finished on", readonly=True, copy=False, tracking=True)
    process_id = fields.Many2one(
        "qms.process", index="btree_not_null", tracking=True, check_company=True, ondelete="restrict"
    )
    lean_body_id = fields.Many2one("qms.body", "Body", check_company=True, ondelete="restrict")
    lean_ground_ids = fields.Many2many("lean.ground", string="Grounds")
    curator_id = fields.Many2one(
        "hr.employee",
        tracking=True,
        check_company=True,
        ondelete="restrict",
        help="Head of the leaders' team: answers for lean management in the body.",
    )
    curator_user_id = fields.Many2one(
        "res.users", "Login of the Curator", related="curator_id.user_id", store=True, index="btree_not_null"
    )
    lean_team_ids = fields.Many2many(
        "hr.employee", "lean_project_team_rel", "project_id", "employee_id", "Change Team", check_company=True
    )
    lean_justification = fields.Text("Justification", help="Why it is worthwhile to improve this process.")
    lean_border_from = fields.Char("Borders: First Step", help="The step with which the process under study begins.")
    lean_border_to = fields.Char("Borders: Last Step", help="The step with which the process under study ends.")
    lean_goal = fields.Text("Goal")
    lean_target_ids = fields.One2many("lean.target", "project_id", "Target Indicators", copy=True)
    lean_action_ids = fields.One2many(
        "qms.action", "origin_id", "Actions Raised", domain=lambda self: [("origin_model", "=", self._name)]
    )

    _lean_company = models.Constraint(
        "CHECK (is_lean IS NOT TRUE OR company_id IS NOT NULL)", "A lean project belongs to an authority. Choose it."
    )

    # === CONSTRAINTS === #

    @api.constrains("company_id", "process_id", "lean_body_id", "curator_id", "lean_team_ids")
    def _check_lean_company(self):
        self.filtered("is_lean")._check_company(["process_id", "lean_body_id", "curator_id", "lean_team_ids"])

    # === COMPUTES === #

    @api.model
    def _expand_lean_stages(self, _stages, _domain):
        return self.env["lean.stage"].search([])

    @api.depends("lean_stage_id", "date_lean_finished", "milestone_ids.deadline")
    def _compute_lean_deadline(self):
        for project in self:
            running = project.is_lean and not project.date_lean_finished
            project.lean_deadline = running and project._lean_milestone().deadline
            today = (project.company_id or self.env.company)._qms_today()
            project.is_lean_late = bool(project.lean_deadline and project.lean_deadline < today)

    @api.depends("lean_stage_id", "date_lean_finished", "task_ids.state", "lean_target_ids.date_after", *CARD)
    def _compute_lean_missing(self):
        for project in self:
            running = project.is_lean and project.lean_stage_id and not project.date_lean_finished
            project.lean_missing = running and "\n".join(project._lean_problems())

    @api.depends("user_id", "curator_user_id")
    @api.depends_context("uid")
    def _compute_can_steer_lean(self):
        for project in self:
            project.can_steer_lean = self.env.user in project._lean_steerers()

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        projects = super().create([self._lean_create_vals(vals) for vals in vals_list])
        if not self._lean_passing():
            projects.filtered("is_lean")._lean_set_up()
        return projects

    def copy(self, default=None):
        # Copied milestones lie on the old project for a moment, where a stage has one; so they get theirs after.
        mapping = {}
        copies = super(ProjectProject, self._lean_pass().with_context(milestone_mapping=mapping)).copy(default)
        for old in self.env["project.milestone"].browse(mapping).filtered("lean_stage_id"):
            milestone = old.browse(mapping[old.id])._lean_pass()
            milestone.write({"lean_stage_id": old.lean_stage_id.id, "is_lean_opened": old.is_lean_opened})
        copies = copies.with_env(self.env)
        copies.invalidate_recordset(["milestone_ids"])
        copies.filtered("is_lean")._lean_set_up()
        return copies

    def unlink(self):
        if any(self.mapped("date_lean_finished")):
            raise UserError(self.env._("A finished lean project can't be deleted. Archive it: its results are kept."))
        # The milestones of the stages go with their project, and only with it.
        self.filtered("is_lean").milestone_ids._lean_pass().unlink()
        return super().unlink()

    # === ACTIONS === #

    def action_next_stage(self):
        """Pass the gate at the end of the current stage: by the leader or the curator.

        :raises AccessError: for anybody else
        :raises UserError: naming everything that the stage still needs
        """
        for project in self:
            project._lean_check_may_steer()
            stage = project.lean_stage_id._next()
            if not stage:
                raise UserError(self.env._("This is the last stage. Finish the project instead."))
            project._lean_check_gate()
            project._lean_reach_milestone()
            vals = {"lean_stage_id": stage.id}
            if project.lean_stage_code in ("analysis", "current"):
                vals["as_is_version_id"] = project.process_id.version_id.id
            project._lean_write(vals)
            project._lean_open_stage()

    def action_return_stage(self, reason=None):
        """Go back to the stage before, when it turns out that its work is not done.

        :param str reason: why; without it a dialog asks
        """
        if not reason:
            self.mapped(lambda project: project._lean_check_may_steer())
            return self.env["qms.reason.wizard"]._ask(self, "action_return_stage", self.env._("Why go back?"))
        for project in self:
            project._lean_check_may_steer()
            stage = project.lean_stage_id._previous()
            if not stage:
                raise UserError(self.env._("This is the first stage already."))
            project._lean_write({"lean_stage_id": stage.id})
            project._lean_milestone()._lean_pass().is_reached = False
            project.message_post(body=reason)
            project._lean_open_stage()
        return True

    def action_finish(self):
        """Finish at the last stage; what is left to do becomes an improvement action of the process' owner.

        :raises AccessError: for anybody but the leader and the curator
        :raises UserError: naming everything that is missing
        """
        for project in self:
            project._lean_check_may_steer()
            if project.lean_stage_id._next():
                name = project.lean_stage_id.name
                raise UserError(self.env._("The project stands at stage “%s”. Pass all its stages first.", name))
            project._lean_check_gate()
            project._lean_reach_milestone()
            project._lean_write({"date_lean_finished": project.company_id._qms_today()})
            project._lean_follow_up()

    # === BUSINESS METHODS: SET-UP === #

    @api.model
    def _lean_create_vals(self, vals):
        """Complete the values of a new lean project; those of an ordinary one stay as they are."""
        if not vals.get("is_lean", self.env.context.get("default_is_lean")):
            return vals
        process = self.env["qms.process"].browse(vals.get("process_id", self.env.context.get("default_process_id")))
        return {
            "privacy_visibility": "employees",
            **vals,
            "company_id": vals.get("company_id") or process.company_id.id or self.env.company.id,
            "allow_milestones": True,
        }

    def _lean_set_up(self):
        """Give new lean projects their first stage, milestones with dates, task stages and first tasks."""
        stages = self.env["lean.stage"].search([])
        for project in self:
            start = project.date_start or project.company_id._qms_today()
            deadlines = stages._deadlines(project.company_id, start, project.date)
            end = project.date or max(deadlines.values())
            vals = {"lean_stage_id": stages[:1].id, "date_start": start, "date": end}
            if not project.type_ids:
                vals["type_ids"] = [Command.set(self._lean_task_types().ids)]
            project._lean_write(vals)
            project._lean_plan_milestones(deadlines)
            project._lean_open_stage()

    def _lean_plan_milestones(self, deadlines):
        planned = {milestone.lean_stage_id: milestone for milestone in self.milestone_ids}
        for stage, deadline in deadlines.items():
            if stage in planned:
                planned[stage].deadline = deadline
        self.env["project.milestone"]._lean_pass().create(
            [
                {
                    "project_id": self.id,
                    "lean_stage_id": stage.id,
                    "name": stage.name,
                    "sequence": stage.sequence,
                    "deadline": deadline,
                }
                for stage, deadline in deadlines.items()
                if stage not in planned
            ]
        )

    @api.model
    def _lean_task_types(self):
        names = ("task_type_todo", "task_type_doing", "task_type_done")
        # Who deleted one of them wants it gone; the others still do.
        types = [self.env.ref(f"lean_projects.{name}", raise_if_not_found=False) for name in names]
        return self.env["project.task.type"].union(*filter(None, types))

    def _lean_open_stage(self):
        """Make the tasks of the stage, once, and call the leader to bring it to its end."""
        self.env["qms.caller"]._end(self)
        for project in self:
            milestone = project._lean_milestone()
            if not milestone.is_lean_opened:
                self.env["project.task"].create(
                    [project._lean_task_vals(tool, milestone) for tool in project.lean_stage_id.tool_ids]
                )
                milestone._lean_pass().is_lean_opened = True
            if milestone.deadline and project.user_id:
                call = (project.id, project.user_id.id, milestone.deadline, project._lean_stage_summary(), False)
                self.env["qms.caller"]._call(project, [call])

    def _lean_stage_summary(self):
        """Return what the leader is called to, in his own language."""
        project = self.with_context(lang=self.user_id.lang or self.env.lang)
        return project.env._("Pass the stage: %s", project.lean_stage_id.name)

    def _lean_task_vals(self, tool, milestone):
        return {
            "name": tool.name,
            "project_id": self.id,
            "milestone_id": milestone.id,
            "date_deadline": milestone.deadline,
            "user_ids": [Command.set(self.user_id.ids)],
        }

    # === BUSINESS METHODS: GATES === #

    def _lean_fixed_fields(self):
        names = super()._lean_fixed_fields() | {"is_lean"}
        if self.is_lean and self.lean_stage_code != "analysis":
            names |= {"process_id", "company_id"}
        if self.date_lean_finished:
            names |= {*CARD, "lean_body_id"}
        return names

    def _lean_fixed_message(self, names):
        if self.date_lean_finished:
            return self.env._("The lean project is finished, so its card is kept as it was.")
        if "process_id" in names or "company_id" in names:
            return self.env._("The process can't be changed any more: the project card was accepted with it.")
        return super()._lean_fixed_message(names)

    def _lean_steerers(self):
        self.ensure_one()
        return self.user_id | self.curator_user_id

    def _lean_check_may_steer(self):
        self.ensure_one()
        self.check_access("read")
        if not self.is_lean or self.date_lean_finished:
            raise UserError(self.env._("“%s” is not a lean project under way.", self.name))
        if self.env.user not in self._lean_steerers():
            raise AccessError(
                self.env._("Only the leader or the curator of a lean project decides on its stages. Ask one of them.")
            )

    def _lean_milestone(self):
        """Return the milestone of the current stage."""
        self.ensure_one()
        return self.milestone_ids.filtered(
            lambda milestone: milestone.lean_stage_id and milestone.lean_stage_id == self.lean_stage_id
        )

    def _lean_reach_milestone(self):
        self._lean_milestone()._lean_pass().is_reached = True

    def _lean_write(self, vals):
        # sudo: the calling method has checked the person; the curator may have no right to edit projects.
        self._lean_pass().sudo().write(vals)

    # === BUSINESS METHODS: RESULTS === #

    def _lean_follow_up(self):
        """Raise an improvement action for what a finished project leaves to do (``qms.action``, may be empty)."""
        self.ensure_one()
        self.env["qms.caller"]._end(self)
        left = [
            self.env._(
                "Target not met: %(target)s is %(after)s %(unit)s, aimed at %(aim)s.",
                target=target.name,
                after=target.after,
                unit=target.unit_of_measure or "",
                aim=target.target,
            )
            for target in self.lean_target_ids.filtered(lambda target: target.result == "missed")
        ]
        version = self.sudo().to_be_version_id  # sudo: drafts are not for everyone, whether there is one is
        if version and version.state not in ("approved", "superseded"):
            left.append(self.env._("The target process is not in force: %s.", version.display_name))
        if not left:
            return self.env["qms.action"]
        process = self.process_id.sudo()  # sudo: who holds the owner's role is read from the staff records
        # sudo: the project hands the duty to another person, whose actions the leader may not write.
        return (
            self.env["qms.action"]
            .sudo()
            .create(
                {
                    "name": self.env._("Complete the result of the lean project “%s”", self.name),
                    "description": "\n".join(left),
                    "kind": "improvement",
                    "company_id": self.company_id.id,
                    "process_id": process.id,
                    "department_id": process.department_id.id,
                    "responsible_id": (process.owner_ids or process.department_id.manager_id)[:1].id,
                    "date_deadline": self.company_id._qms_today() + timedelta(days=FOLLOW_UP_DAYS),
                    **self.env["qms.action"]._origin_vals(self),
                }
            )
        )

    def _lean_card_status(self):
        """Return where the project stands, for the foot of its printed card."""
        self.ensure_one()
        if self.date_lean_finished:
            return self.env._("Finished on %s", format_date(self.env, self.date_lean_finished))
        return self.env._("Stage: %s", self.lean_stage_id.name)

    @api.model
    def _lean_forget(self):
        """Turn lean projects into ordinary ones, before the addon goes.

        Task stages in use become the projects' own; records that go with the addon are let go of.
        """
        every = self.with_context(active_test=False)
        projects = every.search([("is_lean", "=", True)])
        projects._lean_pass().write({"lean_stage_id": False})
        projects.milestone_ids._lean_pass().write({"lean_stage_id": False})
        used = projects.with_context(active_test=False).tasks.stage_id | projects.type_ids
        self.env["ir.model.data"].search(
            [("module", "=", "lean_projects"), ("model", "=", "project.task.type"), ("res_id", "in", used.ids)]
        ).unlink()
