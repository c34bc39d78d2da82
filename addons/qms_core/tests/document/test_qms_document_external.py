from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .document_common import pdf
from .generate_common import GenerateCase


@tagged("post_install", "-at_install")
class TestExternalActs(GenerateCase):
    """Acts of others: listed by kind, found by their words, read in the library."""

    def _act(self, **vals):
        return self._document(self.external, **{"name": "On appeals", "confidentiality": "public", **vals})

    def test_the_manual_lists_them_by_kind(self):
        self._act(name="Zoning plan", act_kind="decision", act_issuer="Council", act_number="41-7")
        self._act(name="Appeals Act", act_kind="law", act_issuer="Parliament", act_number="393", act_date="1996-10-02")
        self._act(name="Quality systems", act_kind="standard")
        self._act(name="Unsorted letter")
        body = self._first(self._generated("quality_manual", self.company)).body
        order = [body.index(word) for word in ("Quality systems", "Appeals Act", "Zoning plan", "Unsorted letter")]
        self.assertEqual(order, sorted(order))
        self.assertIn("Decision of the council", body)
        self.assertIn("Parliament, № 393, 02.10.1996", body)
        listed = self._first(self._generated("document_list", self.company)).body
        self.assertIn("Appeals Act (Parliament, № 393, 02.10.1996)", listed)
        self.assertNotIn("()", listed)

    def test_a_changed_number_makes_the_manual_out_of_date(self):
        act = self._act(name="Appeals Act", act_number="393")
        [manual] = self._generated("quality_manual", self.company)
        self._in_force(manual)
        manual._check_outdated()
        self.assertFalse(manual.is_outdated)
        act.with_user(self.coordinator).act_number = "394"
        manual._check_outdated()
        self.assertTrue(manual.is_outdated)
        self.assertIn("394", manual.outdated_difference)

    def test_its_text_is_read_and_found_in_the_library(self):
        act = self._act(
            act_url="https://laws.example/393",
            act_kind="law",
            act_file_ids=[(4, self._file("act.pdf", pdf(text="Lighthouse keepers")).id)],
        )
        self.assertEqual((act.act_file_ids.res_model, act.act_file_ids.res_id), (act._name, act.id))
        reader = act.with_user(self.clerk_user)
        page = reader.get_reader()
        self.assertEqual([file["name"] for file in page["files"]], ["act.pdf", "https://laws.example/393"])
        self.assertTrue(page["files"][1]["is_link"])
        self.assertIn(["Kind of Act", "Law or code"], page["facts"])
        found = reader.search([("content", "ilike", "lighthouse"), ("state", "!=", "draft")])
        self.assertEqual(found, act)
        self.assertEqual(act.act_file_ids.with_user(self.clerk_user).name, "act.pdf")

    def test_restricted_acts_are_not_found_by_their_words(self):
        act = self._act(
            confidentiality="restricted", act_file_ids=[(4, self._file("act.pdf", pdf(text="Lighthouse")).id)]
        )
        act.flush_recordset()
        self.assertFalse(act.with_user(self.clerk_user).search([("content", "ilike", "lighthouse")]))
        with self.assertRaises(AccessError):
            act.act_file_ids.with_user(self.clerk_user).read(["datas"])

    def test_an_address_runs_nothing(self):
        act = self._act()
        for address in ("javascript:alert(1)", "data:text/html,x", "laws.example/393", "https://"):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                act.with_user(self.coordinator).act_url = address

    def test_files_are_documents_and_the_act_s_own(self):
        act = self._act().with_user(self.coordinator)
        with self._refused("of a type", ValidationError), self.cr.savepoint():
            act.act_file_ids = [(4, self._file("act.exe", b"MZ").id)]
        file = self._file()
        file.sudo().write({"res_model": "res.partner", "res_id": self.coordinator.partner_id.id})
        with self._refused("belongs to something else", UserError), self.cr.savepoint():
            act.act_file_ids = [(4, file.id)]
        with self._refused("Only external acts", ValidationError), self.cr.savepoint():
            self._document(act_file_ids=[(4, self._file().id)])
