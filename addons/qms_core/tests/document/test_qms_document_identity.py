from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .document_common import ACT, DocumentCase


@tagged("post_install", "-at_install")
class TestIdentity(DocumentCase, HttpCase):
    """Each approval asks once more who one is, however short ago the last one was."""

    def _call(self, version, method, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/qms.document.version/{method}",
            {"model": "qms.document.version", "method": method, "args": [version.ids], "kwargs": kwargs},
        )

    def _confirm(self, action, password):
        return self.make_jsonrpc_request(
            "/web/dataset/call_kw/res.users.identitycheck/run_check",
            {
                "model": "res.users.identitycheck",
                "method": "run_check",
                "args": [[action["res_id"]]],
                "kwargs": {"context": {"password": password}},
            },
        )

    def test_each_approval_asks(self):
        one, two = self._submitted(), self._submitted()
        self.authenticate("qms_head", "qms_head")
        action = self._call(one, "action_approve")
        self.assertEqual(action["res_model"], "res.users.identitycheck")
        self.assertEqual(one.approval_ids[0].state, "asked", "Nothing is approved before the password was given.")
        self._confirm(action, "qms_head")
        self.assertEqual(one.approval_ids[0].state, "approved")
        # A second later the next one asks again.
        self.assertEqual(self._call(two, "action_approve")["res_model"], "res.users.identitycheck")
        self.assertEqual(two.approval_ids[0].state, "asked")

    def test_a_wrong_password(self):
        version = self._submitted()
        self.authenticate("qms_head", "qms_head")
        action = self._call(version, "action_approve")
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self._confirm(action, "wrong")
        self.assertEqual(version.approval_ids[0].state, "asked")

    def test_the_step_behind_the_password_is_not_called_from_outside(self):
        version = self._submitted()
        self.authenticate("qms_head", "qms_head")
        for method in ("_approve", "_approve_as_myself", "_finish", "_transition"):
            with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                self._call(version, method)
        self.assertEqual((version.state, version.approval_ids[0].state), ("review", "asked"))

    def test_an_act_asks_who_one_is(self):
        version = self._version(self._document(self.regulation), approval_ids=[])
        version.approval_ids.unlink()
        self._submitted(version)
        wizard = self.env["qms.document.act.wizard"].with_user(self.commissioner)
        dialog = wizard.create({"version_ids": [(6, 0, version.ids)], **ACT})
        name = self.commissioner.login
        self.authenticate(name, name)
        params = {"model": dialog._name, "method": "action_confirm", "args": [dialog.ids], "kwargs": {}}
        path = f"/web/dataset/call_kw/{dialog._name}/"
        action = self.make_jsonrpc_request(path + "action_confirm", params)
        self.assertEqual((action["res_model"], version.state), ("res.users.identitycheck", "review"))
        for method in ("_confirm", "_confirm_as_myself"):
            with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                self.make_jsonrpc_request(path + method, {**params, "method": method})
        self._confirm(action, name)
        self.assertEqual((version.state, version.act_number), ("effective", ACT["act_number"]))

    def test_a_remark_is_asked_first(self):
        version = self._submitted()
        self.authenticate("qms_head", "qms_head")
        dialog = self._call(version, "action_approve_commented")
        self.assertEqual(dialog["res_model"], "qms.reason.wizard")
        self.env[dialog["res_model"]].browse(dialog["res_id"]).sudo().reason = "With pleasure"
        action = self.make_jsonrpc_request(
            "/web/dataset/call_kw/qms.reason.wizard/action_confirm",
            {
                "model": "qms.reason.wizard",
                "method": "action_confirm",
                "args": [[dialog["res_id"]]],
                "kwargs": {},
            },
        )
        self.assertEqual(action["res_model"], "res.users.identitycheck")
        self._confirm(action, "qms_head")
        self.assertEqual(version.approval_ids[0].comment, "With pleasure")
