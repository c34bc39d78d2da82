from odoo.exceptions import AccessError

from .common import QmsCase


class TestAccess(QmsCase):
    """What holds for every model of the addon, so that a new one can't forget it."""

    def _models(self):
        return [
            model
            for model in self.env.values()
            if model._name.startswith("qms.") and model._auto and not model._abstract and not model._transient
        ]

    def test_every_business_model_belongs_to_an_authority(self):
        without = [model._name for model in self._models() if "company_id" not in model._fields]
        self.assertEqual(without, [])

    def test_every_business_model_has_a_company_rule(self):
        rules = self.env["ir.rule"].search([("global", "=", True)])
        guarded = {rule.model_id.model for rule in rules if "company_ids" in (rule.domain_force or "")}
        self.assertEqual([model._name for model in self._models() if model._name not in guarded], [])

    def test_every_dialog_is_its_user_s_own(self):
        ours = self.env["ir.module.module"].search([("author", "=", "QMS for Authorities contributors")])
        dialogs = {
            model._name
            for model in self.env.values()
            if model._transient and not model._abstract and model._original_module in ours.mapped("name")
        }
        own = "[('create_uid', '=', user.id)]"
        rules = self.env["ir.rule"].search([("global", "=", True), ("domain_force", "=", own)])
        complete = rules.filtered(
            lambda rule: rule.perm_read and rule.perm_write and rule.perm_create and rule.perm_unlink
        )
        self.assertIn("qms.reason.wizard", dialogs)
        self.assertEqual(sorted(dialogs - set(complete.model_id.mapped("model"))), [])

    def test_nothing_is_planted_in_the_dialog_of_another(self):
        record = self._nonconformity()
        action = record.with_user(self.head_user).action_release_use()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        for attempt in (
            lambda theirs: theirs.read(["reason"]),
            lambda theirs: theirs.write({"method": "action_reject"}),
            lambda theirs: theirs.unlink(),
        ):
            with self.assertRaises(AccessError):
                attempt(dialog.with_user(self.clerk_user))

    def test_portal_and_public_reach_nothing(self):
        portal = self.env.ref("base.group_portal").id
        public = self.env.ref("base.group_public").id
        rows = self.env["ir.model.access"].search(
            [("model_id.model", "=like", "qms.%"), "|", ("group_id", "=", False), ("group_id", "in", (portal, public))]
        )
        self.assertFalse(rows)

    def test_demo_city_is_for_administrators(self):
        for user in (self.clerk_user, self.users["coordinator"]):
            with self.assertRaises(AccessError):
                self.env["qms.demo"].with_user(user).load_city()
            with self.assertRaises(AccessError):
                self.env["qms.demo"].with_user(user).get_logins()
