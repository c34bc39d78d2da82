import json

from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.qms_core.models.standard.qms_framework_message import PROBLEMS

from .framework_common import FrameworkCase, clause, texts


class TestQmsFramework(FrameworkCase):
    def test_titles_in_all_languages(self):
        standard = self._load(self._framework(valid_from="2015-09-15"))
        self.assertEqual((standard.company_id, standard.file_revision), (self.company, 1))
        self.assertEqual(str(standard.valid_from), "2015-09-15")
        first = self._clause(standard, "4.1")
        self.assertEqual((first.name, first.parent_id.clause, first.from_file), ("Clause 4.1", "4", True))
        ukrainian = first.with_context(lang="uk_UA")
        self.assertEqual((ukrainian.name, ukrainian.paraphrase), ("Clause 4.1 (укр)", "Own words (укр)"))
        self.assertEqual(standard.with_context(lang="uk_UA").name, "Standard OLD (укр)")

    def test_newer_version_keeps_answers(self):
        standard = self._load(self._framework())
        kept, gone = self._clause(standard, "4.1"), self._clause(standard, "4.2")
        process = self._process("P-1")
        (kept | gone).process_ids = process
        kept.write({"own_wording": "What our copy says", "applicable": False, "reason": "Not here"})
        own = self.env["qms.requirement"].create({"standard_id": standard.id, "clause": "99", "name": "Ours"})
        newer = [clause("4"), clause("4.1", "4", title="Renamed"), clause("4.3", "4")]
        again = self._load(self._framework(clauses=newer, revision=2))
        self.assertEqual(again, standard)
        self.assertEqual(kept.name, "Renamed")
        self.assertEqual(kept.with_context(lang="uk_UA").name, "Renamed (укр)")
        self.assertEqual(kept.process_ids, process)
        self.assertEqual((kept.applicable, kept.own_wording), (False, "What our copy says"))
        self.assertFalse(gone.active)
        self.assertEqual(gone.process_ids, process, "the answer of a clause that is gone is not lost")
        self.assertTrue(own.active, "what was entered by hand stays")
        standard.invalidate_recordset()
        self.assertEqual(standard.requirement_ids.mapped("clause"), ["4", "4.1", "4.3", "99"])

    def test_clause_comes_back(self):
        standard = self._load(self._framework())
        second = self._clause(standard, "4.2")
        self._load(self._framework(clauses=[clause("4")], revision=2))
        self.assertFalse(second.active)
        self._load(self._framework(revision=3))
        self.assertTrue(second.active)

    def test_counts(self):
        self._load(self._framework())
        newer = [clause("4"), clause("4.1", "4"), clause("4.3", "4")]
        item = self.loader._read(self._framework(clauses=newer, revision=2))
        _standards, counts = self.loader._load([item])
        self.assertEqual(counts, {"new": 1, "renewed": 2, "archived": 1})

    def test_older_file_is_refused(self):
        self._load(self._framework(revision=2))
        with self.assertRaisesRegex(UserError, "version 2 .* version 1"):
            self._load(self._framework(revision=1))

    def test_keep_own_titles(self):
        standard = self.env["qms.standard"].create({"code": "OLD", "name": "Ours", "company_id": self.company.id})
        own = self.env["qms.requirement"].create({"standard_id": standard.id, "clause": "4", "name": "Our title"})
        self._load(self._framework(), keep_titles=True)
        self.assertEqual((standard.name, standard.edition), ("Ours", "1"))
        self.assertEqual((own.name, own.paraphrase), ("Our title", "Own words"))
        self.assertEqual(own.with_context(lang="uk_UA").paraphrase, "Own words (укр)")
        self.assertEqual(self._clause(standard, "4.1").name, "Clause 4.1", "what is new comes whole")

    def test_archived_standard_is_not_touched(self):
        self._load(self._framework()).active = False
        with self.assertRaisesRegex(UserError, "archived"):
            self._load(self._framework(revision=2))

    def test_editions_find_each_other_in_any_order(self):
        for order in (("ISO9001-2015", "ISO9001-2008"), ("ISO9001-2008", "ISO9001-2015")):
            with self.env.cr.savepoint() as savepoint:
                for code in order:
                    self._shipped(code)
                known = self.env["qms.standard"].search([("company_id", "=", self.company.id)])
                new = known.filtered(lambda row: row.code == "ISO9001-2015")
                self.assertEqual(new.supersedes_id.code, "ISO9001-2008")
                self.assertEqual(len(new._mapped_standards()), 0)
                self.assertEqual(new.supersedes_id._mapped_standards(), new, "the mapping came along")
                savepoint.rollback()
            self.env.invalidate_all()

    def test_own_file_tells_which_edition_it_replaces(self):
        old = self._load(self._framework("OUR-1"))
        new = self._load(self._framework("OUR-2", supersedes="OUR-1"))
        self.assertEqual(new.supersedes_id, old)
        own = [self.loader._read(self._framework(code, supersedes=before)) for code, before in (("B", "A"), ("A", ""))]
        both = {row.code: row for row in self.loader._load(own)[0]}
        self.assertEqual(both["B"].supersedes_id, both["A"], "in one go, in any order")
        self.assertFalse(both["A"].supersedes_id)

    def test_each_authority_has_its_own(self):
        self._load(self._framework())
        foreign = self._abroad("qms.framework")
        foreign._load([foreign._read(self._framework())])
        self.assertEqual(self._abroad("qms.standard").search_count([("code", "=", "OLD")]), 1)
        self.assertEqual(self._abroad("qms.requirement").search([]).company_id, self.other_company)

    def test_who_may(self):
        for user in (self.clerk_user, self.users["quality_officer"], self.users["auditor"]):
            loader = self.loader.with_user(user)
            with self.assertRaisesRegex(AccessError, "coordinator"):
                loader._load([loader._read(self._framework())])
        loader = self.loader.with_user(self.users["commissioner"])
        self.assertTrue(loader._load([loader._read(self._framework())])[0])

    # === BAD FILES === #

    def test_every_problem_has_a_sentence(self):
        """One file with much wrong, and each sentence names its place."""
        clauses = [clause("4.1", "9"), clause("4.2", ""), clause("4.2"), {"code": "5", "title": {"en": "Half"}}]
        content = self._framework(clauses=clauses, revision=0)
        with self.assertRaises(UserError) as refused:
            self.loader._read(content)
        lines = str(refused.exception).splitlines()
        self.assertIn("5, title: The text in the language “uk” is missing. Add it.", lines)
        self.assertIn("4.2: The clause stands there twice. Keep one of them.", lines)
        self.assertIn("4.1: The clause is part of 9, which is not in the file. Add it or correct the parent.", lines)
        self.assertEqual(len(lines), 4)

    def test_sentences_fit_their_problems(self):
        values = dict.fromkeys(
            "line column limit schema known kind key languages language value start end parent path".split(), "x"
        )
        for sentence in PROBLEMS.values():
            text = self.env._(sentence)
            self.assertNotIn("%", text % values)

    def test_unknown_schema(self):
        with self.assertRaisesRegex(UserError, "schema: The file has schema 7"):
            self.loader._read(self._framework(schema=7))

    def test_nothing_is_written(self):
        """The second of two files is wrong: the first isn't loaded either."""
        good = self.loader._read(self._framework())
        bad = self.loader._read(self._mapping("OLD", "OLDER", ("4.1", "1", "full")))
        with self.assertRaisesRegex(UserError, "OLDER"):
            self.loader._load([good], [bad])
        self.assertFalse(self.env["qms.standard"].search([("code", "=", "OLD")]))

    # === MAPPINGS === #

    def _two(self):
        old, new = self._load(self._framework("OLD")), self._load(self._framework("NEW"))
        return old, new

    def test_mapping(self):
        old, new = self._two()
        note = texts("Renamed")
        content = self._mapping("OLD", "NEW", ("4.1", "4.2", "full"))
        content = content.replace(b'"strength": "full"', b'"strength": "full", "note": ' + json.dumps(note).encode())
        self._load_mapping(content)
        row = self.env["qms.requirement.mapping"].search([("from_standard_id", "=", old.id)])
        self.assertEqual((row.to_standard_id, row.display_name), (new, "OLD 4.1 → NEW 4.2"))
        self.assertEqual((row.strength, row.with_context(lang="uk_UA").note), ("full", "Renamed (укр)"))

    def test_mapping_again_renews_its_own_rows_only(self):
        old, new = self._two()
        self._load_mapping(self._mapping("OLD", "NEW", ("4.1", "4.1", "full"), ("4", "4", "related")))
        by_hand = self._map(self._clause(old, "4.2"), self._clause(new, "4.1"), "related")
        self._load_mapping(self._mapping("OLD", "NEW", ("4.1", "4.1", "partial"), ("4.2", "4.1", "full")))
        rows = self.env["qms.requirement.mapping"].search([("from_standard_id", "=", old.id)])
        self.assertEqual(
            {(row.from_id.clause, row.to_id.clause): row.strength for row in rows},
            {("4.1", "4.1"): "partial", ("4.2", "4.1"): "related"},
        )
        self.assertIn(by_hand, rows)

    def test_mapping_to_an_unknown_clause(self):
        self._two()
        with self.assertRaisesRegex(UserError, "4.1 → 7: NEW has no clause 7"):
            self._load_mapping(self._mapping("OLD", "NEW", ("4.1", "7", "full")))

    def test_mapping_without_its_standards(self):
        with self.assertRaisesRegex(UserError, "NEW, NEWER|OLD, NEW"):
            self._load_mapping(self._mapping("OLD", "NEW", ("4.1", "7", "full")))

    def test_complete_mapping_leaves_nothing_out(self):
        self._two()
        with self.assertRaisesRegex(UserError, "of OLD: 4, 4.2"):
            self._load_mapping(self._mapping("OLD", "NEW", ("4.1", "4.1", "full"), complete=True))

    def test_mapping_in_a_circle(self):
        self._two()
        self._load(self._framework("THIRD"))
        self._load_mapping(self._mapping("OLD", "NEW", ("4.1", "4.2", "full")))
        self._load_mapping(self._mapping("NEW", "THIRD", ("4.2", "4.1", "full")))
        before = self.env["qms.requirement.mapping"].search_count([])
        circle = self._mapping("THIRD", "OLD", ("4.1", "4.1", "related"))
        with self.assertRaisesRegex(ValidationError, "in a circle: .*NEW 4.2 → THIRD 4.1 → OLD 4.1"):
            self._load_mapping(circle)
        self.assertEqual(self.env["qms.requirement.mapping"].search_count([]), before)
        self._load_mapping(self._mapping("THIRD", "OLD", ("4.1", "4.1", "related"), both_ways=True))


