import io
from ast import literal_eval

from lxml import etree
from pypdf import PdfReader

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged, warmup

from .framework_common import FrameworkCase


@tagged("-at_install", "post_install")
class TestQmsRequirementCoverage(FrameworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls._process("P-1")
        cls.mayor = cls._role("R-MAYOR")
        cls.letters = {letter.letter: letter for letter in cls.env["qms.letter.set"]._current().letter_ids}

    def _two(self):
        old, new = self._load(self._framework("OLD")), self._load(self._framework("NEW"))
        self.first, self.second = self._clause(old, "4.1"), self._clause(old, "4.2")
        self.newer = self._clause(new, "4.1")
        return old, new

    def _fresh(self, record):
        """Read anew: an answer elsewhere may have changed the coverage of this one."""
        self.env.invalidate_all()
        return record

    def _letter(self, requirement, letter):
        return self.env["qms.responsibility"].create(
            {"requirement_id": requirement.id, "role_id": self.mayor.id, "letter_id": self.letters[letter].id}
        )

    # === WHAT ANSWERS === #

    def test_process_answers(self):
        old, _new = self._two()
        self.assertEqual(self.first.coverage, "open")
        self.first.process_ids = self.process
        self.assertEqual((self.first.coverage, self.first.answered_by), ("answered", "P-1"))
        self.assertEqual(self._fresh(self.first.parent_id).coverage, "partly")
        self.process.active = False
        self.assertEqual(self._fresh(self.first).coverage, "open", "an archived process answers nothing")
        self.assertEqual(old.open_count, 2)

    def test_letter_answers(self):
        self._two()
        row = self._letter(self.first, "I")
        self.assertEqual(self._fresh(self.first).coverage, "open", "who is only told doesn't answer")
        row.letter_id = self.letters["A"]
        self.assertEqual((self.first.coverage, self.first.answered_by), ("answered", "R-MAYOR (A)"))

    def test_one_answer_serves_several(self):
        _old, new = self._two()
        self.first.process_ids = self.process
        mapping = self._map(self.first, self.newer)
        self.assertEqual(self._fresh(self.newer).coverage, "mapped")
        self.assertEqual((self.newer.answered_by, self.newer.answered_through), ("", "OLD 4.1"))
        mapping.strength = "partial"
        self.assertEqual(self._fresh(self.newer).coverage, "partly")
        mapping.strength = "related"
        self.assertEqual(self._fresh(self.newer).coverage, "open")
        mapping.write({"strength": "full", "both_ways": True})
        self.first.process_ids = False
        self.newer.process_ids = self.process
        self.assertEqual(self._fresh(self.first).coverage, "mapped")
        self.assertEqual((new.answered_count, new.mapped_count, new.open_count), (1, 0, 1))

    def test_excluded_with_its_parts(self):
        self._two()
        heading = self.first.parent_id
        heading.write({"applicable": False, "reason": "Not our task"})
        self.assertEqual(self._fresh(self.first).coverage, "excluded")
        self.assertEqual(self.first._exclusion_reason(), "Not our task")

    def test_addon_adds_an_answer(self):
        self._two()
        requirements, unit = type(self.env["qms.requirement"]), self.unit
        original = requirements._answers

        def _answers(records):
            answers = original(records)
            for record in records.filtered(lambda record: record.clause == "4.2"):
                answers[record.id].append(unit)
            return answers

        self.patch(requirements, "_answers", _answers)
        self.assertEqual((self.second.coverage, self.second.answered_by), ("answered", "Service Centre"))

    def test_percent(self):
        old, _new = self._two()
        self.first.process_ids = self.process
        self.assertEqual((old.answered_count, old.open_count, old.coverage_percent), (1, 1, 50.0))
        self.second.write({"applicable": False, "reason": "None"})
        self._fresh(old)
        self.assertEqual((old.excluded_count, old.open_count, old.coverage_percent), (1, 0, 100.0))

    # === THE PAGE === #

    def _found(self, name, standard):
        """Return the clauses that a filter of the page shows."""
        arch = self.env["qms.requirement"].get_view(view_type="search")["arch"]
        domain = self._filter_domain(arch, name)
        return self.env["qms.requirement"].search([*domain, ("standard_id", "=", standard.id)]).mapped("clause")

    def _filter_domain(self, arch, name):
        return literal_eval(etree.fromstring(arch).xpath(f"//filter[@name='{name}']/@domain")[0])

    def test_filters(self):
        old, new = self._two()
        self.first.process_ids = self.process
        self._map(self.first, self.newer)
        self.env.invalidate_all()
        self.assertEqual(self._found("holes", old), ["4.2"], "no heading: its parts tell where the hole is")
        self.assertEqual(self._found("holes", new), ["4.2"])
        self.assertEqual(self._found("mapped", new), ["4.1"])
        self.assertEqual(self._found("answered", old), ["4.1"])
        self.assertEqual(self._found("contradicted", old), [])
        self.first.write({"applicable": False, "reason": "None"})
        self.env.invalidate_all()
        self.assertEqual(self._found("contradicted", old), ["4.1"])
        self.assertEqual(self._found("excluded", old), ["4.1"])

    def test_hole_whose_parts_are_all_excluded(self):
        old, _new = self._two()
        (self.first | self.second).write({"applicable": False, "reason": "None"})
        self.env.invalidate_all()
        self.assertEqual(self._found("holes", old), ["4"])

    def test_search_by_exception(self):
        old, _new = self._two()
        self.first.process_ids = self.process
        self.env.invalidate_all()
        rest = self.env["qms.requirement"].search([("coverage", "!=", "answered"), ("standard_id", "=", old.id)])
        self.assertEqual(rest.mapped("clause"), ["4", "4.2"])

    def test_open_the_place(self):
        old, _new = self._two()
        self.first.process_ids = self.process
        action = old.with_context(coverage_filter="holes").action_view_coverage()
        self.assertEqual(action["display_name"], "OLD: coverage 50 %, holes: 1")
        self.assertEqual(
            (action["domain"], action["context"]["search_default_holes"]), ([("standard_id", "=", old.id)], 1)
        )
        self.assertEqual(self.env["qms.process"].search(self.first.action_view_processes()["domain"]), self.process)

    def _queries(self, read):
        """Return what a reader gives and how many queries it took, nothing being cached."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        return read(), self.cr.sql_log_count - before

    def _page(self, standard):
        """Read what the page shows, as the web client does."""
        names = ("clause", "name", "coverage", "answered_by", "answered_through", "is_heading", "reason")
        reader = self.env["qms.requirement"].with_user(self.clerk_user)
        return reader.web_search_read([("standard_id", "=", standard.id)], {name: {} for name in names})

    def _overview(self, standard):
        return standard.with_user(self.clerk_user).read(["name", "coverage_percent", "open_count"])

    def _holes(self, standard):
        reader = self.env["qms.requirement"].with_user(self.clerk_user)
        return reader.search([("standard_id", "=", standard.id), ("coverage", "in", ["open", "partly"])])

    @warmup
    def test_queries_do_not_grow_with_the_processes(self):
        """The page of ISO 9001 over 200 processes, the list of standards, the filter of holes."""
        standard = self._shipped("ISO9001-2015")
        few = self._process("P-2")
        leaves = standard.requirement_ids.filtered(lambda row: not row.child_ids)
        for leaf in leaves:
            leaf.process_ids = few
            self._letter(leaf, "A")
        readers = [lambda read=read: read(standard) for read in (self._page, self._overview, self._holes)]
        for read in readers:
            read()  # what is kept between requests is read once
        with_few = [self._queries(read)[1] for read in readers]
        processes = self.env["qms.process"].create(
            [
                {
                    "code": f"M-{n}",
                    "name": f"Process {n}",
                    "company_id": self.company.id,
                    "owner_role_id": few.owner_role_id.id,
                }
                for n in range(200)
            ]
        )
        for number, process in enumerate(processes):
            process.requirement_ids = leaves[number % len(leaves)] | leaves[(number * 7) % len(leaves)]
        found, with_many = zip(*(self._queries(read) for read in readers), strict=True)
        self.assertEqual((found[0]["length"], found[1][0]["coverage_percent"], len(found[2])), (42, 100.0, 0))
        self.assertLessEqual(max(with_many), 20, f"queries of page, overview, holes: {with_many}")
        for few_queries, many_queries in zip(with_few, with_many, strict=True):
            self.assertLessEqual(many_queries, few_queries)

    def test_everybody_reads_only_some_write(self):
        _old, _new = self._two()
        mapping = self._map(self.first, self.newer)
        self.assertEqual(self.first.with_user(self.clerk_user).coverage, "open")
        for user in (self.clerk_user, self.users["quality_officer"]):
            with self.assertRaises(AccessError):
                mapping.with_user(user).strength = "related"
        mapping.with_user(self.coordinator).strength = "related"
        self.assertFalse(self._abroad("qms.requirement.mapping").search([]))
        self.assertFalse(self._abroad("qms.requirement").search([("coverage", "=", "open")]))

    # === PRINT === #

    def test_printed_matrix(self):
        old, _new = self._two()
        self.first.process_ids = self.process
        self._letter(self.first, "A")
        self.second.write({"applicable": False, "reason": "Nothing of the kind is done."})
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, _type = report._render_qweb_pdf("qms_core.report_requirement_coverage", old.ids)
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        for expected in ("P-1 Process P-1", "R-MAYOR (A)", "Nothing of the kind is done.", "100 %", "City A"):
            self.assertIn(expected, text)


class TestQmsRequirementMapping(FrameworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        standards = cls.env["qms.standard"].create(
            [{"code": code, "name": code, "company_id": cls.company.id} for code in ("A", "B")]
        )
        cls.a1, cls.a2, cls.b1 = cls.env["qms.requirement"].create(
            [
                {"standard_id": standards[0].id, "clause": "1", "name": "One"},
                {"standard_id": standards[0].id, "clause": "2", "name": "Two"},
                {"standard_id": standards[1].id, "clause": "1", "name": "One"},
            ]
        )

    def test_leads_to_another_standard(self):
        with self.assertRaisesRegex(ValidationError, "same standard"):
            self._map(self.a1, self.a2)

    def test_no_circle(self):
        self._map(self.a1, self.b1)
        with self.assertRaisesRegex(ValidationError, "A 1 → B 1 → A 1|B 1 → A 1 → B 1"):
            self._map(self.b1, self.a1)

    def test_both_ways_is_entered_once(self):
        self._map(self.a1, self.b1, both_ways=True)
        with self.assertRaisesRegex(ValidationError, "other way round"):
            self._map(self.b1, self.a1)

    def test_edition_does_not_replace_itself(self):
        standard = self.a1.standard_id
        with self.assertRaisesRegex(ValidationError, "itself"):
            standard.supersedes_id = standard

    def test_letters_and_annexes_sort(self):
        standard = self.b1.standard_id
        for code in ("A.5.10", "A.5.2", "8.5.1f", "8.5.2", "8.5.1"):
            self.env["qms.requirement"].create({"standard_id": standard.id, "clause": code, "name": code})
        ordered = self.env["qms.requirement"].search([("standard_id", "=", standard.id)])
        self.assertEqual(ordered.mapped("clause"), ["1", "8.5.1", "8.5.1f", "8.5.2", "A.5.2", "A.5.10"])
