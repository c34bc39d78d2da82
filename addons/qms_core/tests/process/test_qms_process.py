from odoo.exceptions import AccessError, ValidationError

from ..common import QmsCase


class TestQmsProcess(QmsCase):
    def test_cycle(self):
        parent = self._process("P-1")
        child = self._process("P-1.1", parent_id=parent.id)
        with self.assertRaises(ValidationError):
            parent.parent_id = child

    def test_owner_is_accountable_only_once(self):
        process = self._process("P-1")
        with self.assertRaises(ValidationError):
            self.env["qms.responsibility"].create(
                {
                    "process_id": process.id,
                    "role_id": process.owner_role_id.id,
                    "letter_id": self.env.ref("qms_core.letter_raci_i").id,
                }
            )

    def test_flow_has_one_other_end(self):
        process, other = self._process("P-1"), self._process("P-2")
        party = self.env["qms.party"].create({"name": "Firm", "code": "X", "company_id": self.company.id})
        version = self._draft(process)
        with self.assertRaises(ValidationError):
            version.flow_ids.write({"party_id": party.id, "other_process_id": other.id})

    def test_people_of_another_authority_see_nothing(self):
        process = self._process("P-1")
        self._approved(process)
        foreign = process.with_context(allowed_company_ids=self.other_company.ids).with_user(self.foreigner)
        with self.assertRaises(AccessError):
            foreign.read(["name"])
        self.assertFalse(foreign.search([("id", "=", process.id)]))

    def test_employees_do_not_edit_the_model(self):
        process = self._process("P-1")
        for user in (self.clerk_user, self.users["auditor"], self.users["top_management"]):
            with self.assertRaises(AccessError):
                process.with_user(user).name = "x"

    def test_everybody_sees_the_owner(self):
        process = self._process("P-1")
        process.owner_role_id._reconcile()
        card = process.with_user(self.stranger).web_read({"owner_ids": {"fields": {"display_name": {}}}})
        self.assertEqual([owner["display_name"] for owner in card[0]["owner_ids"]], [self.head.name])
