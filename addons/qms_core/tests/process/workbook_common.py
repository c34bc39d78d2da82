from odoo.addons.qms_core.lib import workbook

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
        {"code": "J1", "name@en": "Chief", "unit": "U1"},
        {"code": "J2", "name@en": "Clerk", "name@uk": "Діловод", "unit": "U2"},
    ],
    "employees": [
        {"code": "E1", "name": "Olha", "job": "J1", "login": "olha", "email": "olha@city.example"},
        {"code": "E2", "name": "Petro", "job": "J2"},
    ],
    "parties": [{"code": "PT1", "name@en": "Citizens", "kind": "citizen", "needs": "Quick\nanswers"}],
    "roles": [
        {"code": "R1", "name@en": "Head", "kind": "head", "unit": "U1"},
        {"code": "R2", "name@en": "Clerk", "kind": "position", "job": "J2;J1", "headcount": 3},
        {"code": "R3", "name@en": "Applicant", "kind": "applicant", "party": "PT1"},
    ],
    "duties": [
        {"role": "R2", "key": "d010", "kind": "duty", "text": "Keeps the register", "legal_basis": "Order 7"},
        {"role": "R2", "key": "d020", "kind": "authority", "text": "Asks for papers", "decided_by": "R1"},
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
    "standards": [{"code": "ISO", "name@en": "ISO 9001", "edition": "2015"}],
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


class WorkbookCase(QmsCase):
    """A small model as a workbook, and the coordinator who imports it."""

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
