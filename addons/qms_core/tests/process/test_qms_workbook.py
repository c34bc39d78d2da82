import tempfile
from pathlib import Path

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.qms_core.lib import workbook
from odoo.addons.qms_core.models.process.qms_workbook_message import PROBLEMS

from .workbook_common import MODEL, WorkbookCase


@tagged("-at_install", "post_install")
class TestQmsWorkbook(WorkbookCase):
    # === LOADING === #

    def test_model_arrives(self):
        load = self._load()
        self.assertEqual(load.counts()["new"], sum(map(len, MODEL.values())))
        process = self._find("qms.process", "P1.1")
        self.assertEqual((process.parent_id.code, process.nature, process.owner_role_id.code), ("P1", "service", "R1"))
        draft = process.version_ids
        self.assertEqual((draft.state, draft.purpose, draft.author_id), ("draft", "To register", self.coordinator))
        self.assertEqual(draft.step_ids.mapped("key"), ["s10", "s20", "s30"])
        check = draft.step_ids[1]
        self.assertEqual(
            (check.role_id.code, check.department_id.qms_code, check.touch_minutes, check.control_point),
            ("R2", "U2", 7.5, True),
        )
        self.assertEqual(
            sorted((t.source_id.key, t.target_id.key, t.share) for t in draft.transition_ids),
            [("s10", "s20", 0), ("s20", "s10", 20), ("s20", "s30", 80)],
        )
        self.assertEqual(draft.flow_ids.mapped("party_id.code"), ["PT1"])
        self.assertEqual(draft.flow_ids.mapped("other_process_id.code"), ["P1.2"])
        self.assertEqual(
            {(r.role_id.code, r.letter_id.letter) for r in process.responsibility_ids}, {("R2", "R"), ("R3", "I")}
        )
        self.assertEqual(process.requirement_ids.mapped("clause"), ["4.10"])
        self.assertEqual(process.requirement_ids.parent_id.clause, "4")
        self.assertEqual(process.indicator_ids.target, 99.5)

    def test_drafts_are_returned_to_be_submitted(self):
        load = self._load()
        # P1 only groups others: it has no contents and so no version
        self.assertEqual(sorted(load.drafts.process_id.mapped("code")), ["P1.1", "P1.2"])

    def test_staff_arrives_and_holds_the_roles(self):
        users = self.env["res.users"].search_count([])
        self._load()
        unit = self._find("hr.department", "U1", "qms_code")
        olha, petro = self._find("hr.employee", "E1", "qms_code"), self._find("hr.employee", "E2", "qms_code")
        self.assertEqual(unit.manager_id, olha)
        self.assertEqual(petro.department_id.parent_id, unit)
        self.assertEqual(petro.job_id.qms_headcount, 3)
        self.assertEqual(self._find("qms.role", "R1")._holders(), olha)
        self.assertEqual(self._find("qms.role", "R2")._holders(), olha | petro)
        self.assertEqual(self.env["res.users"].search_count([]), users, "the import creates no users")

    def test_translations(self):
        self._load()
        job = self._find("hr.job", "J2", "qms_code")
        self.assertEqual((job.name, job.with_context(lang="uk_UA").name), ("Clerk", "Діловод"))
        body = self._find("qms.body", "B1").with_context(lang="uk_UA")
        self.assertEqual(body.name, "Council", "what is not translated shows the English text")

    def test_only_one_language_given(self):
        self._load(self._pack(parties=[{"code": "PT1", "name@uk": "Громадяни"}]))
        party = self._find("qms.party", "PT1")
        self.assertEqual((party.name, party.with_context(lang="uk_UA").name), ("Громадяни", "Громадяни"))
        self._load(self._pack(parties=[{"code": "PT1", "name@uk": "Громадяни", "name@en": "Citizens"}]))
        self.assertEqual((party.name, party.with_context(lang="uk_UA").name), ("Citizens", "Громадяни"))

    def test_import_in_another_language(self):
        self.coordinator.lang = "uk_UA"
        self.workbook = self.workbook.with_context(lang="uk_UA")
        same = [{"code": "PT1", "name@uk": "Громадяни", "name@en": "Citizens"}]
        self._load(self._pack(parties=same))
        party = self._find("qms.party", "PT1")
        self.assertEqual((party.name, party.with_context(lang="uk_UA").name), ("Citizens", "Громадяни"))
        self._load(self._pack(parties=[{**same[0], "name@en": "Residents"}]))
        self.assertEqual((party.name, party.with_context(lang="uk_UA").name), ("Residents", "Громадяни"))

    def test_language_that_is_not_installed_is_told(self):
        tables = {
            sheet.name: [[header.replace("@uk", "@pl") for header in sheet.headers(["uk", "en"])]]
            for sheet in self.workbook._spec()
        }
        tables["parties"].append(["PT1", "Obywatele", "Citizens", "citizen", ""])
        load = self._load(workbook.write(self.workbook._spec(), tables))
        self.assertEqual(len(load.notes), 1)
        self.assertIn("pl", load.notes[0])
        self.assertEqual(self._find("qms.party", "PT1").name, "Citizens")

    # === THE SAME AGAIN === #

    def test_second_import_changes_nothing(self):
        self._load()
        versions = self.env["qms.process.version"].search([("company_id", "=", self.company.id)])
        self.assertEqual(self._changes(), [])
        load = self._load()
        self.assertFalse(load.counts())
        self.assertFalse(load.drafts)
        self.assertEqual(self.env["qms.process.version"].search([("company_id", "=", self.company.id)]), versions)

    def test_second_import_writes_nothing(self):
        self._load()
        places = self._places()
        self._load()
        self.assertEqual(self._places(), places)
        self._load(self._pack(parties=[{**MODEL["parties"][0], "needs": "None"}]))
        changed = [table for table, rows in self._places().items() if rows != places[table]]
        self.assertEqual(changed, ["qms_party"])

    def _places(self):
        """Return where the rows of the model lie in the database: each UPDATE moves its row."""
        models = [sheet.model for sheet in self.workbook._spec() if sheet.model]
        models += [
            "qms.process.version",
            "qms.process.step",
            "qms.process.transition",
            "qms.process.flow",
            "qms.responsibility",
            "hr.version",
        ]
        tables = [self.env[model]._table for model in models]
        return {
            table: self.env.execute_query(SQL("SELECT id, ctid::text FROM %s ORDER BY id", SQL.identifier(table)))
            for table in tables
        }

    def test_export_and_import_are_the_same(self):
        self._load()
        content = self.workbook._export()
        self.assertEqual(self._changes(content), [])
        self.assertEqual(self.workbook._export(), content, "equal models give equal files")
        book = self.workbook._read(content)
        self.assertEqual([row.values["clause"] for row in book.rows["requirements"]], ["4", "4.10", "8.3"])

    def test_export_builds_the_model_anew(self):
        self._load()
        content = self.workbook._export()
        here = self.workbook
        self.workbook = (
            self.env["qms.workbook"].with_context(allowed_company_ids=self.other_company.ids).with_user(self.foreigner)
        )
        self._load(content)
        self.assertEqual(len(self.workbook._export()), len(content))
        self.assertEqual(self._changes(content), [])
        self.workbook = here
        self.assertEqual(self._changes(content), [], "the first company keeps its own")

    # === WHAT IS WRONG === #

    def test_place_of_each_problem(self):
        roles = [*MODEL["roles"], {"code": "R1", "name@en": "Twice", "kind": "head"}]
        steps = self._rows("steps", ["P1.1", "s20"], touch_minutes=-5, role="R9")
        found = self._problems(roles=roles, steps=steps)
        self.assertEqual(
            found,
            [
                ("duplicate", "roles", 5, "code"),
                ("out_of_range", "steps", 3, "touch_minutes"),
                ("unknown_ref", "steps", 3, "role"),
            ],
        )

    def test_cycle_of_processes(self):
        processes = self._rows("processes", ["P1"], parent="P1.2")
        self.assertEqual(self._problems(processes=processes), [("cycle", "processes", 2, "parent")])

    def test_two_accountables(self):
        rows = [*MODEL["responsibilities"], {"process": "P1.1", "role": "R2", "letter": "A"}]
        self.assertEqual(
            self._problems(responsibilities=rows), [("accountable_count", "responsibilities", 5, "letter")]
        )

    def test_transition_to_a_step_of_another_process(self):
        rows = [*MODEL["transitions"], {"process": "P1.2", "source": "s10", "target": "s20"}]
        self.assertEqual(
            self._problems(transitions=rows),
            [("unknown_ref", "transitions", 5, "source"), ("unknown_ref", "transitions", 5, "target")],
        )

    def test_share_out_of_range(self):
        transitions = self._rows("transitions", ["P1.1", "s20", "s30"], share=180)
        self.assertEqual(self._problems(transitions=transitions), [("out_of_range", "transitions", 3, "share")])

    def test_archived_code(self):
        self._load()
        self._find("qms.party", "PT1").active = False
        self.assertIn(("archived", "parties", 2, "code"), self._problems())

    def test_references_may_mean_what_is_there_already(self):
        self._load()
        found = self._problems(roles=[], bodies=[], parties=[])
        self.assertEqual(found, [])

    def test_every_problem_has_its_sentence(self):
        lib = Path(workbook.__file__).parent
        source = "".join(path.read_text() for path in sorted(lib.glob("*.py")))
        for code in PROBLEMS:
            if code not in ("archived", "goal_fixed"):  # found by the models, not by the library
                self.assertIn(f'"{code}"', source)
        book = self.workbook._read(self._pack(steps=self._rows("steps", ["P1.1", "s20"], wait_hours="soon")))
        [problem] = self.workbook._check(book)
        line = self.workbook._problem_line(problem)
        self.assertEqual(line, "Sheet “steps”, row 3, column “wait_hours”: “soon” is no number. Write a number.")

    # === RIGHTS === #

    def test_plain_employee_is_refused(self):
        book = self.workbook._read(self._pack())
        for user in (self.clerk_user, self.users["quality_officer"], self.users["hr"]):
            with self.assertRaises(AccessError):
                self.env["qms.workbook"].with_user(user)._load(book)
            with self.assertRaises(AccessError):
                self.env["qms.workbook"].with_user(user)._export()
            with self.assertRaises(AccessError):
                self.env["qms.workbook.import"].with_user(user).create({})
        self.assertFalse(self._find("qms.process", "P1.1"))

    def test_commissioner_may_import(self):
        self.workbook = self.workbook.with_user(self.users["commissioner"])
        self._load()
        self.assertTrue(self._find("qms.process", "P1.1"))

    def test_other_authority_is_untouched(self):
        other = self.env["qms.process"].create({"code": "P1.1", "name": "Theirs", "company_id": self.other_company.id})
        unit = self.env["hr.department"].create(
            {"qms_code": "U1", "name": "Theirs", "company_id": self.other_company.id}
        )
        self._load()
        self.assertEqual((other.name, unit.name, other.version_ids.ids), ("Theirs", "Theirs", []))
        self.assertEqual(len(self.env["qms.process"].with_user(self.coordinator).search([("code", "=", "P1.1")])), 1)
        foreign = self.env["qms.workbook"].with_context(allowed_company_ids=self.other_company.ids)
        rows = foreign.with_user(self.foreigner)._compare(self.workbook._read(self._pack())).snapshot.rows
        self.assertEqual(rows["processes"].keys(), {("P1.1",)})
        self.assertFalse(rows["services"])

    # === SIZE === #

    def _many(self, count):
        """Return a model of ``count`` processes with three steps each, of which names and owners are MODEL's."""
        codes = [f"M{number:03}" for number in range(count)]
        model = {
            **MODEL,
            "processes": [],
            "steps": [],
            "transitions": [],
            "flows": [],
            "services": [],
            "responsibilities": [],
            "requirement_links": [],
            "indicators": [],
        }
        for code in codes:
            model["processes"].append(
                {
                    "code": code,
                    "name@en": f"Process {code}",
                    "name@uk": f"Процес {code}",
                    "owner": "R1",
                    "unit": "U1",
                    "purpose": f"For {code}",
                }
            )
            model["steps"] += [{**row, "process": code} for row in MODEL["steps"]]
            model["transitions"] += [{**row, "process": code} for row in MODEL["transitions"]]
            model["responsibilities"] += [{**row, "process": code} for row in MODEL["responsibilities"]]
        return self._pack(model)

    def _queries(self, content):
        book = self.workbook._read(content)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.workbook._load(book)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_queries_dont_grow_with_the_model(self):
        self._load()  # staff costs what Odoo's staff records cost, so it is there already
        few = self._queries(self._many(30))
        many = self._queries(self._many(300))  # 270 new processes, 810 steps, 810 transitions, 810 letters
        self.assertLess(many, few + 60, "one INSERT for each 100 rows and nothing else may grow")
        self.assertLess(self._queries(self._many(300)), 100, "what is the same is read once a sheet")

    # === FOLDER === #

    def test_folder_is_loaded_like_a_workbook(self):
        with tempfile.TemporaryDirectory() as folder:
            self._write_folder(folder)
            load = self.workbook._load_folder(folder)
            self.assertEqual(load.counts()["new"], 2)
            self.assertEqual(self._find("qms.body", "B2").parent_id.code, "B1")
            self.assertEqual(self.workbook._folder_rows(folder, "bodies")[0]["name@en"], "Council")
            Path(folder, "bodies.csv").write_text("code,name@en,kind,parent\nB3,,council,B9\n", encoding="utf-8")
            with self.assertRaisesRegex(UserError, "(?s)row 2.*row 2"):
                self.workbook._load_folder(folder)
        self.assertFalse(self._find("qms.body", "B3"))

    def _write_folder(self, folder):
        for sheet in self.workbook._spec():
            text = ",".join(sheet.headers(["en"])) + "\n"
            if sheet.name == "bodies":
                text += "B1,Council,council,\nB2,Committee,,B1\n"
            Path(folder, f"{sheet.name}.csv").write_text(text, encoding="utf-8")
