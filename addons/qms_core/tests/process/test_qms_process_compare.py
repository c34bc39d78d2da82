from odoo.exceptions import AccessError

from ..common import QmsCase


class TestQmsProcessCompare(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls._process()
        cls.old = cls._approved(cls.process)
        cls.new = cls.process.with_user(cls.users["coordinator"])._new_version()
        cls.new.write({"purpose": "To serve quickly", "variant": "to_be"})
        first, second = cls.new.step_ids
        first.write({"name": "Take <b>in</b>", "touch_minutes": 3})
        third = cls.new.step_ids.create({"version_id": cls.new.id, "key": "s030", "sequence": 30, "name": "Archive"})
        cls.new.transition_ids.create({"version_id": cls.new.id, "source_id": second.id, "target_id": third.id})

    def _compare(self, version, user=None, **vals):
        wizard = self.env["qms.process.compare"].with_user(user or self.users["coordinator"])
        return wizard.create({"version_id": version.id, **vals})

    def test_draft_is_compared_with_what_is_in_force(self):
        action = self.new.action_compare()
        wizard = self.env[action["res_model"]].with_context(**action["context"]).create({})
        self.assertEqual(wizard.other_id, self.old)
        self.assertIn("Version 1: In force", wizard.content)
        self.assertIn("Version 2: To be", wizard.content)

    def test_changes_by_step_and_field(self):
        content = str(self._compare(self.new).content)
        self.assertIn("Take <ins>&lt;b&gt;</ins>in<ins>&lt;/b&gt;</ins>", content)
        self.assertNotIn("<b>in</b>", content, "Texts of users are escaped.")
        self.assertIn("<del>5</del>", content)
        self.assertIn("<ins>3</ins>", content)
        self.assertIn("<ins> quickly</ins>", content)
        self.assertIn("s030", content)
        self.assertIn("s020 → s030", content)
        self.assertNotIn(">s020<", content, "What is equal is hidden.")

    def test_renamed_step_does_not_change_the_ways_to_it(self):
        sections = {section["name"]: section["counts"] for section in self._compare(self.new)._sections()}
        self.assertEqual(sections["transitions"], {"added": 1, "removed": 0, "changed": 0, "same": 1})
        self.assertEqual(sections["steps"], {"added": 1, "removed": 0, "changed": 1, "same": 1})

    def test_equal_rows_on_demand(self):
        content = str(self._compare(self.new, show_same=True).content)
        self.assertIn(">s020<", content)

    def test_figures_of_both(self):
        rows = {row["label"]: row for row in self._compare(self.new)._figures()}
        self.assertEqual(rows["Touch Time (min)"]["old"], "20.0")
        self.assertEqual(rows["Touch Time (min)"]["change"], "-2.0")
        self.assertEqual(rows["Approvals"]["change"], "")

    def test_first_version_has_nothing_to_compare_with(self):
        lone = self._draft(self._process("P-9"))
        wizard = self._compare(lone)
        self.assertFalse(wizard.other_id)
        self.assertFalse(wizard.content)

    def test_reading_right_is_enough_and_needed(self):
        second = self.new
        with self.assertRaises(AccessError):
            self._compare(self.old, self.clerk_user, other_id=second.id).content  # noqa: B018
        with self.assertRaises(AccessError):
            self._compare(second, self.clerk_user).content  # noqa: B018
        second.step_ids.filtered(lambda step: not step.role_id).role_id = self.process.owner_role_id
        second.action_submit()
        second.with_user(self.users["commissioner"]).action_approve()
        self.assertIn("s030", self._compare(second, self.clerk_user).content)