class TestQmsFrameworkAdd(FrameworkCase):
    def _wizard(self, user="coordinator"):
        wizard = self.env["qms.framework.add"].with_user(self.users[user])
        return wizard.browse(wizard.action_open()["res_id"])

    def test_add_shipped(self):
        wizard = self._wizard()
        self.assertEqual(len(wizard.line_ids), 6)
        self.assertEqual(set(wizard.line_ids.mapped("note")), {"Not added yet"})
        wizard.line_ids.filtered(lambda line: line.code == "CAF-2020").is_selected = True
        message = wizard.action_add()["params"]["message"]
        self.assertEqual(message, "New clauses: 37, renewed: 0, archived: 0.")
        line = self._wizard().line_ids.filtered(lambda line: line.code == "CAF-2020")
        self.assertEqual(line.note, "Added, up to date")
        line.standard_id.file_revision = 0
        line.invalidate_recordset(["note"])
        self.assertEqual(line.note, "A newer version of the file is there")

    def test_own_file(self):
        wizard = self._wizard()
        wizard.file = self._encoded(self._framework("OWN"))
        wizard.action_add()
        self.assertTrue(self.env["qms.standard"].search([("code", "=", "OWN"), ("company_id", "=", self.company.id)]))

    def test_bad_file_keeps_out_what_is_ticked(self):
        wizard = self._wizard()
        wizard.line_ids[0].is_selected = True
        wizard.file = self._encoded(b"{}")
        with self.assertRaisesRegex(UserError, "schema"):
            wizard.action_add()
        self.assertFalse(self.env["qms.standard"].search([("company_id", "=", self.company.id)]))

    def test_nothing_chosen(self):
        with self.assertRaisesRegex(UserError, "Tick"):
            self._wizard().action_add()

    def test_not_for_everybody(self):
        with self.assertRaises(AccessError):
            self._wizard("quality_officer")
