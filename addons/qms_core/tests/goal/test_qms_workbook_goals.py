from pathlib import Path

from odoo.tests import tagged

from odoo.addons.qms_core.models.goal.qms_demo import CASCADED

from ..process.workbook_common import MODEL, WorkbookCase

CITY = Path(__file__).parents[2] / "demo" / "city"
GOALS = [
    {
        "code": "G1.1",
        "name": "Answer in term",
        "kind": "tactical",
        "parent": "G1",
        "description": "Nobody waits.",
        "owner": "R1",
        "unit": "U1",
        "processes": "P1.1;P1.2",
        "indicators": "I1",
        "date_start": "2026-01-01",
        "date_end": "2026-12-31",
    },
    {"code": "G1", "name": "Serve", "kind": "strategic", "date_start": "2026-01-01", "date_end": "2028-12-31"},
]


@tagged("-at_install", "post_install")
class TestWorkbookOfGoals(WorkbookCase):
    def _goals(self, *rows):
        return self._pack(goals=[*GOALS, *rows])

    def _changed(self, code, **values):
        return self._pack(goals=[{**row, **values} if row["code"] == code else row for row in GOALS])

    def _goal_problems(self, content):
        """Return what the dry run says of the goals: ``[(code of the problem, row, column)]``."""
        problems = self.workbook._check(self.workbook._read(content))
        return [(p.code, p.row, p.column) for p in problems if p.sheet == "goals"]

    def _approve_goals(self):
        goals = self.env["qms.goal"].search([("company_id", "=", self.company.id)])
        goals.with_user(self.users["top_management"]).action_approve()
        return goals

    def _superior(self, code="R-1", company=None):
        """Cascade a goal of the other authority to this one; return it."""
        company = company or self.other_company
        body = self.env["qms.body"].search([("code", "=", "CITY"), ("company_id", "=", self.company.id)])
        body |= body or body.create(
            {"name": "City A", "code": "CITY", "company_id": self.company.id, "is_listed": True}
        )
        goal = self.env["qms.goal"].create(
            {
                "code": code,
                "name": "In time everywhere",
                "company_id": company.id,
                "date_start": "2026-01-01",
                "date_end": "2026-12-31",
                "body_ids": [(6, 0, body.ids)],
            }
        )
        goal.sudo().action_approve()
        return goal

    # === LOADING === #

    def test_tree_arrives(self):
        self._load(self._goals())
        goal = self._find("qms.goal", "G1.1")
        self.assertEqual((goal.parent_id.code, goal.kind, goal.description), ("G1", "tactical", "Nobody waits."))
        self.assertEqual((goal.owner_role_id.code, goal.department_id.qms_code), ("R1", "U1"))
        self.assertEqual(goal.process_ids.mapped("code"), ["P1.1", "P1.2"])
        self.assertEqual(goal.indicator_ids.code, "I1")
        self.assertEqual((str(goal.date_start), str(goal.date_end)), ("2026-01-01", "2026-12-31"))
        self.assertEqual((goal.state, goal.create_uid), ("draft", self.coordinator))

    def test_round_trip(self):
        self._load(self._goals())
        self._approve_goals()
        self.assertEqual(self._changes(self.workbook._export()), [])
        book = self.workbook._read(self.workbook._export())
        self.assertEqual([row.values["code"] for row in book.rows["goals"]], ["G1", "G1.1"])

    def test_dry_run_keeps_nothing(self):
        load, error = self.workbook._attempt(self.workbook._read(self._goals()), keep=False)
        self.assertEqual((error, len(load.differences["goals"])), ("", 2))
        self.assertFalse(self._find("qms.goal", "G1"))

    def test_cascaded_goal_is_named_by_its_code(self):
        superior = self._superior()
        self._load(self._changed("G1", parent="R-1"))
        self.assertEqual(self._find("qms.goal", "G1").parent_id, superior)
        book = self.workbook._read(self.workbook._export())
        rows = {row.values["code"]: row.values["parent"] for row in book.rows["goals"]}
        self.assertEqual(rows, {"G1": "R-1", "G1.1": "G1"}, "The superior goal itself is no row of this authority.")
        self.assertEqual(self._changes(self.workbook._export()), [])

    def test_own_goal_with_the_code_of_a_cascaded_one(self):
        superior = self._superior("G1")
        self._load(self._goals())
        own = self._find("qms.goal", "G1.1").parent_id
        self.assertEqual((own.code, own.company_id), ("G1", self.company))
        self.assertEqual(superior.name, "In time everywhere")
        self.assertEqual(self._changes(self._goals()), [])

    # === WHAT IS WRONG === #

    def test_goal_under_itself(self):
        self.assertEqual(self._goal_problems(self._changed("G1", parent="G1.1")), [("cycle", 2, "parent")])
        self.assertEqual(self._goal_problems(self._changed("G1", parent="G1")), [("cycle", 3, "parent")])

    def test_every_wrong_cell_is_named(self):
        wrong = {"parent": "R-1", "kind": "great", "owner": "R9", "date_start": "2027-01-01", "indicators": "I1;I9"}
        self.assertEqual(
            self._goal_problems(self._changed("G1.1", **wrong)),
            [
                ("bad_choice", 2, "kind"),
                ("unknown_ref", 2, "parent"),
                ("unknown_ref", 2, "owner"),
                ("unknown_ref", 2, "indicators"),
                ("ends_before", 2, "date_end"),
            ],
        )

    def test_targets_and_thresholds_of_indicators(self):
        row = {**MODEL["indicators"][0], "unit_of_measure": "", "threshold": 99.9}
        found = self._problems(indicators=[row])
        self.assertEqual(
            sorted(found),
            [("no_unit", "indicators", 2, "unit_of_measure"), ("threshold_side", "indicators", 2, "threshold")],
        )

    def test_what_was_approved_stays(self):
        self._load(self._goals())
        goals = self._approve_goals()
        self.assertEqual(
            self._goal_problems(self._changed("G1.1", name="Answer", parent="", date_end="2027-12-31")),
            [("goal_fixed", 2, "name"), ("goal_fixed", 2, "parent"), ("goal_fixed", 2, "date_end")],
        )
        self._load(self._changed("G1.1", indicators=""))
        part = self._find("qms.goal", "G1.1")
        self.assertFalse(part.indicator_ids, "How it is measured goes on changing.")
        part.result = "reached"
        part.with_user(self.users["top_management"]).action_close("Done")
        self.assertEqual(
            self._goal_problems(self._goals()), [("goal_fixed", 2, "indicators")], "A closed goal keeps all."
        )
        self.assertEqual(set(goals.mapped("state")), {"approved", "closed"})

    # === THE CITY === #

    def test_tree_of_the_city(self):
        """Each goal of the city stands below another, is the region's concern, or strategic; each leaf is measured."""
        rows = self.workbook._folder_rows(CITY, "goals")
        parents = {row["parent"] for row in rows}
        self.assertEqual({row["kind"] for row in rows}, {"strategic", "tactical", "operational"})
        self.assertEqual([row["code"] for row in rows if not row["parent"] and row["kind"] != "strategic"], [])
        self.assertEqual([row["code"] for row in rows if row["code"] not in parents and not row["indicators"]], [])
        self.assertLessEqual(set(CASCADED.values()), {row["code"] for row in rows})
