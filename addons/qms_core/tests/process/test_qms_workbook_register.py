from odoo.tests import tagged

from .workbook_common import MODEL, WorkbookCase

PROCESS = {**MODEL["processes"][1], "demand": 1200, "maturity": "3", "maturity_date": "2026-02-16", "bodies": "B1;B2"}
PROCESSES = [MODEL["processes"][0], PROCESS, MODEL["processes"][2]]
SERVICES = [{**MODEL["services"][0], "demand": 900}]
LETTERS = [
    {"standard": "ISO", "clause": "4.10", "role": "R1", "letter": "A"},
    {"standard": "ISO", "clause": "4.10", "role": "R2", "letter": "R"},
    {"standard": "ISO", "clause": "4", "role": "R1", "letter": "A"},
]
SKILLS = [{"role": "R2", "kind": "Law", "skill": "Data protection", "level": "Expert"}]
REGISTER = {
    "processes": PROCESSES,
    "services": SERVICES,
    "requirement_responsibilities": LETTERS,
    "role_skills": SKILLS,
}


@tagged("-at_install", "post_install")
class TestQmsWorkbookRegister(WorkbookCase):
    """Demand, maturity, bodies taking part, letters for requirements and skills in the workbook."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.kind = cls.env["hr.skill.type"].create(
            {
                "name": "Law",
                "skill_ids": [(0, 0, {"name": "Data protection"}), (0, 0, {"name": "Procurement"})],
                "skill_level_ids": [
                    (0, 0, {"name": "Basic", "level_progress": 30}),
                    (0, 0, {"name": "Expert", "level_progress": 100}),
                ],
            }
        )
        cls.kind.with_context(lang="uk_UA").name = "Право"

    def _requirement_letters(self, clause):
        requirement = self._find("qms.requirement", clause, "clause")
        rows = self.env["qms.responsibility"].search([("requirement_id", "=", requirement.id)])
        return sorted((row.role_id.code, row.letter_id.letter) for row in rows)

    def test_register_arrives(self):
        self._load(self._pack(**REGISTER))
        process = self._find("qms.process", "P1.1")
        self.assertEqual((process.yearly_demand, process.maturity), (1200, "3"))
        self.assertEqual(str(process.maturity_date), "2026-02-16")
        self.assertEqual(sorted(process.body_ids.mapped("code")), ["B1", "B2"])
        self.assertEqual(self._find("qms.service", "S1").yearly_demand, 900)
        self.assertEqual(self._requirement_letters("4.10"), [("R1", "A"), ("R2", "R")])
        skill = self._find("qms.role", "R2").skill_ids
        self.assertEqual((skill.skill_id.name, skill.skill_level_id.name), ("Data protection", "Expert"))

    def test_round_trip_is_identical(self):
        self._load(self._pack(**REGISTER))
        self.assertEqual(self._changes(self._pack(**REGISTER)), [])
        content = self.workbook._export()
        self.assertEqual(self._changes(content), [])
        self.workbook = self.workbook.with_context(lang="uk_UA")
        self.assertEqual(self._changes(content), [], "Skills have their English names in each language.")
        here = self.workbook.with_context(allowed_company_ids=self.other_company.ids).with_user(self.foreigner)
        self.workbook = here
        self._load(content)
        self.assertEqual(self._changes(content), [], "The same model arises in another authority.")

    def test_changes_are_written(self):
        self._load(self._pack(**REGISTER))
        process = {**PROCESS, "demand": "", "maturity": "4", "bodies": "B2"}
        letters = [{**LETTERS[0], "role": "R2"}, {**LETTERS[1], "role": "R1"}]
        self._load(
            self._pack(
                processes=[PROCESSES[0], process, PROCESSES[2]],
                requirement_responsibilities=letters,
                role_skills=[{**SKILLS[0], "level": "Basic"}],
            )
        )
        process = self._find("qms.process", "P1.1")
        self.assertEqual((process.yearly_demand, process.maturity, process.body_ids.code), (0, "4", "B2"))
        self.assertEqual(self._requirement_letters("4.10"), [("R1", "R"), ("R2", "A")])
        self.assertEqual(self._requirement_letters("4"), [("R1", "A")], "A clause without rows is left alone.")
        self.assertEqual(self._find("qms.role", "R2").skill_ids.skill_level_id.name, "Basic")

    def test_body_of_another_authority_stays(self):
        self._load(self._pack(**REGISTER))
        process = self._find("qms.process", "P1.1")
        foreign = self.env["qms.body"].create({"name": "Theirs", "code": "B1", "company_id": self.other_company.id})
        process.sudo().body_ids += foreign
        self.assertEqual(self._changes(self._pack(**REGISTER)), [])
        self._load(self._pack(**{**REGISTER, "processes": [PROCESSES[0], {**PROCESS, "bodies": ""}, PROCESSES[2]]}))
        self.assertEqual(process.sudo().body_ids, foreign)

    def test_assessment_without_a_day_is_of_today(self):
        undated = self._pack(processes=[PROCESSES[0], {**PROCESS, "maturity_date": ""}, PROCESSES[2]])
        self._load(undated)
        process = self._find("qms.process", "P1.1")
        self.assertEqual(process.maturity_date, self.company._qms_today())
        process.maturity_date = "2026-01-10"
        self.assertEqual(self._changes(undated), [], "The same assessment has its day already.")

    def test_place_of_each_problem(self):
        self.assertEqual(
            self._problems(
                processes=[
                    PROCESSES[0],
                    {**PROCESS, "demand": -1, "maturity": "9", "maturity_date": "soon", "bodies": "B9"},
                    PROCESSES[2],
                ],
                services=[{**SERVICES[0], "demand": 0.5}],
                role_skills=[
                    {**SKILLS[0], "kind": "Право"},
                    {**SKILLS[0], "skill": "Singing"},
                    {**SKILLS[0], "level": "None", "role": "R9"},
                ],
                requirement_responsibilities=[*LETTERS, {**LETTERS[0], "role": "R2"}, {**LETTERS[0], "letter": "Z"}],
            ),
            [
                ("bad_choice", "role_skills", 2, "kind"),
                ("bad_choice", "role_skills", 3, "skill"),
                ("unknown_ref", "role_skills", 4, "role"),
                ("bad_choice", "role_skills", 4, "level"),
                ("out_of_range", "processes", 3, "demand"),
                ("bad_choice", "processes", 3, "maturity"),
                ("bad_date", "processes", 3, "maturity_date"),
                ("unknown_ref", "processes", 3, "bodies"),
                ("bad_int", "services", 2, "demand"),
                ("requirement_accountable", "requirement_responsibilities", 5, "letter"),
                ("bad_choice", "requirement_responsibilities", 6, "letter"),
            ],
        )

    def test_queries_dont_grow_with_the_register(self):
        self._load(self._pack(**REGISTER))
        few, many = (self._queries(self._many(count)) for count in (20, 220))
        self.assertLess(many, few + 25, "one INSERT for each 100 rows and nothing else may grow")

    def _many(self, count):
        """Return a workbook of the model with so many more clauses, two letters each."""
        clauses = [f"9.{count}.{number}" for number in range(count)]
        requirements = [{"standard": "ISO", "clause": clause, "name@en": clause} for clause in clauses]
        letters = [
            {"standard": "ISO", "clause": clause, "role": role, "letter": letter}
            for clause in clauses
            for role, letter in (("R1", "A"), ("R2", "R"))
        ]
        return self._pack(
            **{
                **REGISTER,
                "requirements": [*MODEL["requirements"], *requirements],
                "requirement_responsibilities": [*LETTERS, *letters],
            }
        )

    def _queries(self, content):
        book = self.workbook._read(content)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.workbook._load(book)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
