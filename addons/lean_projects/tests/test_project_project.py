from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .common import LeanCase


class TestLeanProjectSetUp(LeanCase):
    def test_new_project_is_set_up_once(self):
        project = self._project(date_start="2026-03-02", date="2026-09-30")
        self.assertEqual(project.lean_stage_id, self._stage("analysis"))
        self.assertEqual(project.milestone_ids.lean_stage_id, self.env["lean.stage"].search([]))
        self.assertEqual(len(project.milestone_ids), 7)
        self.assertTrue(all(project.milestone_ids.mapped("deadline")))
        self.assertEqual(str(max(project.milestone_ids.mapped("deadline"))), "2026-09-30")
        tools = self._stage("analysis").tool_ids
        self.assertEqual(project.task_ids.mapped("name"), tools.sorted("sequence", reverse=True).mapped("name"))
        self.assertEqual(project.task_ids.user_ids, self.leader)
        self.assertEqual(project.type_ids.sorted("sequence").mapped("name"), ["To do", "Under way", "Done"])
        self.assertEqual(project.company_id, self.company)
        self.assertEqual(project.privacy_visibility, "employees")

    def test_client_can_not_choose_the_stage(self):
        with self.assertRaises(UserError):
            self._project(lean_stage_id=self._stage("roadmap").id)
        project = (
            self.env["project.project"]
            .with_user(self.leader)
            .with_context(default_lean_stage_id=self._stage("roadmap").id, default_is_lean=True)
            .create({"name": "By context"})
        )
        self.assertTrue(project.is_lean)
        self.assertEqual(project.lean_stage_id, self._stage("analysis"))

    def test_replication_starts_anew(self):
        project = self._advance(self._project(**self._card()), "current")
        project.lean_target_ids.write({"after": 100, "date_after": fields.Date.today()})
        copy = project.with_user(self.leader).copy()
        self.assertEqual(copy.lean_stage_id, self._stage("analysis"))
        self.assertEqual(len(copy.milestone_ids), 7)
        self.assertFalse(any(copy.milestone_ids.mapped("is_reached")))
        self.assertTrue(all(copy.milestone_ids.mapped("deadline")))
        self.assertEqual(copy.task_ids.mapped("name"), project.with_context(active_test=False).tasks.mapped("name"))
        self.assertFalse(any(copy.task_ids.mapped("is_closed")))
        self.assertEqual(copy.lean_target_ids.mapped("result"), ["open"])
        self.assertEqual(len(project.milestone_ids), 7, "the first project keeps its own")

    def test_member_can_not_start_a_project(self):
        with self.assertRaises(AccessError):
            self._project(user=self.member)

    def test_leader_can_not_start_an_ordinary_project(self):
        with self.assertRaises(AccessError):
            self.env["project.project"].with_user(self.leader).create({"name": "Office party"})

    def test_card_is_kept_by_leader_and_curator_only(self):
        project = self._project(**self._card())
        project.with_user(self.curator).lean_goal = "A third of the time"
        for user in (self.member, self.other_leader):
            with self.assertRaises(AccessError):
                project.with_user(user).lean_goal = "Nothing"


