from odoo.tests import BaseCase

from odoo.addons.qms_core.lib import hours


class TestHours(BaseCase):
    def test_text_and_hours_are_the_same(self):
        for text in ("", "Mo-Fr 08:00-17:00", "Mo-Th 08:00-12:00,13:00-17:00; Fr 08:00-15:45", "Su 00:00-24:00"):
            self.assertEqual(hours.write(hours.parse(text)), text)

    def test_lists_of_days_and_spaces(self):
        parsed = hours.parse(" Mo,We-Th  8:00 - 12:00 , 13:00–17:30 ;")
        self.assertEqual(sorted(parsed), [0, 2, 3])
        self.assertEqual(parsed[0], [(8.0, 12.0), (13.0, 17.5)])
        self.assertEqual(hours.write(parsed), "Mo 08:00-12:00,13:00-17:30; We-Th 08:00-12:00,13:00-17:30")

    def test_nonsense_is_refused(self):
        for text in (
            "Mo",
            "08:00-17:00",
            "Xx 08:00-17:00",
            "Mo 8-17",
            "Mo 08:60-09:00",
            "Mo 09:00-09:00",
            "Mo 08:00-12:00,11:00-13:00",
            "Mo-Tu 08:00-09:00; Tu 10:00-11:00",
            "Mo 00:00-24:30",
        ):
            with self.subTest(text), self.assertRaises(hours.HoursError):
                hours.parse(text)
