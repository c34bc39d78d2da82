from odoo.exceptions import AccessError

from ..common import QmsCase


class TestQmsOriginMixin(QmsCase):
    def test_origin_is_named_and_opened(self):
        process = self._process()
        record = self.env["qms.nonconformity"]._raise_from(process, {"name": "From a process"})
        self.assertEqual(record.origin_label, process.display_name)
        self.assertEqual(record.action_open_origin()["res_id"], process.id)

    def test_deleted_origin_keeps_its_label(self):
        party = self.env["qms.party"].create({"name": "Firm", "code": "X", "company_id": self.company.id})
        record = self.env["qms.nonconformity"]._raise_from(party, {"name": "About a firm"})
        label = record.origin_label
        party.unlink()
        self.assertEqual(record.origin_label, label)
        self.assertFalse(record.action_open_origin())

    def test_models_that_disappear_are_forgotten(self):
        party = self.env["qms.party"].create({"name": "Firm", "code": "X", "company_id": self.company.id})
        record = self.env["qms.nonconformity"]._raise_from(party, {"name": "About a firm"})
        closed = self.env["qms.nonconformity"]._raise_from(party, {"name": "Closed one"})
        closed.with_user(self.users["commissioner"]).action_reject("No nonconformity")
        self.env["qms.origin.mixin"]._forget_models(["qms.party"])
        for forgotten in (record, closed):
            self.assertFalse(forgotten.origin_model)
            self.assertFalse(forgotten.origin_id)
            self.assertIn("Firm", forgotten.origin_label)
            self.assertTrue(forgotten.web_read({"origin_id": {}, "origin_label": {}}))

    def test_nobody_types_an_origin_in(self):
        process = self._process()
        forged = {"origin_model": "qms.process", "origin_id": process.id, "origin_label": "From the mayor"}
        plain = self.env["qms.nonconformity"].with_user(self.clerk_user)
        context = {f"default_{name}": value for name, value in forged.items()}
        for record in (self._nonconformity(**forged), plain.with_context(**context).create({"name": "x"})):
            self.assertEqual((record.origin_model, record.origin_id, record.origin_label), (False, 0, False))
            with self.assertRaises(AccessError):
                record.with_user(self.clerk_user).write({"origin_label": "From the mayor"})
        raised = plain._raise_from(process.with_user(self.clerk_user), {"name": "From a process"})
        self.assertEqual((raised.origin_model, raised.origin_id), ("qms.process", process.id))

    def test_origin_cannot_be_read_through(self):
        secret = self.env["qms.process.version"].search([], limit=1) or self._draft(self._process("P-9"))
        record = self.env["qms.nonconformity"]._raise_from(secret, {"name": "x", "department_id": self.unit.id})
        record._transition({"reporter_id": self.clerk_user.id})
        with self.assertRaises(AccessError):
            secret.with_user(self.clerk_user).check_access("read")
        self.assertTrue(record.with_user(self.clerk_user).web_read({"origin_label": {}}))