class TestLeanProjectGates(LeanCase):
    def setUp(self):
        super().setUp()
        self.project = self._project(**self._card())

    def test_incomplete_card_is_named(self):
        project = self._project()
        self._close_tasks(project)
        with self.assertRaises(UserError) as refused:
            project.action_next_stage()
        message = str(refused.exception)
        for label in ("Justification", "Goal", "Curator", "Change Team", "Grounds", "Target Indicators"):
            self.assertIn(label, message)
        self.assertNotIn("Leader", message, "who started it is its leader")
        self.assertEqual(project.lean_stage_id, self._stage("analysis"))
        self.assertIn("Justification", project.lean_missing, "the form says so before the button does")

    def test_target_without_value_before_holds_the_project_up(self):
        self.project.lean_target_ids.date_before = False
        self._close_tasks(self.project)
        with self.assertRaisesRegex(UserError, "Days to decide.*before"):
            self.project.action_next_stage()

    def test_open_task_is_named(self):
        self._close_tasks(self.project)
        task = self.project._lean_milestone().task_ids[:1]
        task.write({"name": "Draw the map", "state": "01_in_progress"})
        with self.assertRaisesRegex(UserError, "Draw the map"):
            self.project.action_next_stage()

    def test_passing_a_stage(self):
        self._close_tasks(self.project)
        milestone = self.project._lean_milestone()
        self._track()
        self.project.with_user(self.curator).action_next_stage()
        self._track()
        self.assertEqual(self.project.lean_stage_id, self._stage("information"))
        self.assertTrue(milestone.is_reached)
        self.assertEqual(self.project.as_is_version_id, self.process.version_id)
        names = self.project._lean_milestone().task_ids.mapped("name")
        self.assertCountEqual(names, self._stage("information").tool_ids.mapped("name"))
        tracked = self.project.sudo().message_ids.tracking_value_ids.filtered(
            lambda value: value.field_id.name == "lean_stage_id"
        )
        self.assertIn(self._stage("information").id, tracked.mapped("new_value_integer"))

    def _track(self):
        """Let the chatter log what changed, as the end of a request does."""
        self.env.flush_all()
        self.cr.precommit.run()

    def test_only_leader_and_curator_pass_stages(self):
        self._close_tasks(self.project)
        for user in (self.member, self.other_leader, self.admin, self.commissioner):
            with self.assertRaises(AccessError):
                self.project.with_user(user).action_next_stage()
        self.assertEqual(self.project.lean_stage_id, self._stage("analysis"))

    def test_stage_is_not_written_by_anybody(self):
        stage = self._stage("roadmap").id
        for user in (self.leader, self.curator, self.admin, self.env.user):
            project = self.project.with_user(user)
            with self.assertRaises(UserError):
                project.write({"lean_stage_id": stage})
            with self.assertRaises(UserError):
                project.web_save({"lean_stage_id": stage}, {"lean_stage_id": {}})
            with self.assertRaises(UserError):
                project.with_context(lean_passing=True).write({"lean_stage_id": stage})
        with self.assertRaises(UserError):
            self.project.sudo().write({"lean_stage_id": stage})
        with self.assertRaises(UserError):
            command = Command.update(self.project.id, {"lean_stage_id": stage})
            self.project.process_id.write({"lean_project_ids": [command]})
        self.assertEqual(self.project.lean_stage_id, self._stage("analysis"))

    def test_lean_project_does_not_become_an_ordinary_one(self):
        with self.assertRaises(UserError):
            self.project.is_lean = False

    def test_process_is_settled_with_the_card(self):
        other = self._process("T-2", "Permits")
        self.project.process_id = other
        self._advance(self.project, "information")
        with self.assertRaisesRegex(UserError, "process can't be changed"):
            self.project.process_id = self.process

    def test_going_back_needs_a_reason_and_makes_no_tasks_twice(self):
        self._advance(self.project, "information")
        asked = self.project.action_return_stage()
        self.env[asked["res_model"]].with_user(self.leader).browse(asked["res_id"]).write({"reason": "Wrong process"})
        self.env[asked["res_model"]].with_user(self.leader).browse(asked["res_id"]).action_confirm()
        self.assertEqual(self.project.lean_stage_id, self._stage("analysis"))
        self.assertFalse(self.project._lean_milestone().is_reached)
        self.assertIn("Wrong process", self.project.message_ids[0].body)
        count = len(self._stage("analysis").tool_ids)
        self.assertEqual(len(self.project._lean_milestone().task_ids), count)
        self._advance(self.project, "information")
        self.assertEqual(len(self.project._lean_milestone().task_ids), len(self._stage("information").tool_ids))

    def test_leader_has_one_duty_at_a_time(self):
        self._advance(self.project, "current")
        duties = self.project.sudo().activity_ids
        self.assertEqual(duties.user_id, self.leader)
        self.assertEqual(len(duties), 1)
        self.assertEqual(duties.date_deadline, self.project._lean_milestone().deadline)

    def test_leader_without_rights_holds_the_project_up(self):
        project = self._project(user=self.curator, **{**self._card(), "user_id": self.member.id})
        self._close_tasks(project)
        with self.assertRaisesRegex(UserError, "rights as leader"):
            project.with_user(self.curator).action_next_stage()


