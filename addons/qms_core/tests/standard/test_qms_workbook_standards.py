from pathlib import Path

from odoo.tests import tagged

from odoo.addons.qms_core.lib import framework

from ..process.workbook_common import MODEL, WorkbookCase

CITY = Path(__file__).parents[2] / "demo" / "city"


@tagged("-at_install", "post_install")
class TestWorkbookOfStandards(WorkbookCase):
    MAPPED = {
        "standards": [
            {"code": "NEW", "name@en": "Next", "name@uk": "Наступний", "supersedes": "ISO", "valid_from": "2026-01-01"},
            *MODEL["standards"],
        ],
        "requirements": [
            *MODEL["requirements"],
            {
                "standard": "NEW",
                "clause": "8.5.1f",
                "name@en": "Proof",
                "paraphrase@en": "Prove it",
                "paraphrase@uk": "Доведіть",
                "own_wording": "As bought",
            },
        ],
        "requirement_mappings": [
            {
                "from_standard": "ISO",
                "from_clause": "4.10",
                "to_standard": "NEW",
                "to_clause": "8.5.1f",
                "strength": "partial",
                "both_ways": True,
                "note@en": "Split",
            }
        ],
    }

    def test_arrives(self):
        self._load(self._pack(**self.MAPPED))
        new = self._find("qms.standard", "NEW")
        self.assertEqual((new.supersedes_id.code, str(new.valid_from)), ("ISO", "2026-01-01"))
        self.assertEqual(new.with_context(lang="uk_UA").name, "Наступний")
        clause = new.requirement_ids
        self.assertEqual((clause.paraphrase, clause.own_wording), ("Prove it", "As bought"))
        mapping = clause.mapping_from_ids
        self.assertEqual(mapping.display_name, "ISO 4.10 → NEW 8.5.1f")
        self.assertEqual((mapping.strength, mapping.both_ways, mapping.note), ("partial", True, "Split"))

    def test_round_trip(self):
        self._load(self._pack(**self.MAPPED))
        self.assertEqual(self._changes(self.workbook._export()), [])

    def test_round_trip_of_a_framework(self):
        loader = self.env["qms.framework"].with_user(self.coordinator)
        shipped = loader._shipped()[0]
        loader._load([shipped["ISO9001-2008"], shipped["ISO9001-2015"]])
        content = self.workbook._export()
        self.assertEqual(self._changes(content), [])
        book = self.workbook._read(content)
        self.assertEqual(len(book.rows["requirement_mappings"]), 53)

    def test_wrong_rows(self):
        wrong = [{**self.MAPPED["requirement_mappings"][0], "to_clause": "77", "strength": "strong"}]
        problems = self._problems(**{**self.MAPPED, "requirement_mappings": wrong})
        self.assertEqual(
            [(code, column) for code, sheet, _row, column in problems if sheet == "requirement_mappings"],
            [("bad_choice", "strength"), ("unknown_ref", "to_clause")],
        )

    def test_the_city_leaves_no_hole(self):
        """What the demo city answers, and what it leaves out with a reason."""
        rows = {sheet: self.workbook._folder_rows(CITY, sheet) for sheet in ("requirements", "requirement_links")}
        links = {(row["standard"], row["clause"]) for row in rows["requirement_links"]}
        nodes = {
            (row["standard"], row["clause"]): framework.Node(
                (row["standard"], row["parent"]) if row["parent"] else None,
                row["applicable"],
                (row["standard"], row["clause"]) in links,
            )
            for row in rows["requirements"]
        }
        statuses, _through = framework.cover(nodes, [])
        shipped = framework.read_folder(Path(__file__).parents[2] / "data" / "frameworks")[0]
        for code, excluded in (("ISO9001-2008", {"7.3", "7.5.2"}), ("ISO9001-2015", {"8.3", "8.5.1f"})):
            own = {clause: status for (standard, clause), status in statuses.items() if standard == code}
            self.assertEqual(set(own), {clause.code for clause in shipped[code].clauses})
            self.assertEqual({clause for clause, status in own.items() if status == framework.EXCLUDED}, excluded)
            self.assertEqual(set(own.values()), {framework.ANSWERED, framework.EXCLUDED})
        self.assertTrue(all(row["reason"] for row in rows["requirements"] if not row["applicable"]))
