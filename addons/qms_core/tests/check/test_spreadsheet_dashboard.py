import json
import re

from odoo.fields import Domain
from odoo.tools.misc import file_open

from ..common import QmsCase

DASHBOARDS = ("indicators", "improvement")
FUNCTION = re.compile(r"(?:ODOO\.LIST(?:\.HEADER)?|PIVOT\.(?:VALUE|HEADER))\((\d+)")
LIST_FIELD = re.compile(r'ODOO\.LIST\((\d+),\d+,"(\w+)"\)')


class TestSpreadsheetDashboard(QmsCase):
    """What the files of the dashboards name is there, and those who see the page may read it."""

    def _snapshot(self, name):
        with file_open(f"qms_core/data/files/{name}_dashboard.json") as file:
            return json.load(file)

    def _sources(self, snapshot):
        """Return all that the page reads: ``(what it is, model, domain, fields)``."""
        for pivot in snapshot["pivots"].values():
            fields = [row["fieldName"] for row in pivot["rows"] + pivot["columns"]]
            yield pivot, pivot["model"], pivot["domain"], fields
        for rows in snapshot["lists"].values():
            order = [row["name"] for row in rows["orderBy"]]
            yield rows, rows["model"], rows["domain"], rows["columns"] + order
        for figure in snapshot["sheets"][0]["figures"]:
            if "metaData" in figure["data"]:
                fields = [name.split(":")[0] for name in figure["data"]["metaData"]["groupBy"]]
                data = figure["data"]
                yield data, data["metaData"]["resModel"], data["searchParams"]["domain"], fields

    def test_all_that_is_read_exists(self):
        for name in DASHBOARDS:
            snapshot = self._snapshot(name)
            filters = {row["id"] for row in snapshot["globalFilters"]}
            for source, model, domain, names in self._sources(snapshot):
                with self.subTest(dashboard=name, source=source.get("name") or source.get("title")):
                    self.env[model].with_user(self.users["top_management"]).search_count(Domain(domain))
                    self.assertLessEqual(set(names), set(self.env[model]._fields))
                    for key, matching in source["fieldMatching"].items():
                        self.assertIn(key, filters)
                        self.assertIn(matching["chain"].split(".")[0], self.env[model]._fields)

    def test_formulas_name_sources_that_are_there(self):
        for name in DASHBOARDS:
            snapshot = self._snapshot(name)
            lists, pivots = snapshot["lists"], snapshot["pivots"]
            for sheet in snapshot["sheets"]:
                for cell, content in sheet["cells"].items():
                    with self.subTest(dashboard=name, cell=cell, content=content):
                        known = lists if "ODOO.LIST" in content else pivots
                        self.assertLessEqual(set(FUNCTION.findall(content)), set(known))
                        for key, field in LIST_FIELD.findall(content):
                            self.assertIn(field, lists[key]["columns"])

    def test_management_sees_coverage_and_the_model_check_over_time(self):
        snapshot = self._snapshot("indicators")
        self.assertEqual(
            {rows["model"] for rows in snapshot["lists"].values()} & {"qms.standard", "qms.check.run"},
            {"qms.standard", "qms.check.run"},
        )
        titles = {figure["data"]["title"]["text"] for figure in snapshot["sheets"][0]["figures"]}
        self.assertLessEqual({"Open issues of the model check over time", "Coverage by standard (%)"}, titles)

    def test_what_is_empty_says_so(self):
        """The first line of each table of names gives way to a sentence where there is nothing to name."""
        for name in DASHBOARDS:
            page, data = self._snapshot(name)["sheets"]
            said = {f"Data!{cell}" for cell, content in data["cells"].items() if content.endswith('"),"")')}
            asked = {
                match for content in page["cells"].values() for match in re.findall(r"^=IF\((Data!N\d+)=", content)
            }
            self.assertEqual(asked, said, name)
            self.assertTrue(said)

    def test_every_figure_leads_somewhere(self):
        for name in DASHBOARDS:
            snapshot = self._snapshot(name)
            for figure in snapshot["sheets"][0]["figures"]:
                menu = self.env.ref(snapshot["chartOdooMenusReferences"][figure["data"]["chartId"]])
                self.assertTrue(menu.action, figure["id"])

    def test_who_sees_the_page_of_indicators(self):
        dashboard = self.env.ref("qms_core.dashboard_indicators")
        seen = {
            name
            for name, user in self.users.items()
            if self.env["spreadsheet.dashboard"].with_user(user).search([("id", "=", dashboard.id)])
        }
        self.assertEqual(seen, {"quality_officer", "coordinator", "commissioner", "auditor", "top_management"})
        # Else the whole page would stop at the runs of the model check.
        for name in seen:
            self.assertTrue(self.env["qms.check.run"].with_user(self.users[name]).has_access("read"), name)