class TestLeanProjectResults(LeanCase):
    def setUp(self):
        super().setUp()
        self.project = self._project(**self._card())

    def test_target_state_needs_a_draft_and_a_road_map(self):
        self._advance(self.project, "target")
        self._close_tasks(self.project)
        with self.assertRaises(UserError) as refused:
            self.project.action_next_stage()
        self.assertIn("target process is not drafted", str(refused.exception))
        self.assertIn("road map has no task", str(refused.exception))

    def test_target_process_is_not_drafted_too_early(self):
        with self.assertRaises(UserError):
            self.project.action_draft_target_process()

    def test_leader_drafts_the_target_process_and_others_approve_it(self):
        self._advance(self.project, "target")
        version = self.project.action_draft_target_process()
        version = self.env["qms.process.version"].with_user(self.leader).browse(version["res_id"])
        self.assertEqual((version.variant, version.author_id), ("to_be", self.leader))
        self.assertEqual(version.based_on_id, self.process.version_id)
        self.assertEqual(
            self.project.action_draft_target_process()["res_id"], version.id, "the second press opens the same draft"
        )
        version.step_ids.name = "Check at once"
        version.action_submit()
        with self.assertRaises(AccessError):
            version.action_approve()
        version.with_user(self.commissioner).action_approve()
        self.assertEqual(self.process.version_id, version)

    def test_rejected_target_process_is_drafted_anew(self):
        self._advance(self.project, "target")
        self.project.action_draft_target_process()
        rejected = self.project.to_be_version_id
        rejected.step_ids.name = "Check at once"
        rejected.action_submit()
        rejected.with_user(self.commissioner).action_reject("Nobody checks the applicant.")
        self.env.invalidate_all()
        self.assertIn("target process is not drafted", self.project.lean_missing)
        draft = self.project.action_draft_target_process()["res_id"]
        draft = self.env["qms.process.version"].with_user(self.leader).browse(draft)
        self.assertNotEqual(draft, rejected)
        self.assertEqual((draft.state, draft.variant, draft.author_id), ("draft", "to_be", self.leader))
        self.assertEqual(draft.based_on_id, self.process.version_id)
        self.assertEqual(draft.step_ids.name, "Check at once", "the work of the first draft is not lost")
        draft.step_ids.name = "Check twice"
        draft.action_submit()
        draft.with_user(self.commissioner).action_approve()
        self.assertEqual(self.process.version_id, draft.with_env(self.env))

    def test_a_target_process_that_was_in_force_is_no_remainder(self):
        self._advance(self.project, "standardisation")
        version = self.project.to_be_version_id
        version.action_submit()
        version.with_user(self.commissioner).action_approve()
        later = self.process._new_version()
        later.action_submit()
        later.with_user(self.commissioner).action_approve()
        self.assertEqual(version.state, "superseded")
        self._close_tasks(self.project)
        self.project.lean_target_ids.write({"after": 80, "date_after": fields.Date.today()})
        self.project.action_finish()
        self.assertFalse(self.project.sudo().lean_action_ids)

    def test_leader_changes_no_other_version(self):
        self._advance(self.project, "target")
        draft = self.process._new_version()
        with self.assertRaises(AccessError):
            draft.with_user(self.leader).purpose = "Mine"
        with self.assertRaises(AccessError):
            draft.step_ids.with_user(self.leader).name = "Mine"
        with self.assertRaises(AccessError):
            self.env["qms.process.version"].with_user(self.leader).create({"process_id": self.process.id})

    def test_finishing_needs_all_stages(self):
        self._close_tasks(self.project)
        with self.assertRaises(UserError):
            self.project.action_finish()

    def test_finishing_needs_values_after(self):
        self._advance(self.project, "standardisation")
        self._close_tasks(self.project)
        with self.assertRaisesRegex(UserError, "Days to decide.*after"):
            self.project.action_finish()
        self.assertFalse(self.project.date_lean_finished)

    def test_what_is_left_becomes_an_action_of_the_process_owner(self):
        self._advance(self.project, "standardisation")
        self._close_tasks(self.project)
        self.project.lean_target_ids.write({"after": 120, "date_after": fields.Date.today()})
        self.project.action_finish()
        self.assertEqual(self.project.date_lean_finished, self.company._qms_today())
        action = self.project.sudo().lean_action_ids
        self.assertEqual(len(action), 1)
        self.assertEqual((action.kind, action.process_id), ("improvement", self.process))
        self.assertEqual(action.responsible_id, self.owner)
        self.assertIn("Days to decide", action.description)
        self.assertIn("not in force", action.description)
        self.assertFalse(self.project.sudo().activity_ids)

    def test_success_leaves_nothing_to_do(self):
        self._advance(self.project, "standardisation")
        version = self.project.to_be_version_id
        version.action_submit()
        version.with_user(self.commissioner).action_approve()
        self._close_tasks(self.project)
        self.project.lean_target_ids.write({"after": 80, "date_after": fields.Date.today()})
        self.project.with_user(self.curator).action_finish()
        self.assertFalse(self.project.sudo().lean_action_ids)

    def test_finished_project_is_kept(self):
        self._advance(self.project, "standardisation")
        self._close_tasks(self.project)
        self.project.lean_target_ids.write({"after": 80, "date_after": fields.Date.today()})
        self.project.action_finish()
        with self.assertRaises(UserError):
            self.project.lean_goal = "What was reached"
        with self.assertRaises(UserError):
            self.project.action_finish()
        with self.assertRaises(UserError):
            self.project.with_user(self.admin).unlink()
        self.project.color = 3  # what is no part of the card stays editable

    def test_card_prints(self):
        report = self.env["ir.actions.report"].with_user(self.leader)
        html = report._render_qweb_html("lean_projects.report_project_card", self.project.ids)[0].decode()
        for text in ("Half a year is too long.", "Days to decide", "kuno_curator", self._stage("roadmap").name):
            self.assertIn(text, html)
        pdf = report.with_context(force_report_rendering=True)._render_qweb_pdf(
            "lean_projects.report_project_card", self.project.ids
        )[0]
        self.assertEqual(pdf[:5], b"%PDF-")

    def test_people_of_another_authority_are_refused(self):
        other = self.env["res.company"].create({"name": "Other city"})
        stranger = self.env["hr.employee"].create({"name": "Stranger", "company_id": other.id})
        with self.assertRaises(UserError):
            self.project.lean_team_ids = stranger
