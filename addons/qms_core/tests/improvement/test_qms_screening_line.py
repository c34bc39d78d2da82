from ..process.test_qms_screening import ScreeningCase


class TestScreeningActions(ScreeningCase):
    def test_verdicts_become_actions_of_the_units(self):
        screening = self._started()
        line = self._line(screening, self.first)
        line.write({"verdict": "merge", "merge_process_id": self.second.id, "reason": "It repeats the other."})
        self._conclude(screening)
        action = self.env["qms.action"].search([("origin_model", "=", line._name), ("origin_id", "=", line.id)])
        self.assertEqual((action.origin_id, action.origin_label), (line.id, "P-1 Process P-1"))
        self.assertEqual((action.kind, action.state), ("improvement", "open"))
        self.assertEqual((action.responsible_id, action.department_id), (self.head, self.unit))
        self.assertEqual(action.date_deadline, screening.date_deadline)
        self.assertIn("P-2", action.name)
        self.assertEqual(action.process_id, self.first)

    def test_top_management_concludes_without_right_to_plan(self):
        screening = self._started()
        self._line(screening, self.service).write({"verdict": "reduce", "reason": "x"})
        screening.with_user(self.users["top_management"]).action_conclude()
        self.assertEqual(len(self._line(screening, self.service).sudo().action_ids), 1)

    def test_unit_without_head_leaves_the_action_planned(self):
        self.unit.manager_id = False
        self.first.owner_role_id = False
        screening = self._started()
        line = self._line(screening, self.first)
        line.write({"verdict": "reduce", "reason": "x"})
        self._conclude(screening)
        self.assertEqual(line.sudo().action_ids.state, "draft")
        self.assertEqual(line.outcome, "open")

    def test_outcome_follows_the_action(self):
        screening = self._started()
        line = self._line(screening, self.service)
        line.write({"verdict": "reduce", "reason": "x"})
        self._conclude(screening)
        self.assertEqual(line.outcome, "progress")
        action = line.sudo().action_ids.with_user(self.head_user)
        action.evidence = "Two papers less."
        action.action_done()
        action.with_user(self.users["coordinator"]).action_check()
        self.assertEqual(line.with_user(self.stranger).outcome, "done")
