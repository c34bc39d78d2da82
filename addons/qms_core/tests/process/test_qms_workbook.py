import base64
import tempfile
from pathlib import Path

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.qms_core.lib import workbook
from odoo.addons.qms_core.models.process.qms_workbook_message import PROBLEMS

from ..common import QmsCase

MODEL = {
    "bodies": [
        {"code": "B1", "name@en": "Council", "kind": "council"},
        {"code": "B2", "name@en": "Committee", "parent": "B1"},
    ],
    # a child before its parent, as people sort rows as they like
    "units": [
        {"code": "U2", "name@en": "Registry", "parent": "U1"},
        {"code": "U1", "name@en": "Centre", "name@uk": "Центр", "manager": "J1"},
    ],
    "jobs": [
        {"code": "J1", "name@en": "Chief", "unit": "U1", "headcount": 1},
        {"code": "J2", "name@en": "Clerk", "name@uk": "Діловод", "unit": "U2", "headcount": 3},
    ],
    "employees": [
        {"code": "E1", "name": "Olha", "job": "J1", "login": "olha", "email": "olha@city.example"},
        {"code": "E2", "name": "Petro", "job": "J2"},
    ],
    "parties": [{"code": "PT1", "name@en": "Citizens", "kind": "citizen", "needs": "Quick\nanswers"}],
    "roles": [
        {"code": "R1", "name@en": "Head", "kind": "head", "unit": "U1"},
        {"code": "R2", "name@en": "Clerk", "kind": "position", "job": "J2;J1"},
        {"code": "R3", "name@en": "Applicant", "kind": "applicant", "party": "PT1"},
    ],
    "processes": [
        {"code": "P1", "name@en": "Core"},
        {
            "code": "P1.1",
            "name@en": "Register",
            "parent": "P1",
            "kind": "core",
            "nature": "service",
            "owner": "R1",
            "unit": "U1",
            "purpose": "To register",
        },
        {"code": "P1.2", "name@en": "Archive", "parent": "P1", "owner": "R1", "purpose": "To keep"},
    ],
    "steps": [
        {"process": "P1.1", "key": "s10", "sequence": 10, "name": "Apply", "kind": "start", "role": "R3"},
        {
            "process": "P1.1",
            "key": "s20",
            "sequence": 20,
            "name": "Check",
            "kind": "decision",
            "role": "R2",
            "unit": "U2",
            "touch_minutes": 7.5,
            "wait_hours": 2,
            "control_point": True,
        },
        {"process": "P1.1", "key": "s30", "sequence": 30, "name": "Done", "kind": "end"},
    ],
    "transitions": [
        {"process": "P1.1", "source": "s10", "target": "s20"},
        {"process": "P1.1", "source": "s20", "target": "s30", "label": "complete", "share": 80},
        {"process": "P1.1", "source": "s20", "target": "s10", "label": "incomplete", "share": 20},
    ],
    "flows": [
        {"process": "P1.1", "key": "i1", "direction": "input", "name": "Application", "party": "PT1"},
        {"process": "P1.1", "key": "o1", "direction": "output", "name": "File", "other_process": "P1.2"},
    ],
    "services": [
        {
            "code": "S1",
            "name@en": "Registration",
            "process": "P1.1",
            "unit": "U1",
            "deadline_days": 5,
            "deadline_kind": "working",
            "fee": 45.4,
            "result@en": "Extract",
            "result@uk": "Витяг",
        }
    ],
    "responsibilities": [
        {"process": "P1.1", "role": "R1", "letter": "A"},
        {"process": "P1.1", "role": "R2", "letter": "R"},
        {"process": "P1.1", "role": "R3", "letter": "I"},
    ],
    "standards": [{"code": "ISO", "name": "ISO 9001", "edition": "2015"}],
    "requirements": [
        {"standard": "ISO", "clause": "4.10", "name@en": "Ten", "parent": "4"},
        {"standard": "ISO", "clause": "4", "name@en": "Context"},
        {"standard": "ISO", "clause": "8.3", "name@en": "Design", "applicable": False, "reason": "None"},
    ],
    "requirement_links": [{"process": "P1.1", "standard": "ISO", "clause": "4.10"}],
    "indicators": [
        {"code": "I1", "name@en": "In time", "process": "P1.1", "unit_of_measure": "%", "target": 99.5, "owner": "R1"}
    ],
}


