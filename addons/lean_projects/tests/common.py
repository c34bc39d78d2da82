from datetime import date

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

LEADER = "lean_projects.group_lean_leader"
CURATOR = "lean_projects.group_lean_curator"
MEMBER = "lean_projects.group_lean_member"


class LeanCase(TransactionCase):
    """A process in force, its owner, and the people of a lean project."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.env.user.group_ids += cls.env.ref("qms_core.group_coordinator")
        cls.company = cls.env.company
        cls.leader = cls._user("lena_leader", LEADER)
        cls.other_leader = cls._user("otto_leader", LEADER)
        cls.curator = cls._user("kuno_curator", CURATOR)
        cls.member = cls._user("mia_member", MEMBER)
        cls.commissioner = cls._user("carl_commissioner", "qms_core.group_commissioner")
        cls.admin = cls._user("pia_project_admin", "project.group_project_manager")
        cls.owner = cls.env["hr.employee"].create({"name": "Olga Owner"})
        cls.department = cls.env["hr.department"].create({"name": "Land Office", "manager_id": cls.owner.id})
        cls.process = cls._process("T-1", "Allocation of land plots")

    @classmethod
    def _user(cls, login, group, company=None):
        company = company or cls.env.company
        user = new_test_user(
            cls.env,
            login,
            f"base.group_user,{group}",
            lang="en_US",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        cls.env["hr.employee"].create({"name": login, "user_id": user.id, "company_id": company.id})
        return user

    @classmethod
    def _process(cls, code, name):
        role = cls.env["qms.role"].create(
            {"name": "Head", "code": f"R-{code}", "kind": "head", "department_id": cls.department.id}
        )
        role._reconcile()
        process = cls.env["qms.process"].create(
            {"code": code, "name": name, "owner_role_id": role.id, "department_id": cls.department.id}
        )
        version = process._new_version({"purpose": "Plots in time"})
        version.step_ids.create({"version_id": version.id, "key": "s1", "name": "Check", "role_id": role.id})
        version.action_submit()
        version.with_user(cls.commissioner).action_approve()
        return process

    @classmethod
    def _project(cls, user=None, **vals):
        """A lean project as its leader enters it, with the name only unless told otherwise."""
        return (
            cls.env["project.project"]
            .with_user(user or cls.leader)
            .create({"name": "Green corridor", "is_lean": True, "process_id": cls.process.id, **vals})
        )

    @classmethod
    def _card(cls):
        return {
            "lean_ground_ids": [Command.link(cls.env.ref("lean_projects.ground_appeals").id)],
            "lean_justification": "Half a year is too long.",
            "lean_border_from": "Application received",
            "lean_border_to": "Decision handed out",
            "lean_goal": "Half the time",
            "curator_id": cls.curator.employee_id.id,
            "lean_team_ids": [Command.set(cls.member.employee_id.ids)],
            "date_start": date(2026, 3, 2),
            "date": date(2026, 9, 30),
            "lean_target_ids": [
                Command.create({"name": "Days to decide", "before": 182, "target": 90, "date_before": date(2026, 3, 2)})
            ],
        }

    @classmethod
    def _stage(cls, code):
        return cls.env.ref(f"lean_projects.stage_{code}")

    @classmethod
    def _close_tasks(cls, project):
        project._lean_milestone().task_ids.with_user(cls.leader).write({"state": "1_done"})

    @classmethod
    def _advance(cls, project, code):
        """Bring a project with a complete card to a stage, by the ways of its leader."""
        while project.lean_stage_code != code:
            cls._close_tasks(project)
            if project.lean_stage_code == "target":
                project.action_draft_target_process()
                roadmap = project.milestone_ids.filtered(lambda m: m.lean_stage_id.code == "roadmap")
                project.task_ids.create(
                    {"name": "One form instead of two", "project_id": project.id, "milestone_id": roadmap.id}
                )
            project.action_next_stage()
        return project
