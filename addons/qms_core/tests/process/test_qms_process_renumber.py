from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form

from ..common import QmsCase


class TestQmsProcessRenumber(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.root = cls._process("MAIN")
        cls.first = cls._process("P-1.02", parent_id=cls.root.id)
        cls.second = cls._process("P-1.10", parent_id=cls.root.id)
        cls.third = cls._process("P-1.9", parent_id=cls.root.id)

    def _wizard(self, processes=None, user="coordinator", **vals):
        model = self.env["qms.process.renumber"].with_user(self.users[user])
        return model.create({"process_ids": [(6, 0, (processes or self.root).ids)], **vals})

    def _codes(self):
        return (self.root | self.first | self.second | self.third).mapped("code")

    def test_first_a_list_then_the_codes(self):
        wizard = self._wizard()
        self.assertEqual(
            wizard.line_ids.mapped(lambda line: (line.old_code, line.new_code)),
            [("MAIN", "P-1"), ("P-1.02", "P-1.01"), ("P-1.9", "P-1.02"), ("P-1.10", "P-1.03")],
        )
        self.assertEqual((wizard.change_count, wizard.problem_count), (4, 0))
        self.assertEqual(self._codes(), ["MAIN", "P-1.02", "P-1.10", "P-1.9"], "Nothing is written yet.")
        wizard.action_apply()
        self.assertEqual(self._codes(), ["P-1", "P-1.01", "P-1.03", "P-1.02"])
        with self.assertRaises(UserError):
            self._wizard().action_apply()

    def test_form_from_the_list_of_processes(self):
        context = {"active_model": "qms.process", "active_ids": self.root.ids}
        model = self.env["qms.process.renumber"].with_user(self.users["commissioner"]).with_context(**context)
        with Form(model) as form:
            form.prefix = "Q-"
            form.width = 1
        self.assertEqual(form.record.line_ids.mapped("new_code"), ["Q-1", "Q-1.1", "Q-1.2", "Q-1.3"])

    def test_code_in_use_is_refused(self):
        archived = self._process("P-1.03")
        archived.active = False
        wizard = self._wizard()
        self.assertEqual(wizard.line_ids.filtered("problem").mapped("new_code"), ["P-1.03"])
        with self.assertRaisesRegex(UserError, "P-1.03"):
            wizard.action_apply()
        self.assertEqual(self._codes(), ["MAIN", "P-1.02", "P-1.10", "P-1.9"])

    def test_two_equal_codes_are_refused(self):
        """Without separator P-1 and 01 looks like number 101 at the top."""
        roots = self.root
        for index in range(2, 12):
            roots |= self._process(f"Z-{index}")
        self._process("Z-1.1", parent_id=roots[1].id)
        with self.assertRaises(UserError):
            self._wizard(roots, separator="", width=1).action_apply()

    def test_exchange_of_codes(self):
        self.first.parent_id = self.second
        self.root.code = "P-1"
        self._wizard(self.root).action_apply()
        self.assertEqual(self.third.code, "P-1.01")
        self.assertEqual(self.second.code, "P-1.02")
        self.assertEqual(self.first.code, "P-1.02.01")

    def test_only_parts_of_a_whole(self):
        self._wizard(self.second | self.third, separator="/").action_apply()
        self.assertEqual((self.third.code, self.second.code), ("MAIN/01", "MAIN/02"))

    def test_approved_versions_stay_valid(self):
        version = self._approved(self.first)
        other = self._draft(self.second)
        other.flow_ids.other_process_id = self.first
        other.action_submit()
        other.with_user(self.users["commissioner"]).action_approve()
        self._wizard().action_apply()
        self._wizard(prefix="Q-").action_apply()
        self.assertEqual((self.first.code, self.first.first_code), ("Q-1.01", "P-1.02"))
        self.assertEqual((version | other)._verify(), [])
        later = self._approved(self.first)
        self.assertEqual(later._verify(), [])

    def test_who_keeps_the_model(self):
        for user in ("quality_officer", "auditor", "top_management"):
            with self.assertRaises(AccessError):
                self._wizard(user=user)
        with self.assertRaises(AccessError):
            self._abroad("qms.process.renumber").create({"process_ids": [(6, 0, self.root.ids)]}).action_apply()
        self.assertEqual(self.root.code, "MAIN")

    def test_absurd_numbers(self):
        for vals in ({"width": 0}, {"width": 99}, {"first": -1}):
            with self.assertRaises(ValidationError):
                self._wizard(**vals)
