import io

from pypdf import PdfReader

from odoo.exceptions import AccessError
from odoo.tests import warmup

from ..common import QmsCase


class TestQmsProcessInteraction(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.second = cls._process("P-1", kind="management"), cls._process("P-2", kind="support")
        cls.party = cls.env["qms.party"].create({"name": "Citizens", "code": "PT-1", "company_id": cls.company.id})

    def _in_force(self, process, *flows):
        """Approve a version with these flows: ``(direction, name, party or process)``."""
        version = self._draft(process)
        version.flow_ids.unlink()
        version.flow_ids.create([self._flow(version, index, *flow) for index, flow in enumerate(flows)])
        version.with_user(self.users["coordinator"]).action_submit()
        version.with_user(self.users["commissioner"]).action_approve()
        return version

    def _flow(self, version, index, direction, name, other=None):
        field = {None: None, "qms.party": "party_id"}.get(other and other._name, "other_process_id")
        vals = {"version_id": version.id, "key": f"f{index:03d}", "direction": direction, "name": name}
        return {**vals, **({field: other.id} if field else {})}

    def _connected(self):
        self._in_force(self.first, ("input", "Request", self.party), ("output", "Plan", self.second))
        self._in_force(self.second, ("input", "Plan", self.first), ("output", "Answer", self.party))

    def _map(self, user=None, **filters):
        return self.env["qms.process"].with_user(user or self.clerk_user).get_interaction_map(**filters)

    def _edges(self, data):
        names = {node["key"]: node["name"] for node in data["nodes"]}
        return {(names[edge["source"]], tuple(edge["items"]), names[edge["target"]]) for edge in data["edges"]}

    # ---- what is shown

    def test_employee_sees_who_supplies_whom(self):
        self._connected()
        data = self._map()
        self.assertEqual(
            self._edges(data),
            {
                ("Citizens", ("Request",), "P-1 Process P-1"),
                ("P-1 Process P-1", ("Plan",), "P-2 Process P-2"),
                ("P-2 Process P-2", ("Answer",), "Citizens"),
            },
        )
        self.assertEqual(data["missing"], [])
        self.assertEqual(data["details"][f"process-{self.first.id}"]["unit"], self.unit.name)
        self.assertEqual([band["group"] for band in data["bands"]], ["management", "support"])

    def test_drafts_are_not_drawn(self):
        self._connected()
        draft = self.first._new_version()
        draft.flow_ids.filtered(lambda flow: flow.direction == "output").name = "Secret plan"
        self.assertNotIn("Secret plan", str(self._map(self.users["coordinator"])))

    def test_nothing_in_force(self):
        self._draft(self.first)
        data = self._map()
        self.assertEqual((data["nodes"], data["edges"], data["missing"]), ([], [], []))

    def test_filters_keep_the_neighbours(self):
        self._connected()
        data = self._map(kind="management")
        context = {node["name"]: node["context"] for node in data["nodes"] if node["role"] == "process"}
        self.assertEqual(context, {"P-1 Process P-1": False, "P-2 Process P-2": True})
        self.assertEqual(len(data["edges"]), 2)
        below = self.env["hr.department"].create({"name": "Desk", "parent_id": self.unit.id})
        self.second.department_id = below
        self.assertEqual(len(self._map(department_id=below.id)["edges"]), 2)
        self.assertEqual(len(self._map(department_id=self.unit.id)["edges"]), 3)
        self.assertEqual(len(self._map(domain=[("code", "=", "nothing")])["nodes"]), 0)

    # ---- missing ends

    def test_missing_ends_say_what_to_do(self):
        self._in_force(self.first, ("input", "Data"), ("output", "Plan", self.second), ("output", "Waste"))
        self._in_force(self.second, ("input", "The plan", self.first))
        rows = self.env["qms.process"].with_user(self.clerk_user)._missing_ends()
        self.assertEqual(
            [(row["process_id"], row["kind"], row["name"], row["other_id"]) for row in rows],
            [
                (self.first.id, "unsupplied", "Data", False),
                (self.first.id, "untaken", "Waste", False),
                (self.first.id, "one_sided", "Plan", self.second.id),
                (self.second.id, "one_sided", "The plan", self.first.id),
            ],
        )
        self.assertEqual(rows[0]["message"], "Nobody supplies “Data”. Name its supplier in P-1.")
        self.assertIn("P-2 names “The plan”", rows[2]["message"])

    def test_missing_ends_of_one_process(self):
        self._in_force(self.first, ("input", "Data"))
        self._in_force(self.second, ("input", "Money"))
        self.assertEqual([row["name"] for row in self.second._missing_ends()], ["Money"])

    def test_partner_without_version_in_force(self):
        self._in_force(self.first, ("output", "Plan", self.second))
        (row,) = self.first._missing_ends()
        self.assertEqual(row["kind"], "one_sided")
        self.assertIn("P-2 has no version in force", row["message"])

    def test_archived_customer_is_a_missing_end(self):
        self._connected()
        self.second.active = False
        (row,) = self.first._missing_ends()
        self.assertEqual((row["kind"], row["other_id"]), ("untaken", self.second.id))
        self.assertIn("P-2, which took “Plan”, is archived", row["message"])

    # ---- access

    def test_other_authority_is_not_leaked(self):
        self._connected()
        data = self._abroad("qms.process").get_interaction_map()
        self.assertEqual((data["nodes"], data["edges"], data["units"]), ([], [], []))

    def test_process_out_of_sight_has_no_name(self):
        self._connected()
        self.env["ir.rule"].create(
            {
                "name": "Test: P-2 is not for everybody",
                "model_id": self.env["ir.model"]._get_id("qms.process"),
                "domain_force": f"[('id', '!=', {self.second.id})]",
            }
        )
        data = self._map()
        self.assertIn(("P-1 Process P-1", ("Plan",), "Outside this authority"), self._edges(data))
        self.assertEqual(data["missing"], [])
        self.assertNotIn("P-2", str(data))

    def test_print_of_another_authority_is_refused(self):
        self._connected()
        company = self.company.with_user(self.foreigner).with_context(allowed_company_ids=self.other_company.ids)
        with self.assertRaises(AccessError):
            company._interaction_print()

    # ---- cost and print

    @warmup
    def test_queries_do_not_grow(self):
        self._connected()
        processes = self.env["qms.process"].with_user(self.clerk_user)

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            processes.get_interaction_map()
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        for number in range(3, 9):
            self._in_force(
                self._process(f"P-{number}"), ("input", "Plan", self.first), ("output", "Answer", self.party)
            )
        self.assertEqual(queries(), few)
        self.assertLessEqual(few, 12)

    def test_printed_map(self):
        self._connected()
        self._in_force(self._process("P-3"), ("input", "Money"))
        report = self.env["ir.actions.report"].with_user(self.clerk_user).with_context(force_report_rendering=True)
        content, kind = report._render_qweb_pdf("qms_core.report_interaction_map", self.company.ids)
        self.assertEqual(kind, "pdf")
        pages = PdfReader(io.BytesIO(content)).pages
        first, text = pages[0].mediabox, "\n".join(page.extract_text() for page in pages)
        self.assertGreater(first.width, first.height)
        for words in ("P-1", "Citizens", "Plan", "Nobody supplies “Money”", self.company.name):
            self.assertIn(words, " ".join(text.split()))
