import base64
from urllib.parse import parse_qs, urlsplit

from odoo.exceptions import AccessError, UserError

from odoo.addons.qms_core.lib import framework, workbook

from .framework_common import FrameworkCase


class TestQmsRequirementCarry(FrameworkCase):
    """Answers of an edition go over to the next by mapping."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process, cls.second = cls._process("P-1"), cls._process("P-2")
        cls.mayor, cls.deputy = cls._role("R-MAYOR"), cls._role("R-DEPUTY")
        cls.letters = {letter.letter: letter for letter in cls.env["qms.letter.set"]._current().letter_ids}

    def setUp(self):
        super().setUp()
        self.old, self.new = self._load(self._framework("OLD")), self._load(self._framework("NEW"))
        self.a, self.b = self._clause(self.old, "4.1"), self._clause(self.old, "4.2")
        self.to = self._clause(self.new, "4.1")

    def _letter(self, requirement, role, letter):
        return self.env["qms.responsibility"].create(
            {"requirement_id": requirement.id, "role_id": role.id, "letter_id": self.letters[letter].id}
        )

    def _wizard(self):
        action = self.old.with_user(self.coordinator).action_carry_answers()
        return self.env["qms.requirement.carry"].with_user(self.coordinator).browse(action["res_id"])

    def _lines(self, wizard):
        return [(line.kind, line.answer, line.state, line.is_selected) for line in wizard.line_ids]

    def test_list_first_then_apply(self):
        self.a.process_ids = self.process
        self._letter(self.a, self.mayor, "A")
        self._map(self.a, self.to)
        wizard = self._wizard()
        self.assertEqual(
            self._lines(wizard),
            [("process", "P-1 Process P-1", "new", True), ("letter", "R-MAYOR (A)", "new", True)],
        )
        self.assertFalse(self.to.process_ids, "the list changes nothing")
        wizard.action_apply()
        self.assertEqual(self.to.process_ids, self.process)
        self.assertEqual(
            [(row.role_id, row.letter_id.letter) for row in self.to.responsibility_ids], [(self.mayor, "A")]
        )
        self.assertEqual(set(self._wizard().line_ids.mapped("state")), {"there"})

    def test_part_is_offered_not_ticked(self):
        self.a.process_ids = self.process
        self.b.process_ids = self.second
        self._map(self.a, self.to, "partial")
        self._map(self.b, self.to, "related")
        wizard = self._wizard()
        self.assertEqual(self._lines(wizard), [("process", "P-1 Process P-1", "new", False)])
        with self.assertRaisesRegex(UserError, "Tick"):
            wizard.action_apply()

    def test_one_accountable_role(self):
        self._letter(self.a, self.mayor, "A")
        self._letter(self.b, self.deputy, "A")
        self._map(self.a, self.to)
        self._map(self.b, self.to)
        wizard = self._wizard()
        self.assertEqual([line[2] for line in self._lines(wizard)], ["new", "conflict"])
        self.assertIn("accountable already", wizard.line_ids[1].note)
        wizard.action_apply()
        self.assertEqual(self.to.responsibility_ids.role_id, self.mayor)

    def test_two_ticked_that_exclude_each_other(self):
        self._letter(self.a, self.mayor, "A")
        self._letter(self.b, self.deputy, "A")
        self._map(self.a, self.to, "partial")
        self._map(self.b, self.to, "partial")
        wizard = self._wizard()
        wizard.line_ids.is_selected = True
        with self.assertRaisesRegex(UserError, "R-DEPUTY"):
            wizard.action_apply()
        self.assertFalse(self.to.responsibility_ids)

    def test_exclusion_goes_over_with_its_reason(self):
        self.a.write({"applicable": False, "reason": "Nothing is designed."})
        self.a.process_ids = self.process
        self._map(self.a, self.to)
        wizard = self._wizard()
        self.assertEqual(self._lines(wizard), [("exclusion", "Nothing is designed.", "new", True)])
        wizard.action_apply()
        self.assertEqual((self.to.applicable, self.to.reason), (False, "Nothing is designed."))

    def test_exclusion_of_what_is_answered(self):
        self.a.write({"applicable": False, "reason": "Nothing is designed."})
        self.to.process_ids = self.process
        self._map(self.a, self.to)
        self.assertEqual(self._lines(self._wizard()), [("exclusion", "Nothing is designed.", "conflict", False)])

    def test_exclusion_and_answer_of_one_clause(self):
        """Whichever of the two comes first in the list."""
        self.a.write({"applicable": False, "reason": "Nothing is designed."})
        self.b.process_ids = self.process
        self._letter(self.b, self.mayor, "A")
        self._map(self.a, self.to)
        self._map(self.b, self.to)
        wizard = self._wizard()
        self.assertEqual([line[2] for line in self._lines(wizard)], ["new", "conflict", "conflict"])
        self.assertIn("excluded", wizard.line_ids[1].note)
        wizard.line_ids.is_selected = True
        with self.assertRaisesRegex(UserError, "P-1.*excluded"):
            wizard.action_apply()
        wizard.line_ids[0].is_selected = False
        wizard.line_ids[1:].is_selected = True
        wizard.action_apply()
        self.assertEqual((self.to.applicable, self.to.process_ids), (True, self.process))

    def test_answer_before_exclusion(self):
        self.a.process_ids = self.process
        self.b.write({"applicable": False, "reason": "Nothing is designed."})
        self._map(self.a, self.to)
        self._map(self.b, self.to)
        wizard = self._wizard()
        self.assertEqual(
            [(line[0], line[2]) for line in self._lines(wizard)], [("process", "new"), ("exclusion", "conflict")]
        )
        wizard.action_apply()
        self.assertTrue(self.to.applicable)

    def test_answer_of_what_is_excluded(self):
        self.a.process_ids = self.process
        self.to.write({"applicable": False, "reason": "Nothing is designed."})
        self._map(self.a, self.to)
        self.assertEqual(self._lines(self._wizard()), [("process", "P-1 Process P-1", "conflict", False)])

    def test_list_for_another_standard(self):
        self.a.process_ids = self.process
        self._map(self.a, self.to)
        other = self._load(self._framework("OTHER"))
        wizard = self._wizard()
        wizard.target_id = other
        with self.assertRaisesRegex(UserError, "another standard than Standard OTHER|Make it anew"):
            wizard.action_apply()
        self.assertFalse(self.to.process_ids)
        wizard.action_list()
        self.assertFalse(wizard.line_ids)

    def test_somebody_was_quicker(self):
        self.a.process_ids = self.process | self.second
        self._map(self.a, self.to)
        wizard = self._wizard()
        self.to.process_ids = self.process
        wizard.action_apply()
        self.assertEqual(self.to.process_ids, self.process | self.second)

    def test_without_a_mapping(self):
        with self.assertRaisesRegex(UserError, "No mapping leads from OLD"):
            self._wizard()

    def test_whole_transition(self):
        """All of ISO 9001:2008 answered: 2015 is answered but for what is new in it."""
        standards = self._shipped("ISO9001-2008", "ISO9001-2015")
        old, new = standards.sorted("code")
        for requirement in old.requirement_ids:
            requirement.process_ids = self.process
        for code in ("7.3", "7.5.2"):
            self._clause(old, code).write({"applicable": False, "reason": "Not done here."})
        action = old.with_user(self.coordinator).action_carry_answers()
        self.env["qms.requirement.carry"].with_user(self.coordinator).browse(action["res_id"]).action_apply()
        self.env.invalidate_all()
        excluded = new.requirement_ids.filtered(lambda row: not row.applicable)
        self.assertEqual(excluded.mapped("clause"), ["8.3", "8.5.1f"])
        without = new.requirement_ids.filtered(lambda row: row.coverage == "open")
        self.assertEqual(without.mapped("clause"), ["4.1", "8.5.6"])


class TestQmsRequirementWording(FrameworkCase):
    def _import(self, content, user="coordinator"):
        standard = self.env["qms.standard"].search([("code", "=", "OLD")]) or self._load(self._framework())
        wizard = (
            self.env["qms.requirement.wording"]
            .with_user(self.users[user])
            .create({"standard_id": standard.id, "file": base64.b64encode(content)})
        )
        wizard.action_import()
        return {row.clause: row.own_wording for row in standard.requirement_ids if row.own_wording}

    def _xlsx(self, *rows, name="wording"):
        sheet = framework.wording_sheet()
        return workbook.write([sheet], {name: [["code", "text"], *rows]})

    def test_xlsx(self):
        self.assertEqual(
            self._import(self._xlsx(["4.1", "The organisation shall…"])), {"4.1": "The organisation shall…"}
        )

    def test_csv(self):
        content = '\ufeffcode;text\r\n4.1;"Один; два"\r\n4.2;\r\n'.encode()
        self.assertEqual(self._import(content), {"4.1": "Один; два"})

    def test_what_is_not_in_the_table_stays(self):
        self._import(self._xlsx(["4.1", "First"]))
        self.assertEqual(self._import(self._xlsx(["4.2", "Second"])), {"4.1": "First", "4.2": "Second"})

    def test_all_or_nothing(self):
        with self.assertRaisesRegex(UserError, "Row 3: OLD has no clause 9.9"):
            self._import(self._xlsx(["4.1", "First"], ["9.9", "Unknown"]))
        standard = self.env["qms.standard"].search([("code", "=", "OLD")])
        self.assertFalse(any(standard.requirement_ids.mapped("own_wording")))

    def test_bad_tables(self):
        for content, message in (
            (b"\xff\xfe\x00", "UTF-8"),
            (b"clause,wording\n4.1,x\n", "columns are missing: code, text"),
            (self._xlsx(["4.1", "a"], ["4.1", "b"]), "row 2 already"),
            (b"PK\x03\x04damaged", "no XLSX|damaged"),
        ):
            with self.assertRaisesRegex(UserError, message):
                self._import(content)

    def test_download_is_the_table_to_fill_in(self):
        standard = self._load(self._framework())
        self._clause(standard, "4.1").own_wording = "As bought"
        wizard = self.env["qms.requirement.wording"].with_user(self.coordinator).create({"standard_id": standard.id})
        wizard.action_export()
        book = workbook.read(base64.b64decode(wizard.export_file), [framework.wording_sheet()])
        self.assertEqual(
            [(row.values["code"], row.values["text"]) for row in book.rows["wording"]],
            [("4", ""), ("4.1", "As bought"), ("4.2", "")],
        )

    def test_download_is_called_like_the_standard(self):
        standard = self._load(self._framework(code="ISO/IEC-27001&1"))
        wizard = self.env["qms.requirement.wording"].with_user(self.coordinator).create({"standard_id": standard.id})
        address = urlsplit(wizard.action_export()["url"])
        self.assertEqual(address.path, f"/web/content/{wizard._name}/{wizard.id}/export_file")
        self.assertEqual(parse_qs(address.query), {"download": ["true"], "filename": ["ISO/IEC-27001&1.xlsx"]})

    def test_only_for_the_authority_itself(self):
        self._import(self._xlsx(["4.1", "First"]))
        self.assertFalse(self._abroad("qms.requirement").search([("own_wording", "!=", False)]))
        with self.assertRaises(AccessError):
            self._import(self._xlsx(["4.1", "x"]), user="auditor")
