from .common import AnticorruptionCase


class TestGroupOfficer(AnticorruptionCase):
    def test_no_role_includes_it(self):
        group = self.env.ref("anticorruption.group_officer")
        self.assertFalse(group.implied_by_ids)
        for login in ("base.user_root", "base.user_admin"):
            self.assertNotIn(group, self.env.ref(login).all_group_ids)

    def test_administrators_have_no_access_of_their_own(self):
        rows = self.env["ir.model.access"].search([("model_id.model", "=like", "anticorruption.%")])
        groups = self.env.ref("qms_core.group_employee") | self.env.ref("anticorruption.group_officer")
        self.assertEqual(rows.group_id, groups)
        self.assertTrue(all(row.group_id for row in rows))

    def test_administrator_changes_nothing(self):
        admin = self._user("admin", "base.group_system")
        plan, approved = self._plan(), self._approved()
        self.assertFalse(plan.with_user(admin).has_access("read"))
        self.assertTrue(approved.with_user(admin).has_access("read"))
        for operation in ("write", "unlink"):
            self.assertFalse(approved.with_user(admin).has_access(operation))
            self.assertFalse(approved.measure_ids.with_user(admin).has_access(operation))
        self.assertFalse(self.env["anticorruption.plan"].with_user(admin).has_access("create"))
