import base64
import json
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import SQL, mute_logger

from ..helper import load_models


class TestQmsFrozenMixin(TransactionCase):
    """Every way by which a client might change what was approved."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        from ..fake_models import FakeLine, FakeRecord

        load_models(cls, FakeRecord, FakeLine)
        models = cls.env["ir.model"].search([("model", "in", ("qms.fake.record", "qms.fake.line"))])
        cls.env["ir.model.access"].create(
            [
                {
                    "name": model.model,
                    "model_id": model.id,
                    "group_id": cls.env.ref("base.group_user").id,
                    "perm_read": True,
                    "perm_write": True,
                    "perm_create": True,
                    "perm_unlink": True,
                }
                for model in models
            ]
        )
        cls.plain = new_test_user(cls.env, "plain", groups="base.group_user")
        cls.settings = new_test_user(cls.env, "settings", groups="base.group_system")
        cls.record = cls.env["qms.fake.record"].create(
            {
                "name": "Manual",
                "body": "<p>Text</p>",
                "file": base64.b64encode(b"approved bytes"),
                "line_ids": [(0, 0, {"name": "One"})],
            }
        )
        cls.record.action_approve()
        cls.record.flush_recordset()

    def _as(self, user):
        return self.record.with_user(user)

    def test_draft_is_edited_freely(self):
        draft = self.env["qms.fake.record"].with_user(self.plain).create({"name": "A"})
        draft.write({"name": "B", "line_ids": [(0, 0, {"name": "L"})]})
        draft.line_ids.name = "M"
        self.assertEqual((draft.name, draft.line_ids.name), ("B", "M"))
        draft.line_ids.unlink()
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_write(self):
        for user in (self.plain, self.settings):
            with self.assertRaises(UserError):
                self._as(user).write({"body": "other"})
            with self.assertRaises(UserError):
                self._as(user).web_save({"body": "other"}, {})
        with self.assertRaises(UserError):
            self.record.sudo().write({"body": "other"})

    def test_load(self):
        xml_id = self.record.export_data(["id"])["datas"][0][0]
        result = self.env["qms.fake.record"].with_user(self.settings).load(["id", "body"], [[xml_id, "other"]])
        self.assertFalse(result["ids"])
        self.assertEqual(self.record.body, "<p>Text</p>")

    def test_translation(self):
        with self.assertRaises(UserError):
            self._as(self.plain).update_field_translations("note", {"en_US": "other"})

    def test_unlink_with_client_context(self):
        for context in ({}, {"_force_unlink": True}, {"_force_unlink": 1, "module": "x"}):
            with self.assertRaises(UserError):
                self._as(self.plain).with_context(**context).unlink()
            with self.assertRaises(UserError):
                self.record.sudo(False).with_user(self.settings).with_context(**context).sudo(False).unlink()
        self.assertTrue(self.record.exists())

    def test_state_from_outside(self):
        records = self.env["qms.fake.record"].with_user(self.plain)
        with self.assertRaises(UserError):
            records.create({"name": "A", "state": "approved"})
        created = records.with_context(default_state="approved").create({"name": "A"})
        self.assertEqual(created.state, "draft")
        with self.assertRaises(UserError):
            created.write({"state": "approved"})
        with self.assertRaises(UserError):
            self._as(self.plain).write({"state": "draft"})

    def test_context_token_cannot_be_sent(self):
        for token in (True, 1, "<object object>", {}):
            with self.assertRaises(UserError):
                self._as(self.plain).with_context(qms_transition=token).write({"body": "other"})

    def test_children(self):
        line = self.record.line_ids.with_user(self.plain)
        with self.assertRaises(UserError):
            line.write({"name": "Two"})
        with self.assertRaises(UserError):
            line.unlink()
        with self.assertRaises(UserError):
            line.create({"record_id": self.record.id, "name": "Two"})
        with self.assertRaises(UserError):
            self._as(self.plain).write({"line_ids": [(1, line.id, {"name": "Two"})]})
        draft = self.env["qms.fake.record"].create({"name": "D", "line_ids": [(0, 0, {"name": "L"})]})
        with self.assertRaises(UserError):
            draft.line_ids.with_user(self.plain).write({"record_id": self.record.id})
        with self.assertRaises(UserError):
            self.record.line_ids.sudo().write({"name": "Two"})

    def test_attachment(self):
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "qms.fake.record"), ("res_id", "=", self.record.id), ("res_field", "=", "file")]
        )
        self.assertTrue(attachment)
        for user in (self.plain, self.settings):
            for vals in ({"datas": base64.b64encode(b"other")}, {"res_id": 0}, {"res_model": "res.partner"}):
                with self.assertRaises(UserError):
                    attachment.with_user(user).write(vals)
            with self.assertRaises(UserError):
                attachment.with_user(user).unlink()

    def test_comments_stay_possible(self):
        self._as(self.plain).message_post(body="A question")
        self.assertIn("A question", self.record.message_ids[0].body)

    def test_link_content(self):
        link = self.env["qms.seal"]._link_of(self.record)
        self.assertEqual(json.loads(link.content)["lines"], ["One"])
        self.assertEqual(self.record.seal_checksum, link.checksum)
        self.assertEqual(self.record._verify(), [])

    def test_tampering_by_sql_shows(self):
        self.env.cr.execute(SQL("UPDATE qms_fake_record SET body = 'other' WHERE id = %s", self.record.id))
        self.record.invalidate_recordset()
        self.assertEqual(len(self.record._verify()), 1)
        with self.assertRaises(UserError):
            self.record.action_verify()

    def test_tampering_with_the_chain_shows(self):
        company = self.record.company_id
        second = self.env["qms.fake.record"].create({"name": "Second"})
        second.action_approve()
        self.assertEqual(self.env["qms.seal"]._verify_chain(company), [])
        link = self.env["qms.seal"]._link_of(self.record)
        self.env.cr.execute(SQL("UPDATE qms_seal SET content = %s WHERE id = %s", link.content + " ", link.id))
        link.invalidate_recordset()
        self.assertTrue(self.env["qms.seal"]._verify_chain(company))

    def test_removed_end_of_chain_shows(self):
        company = self.record.company_id
        last = self.env["qms.seal"].search([("company_id", "=", company.id)], limit=1)
        self.env.cr.execute(SQL("DELETE FROM qms_seal WHERE id = %s", last.id))
        self.env.invalidate_all()
        self.assertTrue(self.env["qms.seal"]._verify_chain(company))

    def test_links_are_closed(self):
        link = self.env["qms.seal"]._link_of(self.record)
        vals = {
            "company_id": self.env.company.id,
            "number": 99,
            "res_model": "x",
            "res_id": 1,
            "label": "x",
            "content": "{}",
            "checksum": "x",
        }
        for seal in (link.with_user(self.settings), link.sudo()):
            with self.assertRaises(AccessError):
                seal.create(vals)
            with self.assertRaises(AccessError):
                seal.write({"content": "{}"})
            with self.assertRaises(AccessError):
                seal.unlink()

    def test_verifying_tells_no_name_of_what_one_may_not_read(self):
        self.env["ir.rule"].create(
            {
                "name": "Tests: notes",
                "model_id": self.env["ir.model"]._get_id("qms.fake.record"),
                "domain_force": "[('note', '=', 'public')]",
            }
        )
        draft = self.env["qms.fake.record"].create({"name": "Secret draft"})
        for record in (self.record, draft):
            with self.assertRaises(AccessError):
                record.with_user(self.plain).action_verify()
        draft.note = "public"
        self.assertEqual(draft.with_user(self.plain).action_verify()["tag"], "display_notification")

    def test_commissioners_hear_of_their_own_authority(self):
        there = self.env["res.company"].create({"name": "A city abroad"})
        group = "base.group_user,qms_core.group_commissioner"
        here = new_test_user(self.env, "here", groups=group)
        abroad = new_test_user(self.env, "abroad", groups=group, company_id=there.id, company_ids=[(6, 0, there.ids)])
        self.env.cr.execute(SQL("UPDATE qms_fake_record SET body = 'other' WHERE id = %s", self.record.id))
        self.record.invalidate_recordset()
        verifier = self.env["qms.frozen.mixin"]
        self.assertIn(self.record.display_name, "".join(verifier.with_user(here).verify_all()))
        self.assertNotIn(self.record.display_name, "".join(verifier.with_user(abroad).verify_all()))
        verifier._cron_verify()
        message = self.env["mail.message"].search([("subject", "=", "The checksum chain is broken")])
        told = message.filtered(lambda message: self.record.display_name in message.body).partner_ids
        self.assertIn(here.partner_id, told)
        self.assertNotIn(abroad.partner_id, told)

    def test_later_release_may_seal_more(self):
        with patch.object(
            type(self.record),
            "_seal_content",
            lambda self: {"name": self.name, "body": self.body, "lines": ["One"], "new": 1},
        ):
            self.assertEqual(self.record._verify(), [])

    def test_verify_all_is_not_for_everybody(self):
        with self.assertRaises(AccessError):
            self.env["qms.frozen.mixin"].with_user(self.plain).verify_all()
        with mute_logger("odoo.sql_db"):
            self.assertEqual(self.env["qms.frozen.mixin"].with_user(self.settings).verify_all(), [])