@tagged("-at_install", "post_install")
class TestQmsWorkbook(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("uk_UA")
        cls.coordinator = cls.users["coordinator"]
        cls.workbook = cls.env["qms.workbook"].with_user(cls.coordinator)

    # === HELPERS === #

    def _pack(self, model=None, **changes):
        """Return a workbook of the model, with the rows of some sheets replaced."""
        model = {**(MODEL if model is None else model), **changes}
        tables = {}
        for sheet in self.workbook._spec():
            headers = sheet.headers(["uk", "en"])
            tables[sheet.name] = [
                headers,
                *([row.get(header, "") for header in headers] for row in model.get(sheet.name, [])),
            ]
        return workbook.write(self.workbook._spec(), tables)

    def _rows(self, sheet, key, **values):
        """Return the rows of a sheet with values changed where the first columns have these values."""
        size = len(key)
        return [{**row, **values} if list(row.values())[:size] == list(key) else row for row in MODEL[sheet]]

    def _load(self, content=None):
        book = self.workbook._read(content or self._pack())
        self.assertEqual([self.workbook._problem_line(problem) for problem in self.workbook._check(book)], [])
        load = self.workbook._load(book)
        self.env.flush_all()
        return load

    def _problems(self, **changes):
        book = self.workbook._read(self._pack(**changes))
        return [(p.code, p.sheet, p.row, p.column) for p in self.workbook._check(book)]

    def _changes(self, content=None):
        load = self.workbook._compare(self.workbook._read(content or self._pack()))
        return [(d.kind, d.sheet, d.key, d.changes) for group in load.differences.values() for d in group]

    def _find(self, model, code, field="code"):
        return self.env[model].search([(field, "=", code), ("company_id", "=", self.company.id)])

    def _approve(self, load):
        versions = load.drafts.filtered("step_ids")
        versions.with_user(self.coordinator).action_submit()
        versions.with_user(self.users["commissioner"]).action_approve()
        return versions.with_env(self.env)

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
        self.assertEqual({(r.role_id.code, r.letter) for r in process.responsibility_ids}, {("R2", "R"), ("R3", "I")})
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

    # === CHANGES === #

    def test_changes_are_matched_by_code(self):
        self._load()
        service = self._find("qms.service", "S1")
        content = self._pack(services=self._rows("services", ["S1"], **{"name@uk": "Реєстрація", "fee": 50}))
        self.assertEqual(
            self._changes(content),
            [("changed", "services", ("S1",), {"name@uk": ("Registration", "Реєстрація"), "fee": (45.4, 50.0)})],
        )
        self._load(content)
        self.assertEqual((service.fee, service.name), (50, "Registration"))
        self.assertEqual(service.with_context(lang="uk_UA").name, "Реєстрація")

    def test_what_the_workbook_lacks_stays(self):
        self._load()
        self._load(self._pack(indicators=[], services=[], requirement_links=[], responsibilities=[]))
        self.assertTrue(self._find("qms.indicator", "I1") and self._find("qms.service", "S1"))
        process = self._find("qms.process", "P1.1")
        self.assertEqual((len(process.responsibility_ids), len(process.requirement_ids)), (2, 1))

    def test_rows_of_a_process_are_all_it_has(self):
        self._load()
        self._load(
            self._pack(
                responsibilities=MODEL["responsibilities"][:2],
                requirement_links=[{"process": "P1.1", "standard": "ISO", "clause": "4"}],
            )
        )
        process = self._find("qms.process", "P1.1")
        self.assertEqual([(r.role_id.code, r.letter) for r in process.responsibility_ids], [("R2", "R")])
        self.assertEqual(process.requirement_ids.mapped("clause"), ["4"])

    def test_open_draft_is_replaced(self):
        draft = self._load().drafts.filtered(lambda version: version.process_id.code == "P1.1")
        steps = self._rows("steps", ["P1.1", "s20"], touch_minutes=9)
        load = self._load(self._pack(steps=steps))
        self.assertEqual(load.drafts, draft)
        self.assertEqual(draft.step_ids.mapped("touch_minutes"), [0, 9, 0])
        self.assertEqual(len(draft.transition_ids), 3)

    def test_approved_version_is_untouched(self):
        approved = self._approve(self._load())
        checksum = approved.seal_checksum
        process = approved.process_id
        self.assertEqual(self._changes(), [])
        steps = [row for row in MODEL["steps"] if row["key"] != "s30"]
        transitions = [row for row in MODEL["transitions"] if row["target"] != "s30"]
        load = self._load(self._pack(steps=steps, transitions=transitions))
        self.assertEqual(load.counts(), {"removed": 2})
        draft = load.drafts
        self.assertEqual((draft.process_id, draft.state, draft.based_on_id), (process, "draft", approved))
        self.assertEqual(draft.step_ids.mapped("key"), ["s10", "s20"])
        self.assertEqual(approved.step_ids.mapped("key"), ["s10", "s20", "s30"])
        self.assertEqual((process.version_id, approved.seal_checksum, approved._verify()), (approved, checksum, []))

    def test_version_in_review_is_untouched(self):
        first = self._load().drafts.filtered("step_ids")
        first.with_user(self.coordinator).action_submit()
        load = self._load(self._pack(steps=self._rows("steps", ["P1.1", "s10"], name="Ask")))
        self.assertEqual(first.step_ids[0].name, "Apply")
        self.assertNotEqual(load.drafts, first)
        self.assertEqual(load.drafts.step_ids[0].name, "Ask")

    def test_approved_contents_need_no_draft(self):
        """Who exports while a draft is open, and imports again, changes nothing: the version in force is the model."""
        process = self._approve(self._load()).process_id
        draft = process.with_user(self.coordinator)._new_version()
        draft.step_ids[0].name = "Another beginning"
        self.env.flush_all()
        self.assertEqual(self._changes(), [])
        self.assertFalse(self._load().drafts)

    def test_unit_keeps_its_head_when_nobody_holds_the_position(self):
        self._load()
        units = self._rows("units", ["U1"], manager="J3")
        jobs = [*MODEL["jobs"], {"code": "J3", "name@en": "Vacant", "unit": "U1"}]
        load = self._load(self._pack(units=units, jobs=jobs))
        self.assertIn("J3", load.notes[0])
        self.assertEqual(self._find("hr.department", "U1", "qms_code").manager_id.name, "Olha")

    def test_people_follow_their_position(self):
        self._load()
        self._load(self._pack(jobs=self._rows("jobs", ["J2"], unit="U1")))
        self.assertEqual(self._find("hr.employee", "E2", "qms_code").department_id.qms_code, "U1")

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
            if code != "archived":  # found by the model, not by the library
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
        self.assertLess(self._queries(self._many(300)), 70, "what is the same is read once a sheet")

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

    # === DIALOG === #

    def _wizard(self, content):
        return (
            self.env["qms.workbook.import"]
            .with_user(self.coordinator)
            .create({"file": base64.b64encode(content), "filename": "model.xlsx"})
        )

    def test_dry_run_shows_and_keeps_nothing(self):
        wizard = self._wizard(self._pack())
        wizard.action_check()
        self.assertEqual((wizard.state, len(wizard.problem_ids)), ("checked", 0))
        change = wizard.change_ids.filtered(lambda row: row.sheet == "services")
        self.assertEqual((change.code, change.change), ("S1", "new: Registration"))
        self.assertIn(f"New: {sum(map(len, MODEL.values()))}, changed: 0", wizard.summary)
        self.assertFalse(self._find("qms.process", "P1.1"))
        self.assertFalse(self._find("hr.employee", "E1", "qms_code"))

    def test_import_and_its_drafts(self):
        wizard = self._wizard(self._pack())
        wizard.action_check()
        wizard.action_import()
        self.assertEqual(wizard.state, "done")
        self.assertEqual(len(wizard.draft_ids), 2)
        opened = self.env["qms.process.version"].search(wizard.action_open_drafts()["domain"])
        self.assertEqual(opened, wizard.draft_ids.with_env(self.env))

    def test_problems_are_shown_and_nothing_is_written(self):
        content = self._pack(flows=self._rows("flows", ["P1.1", "i1"], other_process="P1.2"))
        wizard = self._wizard(content)
        for press in (wizard.action_check, wizard.action_import):
            press()
            problem = wizard.problem_ids
            self.assertEqual((problem.sheet, problem.row, problem.column), ("flows", 2, "party"))
            self.assertEqual(wizard.state, "draft")
            self.assertFalse(self._find("qms.body", "B1"))

    def test_no_workbook(self):
        wizard = self._wizard(b"code;name\n")
        wizard.action_check()
        self.assertEqual(len(wizard.problem_ids), 1)
        self.assertIn("XLSX", wizard.problem_ids.message)
        wizard.file = False
        with self.assertRaises(UserError):
            wizard.action_check()

    @mute_logger("odoo.sql_db")
    def test_what_the_database_refuses_is_one_problem(self):
        """Two positions of one name in one unit: only Odoo's own constraint knows."""
        jobs = [*MODEL["jobs"], {"code": "J3", "name@en": "Clerk", "name@uk": "Діловод", "unit": "U2"}]
        wizard = self._wizard(self._pack(jobs=jobs))
        wizard.action_check()
        self.assertEqual((wizard.state, len(wizard.problem_ids)), ("draft", 1))
        self.assertIn("unique per department", wizard.problem_ids.message)
        wizard.action_import()
        self.assertFalse(self._find("qms.body", "B1"))

    def test_download_gives_the_workbook(self):
        self._load()
        wizard = self._wizard(b"")
        action = wizard.action_export()
        self.assertIn(f"/qms.workbook.import/{wizard.id}/export_file/", action["url"])
        self.assertEqual(self._changes(base64.b64decode(wizard.export_file)), [])
