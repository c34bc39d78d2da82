from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from ..common import QmsCase


class TestQmsProcessSharing(QmsCase):
    """City A keeps a process between bodies in which city B takes part."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign_body = cls.env["qms.body"].create(
            {"name": "City B", "code": "B", "company_id": cls.other_company.id, "is_listed": True}
        )
        cls.applicant = cls._role("R-APP", kind="applicant")
        cls.own = cls._process("P-1")
        cls.shared = cls._process("P-2", scope="between", body_ids=[(4, cls.foreign_body.id)], parent_id=cls.own.id)
        party = cls.env["qms.party"].create({"name": "Citizens", "code": "C", "company_id": cls.company.id})
        draft = cls._draft(cls.shared)
        draft.step_ids[0].write({"role_id": cls.applicant.id, "department_id": cls.unit.id})
        draft.flow_ids.party_id = party
        draft.action_submit()
        draft.with_user(cls.users["commissioner"]).action_approve()
        cls.version = draft.with_env(cls.env)
        cls._approved(cls.own)
        cls.draft = cls._draft(cls.shared)
        cls.reader = new_test_user(
            cls.env,
            "qms_reader_b",
            groups="base.group_user",
            company_id=cls.other_company.id,
            company_ids=[(6, 0, cls.other_company.ids)],
        )

    def _as_reader(self, records, user=None):
        context = {"allowed_company_ids": self.other_company.ids}
        return records.with_env(self.env(user=user or self.reader, context=context))

    def test_each_model_shows_what_is_shared_and_nothing_else(self):
        mine = {
            "qms.process": self.shared,
            "qms.process.version": self.version,
            "qms.process.step": self.version.step_ids,
            "qms.process.transition": self.version.transition_ids,
            "qms.process.flow": self.version.flow_ids,
        }
        for user in (self.reader, self.foreigner):
            for model, expected in mine.items():
                keys = [("company_id", "=", self.company.id)]
                self.assertEqual(self._as_reader(self.env[model], user).search(keys).ids, expected.ids, model)
        for records in (self.own, self.own.version_id, self.own.version_id.step_ids, self.draft, self.draft.step_ids):
            with self.assertRaises(AccessError):
                self._as_reader(records, self.foreigner).read(["company_id"])

    def test_nothing_else_of_the_keeping_authority_is_shown(self):
        for model in ("qms.role", "qms.role.holder", "qms.party", "qms.responsibility", "qms.service", "qms.indicator"):
            found = self._as_reader(self.env[model], self.foreigner).search([("company_id", "=", self.company.id)])
            self.assertFalse(found, model)

    def test_who_takes_part_changes_nothing(self):
        for records, vals in (
            (self.shared, {"scope": "internal"}),
            (self.version, {"message_follower_ids": []}),
            (self.version.step_ids, {"name": "x"}),
            (self.version.transition_ids, {"label": "x"}),
            (self.version.flow_ids, {"name": "x"}),
            (self.draft, {"purpose": "x"}),
            (self.draft.step_ids, {"name": "x"}),
        ):
            with self.assertRaises(UserError):
                self._as_reader(records, self.foreigner).write(vals)
            with self.assertRaises(UserError):
                self._as_reader(records, self.foreigner).unlink()
        with self.assertRaises(AccessError):
            self._as_reader(self.shared, self.foreigner).action_new_version()

    def test_screens_open_with_names_of_the_other_authority(self):
        shared = self._as_reader(self.shared)
        name = {"fields": {"display_name": {}}}
        step = {"name": {}, "role_id": name, "department_id": name, "role_name": {}, "department_name": {}}
        [card] = shared.web_read(
            {
                "name": {},
                "owner_role_id": name,
                "owner_ids": name,
                "department_id": name,
                "department_ids": name,
                "version_id": name,
                "company_id": name,
                "body_ids": name,
                "map_html": {},
                "lead_hours": {},
                "is_foreign": {},
                "open_nonconformity_count": {},
                "step_ids": {"fields": step},
                "flow_ids": {"fields": {"end_name": {}, "party_id": name}},
                "version_ids": {"fields": {"author_id": name, "state": {}, "seal_checksum": {}}},
                "responsibility_ids": {"fields": {"role_id": name}},
                "requirement_ids": name,
                "indicator_ids": name,
            }
        )
        self.assertTrue(card["is_foreign"])
        self.assertEqual(card["owner_role_id"]["display_name"], "R-OWN")
        self.assertEqual(card["owner_ids"], [], "People are named in their own authority.")
        self.assertEqual([row["role_name"] for row in card["step_ids"]], ["R-APP", "R-OWN"])
        self.assertEqual(card["step_ids"][0]["department_name"], "Service Centre")
        self.assertEqual(card["flow_ids"][0]["end_name"], "Citizens")
        self.assertIn("R-APP", card["map_html"])
        self.assertEqual([row["state"] for row in card["version_ids"]], ["approved"])
        figures = self._as_reader(self.version).web_read({"applicant_contact_count": {}, "lead_hours": {}})
        self.assertEqual(figures[0]["applicant_contact_count"], 1)

    def test_tree_opens_though_the_whole_is_not_shared(self):
        rows = self._as_reader(self.env["qms.process"]).hierarchy_read(
            [("is_foreign", "=", True)], {"name": {}}, "parent_id", "child_ids"
        )
        self.assertEqual([row["name"] for row in rows], ["Process P-2"])

    def test_passport_prints_for_who_takes_part(self):
        self.env.invalidate_all()
        report = self._as_reader(self.env["ir.qweb"])
        html = report._render("qms_core.report_process_passport", {"docs": self._as_reader(self.shared)})
        for text in ("R-OWN", "R-APP", "Citizens", self.users["commissioner"].name):
            self.assertIn(text, html)

    def test_discussion_stays_in_the_keeping_authority(self):
        message = self.shared.with_user(self.users["coordinator"]).message_post(body="Who wrote this nonsense?")
        messages = self._as_reader(self.env["mail.message"], self.foreigner)
        self.assertFalse(messages.search([("id", "=", message.id)]))
        with self.assertRaises(AccessError):
            messages.browse(message.id).read(["body"])
        for records in (self.shared, self.version):
            with self.assertRaises(AccessError):
                self._as_reader(records, self.foreigner).message_post(body="x")
        self.assertTrue(self.env["mail.message"].with_user(self.clerk_user).search([("id", "=", message.id)]))

    def test_back_to_one_body_ends_the_sharing(self):
        self.shared.scope = "internal"
        self.assertFalse(self._as_reader(self.env["qms.process"]).search([("id", "=", self.shared.id)]))
        self.shared.write({"scope": "between", "body_ids": [(5,)]})
        self.assertFalse(
            self._as_reader(self.env["qms.process.step"]).search([("id", "in", self.version.step_ids.ids)])
        )

    def test_bodies_are_seen_by_others_once_listed(self):
        own = {"name": "Archive of B", "code": "B-A", "company_id": self.other_company.id}
        hidden = self.env["qms.body"].create(own)
        seen = self.env["qms.body"].with_user(self.users["coordinator"]).search([])
        self.assertIn(self.foreign_body, seen)
        self.assertNotIn(hidden, seen)
        with self.assertRaises(AccessError):
            self.foreign_body.with_user(self.users["coordinator"]).name = "x"

    def test_filter_of_processes_kept_elsewhere(self):
        processes = self._as_reader(self.env["qms.process"])
        self.assertEqual(processes.search([("is_foreign", "=", True)]).ids, self.shared.ids)
        self.assertFalse(processes.search([("is_foreign", "=", False), ("id", "=", self.shared.id)]))
        self.assertFalse(self.env["qms.process"].with_user(self.clerk_user).search([("is_foreign", "=", True)]))
