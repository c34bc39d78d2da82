import csv

from odoo.tests import BaseCase
from odoo.tools import file_path

from odoo.addons.qms_core.models.document.qms_demo_record import MAKERS
from odoo.addons.qms_core.models.document.qms_demo_record_texts import ENTRIES, FILES, RECORDS, TYPES
from odoo.addons.qms_core.models.document.qms_register_kinds import KINDS


class TestDemoRecords(BaseCase):
    """The files, records and registers of the demo city fit its people and processes."""

    def _codes(self, sheet):
        with open(file_path(f"qms_core/demo/city/{sheet}.csv"), encoding="utf-8", newline="") as stream:
            return {row["code"] for row in csv.DictReader(stream)}

    def test_files_of_two_units_have_an_index_each(self):
        self.assertEqual(set(FILES), set(MAKERS))
        self.assertTrue(set(FILES) <= self._codes("units"))
        for files in FILES.values():
            indexes = [file.index for file in files]
            self.assertEqual(len(indexes), len(set(indexes)))

    def test_records_are_of_a_type_and_kept_long_enough(self):
        types = {code: years for code, _name, _process, years, _article in TYPES}
        files = {file.index: file.years for file in FILES["U-CNAP"]}
        self.assertEqual(len(types), 10)
        self.assertTrue({row[2] for row in TYPES} <= self._codes("processes"))
        for kind, name, index, _days, _filed in RECORDS:
            self.assertGreaterEqual(files[index] or 100, types[kind] or 100, name)

    def test_entries_fill_fields_of_their_register(self):
        people, units = self._codes("employees"), self._codes("units")
        self.assertEqual(len(ENTRIES), 3)
        for kind, entries in ENTRIES.items():
            fields = {row.name for row in KINDS[kind].properties}
            for entry in entries:
                self.assertIn(entry.person, people)
                self.assertIn(entry.unit, units)
                self.assertLessEqual(set(entry.properties), fields, entry.name)
