from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, warmup
from odoo.tools import mute_logger

from ..common import QmsCase


class TestQmsProcessFigures(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls._process()
        cls.archive = cls.env["hr.department"].create({"name": "Archive", "company_id": cls.company.id})
        cls.citizen = cls._role("R-CIT", kind="applicant")

    def _looped(self, process=None):
        """Take in by the citizen, check in the unit, a fifth goes back, the rest is archived."""
        version = self._draft(process or self.process)
        first, second = version.step_ids
        first.role_id = self.citizen
        second.write({"kind": "decision", "control_point": True})
        last = version.step_ids.create(
            {
                "version_id": version.id,
                "key": "s030",
                "sequence": 30,
                "name": "Archive",
                "role_id": self.process.owner_role_id.id,
                "department_id": self.archive.id,
                "touch_minutes": 10,
            }
        )
        version.transition_ids.create(
            [
                {"version_id": version.id, "source_id": second.id, "target_id": first.id, "share": 20},
                {"version_id": version.id, "source_id": second.id, "target_id": last.id, "share": 80},
            ]
        )
        return version

    def test_figures_of_a_version(self):
        version = self._looped()
        self.assertAlmostEqual(version.touch_minutes, 1.25 * 20 + 10)
        self.assertAlmostEqual(version.wait_hours, 1.25 * 2)
        self.assertAlmostEqual(version.lead_hours, 2.5 + 35 / 60)
        self.assertAlmostEqual(version.lead_longest_hours, 2.5)
        self.assertAlmostEqual(version.flow_efficiency, 35 / 185)
        self.assertAlmostEqual(version.handover_count, 1.25 + 0.25)
        self.assertAlmostEqual(version.unit_handover_count, 1)
        self.assertAlmostEqual(version.applicant_contact_count, 1.25)
        self.assertAlmostEqual(version.approval_count, 1.25)
        self.assertEqual(version.role_count, 2)
        self.assertFalse(version.figures_remark)

    def test_gaps_are_told(self):
        version = self._looped()
        back, on = version.transition_ids.filtered("share")
        back.share = 40
        self.assertIn("120 %", version.figures_remark)
        (back | on).share = 0
        self.assertIn("equally frequent", version.figures_remark)
        on.unlink()
        self.assertIn("never ends", version.figures_remark)
        self.assertIn("No way leads to “Archive”", version.figures_remark)
        self.assertEqual(version.touch_minutes, 0)

    def test_figures_follow_while_a_form_is_edited(self):
        version = self._looped()
        with Form(version) as form:
            with form.step_ids.edit(0) as line:
                line.touch_minutes = 15
            self.assertAlmostEqual(form.touch_minutes, 1.25 * 30 + 10)
            with form.step_ids.new() as line:
                line.name = "New"
            self.assertIn("“New”", form.figures_remark)

    def test_registry_shows_the_version_in_force(self):
        version = self._looped()
        self.assertEqual(self.process.touch_minutes, 0, "A draft is no process yet.")
        version.action_submit()
        version.with_user(self.users["commissioner"]).action_approve()
        self.assertAlmostEqual(self.process.touch_minutes, 35)
        self.assertEqual(self.process.department_ids, self.unit | self.archive)
        self.assertIn(self.process, self.env["qms.process"].search([("department_ids", "in", self.archive.ids)]))
        [(touch, lead)] = self.env["qms.process"]._read_group(
            [("id", "=", self.process.id)], [], ["touch_minutes:sum", "lead_hours:sum"]
        )
        self.assertAlmostEqual(touch, 35)
        self.assertAlmostEqual(lead, 2.5 + 35 / 60)

    def test_kind_and_unit_of_a_role_reach_the_registry(self):
        self._looped().action_submit()
        self.process.version_ids.with_user(self.users["commissioner"]).action_approve()
        self.assertAlmostEqual(self.process.applicant_contact_count, 1.25)
        self.citizen.kind = "body"
        self.assertEqual(self.process.applicant_contact_count, 0)
        self.process.owner_role_id.department_id = self.archive
        self.assertEqual(self.process.department_ids, self.archive)

    def test_maturity_knows_its_date_and_criteria(self):
        self.assertIn("purpose is reached", self.process.maturity_next)
        self.process.maturity = "3"
        self.assertEqual(self.process.maturity_date, self.company._qms_today())
        self.assertIn("One description in force", self.process.maturity_criterion)
        self.assertIn("Indicators with targets", self.process.maturity_next)
        self.process.maturity = "5"
        self.assertFalse(self.process.maturity_next)

    # === BAD INPUT === #

    def test_longer_cycle_in_the_tree(self):
        child = self._process("P-1.1", parent_id=self.process.id)
        grandchild = self._process("P-1.1.1", parent_id=child.id)
        for parent in (grandchild, child, self.process):
            with self.assertRaises(ValidationError):
                self.process.parent_id = parent

    def test_same_code_twice(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            self._process(self.process.code)
        self.env.invalidate_all()
        elsewhere = self._abroad("qms.process").create({"name": "x", "code": self.process.code})
        self.assertEqual(elsewhere.company_id, self.other_company)

    def test_transition_moved_to_another_version(self):
        version, other = self._draft(self.process), self._draft(self._process("P-2"))
        with self.assertRaises(ValidationError):
            version.transition_ids.target_id = other.step_ids[0]
        with self.assertRaises(ValidationError):
            version.transition_ids.version_id = other

    def test_role_and_unit_of_another_authority(self):
        role = self.env["qms.role"].create({"name": "x", "code": "x", "company_id": self.other_company.id})
        unit = self.env["hr.department"].create({"name": "x", "company_id": self.other_company.id})
        step = self._draft(self.process).step_ids[0]
        for vals in ({"role_id": role.id}, {"department_id": unit.id}):
            with self.assertRaises(UserError), self.cr.savepoint():
                step.write(vals)
        with self.assertRaises(UserError):
            self.process.owner_role_id = role

    # === SPEED === #

    def _registry(self, count):
        for index in range(count):
            self._approved(self._process(f"S-{index:02d}", parent_id=self.process.id))

    @warmup
    def test_list_takes_as_many_queries_for_ten_as_for_two(self):
        self._registry(2)
        few = self._list_queries()
        for index in range(2, 10):
            self._approved(self._process(f"S-{index:02d}", parent_id=self.process.id))
        self.assertLessEqual(self._list_queries(), few)

    def _list_queries(self):
        name = {"fields": {"display_name": {}}}
        spec = {
            "code": {},
            "name": {},
            "owner_role_id": name,
            "department_id": name,
            "department_ids": name,
            "lead_hours": {},
            "maturity": {},
            "open_nonconformity_count": {},
            "parent_id": {},
        }
        processes = self.env["qms.process"].with_user(self.clerk_user)
        for _warm in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            processes.web_search_read([], spec, limit=80)
            queries = self.cr.sql_log_count - before
        return queries

    def test_map_adds_few_queries_to_the_form(self):
        self._approved(self.process)
        process = self.process.with_user(self.clerk_user)
        name = {"fields": {"display_name": {}}}
        plain = {"name": {}, "version_id": name, "step_ids": {"fields": {"name": {}, "role_id": name}}}
        queries = {}
        for label, spec in (("plain", plain), ("map", {**plain, "map_html": {}}), ("plain", plain)) * 2:
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            process.web_read(spec)
            queries[label] = self.cr.sql_log_count - before
        self.assertLessEqual(queries["map"] - queries["plain"], 10)
