from datetime import timedelta

from ..common import QmsCase


class TestOptimisationByComplaints(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls._process("P-1")
        cls.other = cls._process("P-2")

    def _rows(self):
        model = self.env["qms.optimisation"].with_user(self.users["coordinator"])
        return model.browse(model.action_propose()["domain"][0][2])

    def test_complaints_of_the_last_year_count(self):
        today = self.company._qms_today()
        self._nonconformity(process_id=self.process.id, kind="complaint")
        self._nonconformity(process_id=self.process.id, kind="service")
        self._nonconformity(process_id=self.process.id, kind="document")
        self._nonconformity(process_id=self.process.id, kind="complaint", date_found=today - timedelta(days=400))
        rejected = self._nonconformity(process_id=self.process.id, kind="complaint")
        rejected.with_user(self.users["coordinator"]).action_reject("Not ours")
        inputs = (self.process | self.other)._optimisation_inputs()
        self.assertEqual(inputs[self.process.id]["complaints"], 2)
        self.assertEqual(inputs[self.other.id]["complaints"], 0)

    def test_start_improvement_once(self):
        self._nonconformity(process_id=self.process.id, kind="complaint")
        row = self._rows()
        action = self.env["qms.action"].browse(row.action_start_improvement()["res_id"])
        self.assertEqual((action.process_id, action.kind, action.state), (self.process, "improvement", "draft"))
        self.assertEqual((action.origin_model, action.origin_id), ("qms.process", self.process.id))
        self.assertEqual(action.responsible_id, self.head)
        self.assertIn("complaints high: 1", action.description)
        self.assertEqual(row.action_start_improvement()["res_id"], action.id, "The one under way is opened.")
        action.with_user(self.users["coordinator"]).action_cancel("Later")
        self.assertNotEqual(row.action_start_improvement()["res_id"], action.id)
